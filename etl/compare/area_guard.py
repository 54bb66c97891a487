"""Area guard: a load changes nothing outside the areas of whoever loads, by a hash of all rows before and after."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

import definitions
from definitions.registers import registers
from etl import stages
from etl.areas import Areas, limit
from etl.typing.casts import literal

# what follows from others: its place in the file, the date of the data, which moves for a district with each part, and what is
# said of plans, help and decisions, which a district keeps from its first record on; the records themselves are held
FOLLOWS = (
    *("home", "as_of", "age_at", "days_still", "overdue", "plan_overdue", "steps_overdue", "case"),
    *("plan", "plan_aspects", "plan_items", "plan_done", "helped", "certification_kept", "verification_kept"),
    *(f"plan_{row['aspect']}" for row in definitions.table("aspects")),
)
VILLAGES, OUTLINES = ("place", "code", "level = 'village'"), ("shape", "code", "basis = 'official'")


def of_households() -> list[str]:
    """The tables of registers that tell of households."""
    return [r.table for r in registers().values() if r.of_household]


def of_places() -> list[tuple[str, str, str]]:
    """(table, SQL of where a row lies, which rows a file told) of all other registers, and of the outlines.

    What lies nowhere lies outside every area: only who answers for the nation changes it.
    """
    others = [r for r in registers().values() if r.table and not r.of_household and r.name != "village"]
    return [VILLAGES, OUTLINES, *((r.table, r.lies or "''", "true") for r in others)]


class Outside(Exception):
    """It would change what lies outside the areas; the text says how much, in Thai and in English."""


def hold(before: Path, after: Path, areas: Areas) -> None:
    """Raise Outside where the build `after` does not say the same as `before` of what lies outside `areas`."""
    if areas is None:
        return
    with both(before, after, areas) as connection:
        sides = ("was", "now")
        stages.run(
            connection,
            "area_guard",
            told=" union all ".join(
                _of_households(side, table) for side in sides for table in _there(connection, side, of_households())
            ),
            places=" union all ".join(
                _of_places(side, *place) for side in sides for place in of_places() if _there(connection, side, place[:1])
            ),
        )
        households, places, rows = connection.execute(
            """select (select count(*) from changed_household), (select count(*) from changed_place),
                      (select coalesce(sum("rows"), 0)::bigint from changed_refused)"""
        ).fetchall()[0]
    if households or places or rows:
        raise Outside(
            f"จะเปลี่ยนข้อมูลนอกพื้นที่ที่ท่านรับผิดชอบ คือ {households:,} ครัวเรือน "
            f"แนวเขต ชื่อ หรือตัวเลขเผยแพร่ของ {places:,} พื้นที่ และแถวที่รอแก้ {rows:,} แถว จึงไม่โหลด · "
            f"it would change what lies outside your areas, {households:,} households, the outline, name or published figures "
            f"of {places:,} places, and {rows:,} rows that wait for correction, so it was not loaded"
        )


def both(before: Path, after: Path, areas: Areas) -> duckdb.DuckDBPyConnection:
    """A connection to two builds, `was` and `now`, with the macro `within(code)`: whether a place lies in the areas.

    Where no build came before, or only that of the sample, `was` is empty: invented households are no state of real ones.
    """
    connection = duckdb.connect()
    limit(connection, areas)
    connection.execute(f"attach {literal(str(after))} as now (read_only)")
    if before.exists():
        connection.execute(f"attach {literal(str(before))} as was (read_only)")
        if not connection.execute("select sample from was.build").fetchall()[0][0]:
            return connection
        connection.execute("detach was")
    connection.execute("attach ':memory:' as was")
    for table in (*of_households(), *(table for table, *_ in of_places()), "refused", "load", "corrected"):
        connection.execute(f"create table was.{table} as from now.{table} limit 0")
    return connection


def _there(connection: duckdb.DuckDBPyConnection, side: str, tables: Sequence[str]) -> list[str]:
    """Those of the tables that a build has: an earlier one was made before a register was declared."""
    sql = "select table_name from duckdb_tables() where database_name = ? and schema_name = 'main'"
    made = {table for (table,) in connection.execute(sql, [side]).fetchall()}
    return [table for table in tables if table in made]


def _of_households(side: str, table: str) -> str:
    """SQL of what a table says of each household: one row each, its content as a number."""
    follows = ", ".join(map(literal, FOLLOWS))
    return (
        f"select '{side}' as side, '{table}' as told, register_year, household_id, sum(hash(told)) as content"
        f" from (select columns(lambda c: c not in ({follows})) from {side}.{table}) told group by register_year, household_id"
    )


def _of_places(side: str, table: str, where: str, told: str) -> str:
    """The same of each place."""
    return (
        f"select '{side}' as side, '{table}' as told, {where} as code, sum(hash(told)) as content"
        f" from {side}.{table} told where {told} group by all"
    )

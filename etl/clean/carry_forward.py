"""Carry values forward: a blank cell of a newer file keeps the older file's value, unless the officer wants it cleared.

They lie among the registers as a file of their own, one row per value, so that a build stays a function of its files.

Reads: <before>, <present>, <register>_former, carried_6_known, was.<table>
Writes: <register>_8_carried, <register>_former
"""

import csv
from pathlib import Path

import duckdb

from definitions.registers import Register, registers
from etl.clean.household_keys import own
from etl.clean.steps import Steps
from etl.headings.columns import stored
from etl.store import RegisterFile, checksum
from etl.typing.casts import literal, sql_type, typed_value, where_so

NAME = "ค่าเดิมที่ยังใช้.csv"
HEADINGS = ("ปีทะเบียน", "รหัสครัวเรือน", "คีย์ย่อย", "คอลัมน์", "ค่าเดิม")


def keeping() -> list[Register]:
    """The registers in which a blank cell of a newer file keeps what the older one said."""
    return [r for r in registers().values() if r.keeps_blank]


def further_key(register: Register, record: str) -> str:
    """SQL: what tells a record from others of its household, as text; empty for the household itself."""
    rest = [f"{record}.{column}" for column in register.key if column not in ("register_year", "household_id")]
    return f"concat_ws(' / ', {', '.join(rest)})" if rest else "''"


def said(column: str, record: str) -> str:
    """SQL: what a record says in a column; a source that is not stated is a blank one."""
    return f"nullif({record}.source, 'unstated')" if column == "source" else f'{record}."{column}"'


def left_blank(connection: duckdb.DuckDBPyConnection, before: Path, folder: Path, now: str = "") -> RegisterFile | None:
    """The file of values that the build `before` has and the present one has not, of records of both; None where there are none.

    `now` is where the present ones lie: a finished build's schema with its dot, "" for the steps of a build under way.
    """
    rows: list[tuple] = []
    connection.execute(f"attach {literal(str(before))} as was (read_only)")
    try:
        made = {
            t for (t,) in connection.execute("select table_name from duckdb_tables() where database_name = 'was'").fetchall()
        }
        for register in [r for r in keeping() if r.table in made]:
            rows += _left_blank(connection, register, f"{now}{register.table}" if now else f"{register.name}_10_kept")
    finally:
        connection.execute("detach was")
    if not rows:
        return None
    path = folder / "carried.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADINGS, *sorted(rows, key=str)])
    return RegisterFile(NAME, checksum(path), path)


def _left_blank(connection: duckdb.DuckDBPyConnection, register: Register, present: str) -> list[tuple]:
    there = {name for (name, *_) in connection.execute(f"describe was.{register.table}").fetchall()}
    columns = [c.name for c in own(register.name) if c.name in there and c.name not in register.key]
    lost = {c: f"{said(c, 'w')} is not null and {said(c, 'n')} is null" for c in columns}
    each = where_so(
        (gone, f"row('{register.name}.{c}', w.\"{c}\"::varchar)::struct(c varchar, v varchar)") for c, gone in lost.items()
    )
    return connection.execute(
        f"""select w.register_year, w.household_id, {further_key(register, "w")}, unnest({each}, recursive := true)
        from was.{register.table} w join {present} n using ({", ".join(register.key)})
        where {" or ".join(f"({gone})" for gone in lost.values())}"""
    ).fetchall()


def apply(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """The step `8_carried`: such values in the blank cells of the registers that keep what was said."""
    for register in steps.present():
        if "carried" in steps.present() and registers()[register].keeps_blank:
            _fill(connection, steps, registers()[register])
        else:
            steps.unchanged(register, "8_carried")


def _fill(connection: duckdb.DuckDBPyConnection, steps: Steps, register: Register) -> None:
    name, before = register.name, f"{register.name}_{'7_merged' if register.name == 'household' else '6_known'}"
    carried = connection.execute(
        "select distinct split_part(column_name, '.', 2) from carried_6_known where split_part(column_name, '.', 1) = ?",
        [name],
    ).fetchall()
    columns = [c for c in stored(name) if (c.name,) in carried]
    if not columns:
        steps.unchanged(name, "8_carried")
        return
    values = ", ".join(
        f"max({typed_value(c, 'former_value')}) filter (column_name = '{name}.{c.name}')::{sql_type(c)} as {c.name}"
        for c in columns
    )
    filled = ", ".join(f"coalesce({said(c.name, 's')}, v.{c.name}) as {c.name}" for c in columns)
    connection.execute(
        f"""create table {name}_former as
        select register_year, household_id, coalesce(further_key, '') as further_key, {values} from carried_6_known
        where column_name like '{name}.%' group by all;
        create table {name}_8_carried as
        select s.* replace ({filled}) from {before} s left join {name}_former v
          on v.register_year = s.register_year and v.household_id = s.household_id
         and v.further_key = {further_key(register, "s")}"""
    )
    steps.changed(name, "8_carried")

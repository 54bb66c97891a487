"""Runs the SQL files of this room: what a build does is written there, one thought a file.

The first lines of each say which tables it reads, writes and appends facts to; a Python file that runs SQL of its own says so
in its docstring. Tables of the build are called out.<table>. A test holds them to the SQL, and to the order below.
"""

from functools import cache
from pathlib import Path

import duckdb

import definitions

SCRIPTS = {path.stem: path for path in Path(__file__).parent.rglob("*.sql")}
MACROS = ("spelling", "casts", "dates")  # scripts of macros alone, in the order in which they use each other
ORDER = [
    "engine.py",
    "typing/read_files.py",
    "outlines/official.py",
    "typing/restore_ids.py",
    "typing/casts.py",
    "typing/faults.py",
    "typing/cell_account.py",
    "typing/date_order.py",
    "typing/fill_and_derive.py",
    "typing/facts.py",
    "typing/ingest.py",
    "clean/validate.py",
    "clean/steps.py",
    "clean/union_sheets.py",
    "clean/places.sql",
    "clean/place_of.sql",
    "clean/geocode.py",
    "clean/metric_points.py",
    "clean/serial_numbers.py",
    "clean/household_ids.sql",
    "clean/listed_ids.sql",
    "clean/household_keys.py",
    "clean/non_records.py",
    "clean/listed_household.sql",
    "clean/links.sql",
    "clean/listed_person.sql",
    "clean/unknown_village.sql",
    "clean/unknown_place.sql",
    "clean/unknown_step.sql",
    "clean/place_notices.sql",
    "clean/recorded_rows.py",
    "clean/merge_sources.py",
    "clean/carry_forward.py",
    "clean/shared_records.py",
    "outlines/outlines.sql",
    "outlines/check_points.py",
    "tables/make.py",
    "tables/events.sql",
    "tables/as_of.sql",
    "tables/plans.sql",
    "tables/cases.sql",
    "tables/members.sql",
    "tables/kept.py",
    "tables/kept.sql",
    "tables/disagreements.sql",
    "tables/tags.py",
    "tables/names_of.sql",
    "tables/free_texts.py",
    "tables/household.sql",
    "tables/homes.sql",
    "tables/of_household.sql",
    "tables/of_its_own.sql",
    "tables/of_record.sql",
    "tables/fund.sql",
    "tables/debts.sql",
    "tables/levels.sql",
    "tables/cut_texts.py",
    "tables/origin.sql",
    "tables/origins.py",
    "tables/tally.sql",
    "tables/coarse.sql",
    "duplicates/sounds.sql",
    "duplicates/records.sql",
    "duplicates/candidates.sql",
    "duplicates/matches.sql",
    "duplicates/pairs.sql",
    "duplicates/duplicate.sql",
    "tables/published.sql",
    "outlines/points.sql",
    "outlines/build_shapes.py",
    "outlines/shape.sql",
    "rejects/record_areas.sql",
    "rejects/fault_areas.py",
    "rejects/file_areas.sql",
    "rejects/refused_rows.py",
    "tables/account.sql",
    "tables/account.py",
    "tables/balance.py",
]  # the files of a build, each after those whose tables it reads


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict | None = None, /, **spelled: object) -> None:
    """Run one script, its `{words}` spelled out from the definitions; only a script of one statement takes parameters."""
    sql = _text(name)
    for word, text in spelled.items():
        sql = sql.replace(f"{{{word}}}", str(text))
    connection.execute(sql, parameters) if parameters else connection.execute(sql)


@cache
def _text(name: str) -> str:
    return SCRIPTS[name].read_text(encoding="utf-8")


@cache
def made_by_scripts() -> frozenset[str]:
    """The tables of a build that scripts of their own write."""
    lines = [line for name in SCRIPTS for line in _text(name).splitlines() if line.startswith("-- Writes: ")]
    written = [name.strip() for line in lines for name in line.removeprefix("-- Writes: ").split(",")]
    return frozenset(name.removeprefix("out.") for name in written if name.startswith("out."))


def masks(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection to a build the masks of definitions/masks.sql, for itself alone: a cursor of it has none."""
    connection.execute(definitions.script("masks").replace("create macro", "create or replace temp macro"))

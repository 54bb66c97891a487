"""Find which registers a district keeps, of those whose records hang on households: what it does not keep, nobody there has "none" of.

Reads: <table>, household_10_kept
"""

from collections.abc import Iterable

import duckdb

from definitions.registers import children
from etl import stages
from etl.clean.household_keys import own

STAGES_OF = ("certification", "verification")  # columns of the household register that say how far a household is


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `out.kept` and `keeping`; a register that is declared is found without a line of code."""
    registers = children()
    stages.run(
        connection,
        "kept",
        each=" union all ".join([*(_register(r.name) for r in registers), _columns()]),
        due=_listed(r.name for r in registers if "due_date" in {c.name for c in own(r.name)}),
        followed=_listed(r.name for r in registers if r.events),
    )


def _register(name: str) -> str:
    """SQL of the districts' years with a record; persons by their households, who are a third of them."""
    table = "member_count" if name == "person" else f"{name}_10_kept"
    return (
        f"select '{name}' as register, register_year, village_code[1:4] as district_code from household_10_kept"
        f" semi join {table} using (register_year, household_id)"
    )


def _columns() -> str:
    """SQL of the districts' years in which these columns of the household register say anything, in one look through it."""
    said = ", ".join(f"if(count({name}) > 0, '{name}', null)" for name in STAGES_OF)
    return (
        f"select unnest([{said}]), register_year, village_code[1:4] as district_code from household_10_kept"
        " group by register_year, district_code"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)

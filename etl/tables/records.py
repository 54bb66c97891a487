"""Tables of the registers that no script makes a table of: what is declared is kept, without a line of code."""

import re
from functools import cache

import duckdb

from definitions.registers import Register, registers
from etl import stages
from etl.clean.household_keys import own


def keep(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `out.<table>` of each such register: its own columns, one row per record, with `home` where it is of a household."""
    for register in [r for r in registers().values() if r.table and r.table not in made_by_scripts()]:
        stages.run(
            connection,
            "of_household" if register.parent else "of_its_own",
            register=register.name,
            table=register.table,
            columns=", ".join(f"r.{c.name}" for c in own(register.name)),
            once=_once(register),
        )


def _once(register: Register) -> str:
    """SQL: of the records of one key the first alone, where the register says so; else a second one was refused."""
    if register.repeated != "first":
        return ""
    key = ", ".join(f"r.{column}" for column in register.key)
    return f" qualify row_number() over (partition by {key} order by r.row_id) = 1"


@cache
def made_by_scripts() -> frozenset[str]:
    """The tables of a build that scripts of their own write."""
    written = " ".join(path.read_text(encoding="utf-8") for path in stages.SCRIPTS.values())
    return frozenset(re.findall(r"create table out\.(\w+)", written))

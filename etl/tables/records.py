"""Tables of the registers that no script makes a table of: what is declared is kept, without a line of code."""

import duckdb

from definitions.registers import HOUSEHOLD, Register, registers
from etl import stages
from etl.clean.household_keys import own
from etl.tables.free_texts import Masks


def keep(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """Make `out.<table>` of each such register: its own columns, one row per record, with `home` where it is of a household, with
    its place where it is of something else."""
    for register in [r for r in registers().values() if r.table and r.table not in stages.made_by_scripts()]:
        stages.run(
            connection,
            "of_household" if register.parent == HOUSEHOLD else "of_record" if register.parent else "of_its_own",
            register=register.name,
            **_parent(register),
            table=register.table,
            columns=", ".join(f"r.{c.name}" for c in own(register.name)),
            masked=masks.of(register.name, "r"),
            names=masks.names,
            once=_once(register),
        )


def _parent(register: Register) -> dict[str, str]:
    """What the records hang on: its table, its key, and where it lies, unless they say so themselves."""
    if register.parent in ("", HOUSEHOLD):
        return {}
    parent = registers()[register.parent]
    # what its own columns have already, where it lies or the key, is not taken from there
    lies = f"p.{parent.place}, " if parent.place and parent.place not in {c.name for c in own(register.name)} else ""
    return {"parent": parent.table, "key": ", ".join(parent.key), "place": lies}


def _once(register: Register) -> str:
    """SQL: of the records of one key the first alone, where the register says so; else a second one was refused."""
    if register.repeated != "first":
        return ""
    key = ", ".join(f"r.{column}" for column in register.key)
    return f" qualify row_number() over (partition by {key} order by r.row_id) = 1"

"""Keep where each record was read, so that what changed between two builds can be said with its file and row.

Reads: <register>_10_kept
"""

import duckdb

from definitions.registers import Register, registers
from etl import stages
from etl.clean.steps import Steps

HOUSEHOLD = ("register_year", "household_id")  # by which a record hangs on its household


def keep(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """Make `out.origin`, of every register that tells of households."""
    of_households = [r for r in registers().values() if r.of_household and r.name in steps.present()]
    stages.run(connection, "origin", each=" union all ".join(_records(r) for r in of_households) or _NONE)


_NONE = "select '' as register, '' as record, 0 as register_year, '' as household_id, 0::bigint as row_id, 0 as sheet_no where false"


def _records(register: Register) -> str:
    """SQL of the records of a register, each with its key within its household."""
    key = [f"cast({column} as varchar)" for column in register.key if column not in HOUSEHOLD]
    record = f"concat_ws('/', {', '.join(key)})" if key else "''"
    return (
        f"select '{register.name}' as register, {record} as record, register_year, household_id, row_id, sheet_no"
        f" from {register.name}_10_kept"
    )

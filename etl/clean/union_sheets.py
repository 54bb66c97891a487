"""Union all sheets of one register: its columns in their order, null where a sheet has none of them.

Reads: <sheet>
Writes: <register>_<step>
"""

from collections.abc import Iterable

import duckdb

from definitions.registers import registers
from etl.clean.steps import Steps
from etl.headings.columns import stored
from etl.typing.casts import FAULT_TYPE, RECORD, sql_type
from etl.typing.ingest import ReadSheet


def union(connection: duckdb.DuckDBPyConnection, register: str, step: str, sheets: Iterable[ReadSheet]) -> None:
    """Make `<register>_<step>`: row id and sheet, the stored columns, the faults of each record; an empty table of no sheet."""
    selects = [_of_sheet(register, sheet) for sheet in sheets]
    if selects:
        connection.execute(f"create view {register}_{step} as {' union all '.join(selects)}")
    else:
        empty(connection, register, step)


def _of_sheet(register: str, sheet: ReadSheet) -> str:
    kept = [f"s.{c.name}" if c.name in sheet.there else f"null::{sql_type(c)} as {c.name}" for c in stored(register)]
    unread = ", ".join(f"'{column}'" for column in sorted(sheet.unread))
    faults = f"list_filter(s.faults, lambda f: f.column_name not in ({unread})) as faults" if unread else "s.faults"
    fields = ", ".join([f"{sheet.row_id} as row_id", "s.sheet_no", *kept, faults])
    return f"select {fields} from {sheet.table} s where {RECORD}"


def empty(connection: duckdb.DuckDBPyConnection, register: str, step: str) -> None:
    """A register without records, as a table of its columns."""
    fields = ", ".join(f"{c.name} {sql_type(c)}" for c in stored(register))
    connection.execute(f"create table {register}_{step} (row_id bigint, sheet_no int, {fields}, faults {FAULT_TYPE}[])")


def absent(connection: duckdb.DuckDBPyConnection, steps: Steps, step: str) -> None:
    """The last step, of the registers that no file brought."""
    for register in registers().keys() - set(steps.present()):
        empty(connection, register, step)

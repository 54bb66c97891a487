"""Where faults, refused rows and files lie, so that whoever answers for an area is told of them and nobody else is."""

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl import stages
from etl.clean import household_keys


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `record_area` (one row per record with a fault) and `file_area` (one row per file); wants `<register>_sheets`."""
    stages.run(connection, "record_areas")
    for register in [register for register, numbers in household_keys.sheets(connection).items() if numbers]:
        _lie(connection, _records(register))
    _lie(connection, "select row_id, sheet_no, code as area from official")
    stages.run(connection, "file_areas")


def _records(register: str) -> str:
    """SQL of a register's records with the place that each names, or its household does."""
    declared = registers()[register]
    if declared.place:
        return f"select row_id, sheet_no, {declared.place} as area from {register}_sheets"
    if not declared.parent:
        return f"select row_id, sheet_no, null::varchar as area from {register}_sheets"
    return (
        f"select r.row_id, r.sheet_no, {registers()[HOUSEHOLD].place} as area from {register}_sheets r"
        " join household_read h using (register_year, household_id)"
    )


def _lie(connection: duckdb.DuckDBPyConnection, records: str) -> None:
    known = f"({records}) where area[1:6] in (select code from place)"
    connection.execute(
        f"""insert into record_area
        select row_id, common_area(min(area), max(area)) from {known} and row_id in (select row_id from fault) group by row_id;
        insert into sheet_span select sheet_no, min(area), max(area) from {known} group by sheet_no"""
    )

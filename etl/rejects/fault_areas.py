"""Areas of faults, refused rows and files, so that whoever answers for an area is told of them and nobody else is.

Reads: <records>, <register>_3_records, household_4_united, official, reported_fault
Appends: record_area, sheet_span
"""

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl import stages
from etl.clean.steps import Steps


def find(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """Fill `record_area` (one row per record with a fault) and `file_area` (one row per file)."""
    stages.run(connection, "record_areas")
    for register in steps.present():
        _lie(connection, _records(register))
    _lie(connection, "select row_id, sheet_no, code as area from official")
    stages.run(connection, "file_areas")


def _records(register: str) -> str:
    """SQL of a register's records with the place that each names, or what it hangs on does."""
    declared = registers()[register]
    if declared.place or not declared.lies:
        return f"select row_id, sheet_no, {declared.place or 'null::varchar'} as area from {register}_3_records"
    parent = registers()[declared.parent]
    if parent.name == HOUSEHOLD:
        return (
            f"select r.row_id, r.sheet_no, {parent.place} as area from {register}_3_records r"
            " join household_4_united h using (register_year, household_id)"
        )
    return (
        f"select r.row_id, r.sheet_no, {parent.place} as area from {register}_3_records r"
        f" join {parent.name}_3_records p using ({', '.join(parent.key)})"
    )


def _lie(connection: duckdb.DuckDBPyConnection, records: str) -> None:
    placed = f"({records}) where area[1:6] in (select code from place)"
    connection.execute(
        f"""insert into record_area
        select row_id, common_area(min(area), max(area)) from {placed} and row_id in (select row_id from reported_fault)
        group by row_id;
        insert into sheet_span select sheet_no, min(area), max(area) from {placed} group by sheet_no"""
    )

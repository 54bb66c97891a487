"""Read all files of a build, one after the other: registers into typed sheets, outlines into features.

Writes: column_account, corrected_row, fault, given_back, heading, non_record, overlap, sheet
Appends: heading, sheet
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from etl.outlines import official
from etl.progress import Tell
from etl.store import RegisterFile
from etl.typing.faults import file_fault
from etl.typing.ingest import Reading

TABLES = """
-- One row per sheet: what it was read as, its records, its number in the file and the row of its first record on paper.
create table sheet (sheet_no int, file varchar, sheet varchar, checksum varchar, register varchar, records bigint,
                    ordinal int, first int, headings varchar[]);
-- One row per column of a sheet: its heading, and its place in the file from 1.
create table heading (sheet_no int, column_name varchar, heading varchar, place int);
-- One row per heading of a sheet: what it was read as and how sure that is, what else it may be, and how many of its filled cells
-- were understood and refused; the others are blank by rule.
create table column_account (sheet_no int, place int, heading varchar, column_name varchar, means_th varchar, means_en varchar,
                             degree varchar, candidates varchar[], filled bigint, understood bigint, refused bigint);
-- Lists of facts, to which every stage may add: what is wrong, rows that are no records, rows on paper that were corrected,
-- references that corrections gave back, keys that two sheets share.
create table fault (register varchar, row_id bigint, sheet_no int, column_name varchar, fault varchar,
                    severity varchar, found varchar, expected varchar);
create table non_record (row_id bigint, reason varchar);
create table corrected_row (sheet_no int, "row" bigint);
create table given_back (sheet_no int, reference varchar);
create table overlap (register varchar, sheet_no int, other_sheet int, same bigint);
"""


def read(
    connection: duckdb.DuckDBPyConnection,
    files: list[RegisterFile],
    by_hand: Mapping[str, str],
    shapes: Path,
    work: Path,
    tell: Tell,
) -> Reading:
    """All sheets; what cannot be read is a fault. `shapes` keeps tables of outlines, `work` is a folder."""
    connection.execute(TABLES)
    official.begin(connection)
    reading = Reading(connection, by_hand, work)
    whole, done = sum(file.path.stat().st_size for file in files), 0
    for file in files:
        tell({"step": "read", "file": file.name, "bytes": done, "of": whole, "rows": reading.rows})
        done += file.path.stat().st_size
        if official.is_outlines(file):
            _outlines(connection, file, reading.next_number(), shapes)
        else:
            reading.file(file)
    return reading


def _outlines(connection: duckdb.DuckDBPyConnection, file: RegisterFile, number: int, shapes: Path) -> None:
    register = None
    try:
        layer, coded, records = official.read(connection, file, number, shapes)
    except official.NoOutlines as reason:
        layer, records = reason.layer, reason.records
        file_fault(connection, number, reason.fault, reason.found, reason.expected)
    else:
        register = "tambon_shape"
        connection.execute("insert into heading values (?, 'code', ?, null)", [number, coded])
    connection.execute(
        "insert into sheet values (?, ?, ?, ?, ?, ?, 1, 1, null)", [number, file.name, layer, file.checksum, register, records]
    )

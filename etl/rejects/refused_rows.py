"""The refused rows as they stood in the file, kept in the build so that they can be given back for correction."""

import duckdb

from etl.files.sheets import SPARE
from etl.typing import casts
from etl.typing.casts import ROW_BITS
from etl.typing.ingest import ReadSheet

TABLES = """
-- One row per refused record: its file, sheet and row on paper, where it lies, by what a correction names it, and its cells in file
-- order, those beyond the headings last.
create table out.refused (file varchar, sheet varchar, sheet_no int, "row" bigint, area varchar, reference varchar, cells varchar[]);

-- One row per sheet of a register: its headings in file order, the column that each was read as (null: none), and what its
-- titles or the officer said for all rows, by column.
create table out.sheet_heading as
select ordinal as sheet_no, file, sheet, register, headings, checksum, list_transform(headings, lambda x, i: c.columns[i]) as columns,
       coalesce(said.said, map {}) as said
from sheet
left join (select sheet_no, map(list(place), list(column_name)) as columns from heading where place is not null group by all) c using (sheet_no)
left join (select sheet_no, map(list(column_name), list(value)) as said from said group by all) said using (sheet_no)
where register is not null and headings is not null;
"""


def keep(connection: duckdb.DuckDBPyConnection, sheets: list[ReadSheet]) -> None:
    """Fill `out.refused`; a record that only others made wrong (a repeated key) is read again from its file."""
    connection.execute("create table said (sheet_no int, column_name varchar, value varchar)")
    for read in sheets:
        for column, value in read.said.items():
            connection.execute("insert into said values (?, ?, ?)", [read.number, column, value])
    connection.execute(TABLES)
    for read in sheets:
        connection.execute(
            f"""create or replace table refused_here as
            select distinct row_id & ((1::bigint << {ROW_BITS}) - 1) as place, coalesce(r.area, a.area) as area
            from fault f left join record_area r using (row_id), sheet s join file_area a using (file)
            where s.sheet_no = {read.number} and f.severity = 'error' and row_id >> {ROW_BITS} = {read.number}"""
        )
        if connection.execute("select count(*) from refused_here").fetchone()[0]:
            _of_sheet(connection, read)


def _of_sheet(connection: duckdb.DuckDBPyConnection, read: ReadSheet) -> None:
    number, width = read.number, len(read.sheet.headings) + SPARE
    table = f"sheet_{number}"
    about = "s.file, s.sheet, s.ordinal, place + s.first, area, reference_to(s.checksum, s.ordinal, place + s.first)"
    filled = " ".join(
        f"when {read.match.places[c] + 1} then coalesce(cell, t.{c}::varchar)"
        for c in read.filled_down
        if c in read.match.places
    )
    cells = f"list_transform(cells, lambda cell, i: case i {filled} else cell end)" if filled else "cells"
    connection.execute(
        f"""insert into out.refused select {about}, {cells}
        from {table} t join refused_here on t.rowid = place, sheet s where s.sheet_no = {number} and cells is not null"""
    )
    if connection.execute(
        f"select count(*) from {table} t join refused_here on t.rowid = place where cells is null"
    ).fetchone()[0]:
        every = ", ".join(f"c{i}" for i in range(width))
        connection.execute(
            f"""insert into out.refused
            select {about}, {cells.replace("(cells", "(again.cells") if filled else "again.cells"} from (
              select row_number() over () - 1 as place, [{every}] as cells from {casts.source(read.sheet)}) again
            join refused_here using (place) join {table} t on t.rowid = place, sheet s
            where s.sheet_no = {number} and t.cells is null"""
        )

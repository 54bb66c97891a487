"""Store rejects: the refused rows as they stood in the file, kept in the build so that they can be corrected.

Reads: <sheet>, file_area, heading, record_area, refused_of_sheet_<n>, reported_fault, said, sheet
Writes: out.refused, out.sheet_heading, refused_of_sheet_<n>, said
Appends: out.refused, said
"""

import duckdb

from etl.files.sheets import SPARE
from etl.typing import casts
from etl.typing.ingest import ReadSheet

TABLES = """
-- One row per refused record: its file, sheet and row on paper, where it lies, by what a correction names it, and its cells in
-- file order, those beyond the headings last.
create table out.refused (file varchar, sheet varchar, sheet_no int, "row" bigint, area varchar, reference varchar,
                          cells varchar[]);

-- One row per sheet of a register: its headings in file order, the column that each was read as (null: none), and what its
-- titles or the officer said for all rows, by column.
create table out.sheet_heading as
select ordinal as sheet_no, file, sheet, register, headings, checksum,
       list_transform(headings, lambda x, i: c.columns[i]) as columns,
       coalesce(said.said, map {}) as said
from sheet
left join (select sheet_no, map(list(place), list(column_name)) as columns from heading where place is not null group by all) c
  using (sheet_no)
left join (select sheet_no, map(list(column_name), list(value)) as said from said group by all) said using (sheet_no)
where register is not null and headings is not null;
"""


def keep(connection: duckdb.DuckDBPyConnection, sheets: list[ReadSheet]) -> None:
    """Fill `out.refused`; a record that only others made wrong (a repeated key) is read again from its file."""
    connection.execute("create table said (sheet_no int, column_name varchar, value varchar)")
    rows = [[sheet.number, column, value] for sheet in sheets for column, value in sheet.constants.items()]
    if rows:
        connection.executemany("insert into said values (?, ?, ?)", rows)
    connection.execute(TABLES)
    errors = "select distinct sheet_of(row_id) from reported_fault where severity = 'error' and row_id is not null"
    lost = {number for (number,) in connection.execute(errors).fetchall()}
    for sheet in [sheet for sheet in sheets if sheet.number in lost]:
        _of_sheet(connection, sheet)


def _of_sheet(connection: duckdb.DuckDBPyConnection, read: ReadSheet) -> None:
    number, width = read.number, len(read.sheet.headings) + SPARE
    connection.execute(
        f"""create table refused_of_sheet_{number} as
        select distinct place_of(row_id) as place, coalesce(r.area, a.area) as area
        from reported_fault f left join record_area r using (row_id), sheet s join file_area a using (file)
        where s.sheet_no = {number} and f.severity = 'error' and sheet_of(row_id) = {number}"""
    )
    about = "o.file, o.sheet, o.ordinal, place + o.first, area, reference_to(o.checksum, o.ordinal, place + o.first)"
    filled = " ".join(
        f"when {read.match.places[c] + 1} then coalesce(cell, s.{c}::varchar)"
        for c in read.filled_down
        if c in read.match.places
    )
    cells = f"list_transform(cells, lambda cell, i: case i {filled} else cell end)" if filled else "cells"
    connection.execute(
        f"""insert into out.refused select {about}, {cells}
        from {read.table} s join refused_of_sheet_{number} on {read.place} = place, sheet o
        where o.sheet_no = {number} and cells is not null"""
    )
    if connection.execute(
        f"select count(*) from {read.table} s join refused_of_sheet_{number} on {read.place} = place where cells is null"
    ).fetchone()[0]:
        every = ", ".join(f"c{i}" for i in range(width))
        connection.execute(
            f"""insert into out.refused
            select {about}, {cells.replace("(cells", "(again.cells") if filled else "again.cells"} from (
              select row_number() over () - 1 as place, [{every}] as cells from {casts.source(read.sheet)}) again
            join refused_of_sheet_{number} using (place) join {read.table} s on {read.place} = place, sheet o
            where o.sheet_no = {number} and s.cells is null"""
        )

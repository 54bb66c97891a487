"""Store rejects: rows as they stood in the file, kept in the build so that they can be corrected: the refused ones, and those that
were kept with a cell left empty.

Reads: <sheet>, file_area, heading, record_area, reported_fault, said, sheet, to_correct, to_correct_of_<n>
Writes: out.blanked, out.refused, out.sheet_heading, said, to_correct, to_correct_of_<n>
Appends: said, to_correct
"""

import duckdb

from etl.files.sheets import SPARE
from etl.typing import casts
from etl.typing.ingest import ReadSheet

TABLES = """
-- One row per record to correct: its file, sheet and row on paper, where it lies, by what a correction names it, its cells in
-- file order, those beyond the headings last, and whether it was kept all the same.
create table to_correct (file varchar, sheet varchar, sheet_no int, "row" bigint, area varchar, reference varchar,
                         cells varchar[], kept boolean);

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
    """Make `out.refused` and `out.blanked`; a record that only others made wrong (a repeated key) is read again from its file."""
    connection.execute("create table said (sheet_no int, column_name varchar, value varchar)")
    rows = [[sheet.number, column, value] for sheet in sheets for column, value in sheet.constants.items()]
    if rows:
        connection.executemany("insert into said values (?, ?, ?)", rows)
    connection.execute(TABLES)
    some = "select distinct sheet_of(row_id) from reported_fault where severity <> 'notice' and row_id is not null"
    concerned = {number for (number,) in connection.execute(some).fetchall()}
    for sheet in [sheet for sheet in sheets if sheet.number in concerned]:
        _of_sheet(connection, sheet)
    connection.execute("""create table out.refused as select * exclude (kept) from to_correct where not kept;
        create table out.blanked as select * exclude (kept) from to_correct where kept""")


def _of_sheet(connection: duckdb.DuckDBPyConnection, read: ReadSheet) -> None:
    number, width = read.number, len(read.sheet.headings) + SPARE
    connection.execute(
        f"""create table to_correct_of_{number} as
        select place_of(row_id) as place, any_value(coalesce(r.area, a.area)) as area, not bool_or(f.severity = 'error') as kept
        from reported_fault f left join record_area r using (row_id), sheet s join file_area a using (file)
        where s.sheet_no = {number} and sheet_of(row_id) = {number} and f.severity <> 'notice' group by row_id"""
    )
    about = "o.file, o.sheet, o.ordinal, place + o.first, area, reference_to(o.checksum, o.ordinal, place + o.first)"
    filled = " ".join(
        f"when {read.match.places[c] + 1} then coalesce(cell, s.{c}::varchar)"
        for c in read.filled_down
        if c in read.match.places
    )
    cells = f"list_transform(cells, lambda cell, i: case i {filled} else cell end)" if filled else "cells"
    connection.execute(
        f"""insert into to_correct select {about}, {cells}, kept
        from {read.table} s join to_correct_of_{number} on {read.place} = place, sheet o
        where o.sheet_no = {number} and cells is not null"""
    )
    if connection.execute(
        f"select count(*) from {read.table} s join to_correct_of_{number} on {read.place} = place where cells is null"
    ).fetchone()[0]:
        every = ", ".join(f"c{i}" for i in range(width))
        connection.execute(
            f"""insert into to_correct
            select {about}, {cells.replace("(cells", "(again.cells") if filled else "again.cells"}, kept from (
              select row_number() over () - 1 as place, [{every}] as cells from {casts.source(read.sheet)}) again
            join to_correct_of_{number} using (place) join {read.table} s on {read.place} = place, sheet o
            where o.sheet_no = {number} and s.cells is null"""
        )

"""Rows that are no records: totals, headings repeated on every printed page, notes under the table, numbers of empty lines."""

import duckdb

from etl.files.sheets import Sheet
from etl.typing.casts import ROW_BITS

TOTAL = "^(รวม|ยอดรวม|ผลรวม|สรุป)( *(ทั้งสิ้น|ทั้งหมด|ทั้ง.*|จังหวัด.*|อำเภอ.*|ตำบล.*|หมู่.*|จำนวน.*|[0-9๐-๙].*))?$|^(grand total|sub-?total|total)$"
NOTE = "^(หมายเหตุ|ที่มา|แหล่งข้อมูล|ผู้รายงาน|ผู้จัดทำ|ผู้รับรอง|ลงชื่อ|ข้อมูล ณ|พิมพ์เมื่อ|หน้า |[(*]|note|source)"
NOTE_CELLS = 3  # filled cells of a note at most: a record has more


def find(connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, register: str) -> None:
    """Take such rows of one sheet out of its records and list each in `fault`; wants the faults of keys to be listed.

    Only rows that would be refused are looked at, so a household called รวมใจ stays a household.
    """
    connection.execute(
        f"""create or replace table suspect as
        select s.rowid as place, list_filter(cells, lambda c: not is_blank(c)) as filled, cells
        from sheet_{number} s
        where cells is not null
          and (exists (from fault f where f.row_id = ({number}::bigint << {ROW_BITS} | s.rowid) and f.severity = 'error')
               or len(list_filter(coalesce(faults, []), lambda f: f.severity = 'error')) > 0)"""
    )
    if not connection.execute("select count(*) from suspect").fetchone()[0]:
        return
    connection.execute(
        """create or replace table left_out as
        with heading as (select list_transform($headings, lambda h: lower(spelled(h))) as headings)
        select place, case
            when len(list_filter(filled[1:2], lambda c: regexp_matches(lower(trim(c)), $total))) > 0 then 'total'
            when len(filled) > 1 and len(list_filter(filled, lambda c: list_contains(headings, lower(spelled(c))))) * 2 > len(filled)
              then 'heading'
            when len(filled) = 1 and regexp_full_match(western(filled[1]), '[0-9]+([.]0)?') then 'number'
            when len(filled) = 1 or (len(filled) <= $cells and regexp_matches(lower(trim(filled[1])), $note)) then 'note'
            when len(filled) > 2 and regexp_matches(western(filled[1]), '^[(]?1[)]?$') and len(list_distinct(filled)) = len(filled)
                 and len(list_filter(filled, lambda c: not regexp_full_match(western(c), '[(]?[0-9]{1,2}[)]?'))) = 0 then 'heading'
            end as what, quoted(array_to_string(filled[1:4], ' ')) as said
        from suspect, heading""",
        {"total": TOTAL, "note": NOTE, "headings": sheet.headings, "cells": NOTE_CELLS},
    )
    connection.execute("delete from left_out where what is null")
    row_id = f"({number}::bigint << {ROW_BITS} | place)"
    connection.execute(f"insert into dropped select {row_id} from left_out")
    connection.execute(f"delete from fault where row_id in (select {row_id} from left_out)")
    connection.execute(
        f"""insert into fault
        select '{register}', {row_id}, {number}, '', 'not_a_record', 'notice', said, '' from left_out where what <> 'number'
        union all
        select '{register}', {number}::bigint << {ROW_BITS} | min(place), {number}, '', 'not_a_record', 'notice',
               concat('ลำดับ × ', count(*)), '' from left_out where what = 'number' having count(*) > 0"""
    )


def corrected(connection: duckdb.DuckDBPyConnection, number: int, register: str) -> None:
    """Rows of a sheet of corrections take the places of the rows that they correct, where those are still as they were."""
    connection.execute(
        f"""create or replace table correction as
        select s.rowid as place, o.sheet_no, o.first, try_cast(split_part(s.corrects, ':', 3) as bigint) as "row", o.file
        from sheet_{number} s join sheet o
          on refers_to(s.corrects, o.checksum, o.ordinal) and o.register = $register
        where s.corrects is not null""",
        {"register": register},
    )
    row_id = f'sheet_no::bigint << {ROW_BITS} | ("row" - first)'
    connection.execute('insert into corrected_row select sheet_no, "row" from correction')
    connection.execute(f"insert into dropped select {row_id} from correction")
    connection.execute(f"delete from fault where row_id in (select {row_id} from correction)")
    connection.execute(
        f"""insert into fault
        select '{register}', null, {number}, '', 'corrected_rows', 'notice', file, count(*)::varchar from correction group by file"""
    )

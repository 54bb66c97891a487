"""Rows that are no records: totals, repeated headings, notes under the table, numbers of empty lines, rows that were corrected.

Reads: <register>_2_keyed, <sheet>, correction_<n>, fault, non_record, non_record_<n>, sheet, suspect_<n>
Writes: <register>_3_records, correction_<n>, non_record_<n>, suspect_<n>
Appends: corrected_row, fault, non_record
"""

from collections.abc import Iterable

import duckdb

from etl.clean.steps import Steps
from etl.typing.ingest import ReadSheet

TOTAL = (
    "^(รวม|ยอดรวม|ผลรวม|สรุป)( *(ทั้งสิ้น|ทั้งหมด|ทั้ง.*|จังหวัด.*|อำเภอ.*|ตำบล.*|หมู่.*|หน้า.*|แผ่น.*|จำนวน.*|[0-9๐-๙].*))?$"
    "|^ยอดยก(มา|ไป).*$|^(grand total|sub-?total|total)$"
)
NOTE = "^(หมายเหตุ|ที่มา|แหล่งข้อมูล|ผู้รายงาน|ผู้จัดทำ|ผู้รับรอง|ลงชื่อ|ข้อมูล ณ|พิมพ์เมื่อ|หน้า |[(*]|note|source)"
NOTE_CELLS = 3  # filled cells of a note at most: a record has more


def leave_out(
    connection: duckdb.DuckDBPyConnection, steps: Steps, sheets: dict[str, list[ReadSheet]], registers: Iterable[str]
) -> None:
    """The step `3_records`: without such rows. Each is listed in `fault`, and what else was found in it is not reported."""
    concerned = [sheet for register in registers for sheet in sheets[register]]
    for sheet in sorted(concerned, key=lambda sheet: sheet.number):
        _classify(connection, sheet)
        if "corrects" in sheet.match.places:
            _correct(connection, sheet)
    some = connection.execute("select 1 from non_record limit 1").fetchall()
    for register in registers:
        if some and sheets[register]:
            connection.execute(
                f"""create view {register}_3_records as from {register}_2_keyed
                where row_id not in (select row_id from non_record)"""
            )
            steps.changed(register, "3_records")
        else:
            steps.unchanged(register, "3_records")


def _classify(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> None:
    """Find such rows of one sheet, among those that would be refused, have one cell or begin as a total: so a household
    called รวมใจ stays a household."""
    number, register = sheet.number, sheet.match.register
    connection.execute(
        f"""create table suspect_{number} as
        select {sheet.row_id} as row_id,
               list_filter(list_transform(cells, lambda c: tidied(c)), lambda c: not is_blank(c)) as filled
        from {sheet.table} s
        where cells is not null
          and (exists (from fault f where f.row_id = {sheet.row_id} and f.severity = 'error')
               or len(list_filter(coalesce(faults, []), lambda f: f.severity = 'error')) > 0
               or len(list_filter(cells, lambda c: not is_blank(c))) = 1
               or regexp_matches(lower(trim(list_filter(cells, lambda c: not is_blank(c))[1])), $total))""",
        {"total": TOTAL},
    )
    if not connection.execute(f"select count(*) from suspect_{number}").fetchone()[0]:
        return
    connection.execute(
        f"""create table non_record_{number} as
        with heading as (select list_transform($headings, lambda h: lower(spelled(h))) as headings),
        classified as (
          select row_id, case
              when len(list_filter(filled[1:2], lambda c: regexp_matches(lower(trim(c)), $total))) > 0 then 'total'
              when len(filled) > 1
                   and len(list_filter(filled, lambda c: list_contains(headings, lower(spelled(c))))) * 2 > len(filled)
                then 'heading'
              when len(filled) = 1 and regexp_full_match(western(filled[1]), '[0-9]+([.]0)?') then 'number'
              when len(filled) = 1 or (len(filled) <= $cells and regexp_matches(lower(trim(filled[1])), $note)) then 'note'
              when len(filled) > 2 and regexp_matches(western(filled[1]), '^[(]?1[)]?$')
                   and len(list_distinct(filled)) = len(filled)
                   and len(list_filter(filled, lambda c: not regexp_full_match(western(c), '[(]?[0-9]{{1,2}}[)]?'))) = 0
                then 'heading'
              end as reason, quoted(array_to_string(filled[1:4], ' ')) as found
          from suspect_{number}, heading)
        from classified where reason is not null""",
        {"total": TOTAL, "note": NOTE, "headings": sheet.sheet.headings, "cells": NOTE_CELLS},
    )
    connection.execute(
        f"""insert into non_record select row_id, reason from non_record_{number};
        insert into fault
        select '{register}', row_id, {number}, '', 'not_a_record', 'notice', found, '' from non_record_{number}
        where reason <> 'number'
        union all
        select '{register}', min(row_id), {number}, '', 'not_a_record', 'notice', concat('ลำดับ × ', count(*)), ''
        from non_record_{number} where reason = 'number' having count(*) > 0"""
    )


def _correct(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> None:
    """Rows of a sheet of corrections take the places of the rows that they correct, where those are still as they were."""
    number, register = sheet.number, sheet.match.register
    connection.execute(
        f"""create table correction_{number} as
        select o.sheet_no, o.first, try_cast(split_part(s.corrects, ':', 3) as bigint) as "row", o.file
        from {sheet.table} s join sheet o on refers_to(s.corrects, o.checksum, o.ordinal) and o.register = $register
        where s.corrects is not null""",
        {"register": register},
    )
    connection.execute(
        f"""insert into corrected_row select sheet_no, "row" from correction_{number};
        insert into non_record select row_id(sheet_no, "row" - first), 'corrected' from correction_{number};
        insert into fault
        select '{register}', null, {number}, '', 'corrected_rows', 'notice', file, count(*)::varchar
        from correction_{number} group by file"""
    )

"""A household found in TPMAP and outside: two lists of one year tell of it, and it is one household of source "both"."""

import duckdb

from etl.typing.casts import FAULT_TYPE
from etl.typing.headings import stored

SOURCES = "('tpmap', 'outside', 'both')"


def merge(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace `household_sound` by one in which such rows are one; the first row's values stand, the later ones fill gaps.

    Rows of one source that repeat a household stay repeated, and are refused as that.
    """
    connection.execute(
        """create table told_again as
        select register_year, household_id from household_sound group by register_year, household_id having count(*) > 1"""
    )
    if not connection.execute("select count(*) from told_again").fetchone()[0]:
        return
    connection.execute(
        """create table twice as
        select row_id, sheet_no, first_value(row_id) over w as kept, first_value(source) over w as source_kept, source,
               first_value(sheet_no) over w as sheet_kept
        from household_sound
        where (register_year, household_id) in (
          select (register_year, household_id) from household_sound semi join told_again using (register_year, household_id)
          group by register_year, household_id having count(distinct source) > 1)
        window w as (partition by register_year, household_id order by row_id);
        delete from twice where row_id <> kept and (source = source_kept or sheet_no = sheet_kept);
        delete from twice where kept not in (select kept from twice where row_id <> kept)"""
    )
    if not connection.execute("select count(*) from twice").fetchone()[0]:
        return
    names = [c.name for c in stored("household")]
    merged = ", ".join(f"arg_min(h.{name}, row_id) as {name}" for name in names if name != "source")
    connection.execute(
        f"""create table in_both as
        select kept as row_id, arg_min(h.sheet_no, row_id) as sheet_no, {merged}, 'both' as source,
               null::{FAULT_TYPE}[] as faults from household_sound h join twice using (row_id) group by kept;
        insert into fault
        select 'household', row_id, sheet_no, 'source', 'in_both', 'notice', household_id, '' from household_sound
        join (select row_id from twice where row_id <> kept) using (row_id);
        alter view household_sound rename to household_each;
        create view household_sound as
        from household_each where row_id not in (select row_id from twice) union all by name from in_both"""
    )

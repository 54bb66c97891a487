"""Merge sources: a household that lists of one year from TPMAP and from outside both have is one, of source "both".

A list that does not state its source says nothing against one that does: what is known is the household's source.

Reads: found_twice, household_7_amended, in_both, in_two_sources, out.definition.picklists
Writes: <register>_7_merged, found_twice, household_7_merged, in_both, in_two_sources
Appends: fault
"""

import duckdb

from etl.clean.steps import Steps
from etl.headings.columns import stored
from etl.typing.casts import FAULT_TYPE

STATED = "nullif(source, 'unstated')"  # null also where somebody wrote that nobody knows it
SOURCE = f"coalesce({STATED}, 'unstated')"


def merge(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """The step `7_merged` of households: the values of the TPMAP list stand, those from outside fill gaps, in whatever order the
    lists came.

    Rows of one source that repeat a household stay repeated, and are refused as that.
    """
    if not _in_two_sources(connection):
        steps.unchanged("household", "7_merged")
        return
    names = [c.name for c in stored("household")]
    merged = ", ".join(f"arg_min(h.{name}, standing) as {name}" for name in names if name != "source")
    stated = f"case count(distinct {STATED}) when 1 then min({STATED}) when 0 then null else 'both' end"
    connection.execute(
        f"""create table in_both as
        select kept as row_id, arg_min(h.sheet_no, standing) as sheet_no, {merged}, {stated} as source,
               null::{FAULT_TYPE}[] as faults
        from household_7_amended h join in_two_sources using (row_id) group by kept;
        insert into fault
        select 'household', row_id, h.sheet_no, 'source', if(two, 'in_both', 'in_two_lists'), 'notice', household_id,
               if(two, '', coalesce(p.name_th, ''))
        from (select h.row_id, h.sheet_no, h.household_id, m.source,
                     m.source = 'both' and {SOURCE.replace("source", "h.source")} <> 'unstated'
                     and ({SOURCE.replace("source", "k.source")} <> 'unstated' or h.source <> 'both') as two
              from household_7_amended h join in_two_sources t on t.row_id = h.row_id and t.row_id <> t.kept
              join household_7_amended k on k.row_id = t.kept join in_both m on m.row_id = t.kept) h
        left join out.definition.picklists p on p.picklist = 'source' and p."value" = h.source;
        create view household_7_merged as
        from household_7_amended where row_id not in (select row_id from in_two_sources) union all by name from in_both"""
    )
    steps.changed("household", "7_merged")


def _in_two_sources(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are such rows, which are then in a table: each with the first row of its household, which is kept."""
    connection.execute(
        """create table found_twice as
        select register_year, household_id from household_7_amended group by register_year, household_id having count(*) > 1"""
    )
    if not connection.execute("select count(*) from found_twice").fetchone()[0]:
        return False
    connection.execute(
        f"""create table in_two_sources as
        with each as (
          select row_id, sheet_no, first_value(row_id) over w as kept,
                 row({SOURCE} is distinct from 'tpmap', row_id) as standing, first_value({SOURCE}) over w as source_kept,
                 {SOURCE} as source, first_value(sheet_no) over w as sheet_kept
          from household_7_amended
          where (register_year, household_id) in (
            select (register_year, household_id)
            from household_7_amended semi join found_twice using (register_year, household_id)
            group by register_year, household_id having count(distinct {SOURCE}) > 1)
          window w as (partition by register_year, household_id order by {SOURCE} is distinct from 'tpmap', row_id)),
        another as (from each where row_id = kept or not coalesce(source = source_kept or sheet_no = sheet_kept, false))
        select row_id, kept, standing from another where kept in (select kept from another where row_id <> kept)"""
    )
    return bool(connection.execute("select count(*) from in_two_sources").fetchone()[0])

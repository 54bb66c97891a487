"""Rows that came back: what the journal recorded and an export wrote as rows of the registers, with the ids of its entries.

Such a row amends the row of its key in another file: what was recorded takes the place of what stood there unless that row tells
of a later day, and a blank cell of either is filled by the other. Where there is none it is a row like any other. So an export of
a part is loaded beside the whole list, in any order, twice, or after somebody edited it.

Reads: <register>_5_valid, <register>_6_known, <register>_7_amended, <register>_recorded, <relation>, entries_of_<register>
Writes: <register>_7_amended, <register>_recorded, absorbed, entries_of_<register>
Appends: absorbed, fault, overlap
"""

from collections.abc import Iterable

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl.clean.steps import Steps
from etl.headings.columns import ENTRIES, columns, stored
from etl.typing.casts import FAULT_TYPE

IDS = r"string_split_regex(trim(entries), '\s+')"
RECORDED = {  # of a household's row: what is recorded -> the day that says which of two is newer; all else is the list's
    "certification": "certified_date",
    "certified_date": "certified_date",
    "meeting": "certified_date",
    "closed_date": "closed_date",
    "close_reason": "closed_date",
}


def refuse_copies(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """List rows with an entry that a row of another key has, too: of a later file that one stands, of one sheet the first."""
    for register in _carrying(connection, names, "{register}_5_valid"):
        key = ", ".join(registers()[register].key)
        connection.execute(
            f"""create table entries_of_{register} as
            select row_id, sheet_no, concat_ws('/', {key}) as key, unnest({IDS}) as id from {register}_5_valid
            where entries is not null;
            insert into fault
            select '{register}', row_id, sheet_no, 'entries', 'copied_entry', 'error', min(id), ''
            from (select *, first_value(key) over (partition by id order by sheet_no desc, row_id) as stands from entries_of_{register})
            where key <> stands group by row_id, sheet_no;
            insert into fault
            select '{register}', null, sheet_no, 'entries', 'recorded_rows', 'notice', count(distinct row_id)::varchar, ''
            from entries_of_{register} group by sheet_no"""
        )


def amend(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """The step `7_amended`; `absorbed` has how many rows of each register became a part of others."""
    connection.execute("create table absorbed (register varchar, absorbed bigint)")
    carrying = _carrying(connection, steps.present(), "{register}_6_known")
    for register in carrying:
        _amend(connection, register)
        steps.changed(register, "7_amended")
    if HOUSEHOLD in steps.present() and HOUSEHOLD not in carrying:
        steps.unchanged(HOUSEHOLD, "7_amended")


def _carrying(connection: duckdb.DuckDBPyConnection, names: Iterable[str], relation: str) -> list[str]:
    """The registers with a row that has entries."""
    able = [name for name in names if name in registers() and registers()[name].table and ENTRIES in columns(name)]
    some = [(name, f"select 1 from {relation.format(register=name)} where entries is not null limit 1") for name in able]
    return [name for name, sql in some if connection.execute(sql).fetchall()]


def _amend(connection: duckdb.DuckDBPyConnection, register: str) -> None:
    key = registers()[register].key
    others = [c.name for c in stored(register) if c.name not in (*key, ENTRIES)]
    newest = ", ".join(f"arg_max({c}, row({_day(register, c, '')}, len({IDS}), row_id)) as {c}" for c in others)
    amended = ", ".join(f"{_amended(register, c)} as {c}" for c in others)
    same = " and ".join(f"r.{c} = k.{c}" for c in key)
    connection.execute(
        f"""insert into overlap
        with told as (
          select {", ".join(key)}, sheet_no, count(entries) > 0 as carries from {register}_6_known group by all)
        select '{register}', a.sheet_no, b.sheet_no, count(*) from told a join told b using ({", ".join(key)})
        where a.sheet_no <> b.sheet_no and (a.carries or b.carries) group by all;
        create table {register}_recorded as
        select min(row_id) as row_id, arg_min(sheet_no, row_id) as sheet_no, {", ".join(key)}, {newest},
               array_to_string(list_sort(list_distinct(flatten(list({IDS})))), ' ') as entries, null::{FAULT_TYPE}[] as faults
        from {register}_6_known where entries is not null group by {", ".join(key)};
        create table {register}_7_amended as
        select k.* replace ({amended}, r.entries as entries)
        from {register}_6_known k left join {register}_recorded r on {same} where k.entries is null
        union all by name
        select r.* from {register}_recorded r anti join {register}_6_known k on {same} and k.entries is null;
        insert into absorbed
        select '{register}', (select count(*) from {register}_6_known) - (select count(*) from {register}_7_amended)"""
    )


def _day(register: str, column: str, record: str) -> str:
    """SQL: the day of which a row tells what it says in a column; the first of all where it says none."""
    days = [RECORDED[column]] if register == HOUSEHOLD and column in RECORDED else registers()[register].events
    told = [f"{record}{day}" for day in days]
    return f"coalesce(list_max([{', '.join(told)}]), date '0001-01-01')" if told else "date '0001-01-01'"


def _amended(register: str, column: str) -> str:
    """SQL: what the row `k` of a list says in a column once the row `r` of an export amends it. What a meeting decides of a household
    is of its day as a whole: a blank there is said, too; so is what is recorded of a place."""
    if not registers()[register].of_household:
        return f"if(r.entries is null, k.{column}, r.{column})"
    if register == HOUSEHOLD and column in RECORDED:
        day = RECORDED[column]
        return f"if(r.{day} is not null and (k.{day} is null or r.{day} >= k.{day}), r.{column}, k.{column})"
    if register == HOUSEHOLD:
        return f"coalesce(k.{column}, r.{column})"
    newer = f"{_day(register, column, 'r.')} >= {_day(register, column, 'k.')}"
    return f"case when {newer} then coalesce(r.{column}, k.{column}) else coalesce(k.{column}, r.{column}) end"

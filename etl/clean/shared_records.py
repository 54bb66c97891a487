"""Which files share records: what says that one is a newer version of the other.

`out.overlap` has one row per pair of files and register: of how many records of the other file the key stands in this one, too. Of
files of one name (but for a number behind it) refused records count as well, and how many of the other's records lie where this file
has records of the same year and source, too: a list whose ids were all corrected is still the list of that place. `recorded` and
`other_recorded` say whether the file and the other carry what the journal recorded, `has_all` whether the file repeats all records of
the other, of whatever register.

Reads: <relation>, overlap, same_name, shared, sheet, told_<register>
Writes: out.overlap, same_name, shared, told_<register>
Appends: same_name, shared
"""

import re
from pathlib import PurePosixPath

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl.clean.steps import Steps
from etl.headings.columns import ENTRIES, columns

PLACED = (HOUSEHOLD, "member_list")  # whose records say year, place and source themselves
OUTLINES = "tambon_shape"
NUMBER = re.compile(r" ?\(\d+\)$")  # behind a name: of ours, or of a browser that had a file of that name


def stem(name: str) -> str:
    """A file's name without its ending and without the number that tells it from another of that name."""
    return NUMBER.sub("", str(PurePosixPath(name).with_suffix("")))


def find(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """Write `out.overlap`."""
    relations = {r: f"{r}_3_records" for r in steps.present()} | {OUTLINES: "official"}
    counted = " union all ".join(f"select sheet_no, count(*) as kept from {name} group by all" for name in relations.values())
    connection.execute(
        f"""create table shared as
        with record as (select file, register, sum(kept)::bigint as records
          from ({counted}) join sheet using (sheet_no) group by all)
        select s.file, o.file as other, v.register, sum(v.same)::bigint as same, 0::bigint as placed, any_value(l.records) as of_other
        from overlap v join sheet s using (sheet_no) join sheet o on o.sheet_no = v.other_sheet
        join record l on l.file = o.file and l.register = v.register
        where s.file <> o.file group by s.file, o.file, v.register"""
    )
    for register in _of_one_name(connection):
        if register in relations:
            _compare(connection, register, relations[register])
    _mark(connection, {register: name for register, name in relations.items() if register in _carrying()})


def _carrying() -> list[str]:
    """The registers whose rows may carry entries."""
    return [name for name, register in registers().items() if register.table and ENTRIES in columns(name)]


def _mark(connection: duckdb.DuckDBPyConnection, relations: dict[str, str]) -> None:
    """Write `out.overlap`: what files share, and which of them carry entries. Only files that share anything are looked at."""
    some = connection.execute("select 1 from shared limit 1").fetchall()
    carried = [f"select distinct sheet_no from {name} where {ENTRIES} is not null" for name in relations.values() if some]
    connection.execute(
        f"""create table out.overlap as
        with told as (select distinct file from sheet where sheet_no in ({" union ".join([*carried, "select 0 where false"])})),
        part as (select file, other, register, max(same) >= max(of_other) as has_all from shared group by all),
        whole as (select file, other, bool_and(has_all) as has_all, list(register) as registers from part group by all),
        others as (select file, list(distinct register) as registers from sheet where register is not null group by file)
        select s.*, s.file in (from told) as recorded, s.other in (from told) as other_recorded,
               w.has_all and list_has_all(w.registers, o.registers) as has_all
        from shared s join whole w using (file, other) join others o on o.file = s.other"""
    )


def _of_one_name(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The registers of which two files of one name have sheets; those sheets are in `same_name`."""
    sheets = connection.execute("select sheet_no, file, register from sheet where register is not null").fetchall()
    files: dict[tuple[str, str], set[str]] = {}
    for _, file, register in sheets:
        files.setdefault((stem(file), register), set()).add(file)
    alike = [row for row in sheets if len(files[stem(row[1]), row[2]]) > 1]
    if alike:
        connection.execute("create table same_name (sheet_no int, file varchar, register varchar, stem varchar)")
        connection.executemany("insert into same_name values (?, ?, ?, ?)", [[*row, stem(row[1])] for row in alike])
    return sorted({register for _, _, register in alike})


def _compare(connection: duckdb.DuckDBPyConnection, register: str, relation: str) -> None:
    """Add what the files of one name share of one register."""
    key = "code" if register == OUTLINES else ", ".join(registers()[register].key)
    lies = [column if register in PLACED else f"null as {column}" for column in ("register_year", "village_code", "source")]
    connection.execute(
        f"""create table told_{register} as
        select distinct stem, file, concat_ws('/', {key}) as key, {", ".join(lies)}, row_id
        from {relation} join same_name using (sheet_no) where register = '{register}';
        insert into shared
        with files as (select distinct stem, file from told_{register}),
        pairs as (select a.file, o.file as other from files a join files o on a.stem = o.stem and a.file <> o.file),
        each_once as (select distinct file, key from told_{register}),
        repeated as (
          select p.file, p.other, count(*) as same from pairs p join told_{register} o on o.file = p.other
          semi join each_once k on k.file = p.file and k.key = o.key group by all),
        spot as (
          select file, register_year, village_code, source, count(*) as records from told_{register} group by all),
        covered as (
          select p.file, p.other, sum(o.records) filter (exists (
            from spot l where l.file = p.file and l.register_year = o.register_year and l.village_code = o.village_code
                          and coalesce(l.source = o.source, true))) as placed, sum(o.records) as of_other
          from pairs p join spot o on o.file = p.other group by all)
        select c.file, c.other, '{register}', coalesce(same, 0), coalesce(placed, 0), of_other
        from covered c left join repeated r on r.file = c.file and r.other = c.other"""
    )

"""Which files share records: what says that one is a newer version of the other.

`out.overlap` has one row per pair of files and register: of how many records of the other file the key stands in this one, too. Of
files of one name (but for a number behind it) refused records count as well, and how many of the other's records lie where this file
has records of the same year and source, too: a list whose ids were all corrected is still the list of that place.

Reads: <relation>, overlap, same_name, shared, sheet, told_<register>
Writes: out.overlap, same_name, shared, told_<register>
Appends: same_name, shared
"""

import re
from pathlib import PurePosixPath

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl.clean.steps import Steps

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
    connection.execute("create table out.overlap as from shared")


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
        with pairs as (
          select distinct a.file, o.file as other from told_{register} a join told_{register} o on a.stem = o.stem and a.file <> o.file),
        kept as (select distinct file, key from told_{register}),
        lies as (select distinct file, register_year, village_code, source from told_{register} where village_code is not null)
        select p.file, p.other, '{register}', count(*) filter (kept.key is not null),
               count(*) filter (exists (from lies l where l.file = p.file and l.register_year = o.register_year
                                         and l.village_code = o.village_code and coalesce(l.source = o.source, true))), count(*)
        from pairs p join told_{register} o on o.file = p.other left join kept on kept.file = p.file and kept.key = o.key
        group by p.file, p.other"""
    )

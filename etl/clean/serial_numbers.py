"""Running numbers: a column whose values only count the rows of a list is no part of a key, whatever its heading says.

What tells it is asked of each sheet, in any order of its rows. A number within a house or a household begins again with 1 in most
of them and repeats from house to house; a number of the list does neither. Such a column is as if the sheet had none.

Reads: <sheet>
"""

from collections.abc import Mapping

import duckdb

from definitions.registers import children
from etl.typing.casts import RECORD
from etl.typing.ingest import ReadSheet, file_fault

WITHIN = {  # a number -> the columns of which the first that is there says within what it should count
    "household_no": ("house_code", "house_no", "head_citizen_id"),
    "member_no": ("household_id", "house_code", "house_no", "head_citizen_id"),
}
OTHERWISE = ("house_code", "house_no", "head_citizen_id")  # what names a household where its id is a running number
LONGEST = 6  # digits of a running number: a list of a million rows
FEWEST = {"household_no": 2}  # rows of a list that tell; of other numbers, which may well begin with 2, there must be
OTHERS = 3


def leave_out(connection: duckdb.DuckDBPyConnection, sheets: Mapping[str, list[ReadSheet]]) -> None:
    """Take such columns out of the sheets that have them, with a notice each."""
    linked = _ids_of_children(connection, sheets)
    for register, of_register in sheets.items():
        for sheet in of_register:
            if register in ("household", "member_list") and _is_household_serial(connection, sheet, linked):
                _drop(connection, sheet, "household_id")
            if "house_code" in sheet.there and _is_house_serial(connection, sheet):
                _drop(connection, sheet, "house_code")
            for number in WITHIN.keys() & sheet.there:
                if _counts_the_list(connection, sheet, number):
                    _drop(connection, sheet, number)


def _drop(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet, column: str) -> None:
    sheet.there = sheet.there - {column}
    sheet.unread = sheet.unread | {column}
    heading = sheet.sheet.headings[sheet.match.places[column]].strip() if column in sheet.match.places else column
    file_fault(connection, sheet.number, "running_number", heading)


def _counts_the_list(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet, number: str) -> bool:
    """Whether a number counts the rows of its list, or of each village, instead of those of a house.

    Half of the houses or more begin with another number than 1, and no village has a number twice. One list of second households
    only repeats its 2; a list of one house tells nothing.
    """
    place = next((f"s.{c}" for c in ("village_code", "tambon_name", "moo") if c in sheet.there), "''")
    whole = [f"s.{c}::varchar" for c in WITHIN[number] if c in sheet.there]
    house = f"concat_ws('/', {place}, coalesce({', '.join(whole)}))" if whole else f"concat({sheet.place})"
    rows, houses, late, repeated = connection.execute(
        f"""with numbered as (
          select {place} as place, {house} as house, s.{number} as number
          from {sheet.table} s where {RECORD} and s.{number} is not null)
        select (select count(*) from numbered), (select count(distinct house) from numbered),
               (select count(*) from (select 1 from numbered group by house having min(number) > 1)),
               (select count(*) from (select 1 from numbered group by place, number having count(*) > 1))"""
    ).fetchone()
    return rows >= FEWEST.get(number, OTHERS) and houses > 1 and late * 2 >= houses and not repeated


def _is_household_serial(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet, linked: set[str]) -> bool:
    """Whether the ids of a household list are 1, 2, 3 … to its end, of households that something else names, too.

    Where another list names households by such numbers they are the office's own ids, and stay.
    """
    ways = [f"s.{c} is not null" for c in OTHERWISE if c in sheet.there]
    if "household_id" not in sheet.there or not ways:
        return False
    records = f"from {sheet.table} s where {RECORD} and household_id is not null"
    if connection.execute(f"select coalesce(max(len(household_id)), 99) {records}").fetchone()[0] > LONGEST:
        return False
    distinct, all_, least, most, named = connection.execute(
        f"""select count(distinct number), count(*), min(number), max(number), bool_and({" or ".join(ways)})
        from (select *, try_cast(household_id as int) as number {records}) s"""
    ).fetchone()
    rows = distinct if sheet.match.register == "member_list" else all_
    return least == 1 and most == distinct == rows >= OTHERS and named and not linked & {str(n) for n in range(1, most + 1)}


def _ids_of_children(connection: duckdb.DuckDBPyConnection, sheets: Mapping[str, list[ReadSheet]]) -> set[str]:
    """The short numbers by which plans, visits and members name their households."""
    found: set[str] = set()
    for sheet in [sheet for child in children() for sheet in sheets.get(child.name, []) if "household_id" in sheet.there]:
        ids = f"select distinct household_id from {sheet.table} where len(household_id) <= {LONGEST}"
        found |= {name for (name,) in connection.execute(ids).fetchall()}
    return found


def _is_house_serial(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> bool:
    """Whether a house code has no code in it but 1, 2, 3 … to the end of the list, each listed as too short."""
    if connection.execute(f"select count(house_code) from {sheet.table}").fetchone()[0]:
        return False
    distinct, all_, least, most = connection.execute(
        f"""select count(distinct number), count(*), min(number), max(number)
        from (select try_cast(western(list_filter(faults, lambda f: f.column_name = 'house_code')[1].found) as int) as number
              from {sheet.table} where len(faults) > 0) where number is not null"""
    ).fetchone()
    return distinct == all_ == most and least == 1 and all_ >= OTHERS

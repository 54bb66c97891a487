"""Cast sheets of text to typed rows: one pass in SQL per sheet, spelled out from the register's columns.

Every record of a sheet becomes one row of `sheet_<n>_typed`, kept or not, so rows in = kept + refused by construction.
The table keeps the order of the file: a record's place in it is its row on paper, less the heading.

Reads: <sheet>, sheet_<n>_typed
Writes: sheet_<n>_typed
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

import definitions
from etl import spelling
from etl.files.sheets import SPARE, Sheet
from etl.headings.columns import Column, columns
from etl.headings.recognise import Match
from etl.typing import cell_account, date_columns
from etl.typing.date_columns import DAY, Orders
from etl.typing.fault import FAULT_TYPE, fault_as, literal, where_so

SQL_TYPES = {
    "integer": "usmallint",
    "moo": "usmallint",
    "year": "integer",  # as casts.sql makes it: a register that no file brought has the columns of one that came
    "number": "double",
    "degrees": "double",
    "date": "date",
    "flag": "tinyint",
    "result": "tinyint",
    "lack": "tinyint",
}
FAULTS = {
    "integer": "not_an_integer",
    "moo": "not_an_integer",
    "year": "not_a_year",
    "number": "not_a_number",
    "degrees": "not_degrees",
    "point": "not_degrees",
    "date": "not_a_date",
    "flag": "not_a_flag",
    "result": "not_a_result",
    "lack": "not_a_flag",
    "digits": "not_that_many_digits",
    "citizen_id": "not_a_citizen_id",
    "pick": "not_in_list",
    "key": "digits_lost",
    "area": "not_an_area",
    "house_no": "house_no_lost",
}
LEGIBLE = {"source"}  # may be left out, but a word that nobody can read may mean TPMAP or not: its row comes back
CODES = {"digits", "citizen_id"}  # of which a spreadsheet may have left 3.42E+12
RESTORED = {  # kind -> (fault, SQL of a changed cell: whether a spreadsheet had taken something from it)
    "house_no": ("restored_house_no", "house_no_changed({cell}, {column})"),
    "phone": ("restored_zero", "not starts_with(western({cell}), '0')"),
    "digits": ("restored_noughts", "starts_with({column}, '00') and not starts_with(western({cell}), '0')"),
}
PER_COLUMN = ("none_or_nought", "short_year")  # faults that are listed once for a column, with how many cells
COMPARED = {"text", "aside", "key", "house_no", "phone"}  # kinds of which nearly any cell is a value
ODD = "odd"  # no fault of definitions/faults.csv: a mark between two readings of a sheet
FEW = 3  # columns of a sheet from which a row of one cell is hardly a record
TOTALS = ("รวม", "ยอดรวม", "ผลรวม", "สรุป")  # with which rows begin that sum others up
NOUGHT, UNKNOWN = "0", "unknown"  # what --set COLUMN.none= may say of "ไม่มี" in a column of money
FLAGS = {
    "flag": ("flag", "tick"),
    "result": ("flag", "state"),
    "lack": ("lack",),
}  # kind -> lists: what a mark means is the column's
NO_DATA = "no_data"  # the state of a dimension of which nothing is known: written in our own reports, and no answer
LACK = {"deprived": "0", "not_deprived": "1"}  # as the flags of the register say it
DAYS_TO_1904 = 1462  # from 30 December 1899, since which a day number counts, to 1 January 1904
RECORD = "(faults is null or len(faults) > 0)"  # a row in which anything stands


@dataclass(frozen=True)
class Layout:
    """How a sheet is read: what its headings mean, the value of a column for every record (`constants`), what an officer said of
    a column's words (`said`), and what stands first in its dates (`orders`)."""

    match: Match
    constants: Mapping[str, str]
    said: Mapping[str, str]
    orders: Orders


def sql_type(column: Column) -> str:
    """The type of a column in the warehouse."""
    return SQL_TYPES.get(column.type.split(":")[0], "varchar")


def source(sheet: Sheet) -> str:
    """SQL of the sheet's cells as text, c0 … by their place."""
    if sheet.table:
        return sheet.table
    cells = ", ".join(f"'c{i}': 'varchar'" for i in range(len(sheet.headings) + SPARE))
    return (
        f"read_csv({literal(str(sheet.path))}, columns = {{{cells}}}, delim = {literal(sheet.delimiter)}, "
        f"quote = '\"', escape = '\"', header = false, skip = {sheet.skip}, "
        f"null_padding = {str(sheet.as_it_lies).lower()}, auto_detect = false)"
    )


def read_sheet(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    number: int,
    layout: Layout,
) -> int:
    """All records of `sheet` into the table `sheet_<number>_typed`; returns how many there were.

    A record that may be refused keeps its cells as they were read. Where cells of a column are
    not spelled as one types, the sheet is read again with that column tidied: only such a sheet pays for it.
    Raises duckdb.Error where the file is not the regular table that it was taken for.
    """
    read = _read(connection, sheet, number, layout, frozenset())
    if odd := _odd_columns(connection, number):
        read = _read(connection, sheet, number, layout, odd)
    return read


def _odd_columns(connection: duckdb.DuckDBPyConnection, number: int) -> frozenset[str]:
    """Columns of a sheet of which some cell has to be tidied: those that the mark names, and those with a cell that could not
    be read and is odd. Of a citizen ID a fault shows its length and its end only."""
    found = connection.execute(
        f"""with listed as (
          select unnest(faults, recursive := true) from sheet_{number}_typed where len(faults) > 0)
        select unnest(string_split(found, ',')) from listed where fault = '{ODD}'
        union select column_name from listed
        where column_name <> '' and (is_odd(found) or (fault = 'not_a_citizen_id' and len(found) <> 13))"""
    )
    return frozenset(name for (name,) in found.fetchall())


def _read(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    number: int,
    layout: Layout,
    odd: frozenset[str],
) -> int:
    """One reading of a sheet, the columns `odd` tidied; where none is, a cell that has to be is marked by the fault ODD."""
    match, constants = layout.match, layout.constants
    of_register = columns(match.register)
    wanted = [of_register[name] for name in match.places]
    shown = {name: f"c{place}" for name, place in match.places.items()}
    made = {c.name: cell for c in wanted if (cell := _made(c, shown[c.name], c.name in odd, sheet)) != shown[c.name]}
    raw = {name: f"t{place}" if name in made else f"c{place}" for name, place in match.places.items()}
    spare = [f"c{len(sheet.headings) + i}" for i in range(SPARE)]
    remade = ", ".join(f"{cell} as {raw[name]}" for name, cell in made.items())
    cells = f"(select *, {remade} from {source(sheet)})" if remade else source(sheet)
    typed = [f"{_typed(c, raw[c.name], layout)} as {c.name}" for c in wanted]
    typed += [f"{typed_value(of_register[n], literal(spelling.tidied(value)))} as {n}" for n, value in constants.items()]
    dates = [c for c in wanted if c.type == "date"] if "register_year" in {*raw, *constants} else []
    every = [f"c{i}" for i in range(len(sheet.headings) + SPARE)]
    filled = " or ".join(f"{cell} is not null" for cell in every)
    checks = list(_checks(wanted, raw, shown, {c.name for c in dates}, layout))
    checks += [_extra_cells(spare, len(sheet.headings)), *([] if odd else _oddity(wanted, raw))]
    severe, mild = (" or ".join(f"({c})" for c, _, s in checks if s is which) or "false" for which in (True, False))
    underived = [
        f"{c.name} is null" if c.name in raw or c.name in constants else "true"
        for c in of_register.values()
        if c.required == "derived"
    ]
    listed = where_so((condition, fault) for condition, fault, _ in checks)
    width = len(sheet.headings)
    kept = " or ".join(["is_severe", *underived, *_hardly_a_record(width)])
    names = ", ".join([*raw, *constants, *cell_account.names(width)])
    typed += cell_account.masks(width)
    return connection.execute(
        f"""create or replace table sheet_{number}_typed as
        select {number} as sheet_no, {names},
               case when not is_filled then [] when is_severe or is_mild then {listed} end::{FAULT_TYPE}[] as faults,
               case when is_filled and ({kept}) then [{", ".join(every)}] end as cells
        from (select *, {_so(filled)} as is_filled, {_so(severe)} as is_severe, {_so(mild)} as is_mild
              from {_dates_settled(f"(select *, {', '.join(typed)} from {cells})", dates, raw, layout.orders)})"""
    ).fetchone()[0]


def _hardly_a_record(width: int) -> list[str]:
    """SQL: rows in which one cell of three or more stands, or whose first cells begin as totals do: whatever else may be wrong with
    them, they are looked at (etl/clean/non_records.py)."""
    if width < FEW:
        return []
    filled = " + ".join(f"bit_count({name})" for name in cell_account.names(width))
    return [f"{filled} = 1", *(f"starts_with(c{place}, '{word}')" for place in range(2) for word in TOTALS)]


def _made(column: Column, cell: str, odd: bool, sheet: Sheet) -> str:
    """SQL of a cell as it is read: tidied where cells of its column have to be, its day number counted from 1899."""
    return since_1899(f"{_tidied(column)}({cell})" if odd else cell, column, sheet)


def since_1899(cell: str, column: Column, sheet: Sheet) -> str:
    """SQL of a cell in which a day number counts from the end of 1899, whatever its workbook counts from."""
    if column.type != "date" or not sheet.since_1904:
        return cell
    days = f"cast(try_cast({cell} as double) as int) + {DAYS_TO_1904}"
    return f"case when regexp_full_match({cell}, '[2-5][0-9]{{4}}([.]0+)?') then cast({days} as varchar) else {cell} end"


def _tidied(column: Column) -> str:
    """The macro that tidies a cell of the column."""
    return "tidied_baht" if is_money(column) else "tidied"


def _oddity(wanted: list[Column], raw: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """The mark of a record with cells that have to be tidied though they can be read: texts, keys, a dash that is a nought."""
    cells = {c.name: raw[c.name] for c in wanted if c.type.split(":")[0] in COMPARED or is_money(c)}
    if cells:
        any_of = " or ".join(f"is_odd({cell})" for cell in cells.values())
        names = ", ".join(f"case when is_odd({cell}) then '{name}' end" for name, cell in cells.items())
        yield any_of, f"row('', '{ODD}', 'notice', concat_ws(',', {names}), '')::{FAULT_TYPE}", False


def _dates_settled(relation: str, dates: list[Column], raw: Mapping[str, str], orders: Orders) -> str:
    """SQL of the typed cells in which each date is held against its record's year; what was read stands beside it."""
    if not dates:
        return relation
    settled = ", ".join(date_columns.settled(c, raw[c.name], orders.get(c.name, DAY)) for c in dates)
    read = ", ".join(f"{c.name} as {c.name}_read" for c in dates)
    return f"(select * replace ({settled}), {read} from {relation})"


def _typed(column: Column, cell: str, layout: Layout) -> str:
    """SQL of a cell as a value of its column, where a word or an order may have been said for the whole column."""
    if column.type == "date":
        return date_columns.as_read(cell, layout.orders.get(column.name, DAY))
    if is_money(column) and layout.said.get(f"{column.name}.none") == NOUGHT:
        return f"case when {cell} <> '-' and is_none({cell}) then 0 else to_baht({cell}) end"
    return typed_value(column, cell)


def _so(condition: str) -> str:
    """SQL: whether a condition holds. Asked by a case, the engine leaves a chain of "or" at the first that does."""
    return f"case when {condition} then true else false end"


@cache
def _units() -> dict[str, str]:
    return {row["column"]: row["unit"] for row in definitions.table("register_columns")}


def is_money(column: Column) -> bool:
    """Whether a column holds baht."""
    return column.type == "number" and _units().get(column.name, "").startswith("บาท")


def typed_value(column: Column, cell: str) -> str:
    """SQL of a cell as a value of its column, null where it is none."""
    kind, _, detail = column.type.partition(":")
    if kind == "digits":
        return f"to_digits({cell}, {detail})"
    if kind == "year":
        return f"to_year({cell}, {definitions.rule('first_register_year')}, {definitions.rule('last_register_year')})"
    if kind in FLAGS:
        return _picked(FLAGS[kind], cell, "tinyint")
    if kind == "pick":
        return _picked((detail,), cell, "varchar")
    if kind == "aside":
        return f"to_text({cell})"
    if is_money(column):
        return f"to_baht({cell})"
    return f"to_{kind}({cell})"


def accepted_words(picklists: tuple[str, ...]) -> dict[str, str]:
    """Every accepted word of these lists -> value, marks of lacking as the flags say them."""
    accepted = {
        word: value for picklist in picklists for word, value in definitions.spellings(picklist).items() if value != NO_DATA
    }
    return {word: LACK.get(value, value) for word, value in accepted.items() if word not in LACK or "state" in picklists}


def _picked(picklists: tuple[str, ...], cell: str, sql_type: str) -> str:
    """A case over all spellings: whole values only, since "ไม่ผ่าน" ends in "ผ่าน".

    The values themselves are compared first (a register's 1 and 0 are most of its cells), then the spellings as listed;
    only what is left pays for being compared as words are. An empty cell and a dash fail `<> '-'` and stay null.
    """
    accepted = accepted_words(picklists)
    words = {word: f"{literal(value)}::{sql_type}" for word, value in accepted.items()}
    values = " ".join(f"when {cell} = {literal(v)} then {words[v]}" for v in dict.fromkeys(accepted.values()) if v in words)
    exact = " ".join(f"when {literal(word)} then {value}" for word, value in words.items())
    loose = {spelling.alike(word): value for word, value in words.items()}
    as_words = ", ".join(f"{literal(word)}: {value}" for word, value in loose.items())
    return f"case {values} when {cell} <> '-' then case {cell} {exact} else map {{{as_words}}}[as_word({cell})] end end"


def _checks(
    wanted: list[Column],
    raw: Mapping[str, str],
    shown: Mapping[str, str],
    settled: set[str],
    layout: Layout,
) -> Iterator[tuple[str, str, bool]]:
    """(condition, fault as a struct, whether it refuses the record) for everything that can be wrong with one record alone;
    a fault says of a cell what is `shown`, as it was read."""
    for column in wanted:
        cell, found, kind, required = (
            raw[column.name],
            shown[column.name],
            column.type.split(":")[0],
            bool(column.required) or column.name in LEGIBLE,
        )
        if column.required == "yes":
            yield f"{column.name} is null and is_blank({cell})", fault_as(column.name, "missing_value", True, "''", ""), True
        if column.name in settled:
            yield from date_columns.checks(column, cell, found, layout.orders.get(column.name, DAY))
        elif kind in FAULTS:
            yield _unread(column, cell, found, kind, required)
        if kind in RESTORED:
            fault, changed = RESTORED[kind]
            restored = fault_as(column.name, fault, False, found, column.name)
            yield f"{column.name} <> {cell} and {changed.format(column=column.name, cell=cell)}", restored, False
        if is_money(column) and layout.said.get(f"{column.name}.none") not in (NOUGHT, UNKNOWN):
            asked = fault_as(column.name, "none_or_nought", False, "''", literal(column.name))
            yield f"{column.name} is null and {cell} <> '-' and is_none({cell})", asked, False


def _extra_cells(spare: list[str], width: int) -> tuple[str, str, bool]:
    """The check for what stands beyond the last heading."""
    extra = " or ".join(f"not is_blank({cell})" for cell in spare)
    return extra, fault_as("", "extra_cells", True, f"concat_ws(', ', {', '.join(spare)})", literal(str(width))), True


def _unread(column: Column, cell: str, found: str, kind: str, required: bool) -> tuple[str, str, bool]:
    """The check for a cell in which something stands that its column cannot mean."""
    blank = "is_blank" if kind in {*FLAGS, "pick", "key", "house_no"} else "no_value"
    blank = "is_no_data" if kind in ("result", "lack") else blank
    name = literal(FAULTS[kind])
    name = f"if(is_scientific({cell}), 'digits_lost', {name})" if kind in CODES else name
    name = f"if(is_symbol_tick({cell}), 'symbol_tick', {name})" if kind in FLAGS else name
    expected = _expected(column, cell)
    return (
        f"{column.name} is null and {cell} <> '-' and not {blank}({cell})",
        fault_as(column.name, FAULTS[kind], required, _quoted(kind, found), expected, name),
        required,
    )


def _quoted(kind: str, cell: str) -> str:
    """What a fault may say of a cell: a citizen id, mistyped too, shows its last three characters only."""
    return f"concat(repeat('x', greatest(len({cell}) - 3, 0)), right({cell}, 3))" if kind == "citizen_id" else cell


def _expected(column: Column, cell: str) -> str:
    """SQL of what the cell should hold."""
    kind, _, detail = column.type.partition(":")
    if kind == "digits":
        return literal(detail)
    if kind == "year":
        return literal(f"{definitions.rule('first_register_year')}–{definitions.rule('last_register_year')}")
    if kind == "house_no":
        return f"house_no_may_be({cell})"
    if kind == "pick" and detail not in {"aspect", "dimension"}:
        return literal(" | ".join(definitions.picklist(detail, "th").values()))
    return literal(" | ".join(definitions.names(f"{detail}s", detail, "th").values())) if kind == "pick" else "''"

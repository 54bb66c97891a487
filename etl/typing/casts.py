"""Cast sheets of text to typed rows: one pass in SQL per sheet, spelled out from the register's columns.

Every record of a sheet becomes one row of `sheet_<n>_typed`, kept or not, so rows in = kept + refused by construction.
The table keeps the order of the file: a record's place in it is its row on paper, less the heading.

Reads: <sheet>
Writes: sheet_<n>_typed
"""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

import definitions
from etl.files.sheets import SPARE, Sheet
from etl.headings.columns import Column, columns
from etl.headings.recognise import Match
from etl.typing import cell_account

SQL_TYPES = {
    "integer": "usmallint",
    "moo": "usmallint",
    "year": "usmallint",
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
RESTORED = {"house_no": "restored_house_no", "phone": "restored_zero"}
FLAGS = {
    "flag": ("flag", "tick"),
    "result": ("flag", "state"),
    "lack": ("lack",),
}  # kind -> lists: what a mark means is the column's
NO_DATA = "no_data"  # the state of a dimension of which nothing is known: written in our own reports, and no answer
LACK = {"deprived": "0", "not_deprived": "1"}  # as the flags of the register say it
DAYS_TO_1904 = 1462  # from 30 December 1899, since which a day number counts, to 1 January 1904
RECORD = "(faults is null or len(faults) > 0)"  # a row in which anything stands
FAULT_TYPE = "struct(column_name varchar, fault varchar, severity varchar, found varchar, expected varchar)"


def literal(text: str) -> str:
    """A text of our own definitions as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


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
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, match: Match, constants: Mapping[str, str]
) -> int:
    """All records of `sheet` into the table `sheet_<number>_typed`; returns how many there were.

    `constants` gives the value of a column for every record. A record that may be refused keeps its cells as they were read.
    Raises duckdb.Error where the file is not the regular table that it was taken for.
    """
    of_register = columns(match.register)
    wanted = [of_register[name] for name in match.places]
    raw = {name: f"c{place}" for name, place in match.places.items()}
    spare = [f"c{len(sheet.headings) + i}" for i in range(SPARE)]
    typed = [f"{typed_value(c, since_1899(raw[c.name], c, sheet))} as {c.name}" for c in wanted]
    typed += [f"{typed_value(of_register[name], literal(value))} as {name}" for name, value in constants.items()]
    every = [f"c{i}" for i in range(len(sheet.headings) + SPARE)]
    filled = " or ".join(f"{cell} is not null" for cell in every)
    checks = list(_checks(wanted, raw, spare, len(sheet.headings)))
    severe, mild = (" or ".join(f"({c})" for c, _, s in checks if s is which) or "false" for which in (True, False))
    underived = [
        f"{c.name} is null" if c.name in raw or c.name in constants else "true"
        for c in of_register.values()
        if c.required == "derived"
    ]
    listed = where_so((condition, fault) for condition, fault, _ in checks)
    width = len(sheet.headings)
    names = ", ".join([*raw, *constants, *cell_account.names(width)])
    typed += cell_account.masks(width)
    return connection.execute(
        f"""create or replace table sheet_{number}_typed as
        select {number} as sheet_no, {names},
               case when not is_filled then [] when is_severe or is_mild then {listed} end::{FAULT_TYPE}[] as faults,
               case when is_filled and ({" or ".join(["is_severe", *underived])}) then [{", ".join(every)}] end as cells
        from (select *, {_so(filled)} as is_filled, {_so(severe)} as is_severe, {_so(mild)} as is_mild
              from (select *, {", ".join(typed)} from {source(sheet)}))"""
    ).fetchone()[0]


def since_1899(cell: str, column: Column, sheet: Sheet) -> str:
    """SQL of a cell in which a day number counts from the end of 1899, whatever its workbook counts from."""
    if column.type != "date" or not sheet.since_1904:
        return cell
    days = f"cast(try_cast({cell} as double) as int) + {DAYS_TO_1904}"
    return f"case when regexp_full_match({cell}, '[2-5][0-9]{{4}}([.]0+)?') then cast({days} as varchar) else {cell} end"


def _so(condition: str) -> str:
    """SQL: whether a condition holds. Asked by a case, the engine leaves a chain of "or" at the first that does."""
    return f"case when {condition} then true else false end"


def where_so(cases: Iterable[tuple[str, str]]) -> str:
    """SQL: the list of those values whose condition holds, of (condition, value)."""
    values = ", ".join(f"case when {condition} then {value} end" for condition, value in cases)
    return f"list_filter([{values}], lambda v: v is not null)"


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
    return f"to_{kind}({cell})"


def spellings(picklist: str) -> dict[str, str]:
    """Every accepted spelling -> value. Aspects and dimensions are lists of their own."""
    if picklist in {"aspect", "dimension"}:
        rows = [{**r, "value": r[picklist], "spellings": ""} for r in definitions.table(f"{picklist}s")]
    else:
        rows = [r for r in definitions.table("picklists") if r["picklist"] == picklist]
    return {
        spelling: r["value"]
        for r in rows
        for spelling in (r["value"], r["name_th"], r["name_en"], *filter(None, r["spellings"].split("|")))
    }


def accepted_words(picklists: tuple[str, ...]) -> dict[str, str]:
    """Every accepted word of these lists -> value, marks of lacking as the flags say them."""
    accepted = {word: value for picklist in picklists for word, value in spellings(picklist).items() if value != NO_DATA}
    return {word: LACK.get(value, value) for word, value in accepted.items() if word not in LACK or "state" in picklists}


def _picked(picklists: tuple[str, ...], cell: str, sql_type: str) -> str:
    """A case over all spellings: whole values only, since "ไม่ผ่าน" ends in "ผ่าน".

    The values themselves are compared first (a register's 1 and 0 are most of its cells), then the spellings as listed;
    only what is left pays for case, spaces and Thai digits. An empty cell and a dash fail `<> '-'` and stay null.
    """
    accepted = accepted_words(picklists)
    words = {word: f"{literal(value)}::{sql_type}" for word, value in accepted.items()}
    values = " ".join(f"when {cell} = {literal(v)} then {words[v]}" for v in dict.fromkeys(accepted.values()) if v in words)
    exact = " ".join(f"when {literal(word)} then {value}" for word, value in words.items())
    loose = ", ".join(f"{literal(word)}: {value}" for word, value in {w.lower(): v for w, v in words.items()}.items())
    return f"case {values} when {cell} <> '-' then case {cell} {exact} else map {{{loose}}}[lower(western({cell}))] end end"


def _checks(wanted: list[Column], raw: dict[str, str], spare: list[str], width: int) -> Iterator[tuple[str, str, bool]]:
    """(condition, fault as a struct, whether it refuses the record) for everything that can be wrong with one record alone."""
    for column in wanted:
        cell, kind, required = raw[column.name], column.type.split(":")[0], bool(column.required) or column.name in LEGIBLE
        if column.required == "yes":
            yield f"{column.name} is null and is_blank({cell})", fault_as(column.name, "missing_value", True, "''", ""), True
        if kind in FAULTS:
            blank = "is_blank" if kind in {*FLAGS, "pick", "key", "house_no"} else "no_value"
            blank = "is_no_data" if kind in ("result", "lack") else blank
            name = literal(FAULTS[kind])
            name = f"if(is_scientific({cell}), 'digits_lost', {name})" if kind in CODES else name
            expected = _expected(column, cell)
            yield (
                f"{column.name} is null and {cell} <> '-' and not {blank}({cell})",
                fault_as(column.name, FAULTS[kind], required, _quoted(kind, cell), expected, name),
                required,
            )
        if kind in RESTORED:
            restored = fault_as(column.name, RESTORED[kind], False, cell, column.name)
            yield f"{column.name} <> {cell} and {column.name} <> trim({cell})", restored, False
    extra = " or ".join(f"not is_blank({cell})" for cell in spare)
    yield extra, fault_as("", "extra_cells", True, f"concat_ws(', ', {', '.join(spare)})", literal(str(width))), True


def fault_as(column: str, fault: str, required: bool, found: str, expected: str, name: str = "") -> str:
    """A fault as a struct; `found`, `expected` and `name` are SQL."""
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    severity = "error" if required else severity
    values = (literal(column), name or literal(fault), literal(severity), f"quoted({found})", expected or "''")
    return f"row({', '.join(values)})::{FAULT_TYPE}"


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
        month = f"try_cast({cell}[6:7] as int)"
        return f"concat(try_cast({cell}[9:10] as int), '/', {month}, ' หรือ ', {month}, '/', {cell}[3:4])"
    if kind == "pick" and detail not in {"aspect", "dimension"}:
        return literal(" | ".join(definitions.picklist(detail, "th").values()))
    return literal(" | ".join(definitions.names(f"{detail}s", detail, "th").values())) if kind == "pick" else "''"

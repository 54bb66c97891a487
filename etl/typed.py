"""Sheets of text to typed rows: one pass in SQL per sheet, spelled out from the register's columns.

Every record of a sheet becomes one row of `<register>_read`, kept or not, so rows in = kept + refused by construction.
The tables keep the order of the file: a record's place in its table is its row on paper, less the heading.
"""

from collections.abc import Iterator

import duckdb

import definitions
from etl.columns import Column, Match, columns
from etl.read import SPARE, Sheet

SQL_TYPES = {
    "integer": "usmallint",
    "year": "usmallint",
    "number": "double",
    "date": "date",
    "flag": "tinyint",
}
FAULTS = {
    "integer": "not_an_integer",
    "year": "not_a_year",
    "number": "not_a_number",
    "date": "not_a_date",
    "flag": "not_a_flag",
    "digits": "not_that_many_digits",
    "citizen_id": "not_a_citizen_id",
    "pick": "not_in_list",
}
ROW_BITS = 40  # of a row id; what stands above them is the number of the sheet
FAULT_TYPE = "struct(column_name varchar, fault varchar, severity varchar, found varchar, expected varchar)"


def literal(text: str) -> str:
    """A text of our own definitions as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def unite(connection: duckdb.DuckDBPyConnection, register: str, sheet_numbers: list[int]) -> None:
    """Make the view `<register>_read` over its sheets: a row id that tells sheet and row, the typed columns, the faults."""
    typed = [f"cast(null as {SQL_TYPES.get(c.type.split(':')[0], 'varchar')}) as {c.name}" for c in columns(register).values()]
    empty = f"select 0::bigint as row_id, 0 as sheet_no, {', '.join(typed)}, null::{FAULT_TYPE}[] as faults where false"
    sheets = [f"select {n}::bigint << {ROW_BITS} | rowid as row_id, * from sheet_{n}" for n in sheet_numbers]
    connection.execute(f"create view {register}_read as {' union all by name '.join([empty, *sheets])}")


def read_sheet(connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, match: Match) -> int:
    """All records of `sheet` into the table `sheet_<number>`, typed; returns how many there were.

    Raises duckdb.Error where the file is not the regular table that it was taken for.
    """
    cells = ", ".join(f"'c{i}': 'varchar'" for i in range(len(sheet.headings) + SPARE))
    path = "$path"
    source = (
        f"read_csv({path}, columns = {{{cells}}}, delim = {literal(sheet.delimiter)}, quote = '\"', escape = '\"', "
        f"header = {str(sheet.has_header).lower()}, null_padding = {str(sheet.has_header).lower()}, auto_detect = false)"
    )
    wanted = [columns(match.register)[name] for name in match.places]
    raw = {name: f"c{place}" for name, place in match.places.items()}
    spare = [f"c{len(sheet.headings) + i}" for i in range(SPARE)]
    typed = ", ".join(f"{_typed(c, raw[c.name])} as {c.name}" for c in wanted)
    filled = " or ".join(f"c{i} is not null" for i in range(len(sheet.headings) + SPARE))
    checks = list(_checks(wanted, raw, spare, len(sheet.headings)))
    any_fault = " or ".join(f"({condition})" for condition, _ in checks)
    listed = ", ".join(f"case when {condition} then {fault} end" for condition, fault in checks)
    names = ", ".join(c.name for c in wanted)
    return connection.execute(
        f"""create or replace table sheet_{number} as
        select {number} as sheet_no, {names},
               case when not ({filled}) then [] when {any_fault} then list_filter([{listed}], lambda f: f is not null)
               end::{FAULT_TYPE}[] as faults
        from (select *, {typed} from {source})""",
        {"path": str(sheet.path)},
    ).fetchone()[0]


def _typed(column: Column, cell: str) -> str:
    kind, _, detail = column.type.partition(":")
    if kind == "digits":
        return f"to_digits({cell}, {detail})"
    if kind == "year":
        return f"to_year({cell}, {definitions.rule('first_register_year')}, {definitions.rule('last_register_year')})"
    if kind == "flag":
        return _picked("flag", cell, "tinyint")
    if kind == "pick":
        return _picked(detail, cell, "varchar")
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


def _picked(picklist: str, cell: str, sql_type: str) -> str:
    """A case over all spellings: whole values only, since "ไม่ผ่าน" ends in "ผ่าน".

    The values themselves are compared first (a register's 1 and 0 are most of its cells), then the spellings as listed;
    only what is left pays for case, spaces and Thai digits. An empty cell and a dash fail `<> '-'` and stay null.
    """
    words = {word: f"{literal(value)}::{sql_type}" for word, value in spellings(picklist).items()}
    values = " ".join(f"when {cell} = {literal(v)} then {words[v]}" for v in dict.fromkeys(spellings(picklist).values()))
    exact = " ".join(f"when {literal(word)} then {value}" for word, value in words.items())
    loose = ", ".join(f"{literal(word)}: {value}" for word, value in {w.lower(): v for w, v in words.items()}.items())
    return f"case {values} when {cell} <> '-' then case {cell} {exact} else map {{{loose}}}[lower(western({cell}))] end end"


def _checks(wanted: list[Column], raw: dict[str, str], spare: list[str], width: int) -> Iterator[tuple[str, str]]:
    """(condition, fault as a struct) for everything that can be wrong with one record on its own."""
    for column in wanted:
        cell, kind = raw[column.name], column.type.split(":")[0]
        if column.required:
            yield f"{column.name} is null and is_blank({cell})", _fault(column.name, "missing_value", True, "''", "")
        if kind in FAULTS:
            yield (
                f"{column.name} is null and {cell} <> '-' and not is_blank({cell})",
                _fault(column.name, FAULTS[kind], column.required, _quoted(kind, cell), _expected(column)),
            )
    extra = " or ".join(f"not is_blank({cell})" for cell in spare)
    yield extra, _fault("", "extra_cells", True, f"concat_ws(', ', {', '.join(spare)})", str(width))


def _fault(column: str, fault: str, required: bool, found: str, expected: str) -> str:
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    severity = "error" if required else severity
    values = (literal(column), literal(fault), literal(severity), f"left({found}, 80)", literal(expected))
    return f"row({', '.join(values)})::{FAULT_TYPE}"


def _quoted(kind: str, cell: str) -> str:
    """What a fault may say of a cell: a citizen id, mistyped too, shows its last three characters only."""
    return f"concat(repeat('x', greatest(len({cell}) - 3, 0)), right({cell}, 3))" if kind == "citizen_id" else cell


def _expected(column: Column) -> str:
    kind, _, detail = column.type.partition(":")
    if kind == "digits":
        return detail
    if kind == "year":
        return f"{definitions.rule('first_register_year')}–{definitions.rule('last_register_year')}"
    if kind == "pick" and detail not in {"aspect", "dimension"}:
        return " | ".join(definitions.picklist(detail, "th").values())
    return " | ".join(definitions.names(f"{detail}s", detail, "th").values()) if kind == "pick" else ""

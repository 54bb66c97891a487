"""The headings of new files as they were understood, with three values of each, for whoever decides about them before a load.

Values are shown as the role sees their class; of a heading that may be several things as it sees the most guarded of them. They
go to the one screen that asks and are kept in no build.
"""

from collections.abc import Iterable, Sequence

import duckdb

import definitions
from etl import stages
from etl.headings.columns import Column, columns, stored
from etl.headings.recognise import OF_REGISTER
from etl.headings.understand import Heading
from etl.report import Report
from etl.typing.ingest import Understood

SHOWN = 3  # values of a column
HIDDEN = "•••"
DEGREES = ("asked", "likely", "unknown", "by hand", "sure")  # the doubtful first


def preview(understood: Iterable[Understood], files: set[str], language: str, role: str) -> list[Report]:
    """Each sheet of `files` that is a register or nearly one: {file, sheet, register, name, is_register, headings, free}.

    `headings` are the doubtful first: {heading, key (by which it is matched by hand), column, means, degree, why, candidates
    (column -> what it means), values}; `free` are the columns that no heading was read as.
    """
    with duckdb.connect() as connection:
        stages.masks(connection)
        return [_sheet(sheet, language, role, connection) for sheet in understood if sheet.file in files and sheet.headings]


def _sheet(sheet: Understood, language: str, role: str, connection: duckdb.DuckDBPyConnection) -> Report:
    of_register = columns(sheet.register)
    taken = {h.column for h in sheet.headings if h.column}
    names = {name: getattr(column, f"name_{language}") for name, column in of_register.items()}
    headings = [
        {
            "heading": h.key,
            "key": f"{sheet.register}{OF_REGISTER}{h.key}",
            "column": h.column,
            "means": names.get(h.column or ""),
            "degree": h.degree,
            "why": h.why,
            "candidates": {name: names[name] for name in h.candidates},
            "values": _shown(h, of_register, sheet.below[h.place], role, connection),
        }
        for h in sorted(sheet.headings, key=lambda h: (DEGREES.index(h.degree), h.place))
    ]
    about = {"file": sheet.file, "sheet": sheet.sheet, "register": sheet.register, "is_register": sheet.is_register}
    free = {c.name: names[c.name] for c in _meanings(sheet.register) if c.name not in taken}
    return {
        **about,
        "name": definitions.names("registers", "register", language)[sheet.register],
        "headings": headings,
        "free": free,
    }


def _meanings(register: str) -> list[Column]:
    """What a heading of a register may be said to be: its stored columns and those that give them their values or places."""
    kept = {column.name for column in stored(register)}
    return [c for c in columns(register).values() if c.name in kept or c.gives or c.type.startswith("digits")]


def _shown(
    heading: Heading, of_register: dict[str, Column], below: Sequence[str], role: str, connection: duckdb.DuckDBPyConnection
) -> list[str]:
    """Up to three values of a heading, different ones, as the role sees them; digits of citizen IDs never."""
    sees = next((row for row in definitions.table("roles") if row["role"] == (role or "desk")), {})
    classes = {of_register[name].personal for name in ([heading.column] if heading.column else heading.candidates)} - {""}
    some = list(dict.fromkeys(below))[:SHOWN]
    guarded = {one for one in classes if sees.get(one) != "open"}
    if guarded - {"citizen_id"}:
        return [HIDDEN] * len(some)
    if guarded:
        return [f"{'x' * (len(value) - 3)}{value[-3:]}" for value in some]
    return [connection.execute("select without_ids(?)", [value]).fetchall()[0][0] for value in some]

"""One case of the corpus: the files, and what a load must say of them. Tables are drawn as text, `|` between cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LINES = {  # the lines of "what is read" and "it does not break", each shown by at least one case
    "delimiters": "CSV with comma, semicolon, tab, pipe; TSV",
    "workbooks": "XLSX, XLSM, XLS, ODS, an HTML table saved as .xls",
    "encodings": "UTF-8 with and without BOM, UTF-16, Windows-874, from the bytes and never from a label",
    "many": "several sheets, several files, folders, .gz and .zip",
    "titles": "title rows, a year, district or province that stands only there",
    "two rows": "two-row merged headings",
    "filled down": "blank parent cells",
    "no records": "total rows, runs of serial numbers, repeated headings, notes",
    "empty": "empty columns, rows, sheets; hidden sheets",
    "codes": "ids as floats, lost noughts, scientific notation",
    "numbers": "Thai digits, thousands, baht, nothing",
    "flags": "marks and words that mean passed or deprived",
    "dates": "every way to write a date, both eras, impossible ones",
    "spelling": "one thing spelled in two ways: digits, unseen signs, order of marks, dressing, case",
    "house numbers": "a house number that became a date",
    "formulas": "a formula gives its stored value",
    "person lists": "one row per person",
    "income": "income per household or month",
    "whole words": "ไม่ได้รับ and ไม่ผ่าน are not their endings",
    "headings": "spellings, synonyms, unknown, missing, repeated, matched by hand",
    "places": "by code or names, ambiguous, unknown, village by moo",
    "keys": "members to households, last year's, several in a house, both sources",
    "published": "TPMAP's own public files",
    "error cells": "#N/A and its like, in every kind of file",
    "hidden rows": "hidden and filtered rows, hidden columns, in every kind of file",
    "merged": "cells over several rows or columns",
    "number formats": "days since 1904, Thai formats",
    "symbol fonts": "ticks of Wingdings and its like",
    "several tables": "titles and headings further down, tables side by side",
    "seems": "files that are not what they seem",
    "broken": "truncated, corrupt, encrypted, another type",
    "bombs": "zip bombs, a million columns or rows",
    "paths": "a path with Thai letters",
}

Cells = list[list[object]]
Problem = tuple[str, int | None, str]  # fault, row on paper, heading


@dataclass(frozen=True)
class Case:
    """Files by relative path, made when asked for; what is given to the loader are the first parts of those paths.

    `sheets` is (file, sheet, register, rows kept, rows refused) of each sheet of the report. `problems` have to be listed, and
    no error or warning beside them. `values`, `people` and `published` are asked of the build, `says` has to stand in some
    message. `earlier` is loaded before, with headings `matched` by hand. A case that is loaded `alone` would spoil others.
    """

    what: str
    line: str
    files: Callable[[], Mapping[str, bytes]]
    sheets: tuple[tuple[str, str, str | None, int, int], ...]
    outcome: str = "built"
    problems: frozenset[Problem] = frozenset()
    values: tuple[Mapping[str, str], ...] = ()
    people: tuple[Mapping[str, str], ...] = ()
    published: tuple[Mapping[str, str], ...] = ()
    says: tuple[str, ...] = ()
    earlier: Callable[[], Mapping[str, bytes]] | None = None
    matched: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False


def cells(text: str) -> Cells:
    """A drawn table as rows of text, all as long as its first."""
    rows: Cells = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def drawn(text: str) -> tuple[dict[str, str], ...]:
    """A drawn table as records."""
    if not text:
        return ()
    head, *rows = cells(text)
    return tuple(dict(zip(map(str, head), map(str, row), strict=True)) for row in rows)


def problems(text: str) -> frozenset[Problem]:
    """`fault | row | heading` a line; the row is left out where the whole sheet is meant."""
    rows = [(*line, "", "")[:3] for line in (tuple(c.strip() for c in line.split("|")) for line in text.strip().splitlines())]
    return frozenset((fault, int(row) if row else None, heading) for fault, row, heading in rows)


def case(what: str, line: str, files: Callable[[], Mapping[str, bytes]], sheets: str, **more: object) -> Case:
    """A case whose expectations are drawn: `file | sheet | register | kept | refused` a line, no register where none is known."""
    listed = [[c.strip() for c in line.split("|")] for line in sheets.strip().splitlines()]
    found = tuple((file, sheet, register or None, int(kept), int(refused)) for file, sheet, register, kept, refused in listed)
    read = {"problems": problems, "values": drawn, "people": drawn, "published": drawn}
    return Case(what, line, files, found, **{k: read[k](str(v)) if k in read else v for k, v in more.items()})  # type: ignore[arg-type]


def one(
    what: str, line: str, name: str, content: Callable[[], bytes], kept: int, refused: int = 0, sheet: str = "", **more: object
) -> Case:
    """A case of one file with one sheet, of a household register unless said otherwise."""
    register = more.pop("register", "household") or ""
    return case(what, line, lambda: {name: content()}, f"{name} | {sheet} | {register} | {kept} | {refused}", **more)


def unreadable(what: str, line: str, name: str, content: Callable[[], bytes], *says: str, said: str = "") -> Case:
    """A case of a file that cannot be taken at all: one problem without a row that says why."""
    return one(
        what,
        line,
        name,
        content,
        0,
        register=None,
        outcome="refused",
        problems="unreadable_file",
        says=(said or name, *says),
        alone=True,
    )


BASE = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา"]


def households(prefix: str, more: str | Cells = "") -> Cells:
    """A household register: the required columns filled in, ids `prefix1`, `prefix2` …, and `more` columns beside; two rows
    where nothing is drawn."""
    head, *rows = (cells(more) if isinstance(more, str) else more) if more else [[], [], []]
    filled = [["2565", f"{prefix}{number}", f"342106{number % 9 + 1:02}", "ใน TPMAP"] for number in range(1, len(rows) + 1)]
    return [[*BASE, *head], *([*base, *row] for base, row in zip(filled, rows, strict=True))]

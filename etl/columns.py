"""Which register a sheet is and which column each heading means, by definitions/register_columns.csv alone."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import definitions

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class Column:
    """One column of a register: its name in the warehouse, its type and the headings it answers to."""

    name: str
    type: str
    required: bool
    headings: tuple[str, ...]
    name_th: str
    name_en: str


@dataclass(frozen=True)
class Match:
    """A sheet read as one register: column name -> place in the sheet, and the headings nobody knows."""

    register: str
    places: dict[str, int]
    unknown: list[str]


@dataclass(frozen=True)
class NoMatch:
    """A sheet that is no register: the nearest one, and what keeps the sheet from being it."""

    nearest: str
    missing: list[Column]
    repeated: list[str]


def plain(heading: str) -> str:
    """A heading as it is compared: without case, spaces, dots and zero-width marks, Thai digits as Western."""
    return re.sub(r"[\s._\u200b-\u200d\ufeff]", "", unicodedata.normalize("NFC", heading)).lower().translate(THAI_DIGITS)


@cache
def columns(register: str) -> dict[str, Column]:
    """The columns of one register by name, patterns spelled out over the indicators and the dimensions."""
    key = next(r["key"] for r in definitions.table("registers") if r["register"] == register)
    wanted = {register, "*"} if "register_year" in key else {register}  # a village list is of no year
    rows = [r for r in definitions.table("register_columns") if r["register"] in wanted]
    found = [column for row in rows for column in _spelled_out(row)]
    return {column.name: column for column in found}


def _spelled_out(row: dict[str, str]) -> list[Column]:
    if "{n}" in row["column"]:
        by_number: dict[str, list[dict[str, str]]] = {}
        for indicator in definitions.table("indicators"):
            by_number.setdefault(indicator["number"], []).append(indicator)
        return [_column(row, [{"n": n, **i} for i in same]) for n, same in by_number.items()]
    if "{dimension}" in row["column"]:
        return [_column(row, [dimension]) for dimension in definitions.table("dimensions")]
    return [_column(row, [{}])]


def _column(row: dict[str, str], meanings: list[dict[str, str]]) -> Column:
    def fill(text: str, meaning: dict[str, str], language: str) -> str:
        return text.replace("{name}", meaning.get(f"name_{language}", "")).format_map(meaning) if "{" in text else text

    headings = {
        plain(fill(heading, meaning, language))
        for meaning in meanings
        for language in ("th", "en")
        for heading in row[f"headings_{language}"].split("|")
    }
    first = meanings[0]
    return Column(
        fill(row["column"], first, "en"),
        row["type"],
        row["required"] == "yes",
        tuple(sorted(headings)),
        fill(row["name_th"], first, "th"),
        fill(row["name_en"], first, "en"),
    )


def recognise(headings: list[str]) -> Match | NoMatch:
    """The register that these headings are, or the nearest one and what it lacks."""
    tried = [_try(register["register"], headings) for register in definitions.table("registers")]
    matches = [t for t in tried if isinstance(t, Match)]
    if matches:
        return max(matches, key=lambda match: len(match.places))
    return min((t for t in tried if isinstance(t, NoMatch)), key=lambda t: (len(t.missing), len(t.repeated)))


def _try(register: str, headings: list[str]) -> Match | NoMatch:
    known = {heading: column.name for column in columns(register).values() for heading in column.headings}
    places: dict[str, int] = {}
    unknown, repeated = [], []
    for place, heading in enumerate(headings):
        column = known.get(plain(heading))
        if column is None:
            unknown += [heading] if heading.strip() else []
        elif column in places:
            repeated.append(heading)
        else:
            places[column] = place
    missing = [c for c in columns(register).values() if c.required and c.name not in places]
    return NoMatch(register, missing, repeated) if missing or repeated else Match(register, places, unknown)

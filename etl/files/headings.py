"""Match a sheet to a register and its headings to columns: by definitions/register_columns.csv, and by what an
officer matched by hand once."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import definitions
from definitions.registers import registers
from etl.spelling import alike

UNHEARD = re.compile(r"""[\s._\-‐-―()\[\]:;*"'“”‘’/\\,?!]""")
ALTERNATIVES = {  # what a register cannot do without but may say in several ways -> columns of which any set is enough
    "village_code": (
        {"tambon_code", "moo"},
        {"tambon_name", "moo"},
        {"tambon_code", "village_name"},
        {"tambon_name", "village_name"},
    ),
    "household_id": ({"house_code"}, {"house_no"}, {"head_citizen_id"}),
    "member_no": ({"relation"}, {"citizen_id", "birth_date"}),
}
PLACE_CODES = {"tambon_code", "district_code", "province_code"}  # parts of the village code, which has them all
NONE: Mapping[str, str] = {}
OF_REGISTER = "\t"
NONE_ALIKE = "–"
FITS_BETTER = 4  # headings by which a register that lacks one is still what was meant: a list of persons is no list of members


@dataclass(frozen=True)
class Column:
    """One column of a register: its name in the warehouse, its type and the headings it answers to.

    `required` is "yes", "derived" (needed, but ALTERNATIVES may say it) or ""; `gives` says in SQL what another column is
    where that one has no value of its own; `personal` is the class by which it is masked.
    """

    name: str
    type: str
    required: str
    headings: tuple[str, ...]
    name_th: str
    name_en: str
    gives: str
    personal: str


@dataclass(frozen=True)
class Match:
    """A sheet read as one register: column name -> place in the sheet, and unknown heading -> the closest known one."""

    register: str
    places: dict[str, int]
    unknown: dict[str, str]


@dataclass(frozen=True)
class NoMatch:
    """A sheet that is no register: the nearest one, how many of its headings are there, and why the sheet is not that one."""

    nearest: str
    there: int
    missing: list[Column]
    repeated: list[str]


def plain(heading: str) -> str:
    """A heading as it is compared: as words are (see etl/spelling.py), and without punctuation."""
    return UNHEARD.sub("", alike(heading))


@cache
def columns(register: str) -> dict[str, Column]:
    """The columns of one register by name, patterns spelled out over the indicators and the dimensions."""
    rows = [r for r in definitions.table("register_columns") if _is_of(r, register)]
    expanded = [column for row in rows for column in _spelled_out(row)]
    return {column.name: column for column in expanded}


def _is_of(row: dict[str, str], register: str) -> bool:
    """Whether a row is of a register: "*" is of all, but what is no part of its key: a village list is of no year."""
    names = row["register"].split("|")
    return register in names or ("*" in names and (row["type"] == "aside" or row["column"] in registers()[register].key))


def stored(register: str) -> list[Column]:
    """The columns that a register's records keep: not those that only give others their value, tell a place or go with a
    sheet of corrections."""
    return [c for c in columns(register).values() if not (c.gives or c.type == "aside" or c.name in PLACE_CODES)]


@cache
def registered_headings() -> frozenset[str]:
    """Every heading of every register, as `plain` writes it."""
    return frozenset(h for name in registers() for c in columns(name).values() for h in c.headings)


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
        for heading in filter(None, row[f"headings_{language}"].split("|"))
    }
    first = meanings[0]
    return Column(
        fill(row["column"], first, "en"),
        row["type"],
        row["required"],
        tuple(sorted(headings)),
        fill(row["name_th"], first, "th"),
        fill(row["name_en"], first, "en"),
        fill(row["gives"] or "", first, "en"),
        row["personal"],
    )


def recognise(headings: list[str], constants: Mapping[str, str] = NONE, by_hand: Mapping[str, str] = NONE) -> Match | NoMatch:
    """The register that these headings are, or the nearest one and what it lacks.

    `constants` are columns that the titles or the officer say for the whole sheet; `by_hand` is heading -> column as matched by
    an officer before, the heading behind its register and a tab where it means that only there.
    """
    tried = [_try(register, headings, constants, by_hand) for register in registers()]
    match = max((t for t in tried if isinstance(t, Match)), key=lambda t: len(t.places), default=None)
    lacking = (t for t in tried if isinstance(t, NoMatch))
    nearest = min(lacking, key=lambda t: (-t.there, len(t.missing), len(t.repeated)), default=None)
    if match and not (nearest and nearest.there >= len(match.places) + FITS_BETTER):
        return match
    assert nearest
    return nearest


def _try(register: str, headings: list[str], constants: Mapping[str, str], by_hand: Mapping[str, str]) -> Match | NoMatch:
    meant: dict[str, str] = {}
    for key, name in by_hand.items():
        of, _, heading = key.rpartition(OF_REGISTER)
        meant |= {plain(heading): name} if of in ("", register) and name in columns(register) else {}
    # last, for no match by hand unsays a known heading
    meant |= {heading: column.name for column in columns(register).values() for heading in column.headings}
    places: dict[str, int] = {}
    unknown, repeated = [], []
    for place, heading in enumerate(headings):
        column = meant.get(plain(heading))
        if column is None:
            unknown += [heading] if heading.strip() else []
        elif column in places:
            repeated.append(heading)
        else:
            places[column] = place
    there = places.keys() | constants.keys()
    missing = [c for c in columns(register).values() if c.required and c.name not in there and not _otherwise(c, there)]
    if missing or repeated:
        return NoMatch(register, len(places), missing, repeated)
    return Match(register, places, {heading: _closest(register, heading, meant) for heading in unknown})


def _otherwise(column: Column, there: set[str]) -> bool:
    """Whether a derivable column can be told from others that are there."""
    return column.required == "derived" and any(enough <= there for enough in ALTERNATIVES[column.name])


def _closest(register: str, heading: str, meant: dict[str, str]) -> str:
    """The name of the column whose heading an unknown one is most like, – where none is alike."""
    alike = difflib.get_close_matches(plain(heading), meant, 1, 0.8)
    return columns(register)[meant[alike[0]]].name_th if alike else NONE_ALIKE

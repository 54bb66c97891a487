"""The columns of each register with the headings that they answer to: definitions/register_columns.csv, spelled out."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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
ENTRIES = (
    "entries"  # ids of what the journal recorded and a row has in it, with blanks between: this system writes them, nobody else
)
PLACE_CODES = {"tambon_code", "district_code", "province_code"}  # parts of the village code, which has them all


@dataclass(frozen=True)
class Column:
    """One column of a register: its name in the warehouse, its type and the headings it answers to.

    `required` is "yes", "derived" (needed, but ALTERNATIVES may say it) or ""; `headings` as they are compared, `spelled` as
    they are listed; `gives` says in SQL what another column is where that one has no value of its own; `personal` is the class
    by which it is masked; `examples` are values as a template shows them.
    """

    name: str
    type: str
    required: str
    headings: tuple[str, ...]
    spelled: tuple[str, ...]
    name_th: str
    name_en: str
    gives: str
    personal: str
    examples: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
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
    """The columns that a register's records keep: not those that only give others their value, tell a place (but where its records
    are known by that) or go with a sheet of corrections."""
    elsewhere = PLACE_CODES - {*registers()[register].key}
    return [c for c in columns(register).values() if not (c.gives or c.type == "aside" or c.name in elsewhere)]


@cache
def listed(register: str) -> dict[str, tuple[str, ...]]:
    """Every heading of a register, as `plain` writes it -> the columns that answer to it."""
    found: dict[str, tuple[str, ...]] = {}
    for column in columns(register).values():
        for heading in column.headings:
            found[heading] = (*found.get(heading, ()), column.name)
    return found


@cache
def registered_headings() -> frozenset[str]:
    """Every heading of every register, as `plain` writes it."""
    return frozenset(heading for register in registers() for heading in listed(register))


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

    spelled = {
        fill(heading, meaning, language)
        for meaning in meanings
        for language in ("th", "en")
        for heading in filter(None, row[f"headings_{language}"].split("|"))
    }
    first = meanings[0]
    return Column(
        fill(row["column"], first, "en"),
        row["type"],
        row["required"],
        tuple(sorted({plain(heading) for heading in spelled})),
        tuple(sorted(spelled)),
        fill(row["name_th"], first, "th"),
        fill(row["name_en"], first, "en"),
        fill(row["gives"] or "", first, "en"),
        row["personal"],
        tuple(filter(None, (row["examples"] or "").split("|"))),
    )

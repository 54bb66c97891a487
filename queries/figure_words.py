"""What the words of a figure may be, what they are called and what they count: rows of definitions/headlines.csv and figures.csv.

`a|b` counts what is both; the first word says of what: households, their people, or items, of which one household may have several.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256

import definitions
from queries.headlines import headlines

NAMED = re.compile(r"(owner|team|short)_[0-9a-f]{12}")  # a name that must not stand in an address: the question `called` has it
DUE = re.compile(r"due_(\d{4})_(\d{2})")
PLACE = re.compile(r"at_(\d{0,8})")
HOUSEHOLDS = "households"


def code_of(name: str) -> str:
    """What an owner, a team or a thing is called in an address (`called` in queries/macros.sql)."""
    return sha256(name.encode()).hexdigest()[:12]


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """Word -> its row of figures.csv; `{dimension}` and `{template}` stand for one row each."""
    return dict(_rows())


def _rows() -> Iterator[tuple[str, Mapping[str, str]]]:
    for row in definitions.table("figures"):
        of = next((name for name in ("dimension", "template") if f"{{{name}}}" in row["word"]), None)
        if of is None:
            yield row["word"], row
            continue
        called = {
            language: definitions.picklist(of, language) if of == "template" else _dimensions(language)
            for language in ("th", "en")
        }
        for value in called["en"]:
            names = {f"name_{lang}": row[f"name_{lang}"].replace(f"{{{of}}}", called[lang][value]) for lang in called}
            word = row["word"].replace(f"{{{of}}}", value)
            yield word, {**row, **names, "word": word}


def _dimensions(language: str) -> dict[str, str]:
    return definitions.names("dimensions", "dimension", language)


def unit(words: str) -> str:
    """What a figure counts: households, people, items, or net (one more, one less)."""
    split = words.split("|")
    of = [rows()[word]["unit"] for word in split if word in rows()]
    of += ["people" for word in split if word in headlines() and headlines()[word].sums]
    return next((one for one in of if one != HOUSEHOLDS), HOUSEHOLDS)

"""Headlines: the numbers that are explained and opened, a row of definitions/headlines.csv each."""

from dataclasses import dataclass
from functools import cache

import definitions


@dataclass(frozen=True)
class Headline:
    """One number of households, or of their people where it `sums`: what it rests on in the order in which a cause is looked for,
    and the tables of definitions that decide it."""

    name: str
    sums: bool
    inputs: tuple[str, ...]
    rules: tuple[str, ...]


@cache
def headlines() -> dict[str, Headline]:
    """Headline by name, in the order in which they are told."""
    return {
        row["headline"]: Headline(
            row["headline"],
            bool(row["sums"]),
            tuple(filter(None, row["inputs"].split("|"))),
            tuple(filter(None, row["rules"].split("|"))),
        )
        for row in definitions.table("headlines")
    }


def names(language: str) -> dict[str, str]:
    """What each is called."""
    return definitions.names("headlines", "headline", language)

"""The labelled headings: what an officer means by the heading of a column, read from headings_tuning.csv and headings_scored.csv.

Weights and vocabulary may be tuned on the one; the other only scores them and is not looked at for any other purpose.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
ASKED = "?"  # before the columns of which a careful officer would have to ask


@dataclass(frozen=True)
class Labelled:
    """One heading of one sheet, the group's heading `above` it where headings stand over two rows, and what it means.

    `column` is one column of the register, "" where it is none of them, or `?a|b` where only the office knows which of them it
    is; an empty one among these, as in `?a|`, is "or none of them": to ask and to leave it aside are both right there.
    `values` are the first cells below it, of the same records in every heading of one `sheet`.
    """

    register: str
    sheet: str
    above: str
    heading: str
    column: str
    values: tuple[str, ...]
    source: str

    @property
    def asked(self) -> bool:
        return self.column.startswith(ASKED)

    @property
    def candidates(self) -> tuple[str, ...]:
        """What it may mean, "" for none of the columns."""
        return tuple(self.column.removeprefix(ASKED).split("|"))


def tuning() -> list[Labelled]:
    """The headings that weights may be tuned on."""
    return _read("headings_tuning.csv")


def scored() -> list[Labelled]:
    """The headings that score what was tuned on the others."""
    return _read("headings_scored.csv")


def sheets(headings: list[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    """Headings by the sheet that they stand on together, in the order of its columns."""
    for name, together in groupby(headings, key=lambda heading: heading.sheet):
        yield name, list(together)


def _read(name: str) -> list[Labelled]:
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [
            Labelled(
                row["register"],
                row["list"],
                row["above"],
                row["heading"],
                row["column"],
                tuple(row["values"].split("|")),
                row["source"],
            )
            for row in csv.DictReader(file)
        ]

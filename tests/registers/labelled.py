"""The labelled headings: what an officer means by the heading of a column, read from headings_tuning.csv and headings_scored.csv.

Weights and vocabulary may be tuned on the one; the other only scores them and is not looked at for any other purpose.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
ASKED = "?"  # before the columns of which a careful officer would have to ask
USED = ("sure", "likely")  # the degrees in which an answer is used without a question


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


def sheets(headings: Iterable[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    """Headings by the sheet that they stand on together, in the order of its columns."""
    for name, together in groupby(headings, key=lambda heading: heading.sheet):
        yield name, list(together)


def _read(name: str) -> list[Labelled]:
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [
            Labelled(
                r["register"], r["list"], r["above"], r["heading"], r["column"], tuple(r["values"].split("|")), r["source"]
            )
            for r in csv.DictReader(file)
        ]


def verdict(heading: Labelled, degree: str, column: str) -> str:
    """How an answer (sure, likely, asked or unknown, and the column where it is used) meets what was meant.

    "right"; "asked too much", of what has one meaning or none; "missed", of what has one and was left aside; and the faults:
    "sure and wrong", "likely and wrong", a used answer that is another column or was to be asked.
    """
    if degree in USED:
        meant = not heading.asked and _one_name(column) == _one_name(heading.column)
        return "right" if meant else f"{degree} and wrong"
    if heading.asked:
        return "right" if degree == "asked" or "" in heading.candidates else "missed"
    if degree == "asked":
        return "asked too much"
    return "missed" if heading.column else "right"


def _one_name(column: str) -> str:
    """In a household list the row's own name and id are those of the head: `row_` gives `head_`; and `health_passed` is the flag
    itself, said in the heading."""
    if column.endswith("_passed"):
        return f"{column.removesuffix('_passed')}_flag"
    return f"head_{column.removeprefix('row_')}" if column.startswith("row_") and column != "row_" else column


def score(headings: Sequence[Labelled], answers: Sequence[tuple[str, str]]) -> dict[str, float]:
    """What is measured of answers (degree, column), one for each heading: counts of verdicts, and `understood`, the share
    "sure or likely and right" of the headings that have one meaning."""
    met = [(h, verdict(h, *answer)) for h, answer in zip(headings, answers, strict=True)]
    one = [said for h, said in met if h.column and not h.asked]
    return {**Counter(said for _, said in met), "understood": one.count("right") / len(one)}

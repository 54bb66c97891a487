"""One household and its members, and what the survey's indicators and the register's flags say of it."""

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from making.story import INCOME_LINE, MEETINGS, TAMBONS

SEED = "บ้านสุข 2565"
Row = dict[str, Any]  # one row of a register, column -> value
# The 17 indicators that TPMAP counts, by dimension, and five more that the survey also asks.
DIMENSIONS = {
    "health": (1, 4, 5, 7),
    "living": (8, 9, 10, 11),
    "education": (15, 16, 17, 19),
    "income": (20, 21, 22),
    "access": (27, 28),
}
OTHER_INDICATORS = (3, 6, 13, 23, 30)
DIMENSION_OF = {n: dimension for dimension, numbers in DIMENSIONS.items() for n in numbers}
DIMENSION_NAMES = {
    "health": "สุขภาพ",
    "living": "ความเป็นอยู่",
    "education": "การศึกษา",
    "income": "รายได้",
    "access": "การเข้าถึงบริการรัฐ",
}
# Who an indicator asks about: (youngest, oldest), in years. Indicators not named here ask about the whole household.
ASKED_ABOUT = {1: (0, 1), 3: (0, 12), 6: (35, 120), 15: (3, 5), 16: (6, 14), 17: (16, 16), 19: (15, 59), 20: (15, 59),
               21: (60, 120), 27: (60, 120)}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One person of a household; `sex` is m or f, `mark` * disabled or ^ chronically ill."""

    sex: str
    age: int
    mark: str


@dataclass(frozen=True)
class Household:
    """One household in the register of one year; `no` is its number within its district."""

    no: int
    year: int
    village: str
    source: str
    family: tuple[Member, ...]
    income: int | None
    fails: frozenset[int]
    flagged: frozenset[str]  # dimensions failed by the register's flag alone
    silent: frozenset[str]  # dimensions with no data
    verification: str
    certification: str = ""
    meeting: int = 0
    closed: date | None = None
    reason: str = ""
    key: str = ""
    written: dict[str, str] = field(default_factory=dict)

    @property
    def tambon(self) -> str:
        """Name of its tambon."""
        return TAMBONS[self.village[:6]][0]

    @property
    def met(self) -> date:
        """Day of the meeting that decided on it."""
        return MEETINGS[self.year][self.meeting - 1]

    @property
    def certified(self) -> date | None:
        """Day of the meeting that certified it."""
        return self.met if self.certification == "certified" else None


def dice(*about: object) -> random.Random:
    """Chance of its own for each thing, so that a new line in a table changes nothing elsewhere."""
    return random.Random(" ".join(map(str, (SEED, *about))))


def lines(table: str) -> list[dict[str, str]]:
    """A table drawn in text, columns two or more spaces apart, as one dict a line; "-" is an empty cell."""
    head, *body = ([cell.strip() for cell in line.split("  ") if cell.strip()] for line in table.strip().splitlines())
    return [{name: "" if cell == "-" else cell for name, cell in zip(head, row, strict=True)} for row in body]


def day_of(text: str) -> date:
    """A day of B.E. 2565 written "09-15"."""
    return date.fromisoformat(f"2022-{text}")


def family_of(text: str) -> tuple[Member, ...]:
    """Members written "m55+f52+m24*"."""
    return tuple(Member(m[0], int(m[1:].rstrip("*^")), m[1:].lstrip("0123456789")) for m in text.split("+"))


def answers(household: Household) -> dict[int, str]:
    """Each indicator's answer: 1 pass, 0 fail, - nobody to ask or not answered."""
    return {n: _answer(household, n) for n in (*DIMENSION_OF, *OTHER_INDICATORS)}


def _answer(household: Household, n: int) -> str:
    if DIMENSION_OF.get(n) in household.silent | household.flagged or not _asked(household, n):
        return "-"
    if n == 22:
        return "-" if household.income is None else "1" if household.income >= INCOME_LINE else "0"
    if n in OTHER_INDICATORS:
        return dice("other", household.village, household.no, n).choice("1110")
    return "0" if n in household.fails else "1"


def _asked(household: Household, n: int) -> bool:
    if n == 28:
        return any(m.mark == "*" for m in household.family)
    youngest, oldest = ASKED_ABOUT.get(n, (0, 120))
    return any(youngest <= m.age <= oldest and not (n == 20 and m.mark == "*") for m in household.family)


def flags(household: Household) -> dict[str, str]:
    """The register's own word on each dimension; where nobody could be asked, the register says pass."""
    said = answers(household)
    flag = {}
    for dimension, numbers in DIMENSIONS.items():
        answered = [said[n] for n in numbers if said[n] != "-"]
        failed = dimension in household.flagged or "0" in answered
        flag[dimension] = "-" if dimension in household.silent else "0" if failed else "1"
    return flag

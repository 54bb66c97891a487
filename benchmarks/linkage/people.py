"""Invented people in families and villages, and what is labelled about them: the pairs that are one person, and near misses.

Surnames and first names are as unevenly shared as in a village: a few families hold most of it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import NamedTuple

from benchmarks.names import FIRST, LAST, SURNAME, SURNAMED

VILLAGES = [f"3421{tambon:02}{moo:02}" for tambon in range(1, 7) for moo in range(1, 21)]
SURNAMES_OF_A_VILLAGE = 25
HOUSES = 120  # of a village
FIRSTS, SURNAMES = [*FIRST, "ทรง", "สรร"], [*SURNAME, "ทรัพย์", "ทราย"]  # ทร read as ซ, which the plain set has nowhere
SEXES = ("ชาย", "หญิง")

Pair = tuple[str, str]


class Person(NamedTuple):
    """One written record: `born` as (day, month, Buddhist year) or None; `first` and `last` as the cells are filled."""

    household: str
    number: int
    village: str
    house: str
    first: str
    last: str
    sex: str
    born: tuple[int, int, int] | None
    citizen_id: str = ""
    one_cell: bool = False  # first and last name in the column of full names

    @property
    def key(self) -> str:
        return f"{self.household}/{self.number}"


@dataclass
class Labelled:
    """Records; kind -> pairs that are one person; kind -> pairs that are two, however alike they look."""

    people: list[Person] = field(default_factory=list)
    same: dict[str, set[Pair]] = field(default_factory=dict)
    different: dict[str, set[Pair]] = field(default_factory=dict)

    def add(self, *people: Person) -> None:
        self.people += people

    def one(self, kind: str, a: Person, b: Person) -> None:
        """Label two records as one person."""
        self.same.setdefault(kind, set()).add(pair(a.key, b.key))

    def two(self, kind: str, a: Person, b: Person) -> None:
        """Label two records as two people."""
        self.different.setdefault(kind, set()).add(pair(a.key, b.key))


def pair(a: str, b: str) -> Pair:
    """Two keys in their one order."""
    return min(a, b), max(a, b)


class District:
    """Draws families: `family()` is a couple and their children under one household id."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.households = count(1)
        self.firsts = [a + b for a in FIRSTS for b in LAST if a != b]
        self.chance.shuffle(self.firsts)
        lasts = [a + b for a in SURNAMES for b in SURNAMED if a != b]
        self.lasts = {village: self.chance.sample(lasts, SURNAMES_OF_A_VILLAGE) for village in VILLAGES}
        self.first_weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.firsts))))
        self.last_weights = list(accumulate(1 / (rank + 1) for rank in range(SURNAMES_OF_A_VILLAGE)))

    def first(self) -> str:
        """A first name; the commonest is borne by one in eighty."""
        return self.chance.choices(self.firsts, cum_weights=self.first_weights)[0]

    def last(self, village: str) -> str:
        """A surname of the village; its largest family is a quarter of it."""
        return self.chance.choices(self.lasts[village], cum_weights=self.last_weights)[0]

    def household(self) -> str:
        """A household id that was not given yet."""
        return f"H{next(self.households)}"

    def day(self, year: int) -> tuple[int, int, int]:
        """A birth date in this year; one in twelve registers writes 1 January for a day that nobody knows."""
        return (1, 1, year) if self.chance.random() < 1 / 12 else (self.chance.randint(1, 28), self.chance.randint(1, 12), year)

    def family(self, village: str = "", house: str = "", last: str = "") -> list[Person]:
        """Two to five people of one surname, the head first."""
        chance = self.chance
        village = village or chance.choice(VILLAGES)
        house = house or str(chance.randint(1, HOUSES))
        last = last or self.last(village)
        household, year = self.household(), chance.randint(2480, 2535)
        years = [
            year,
            year + chance.randint(-5, 8),
            *(year + 20 + 3 * n + chance.randint(0, 2) for n in range(chance.randint(0, 3))),
        ]
        sexes = [*SEXES, *chance.choices(SEXES, k=3)]
        return [
            Person(household, n + 1, village, house, self.first(), last, sexes[n], self.day(years[n]))
            for n in range(len(years))
        ]

    def families(self, number: int) -> Iterator[list[Person]]:
        """So many families."""
        return (self.family() for _ in range(number))

    def again(self, person: Person, **changed: object) -> Person:
        """The person in another register: another household id, half the time another house, three in ten without a birth date."""
        house = person.house if self.chance.random() < 0.5 else str(self.chance.randint(1, HOUSES))
        born = person.born if self.chance.random() < 0.7 else None
        return person._replace(**{"household": self.household(), "number": 1, "house": house, "born": born} | changed)  # type: ignore[arg-type]

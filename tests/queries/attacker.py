"""Someone who wants the hidden numbers: everything published becomes a linear constraint, and intervals shrink to a fixpoint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Cell = tuple  # what is counted: (year, tambon, measure)
MOST = 10_000  # nobody believes in more households of one subdistrict
LARGEST_HOME = 15  # people in one household: what an attacker knows from life, not from us


@dataclass
class Attacker:
    """What is inferred of each cell, as an interval, and what ties cells together."""

    ranges: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    ties: list[tuple[dict[Cell, int], int, int]] = field(default_factory=list)  # lowest <= sum of factor x cell <= highest

    def published(self, cell: Cell, low: int, high: int) -> None:
        """A cell was published as something between `low` and `high`."""
        a, b = self.ranges.get(cell, (0, MOST))
        self.ranges[cell] = max(a, low), min(b, high)

    def sums(self, cells: Iterable[Cell], low: int, high: int) -> None:
        """The sum of cells was published."""
        self.ties.append((dict.fromkeys(cells, 1), low, high))

    def part(self, part: Cell, whole: Cell, factor: int = 1) -> None:
        """part <= factor x whole."""
        self.ties.append(({part: 1, whole: -factor}, -MOST * factor, 0))

    def solve(self) -> dict[Cell, tuple[int, int]]:
        """The narrowest ranges that follow, tie by tie, until nothing moves."""
        moved = True
        while moved:
            moved = False
            for factors, low, high in self.ties:
                ends = {c: sorted(f * self.ranges.setdefault(c, (0, MOST))[i] for i in (0, 1)) for c, f in factors.items()}
                least, most = (sum(e[i] for e in ends.values()) for i in (0, 1))
                for cell, factor in factors.items():
                    a, b = ends[cell]
                    bottom, top = max(a, low - (most - b)), min(b, high - (least - a))
                    new = (-(-bottom // factor), top // factor) if factor > 0 else (-(-top // factor), bottom // factor)
                    if new != self.ranges[cell]:
                        self.ranges[cell], moved = new, True
        return self.ranges


def meant(text: str) -> tuple[int, int]:
    """What a published leaf says of the true count, by the public rule: small cell and rounding base 5."""
    if text == "0":
        return 0, 0
    if text == "<5":
        return 1, 4
    middle = int(text.removeprefix("≈ "))
    return max(5, middle - 2), middle + 2


def knows_the_words(attacker: Attacker, leaves: Mapping[tuple, Iterable[str]]) -> None:
    """What the words themselves say of the numbers: parts of wholes, and people of homes. `leaves`: (year, tambon) -> measures."""
    for leaf, measures in leaves.items():
        for part, whole in PARTS:
            if part in measures and whole in measures:
                attacker.part((*leaf, part), (*leaf, whole))
        for people in {"people", "people_known", "target_people"} & set(measures):
            attacker.part((*leaf, people), (*leaf, "households"), LARGEST_HOME)
        if "people" in measures:
            attacker.part((*leaf, "households"), (*leaf, "people"))
        deprived = [(*leaf, d) for d in DIMENSIONS]
        if "target_people" in measures:
            attacker.ties.append(({(*leaf, "target_people"): 1, **dict.fromkeys(deprived, -LARGEST_HOME)}, -MOST * 100, 0))


DIMENSIONS = ("health", "living", "education", "income", "access")
PARTS = [
    *((d, f"{d}_known") for d in DIMENSIONS), *((f"{d}_known", "households") for d in DIMENSIONS),
    ("certified", "households"), ("planned", "certified"), ("helped", "certified"), ("closed", "certified"),
    ("people_known", "people"), ("target_people", "people_known"),
]  # fmt: skip

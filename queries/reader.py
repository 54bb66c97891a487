"""Role-based access: a reader is a role and areas; definitions/roles.csv says what it may see, never a page."""

from dataclasses import dataclass
from functools import cache

import definitions
from access.area import AREA, NATION
from queries.filters import span

CLASSES = ("name", "address", "phone", "citizen_id", "health", "text", "coordinates")


@cache
def _role(name: str) -> dict[str, str]:
    for row in definitions.table("roles"):
        if row["role"] == name:
            return row
    raise ValueError(f'role: "{name}" is not one of {", ".join(r["role"] for r in definitions.table("roles"))}')


@dataclass(frozen=True)
class Reader:
    """One reader: a role of roles.csv and the area codes it covers (2, 4, 6 or 8 digits, or the nation).

    No areas means no rows: forgetting them shows nothing. Raises ValueError for an unknown role or what is no area code.
    """

    role: str
    areas: tuple[str, ...]

    def __post_init__(self) -> None:
        _role(self.role)
        if strange := [area for area in self.areas if not AREA.fullmatch(area)]:
            raise ValueError(f"area: {', '.join(map(repr, strange))} must be {NATION} or 2, 4, 6 or 8 digits")

    def sees(self, personal: str) -> str:
        """ "open", "masked" or "hidden" for one class of personal data; a class that roles.csv does not know is hidden."""
        return _role(self.role).get(personal, "hidden")

    def covers(self, village: str) -> bool:
        """Whether a village, or a wider place, lies in the areas."""
        return NATION in self.areas or any(village.startswith(area) for area in self.areas)

    def may(self, what: str) -> bool:
        """Whether the role may do something: "cases" (see single households), "loads", "exports", "reveal", "audit", "users"."""
        return _role(self.role)[what] == "yes"

    @property
    def counts(self) -> str:
        """How numbers of households are shown to the role: "exact", "coarse" (rounded, small ones hidden) or "none"."""
        return _role(self.role)["counts"]

    def struct(self) -> dict[str, object]:
        """The bound parameter of every question: areas (null for the nation), their range, and what stands open."""
        areas = None if NATION in self.areas else list(self.areas)
        lowest, highest = span(areas or ())
        return {"areas": areas, "lowest": lowest, "highest": highest, **{c: self.sees(c) == "open" for c in CLASSES}}


DESK = Reader("desk", (NATION,))
NOBODY = Reader("admin", ())  # asks what is open to all: names and outlines of places, what words mean

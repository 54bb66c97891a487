"""The filters chosen, as one immutable value: the URL parameters, the SQL struct and the cache key are views of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

import definitions

STATES = tuple(row["dimension"] for row in definitions.table("dimensions"))
CHOICES = {  # what each closed filter accepts; places and years are open, checked by their digits
    "dimension": STATES,
    "plan": tuple(definitions.picklist("plan", "en")),
    "case": tuple(definitions.picklist("case", "en")),
    "source": tuple(definitions.picklist("source", "en")),
    "certification": tuple(definitions.picklist("certification", "en")),
}
DIGITS = {"year": 4, "province": 2, "district": 4, "tambon": 6, "village": 8}


@dataclass(frozen=True)
class Filters:
    """Each field holds the chosen values in order, or nothing, which keeps everything.

    Years are Buddhist-era register years; places are DOPA codes (2, 4, 6, 8 digits); the rest are picklist values.
    A household matches a dimension when it is deprived in any of the chosen ones.
    """

    year: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    tambon: tuple[str, ...] = ()
    village: tuple[str, ...] = ()
    dimension: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    certification: tuple[str, ...] = ()

    @classmethod
    def of(cls, chosen: Mapping[str, Iterable[str]]) -> "Filters":
        """Filters from an address bar or a command line; raises ValueError naming every value it cannot take."""
        values = {f.name: tuple(sorted(set(chosen.get(f.name) or ()))) for f in fields(cls)}
        faults = [_fault(name, value) for name in values for value in values[name]]
        if any(faults):
            raise ValueError("; ".join(fault for fault in faults if fault))
        return cls(**values)

    def without(self, *names: str) -> "Filters":
        """The same filters with the named ones lifted."""
        return replace(self, **dict.fromkeys(names, ()))

    def address(self) -> dict[str, list[str]]:
        """The chosen values alone, as they stand in the address bar."""
        return {f.name: list(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name)}

    def struct(self) -> dict[str, list[str] | list[int] | str | None]:
        """The one bound parameter of every question: null where nothing was chosen, years as numbers, and the range of the places."""
        chosen = {f.name: list(getattr(self, f.name)) or None for f in fields(self)}
        spans = [span(places) for places in (self.province, self.district, self.tambon, self.village)]
        lowest, highest = max(low for low, _ in spans), min(high for _, high in spans)
        return {**chosen, "year": [int(year) for year in self.year] or None, "lowest": lowest, "highest": highest}


def span(places: Iterable[str]) -> tuple[str, str]:
    """The range of codes that holds every code which begins with one of these; without any, all codes."""
    return min(places, default=""), max((f"{place}~" for place in places), default="~")  # no digit comes behind ~


def _fault(name: str, value: str) -> str | None:
    if name in CHOICES and value not in CHOICES[name]:
        return f'{name}: "{value}" is not one of {", ".join(CHOICES[name])}'
    if name in DIGITS and not (value.isascii() and value.isdigit() and len(value) == DIGITS[name]):
        return f'{name}: "{value}" must be {DIGITS[name]} digits'
    return None

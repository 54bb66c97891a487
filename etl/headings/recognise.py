"""Recognise a sheet: which register it is and what each of its headings means there.

Where every heading is a listed one nothing else is looked at; only what is not listed is weighed by its words and its values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from definitions.registers import registers
from etl.headings.columns import ALTERNATIVES, Column, columns, listed, plain
from etl.headings.understand import ASKED, BY_HAND, LEAVE_OUT, LIKELY, SURE, UNKNOWN, Heading, understand

NONE: Mapping[str, str] = {}
OF_REGISTER = "\t"
OF_FILE = ("register_year", "source")  # what a file may leave unsaid: it is asked once for all of its rows
FITS_BETTER = 4  # headings by which a register that lacks one is still what was meant: a list of persons is no list of members
COUNTS = {SURE: 1.0, BY_HAND: 1.0, LIKELY: 0.7}  # what a heading counts for its sheet being a register


@dataclass(frozen=True)
class Match:
    """A sheet read as one register: column name -> place in the sheet, and every heading with what it means.

    `unsaid` are the columns that neither the headings nor anybody says for the whole file.
    """

    register: str
    places: dict[str, int]
    headings: list[Heading] = field(default_factory=list)
    unsaid: list[Column] = field(default_factory=list)

    @property
    def unknown(self) -> list[Heading]:
        """Headings that are left aside because they are like nothing."""
        return [h for h in self.headings if h.degree == UNKNOWN]

    @property
    def asked(self) -> list[Heading]:
        """Headings that are left aside until somebody says which of their candidates they are."""
        return [h for h in self.headings if h.degree == ASKED]


@dataclass(frozen=True)
class NoMatch:
    """A sheet that is no register: the nearest one, how much of it is there, why the sheet is not that one, and its headings."""

    nearest: str
    there: float
    missing: list[Column]
    headings: list[Heading] = field(default_factory=list)

    @property
    def asked(self) -> list[Heading]:
        """Headings of which somebody has to say what they are."""
        return [h for h in self.headings if h.degree == ASKED]


def recognise(
    headings: Sequence[str],
    constants: Mapping[str, str] = NONE,
    by_hand: Mapping[str, str] = NONE,
    cells: Sequence[Sequence[str]] = (),
) -> Match | NoMatch:
    """The register that these headings are, or the nearest one and what it lacks.

    `constants` are columns that the titles or the officer say for the whole sheet; `by_hand` is heading -> column as matched by
    an officer before ("-": left out), the heading behind its register and a tab where it means that only there; `cells` are some
    filled cells below each heading.
    """
    whole = [register for register in registers() if _all_listed(register, headings)]
    tried = [_try(register, headings, constants, by_hand, cells) for register in whole]
    if not any(isinstance(t, Match) for t in tried):
        tried = [_try(register, headings, constants, by_hand, cells) for register in registers()]
    match = max((t for t in tried if isinstance(t, Match)), key=lambda t: (_counts(t.headings), len(t.places)), default=None)
    lacking = (t for t in tried if isinstance(t, NoMatch))
    nearest = min(lacking, key=lambda t: (-t.there, len(t.missing), len(t.asked)), default=None)
    if match and not (nearest and nearest.there >= _counts(match.headings) + FITS_BETTER):
        return match
    assert nearest
    return nearest


def _all_listed(register: str, headings: Sequence[str]) -> bool:
    """Whether every heading is a listed one of the register."""
    return {text for heading in headings if (text := plain(heading))} <= listed(register).keys()


def _counts(headings: Sequence[Heading]) -> float:
    return sum(COUNTS.get(heading.degree, 0) for heading in headings if heading.column)


def _try(
    register: str,
    headings: Sequence[str],
    constants: Mapping[str, str],
    by_hand: Mapping[str, str],
    cells: Sequence[Sequence[str]],
) -> Match | NoMatch:
    understood = understand(register, headings, cells, _stated(register, by_hand))
    places = {h.column: h.place for h in understood if h.used and h.column}
    there = places.keys() | constants.keys()
    lacking = [c for c in columns(register).values() if c.required and c.name not in there and not _otherwise(c, there)]
    missing = [c for c in lacking if c.name not in OF_FILE]
    if missing:
        return NoMatch(register, _counts(understood), missing, understood)
    unsaid = [c for c in columns(register).values() if c.name in OF_FILE and c.name not in there]
    return Match(register, places, understood, unsaid)


def _stated(register: str, by_hand: Mapping[str, str]) -> dict[str, str]:
    """Heading as it is compared -> what an officer said it is in this register."""
    said: dict[str, str] = {}
    for key, name in by_hand.items():
        of, _, heading = key.rpartition(OF_REGISTER)
        said |= {plain(heading): name} if of in ("", register) and (name == LEAVE_OUT or name in columns(register)) else {}
    return said


def _otherwise(column: Column, there: set[str]) -> bool:
    """Whether a derivable column can be told from others that are there."""
    return column.required == "derived" and any(enough <= there for enough in ALTERNATIVES[column.name])

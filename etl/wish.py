"""What a load is asked to do, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.areas import Areas


@dataclass(frozen=True)
class Wish:
    """What the officer says beside the files: values for all rows of a file (by file name, "" for each file), headings
    matched by hand, whether older files of the same register stay beside the new ones, whether a blank cell of a newer file takes
    away what the older one said, and whether a heading that is not sure refuses its file."""

    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    matched: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False
    blank_clears: bool = False
    strict: bool = False


class Officer(NamedTuple):
    """Whoever loads: the name and role that the audit log is told, and the areas in which something may change (None: all)."""

    name: str = "desk"  # where nobody has signed in
    role: str = ""
    areas: Areas = None

    def area_codes(self) -> list[str] | None:
        """The areas as a log or a file has them; None for the nation."""
        return None if self.areas is None else sorted(self.areas)


DESK, NOTHING_MORE = Officer(), Wish()

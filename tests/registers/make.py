"""Write the corpus of register files into a folder: python -m tests.registers.make FOLDER"""

import sys
from pathlib import Path

from tests.registers import (
    cases_broken,
    cases_dates,
    cases_facts,
    cases_keys,
    cases_layout,
    cases_measures,
    cases_people,
    cases_places,
    cases_points,
    cases_seems,
    cases_spelling,
    cases_text,
    cases_values,
)
from tests.registers.case import Case
from tests.registers.outcome import written

CHAPTERS: dict[str, list[Case]] = {
    "text": cases_text.CASES,
    "layout": cases_layout.CASES,
    "values": cases_values.CASES,
    "dates": cases_dates.CASES,
    "measures": cases_measures.CASES,
    "spelling": cases_spelling.CASES,
    "places": cases_places.CASES,
    "people": cases_people.CASES,
    "keys": cases_keys.CASES,
    "points": cases_points.CASES,
    "facts": cases_facts.CASES,
    "seems": cases_seems.CASES,
    "broken": cases_broken.CASES,
}
CASES = [case for cases in CHAPTERS.values() for case in cases]


def make(folder: Path) -> list[Path]:
    """Every file of every case, each chapter in a folder of its own; the same bytes each time."""
    return [path for chapter, cases in CHAPTERS.items() for case in cases for path in written(case.files(), folder / chapter)]


if __name__ == "__main__":
    print(*make(Path(sys.argv[1])), sep="\n")

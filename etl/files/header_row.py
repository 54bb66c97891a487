"""Detect the header row of a sheet: title rows above it, headings over one row or two."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.files import own_exports
from etl.headings.columns import plain, registered_headings
from etl.headings.evidence import names_a_column
from etl.spelling import western

ENOUGH = 3  # listed headings in a row, half of it at least, from which its other words are not weighed
LOOKED_AT = 30  # rows from the top in which headings are looked for
YEAR = re.compile(r"(?<!งบประมาณ)\s*(?:พ\s*\.?\s*ศ\s*\.?|ปี|ประจำปี)\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(2[45]\d\d)(?!\d)")
FISCAL = re.compile(r"ปี\s*งบประมาณ\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*\d+")
PLACES = {
    "province_name": re.compile(r"(?:จังหวัด|(?<![ก-๙])จ\.)\s*([ก-๙]+)"),
    "district_name": re.compile(r"(?:อำเภอ|(?<![ก-๙])อ\.)\s*([ก-๙]+)"),
    "tambon_name": re.compile(r"(?:ตำบล|(?<![ก-๙])ต\.)\s*([ก-๙]+)"),
}


@dataclass(frozen=True)
class Top:
    """The top of a sheet: headings, rows down to and including them, and what the titles above say by column name."""

    headings: list[str]
    rows: int
    constants: dict[str, str]
    matched: int = 0  # headings that some register has


def top(rows: Sequence[Sequence[str]]) -> Top:
    """The top of a sheet whose first rows are given; where no heading is known, the first filled row is taken for them."""
    if rows and own_exports.other(rows[0]):  # its values may be headings of some register
        return Top(_trimmed(rows[0]), 1, {}, len(rows[0]))
    score, headings, below = _best(rows, is_listed)
    if not _is_plain(rows, score, headings, below):
        score, headings, below = _best(rows, names_a_column)
    if score < 2:
        first = next((at for at, row in enumerate(rows[:LOOKED_AT]) if any(cell.strip() for cell in row)), 0)
        return Top(_trimmed(rows[first]) if rows else [], first + 1, {})
    return Top(_trimmed(headings), below, titles([cell for row in rows[:below] for cell in row]), score)


def _is_plain(rows: Sequence[Sequence[str]], score: int, headings: list[str], below: int) -> bool:
    """Whether these are the headings whatever their other words say: enough of them listed, none left out, and none under them."""
    under = rows[below] if below < len(rows) else ()
    return score >= ENOUGH and score * 2 >= len(headings) and all(_trimmed(headings)) and not any(map(is_listed, under))


def is_listed(text: str) -> bool:
    """Whether a cell is a listed heading of some register: a hundredth of the time that its words take."""
    return plain(text) in registered_headings()


def _best(rows: Sequence[Sequence[str]], named: Callable[[str], bool]) -> tuple[int, list[str], int]:
    candidates = [_candidate(rows, at, named) for at in range(min(len(rows), LOOKED_AT))]
    return max(candidates, key=lambda matches: (matches[0], -matches[2]), default=(0, [], 0))


def _candidate(rows: Sequence[Sequence[str]], at: int, named: Callable[[str], bool]) -> tuple[int, list[str], int]:
    """(headings that name a column, headings, rows down to them) of the row `at`, alone or with the row below it."""
    alone = [cell.strip() for cell in rows[at]]
    score = sum(map(named, alone))
    if at + 1 == len(rows) or not any(rows[at]):
        return score, alone, at + 1
    below = [cell.strip() for cell in rows[at + 1]]
    both = _over_two_rows(alone, below)
    together, only_below = sum(map(named, both)), sum(map(named, below))
    return (together, both, at + 2) if together > max(score, only_below) else (score, alone, at + 1)


def _over_two_rows(above: list[str], below: list[str]) -> list[str]:
    """One heading per column: a parent stands over all columns to the next one, its child says which of them."""
    above = above + [""] * (len(below) - len(above))
    below = below + [""] * (len(above) - len(below))
    joined, parent = [], ""
    for over, under in zip(above, below, strict=True):
        parent = over or (parent if under else "")
        joined.append(f"{parent} {under}".strip())
    return joined


def _trimmed(headings: Sequence[str]) -> list[str]:
    """Headings without the empty columns at their end."""
    width = max((place + 1 for place, heading in enumerate(headings) if heading.strip()), default=0)
    return list(headings[:width])


def titles(cells: Sequence[str]) -> dict[str, str]:
    """What title rows say of the whole sheet: its register year and its places. A fiscal year is no register year.

    Of what titles say twice in different ways nothing is taken.
    """
    text = FISCAL.sub(" ", "\n".join(western(cell) for cell in cells if plain(cell) not in registered_headings()))
    matches = {"register_year": set(YEAR.findall(text))} | {name: set(p.findall(text)) for name, p in PLACES.items()}
    return {name: values.pop() for name, values in matches.items() if len(values) == 1}

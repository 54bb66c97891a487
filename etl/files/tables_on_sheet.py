"""Several tables on one sheet: a title further down, or other headings, begin a new table with its own place and year.

A row that says nothing but another place (ตำบลสารภี, หมู่ที่ 7) begins one under the same headings, where no column says that place.
The same headings again with no new title are those of a printed page: they stay where they are and non_records.py takes them for
what they are. No row is lost: what stands between two tables and is no title stays with the table above.
"""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import definitions
from etl.files.header_row import LOOKED_AT, Top, top
from etl.files.title_rows import (
    SECTION,
    TITLE_CELLS,
    TOLD_BY,
    Row,
    filled,
    inherited,
    may_be_title,
    named,
    said,
    with_moo,
)

HELD = 12  # rows that may be titles of the next table
LEAST = 3  # known headings that make a row headings, where it repeats no headings above
LIKE_FIRST = 0.6  # of the known headings of the best row: a row above it that has as many is the headings of a table of its own
NO_ROW: Row = []  # by its identity: behind the last row


@dataclass
class Table:
    """One table: its top, the place of its first record on paper (from 0), its first column, and its rows, to be used before
    the next table is asked for."""

    top: Top
    first: int
    left: int
    rows: Iterator[Row]


class _Rows:
    """Rows that can be looked at before they are taken, counted as on paper."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self._ahead = iter(rows), deque[Row]()
        self.taken = 0

    def ahead(self, count: int) -> list[Row]:
        """The next rows, which stay."""
        self._ahead.extend(itertools.islice(self._rows, max(0, count - len(self._ahead))))
        return list(itertools.islice(self._ahead, count))

    def take(self, count: int) -> None:
        """Leave out the next rows."""
        self.ahead(count)
        for _ in range(min(count, len(self._ahead))):
            self._ahead.popleft()
        self.taken += count

    def back(self, rows: Sequence[Row]) -> None:
        """Give back rows that were taken last."""
        self._ahead.extendleft(reversed(rows))
        self.taken -= len(rows)

    def each(self) -> Iterator[Row]:
        """Take one after the other."""
        while True:
            row = self._ahead.popleft() if self._ahead else next(self._rows, NO_ROW)
            if row is NO_ROW:
                return
            self.taken += 1
            yield row


def tables(rows: Iterable[Row]) -> Iterator[Table]:
    """Every table of a sheet, downwards and side by side; a sheet without rows is one table without headings."""
    source = _Rows(rows)
    head = _first(source.ahead(LOOKED_AT))
    while True:
        source.take(head.rows)
        below = _Below(source, head)
        while (begin := source.ahead(1)) and (new := below.section(begin[0])):  # right below the headings: one of the titles
            source.take(1)
            below = _Below(source, Top(head.headings, head.rows, inherited(below.head.constants, new), head.matched))
        yield from _beside(below.head, source.taken, below.rows())
        if below.next is None:
            return
        head = below.next


def _first(begin: list[Row]) -> Top:
    """The top of the first table: a row far down may have more known headings than it and begin another one."""
    whole = with_moo(top(begin), begin)
    for at, row in enumerate(begin[: max(0, whole.rows - 2)]):
        alone = top([row])
        if alone.matched < max(LEAST, LIKE_FIRST * whole.matched):
            continue
        between = begin[at + 1 : whole.rows - 1]
        if any(filled(row) > TITLE_CELLS and top([row]).matched < 2 for row in between):
            return with_moo(top(begin[: at + 2]), begin)
    return whole


class _Below:
    """The rows below one table's headings, up to the titles of the next."""

    def __init__(self, source: _Rows, head: Top) -> None:
        self.source, self.head = source, head
        self.next: Top | None = None
        self.own = frozenset(cell.strip() for cell in head.headings if cell.strip())
        self.known = _spellings() | self.own
        self.untold = {name for name, columns in TOLD_BY.items() if not any(self.own & _headings()[c] for c in columns)}

    def rows(self) -> Iterator[Row]:
        """Each row; those that may be titles of a next table are held until it is clear."""
        held: deque[Row] = deque()
        for row in self.source.each():
            if not self.known.isdisjoint(row) and self._may_begin(row) and (found := self._begins(row, list(held))):
                begun, self.next = found
                self.source.back([*itertools.islice(held, len(held) - begun, None), row])
                yield from itertools.islice(held, 0, len(held) - begun)
                return
            if row.count("") >= len(row) - 1 and (new := self.section(row)) and not self._headings_follow():
                self.source.back([row])
                self.next = Top(self.head.headings, 1, inherited(self.head.constants, new), self.head.matched)
                yield from held
                return
            held.append(row)
            if len(held) > HELD:
                yield held.popleft()
        yield from held

    def section(self, row: Row) -> dict[str, str]:
        """What a row of one cell says of the place or the year of the rows below it, that no column says and no title above."""
        words = "".join(row).strip()
        if not self.untold or not self.head.matched or not words.startswith(SECTION) or filled(row) != 1:
            return {}
        new = {name: value for name, value in said(row).items() if name in self.untold}
        return new if new.items() - self.head.constants.items() else {}

    def _repeats(self, filled: list[str]) -> bool:
        """Whether the filled cells of a row are the headings above again, most of them."""
        return len(filled) > 1 and self.own.issuperset(filled) and 2 * len(filled) > len(self.own)

    def _headings_follow(self) -> bool:
        """Whether the next row that is no title holds headings, so that what stands here is their title."""
        below = list(itertools.dropwhile(may_be_title, self.source.ahead(HELD)))[:2]
        return any(self._may_begin(row) and top([row]).matched >= 2 for row in below)

    def _may_begin(self, row: Row) -> bool:
        """Whether several cells are spelled as headings are: one may be a value, ชื่อ or บ้าน."""
        return len(self.known.intersection(row)) > 1

    def _begins(self, row: Row, before: list[Row]) -> tuple[int, Top] | None:
        """How many rows stand above a row of headings and are its own, and the top of the table that it begins; None for none."""
        filled = [cell.strip() for cell in row if cell.strip()]
        alone, repeated = top([row]).matched, self._repeats(filled)
        if not repeated and (alone < LEAST or 2 * alone <= len(filled)):
            return None
        parents = before[-1:] if before and _over(before[-1], row, alone) else []
        titles = list(itertools.takewhile(may_be_title, reversed(before[: len(before) - len(parents)])))[::-1]
        block = [*titles, *parents, row, *self.source.ahead(1)]
        found = with_moo(top(block), block)
        if found.rows <= len(titles):  # a title that reads like headings
            return None
        if (repeated or found.headings == self.head.headings) and not found.constants.items() - self.head.constants.items():
            return None
        above = {name: value for name, value in self.head.constants.items() if name not in named(titles)}
        constants = inherited(above, found.constants)
        return len(titles) + len(parents), Top(found.headings, found.rows, constants, found.matched)


def _over(above: Row, row: Row, alone: int) -> bool:
    """Whether a row holds the upper halves of the headings below it."""
    both = top([above, row])
    return both.rows == 2 and both.matched > alone


def _beside(head: Top, first: int, rows: Iterator[Row]) -> Iterator[Table]:
    """The table itself, or two that stand side by side with an empty column between and the same headings."""
    gap = _gap(head.headings)
    if gap is None:
        yield Table(head, first, 0, rows)
        return
    whole = list(rows)
    for left, right in ((0, gap), (gap + 1, len(head.headings))):
        part = Top(head.headings[left:right], head.rows, head.constants, head.matched // 2)
        yield Table(part, first, left, (row[left : right if right == gap else None] for row in whole))


def _gap(headings: list[str]) -> int | None:
    """The empty heading that parts two tables of the same headings."""
    plain = [heading.strip() for heading in headings]
    for at, heading in enumerate(plain):
        left, right = [h for h in plain[:at] if h], [h for h in plain[at + 1 :] if h]
        if not heading and len(right) >= LEAST and len(set(left)) == len(left) and set(right) <= set(left):
            return at
    return None


@cache
def _headings() -> dict[str, frozenset[str]]:
    """Column -> its headings as the definitions write them, those of all registers together."""
    found: dict[str, set[str]] = {}
    for row in definitions.table("register_columns"):
        words = (word for language in ("th", "en") for word in row[f"headings_{language}"].split("|"))
        found.setdefault(row["column"], set()).update(word for word in words if word and "{" not in word)
    return {column: frozenset(words) for column, words in found.items()}


@cache
def _spellings() -> frozenset[str]:
    """All of them: a row without any, and without any heading above, begins no table."""
    return frozenset().union(*_headings().values())

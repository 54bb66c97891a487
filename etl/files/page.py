"""One page of a file (a worksheet, a page of HTML) to its tables: what is said of cells is settled, merged cells are filled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import definitions
from etl.files.cell_marks import ERROR, ERRORS, FONT, FORMAT, FORMULA, TEXT, Fact, Mark, Said, ranges
from etl.files.merged_cells import Unmerged, across
from etl.files.number_formats import BUDDHIST, DATE, DAY_MONTH
from etl.files.regular_csv import write
from etl.files.symbol_fonts import SINGLE, signs
from etl.files.tables_on_sheet import Table, tables

EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}  # the day before a workbook's day 1, and its day 0
LAST_DAY = 2_958_465  # 31 December 9999
SIGN = 3  # letters of a cell that holds a mark and nothing else
BUDDHIST_YEARS = 543
KEPT_TEXTS = 100_000  # some 15 MB
SHORT = 7  # letters: เลขที่ alone says a house number, but ใบสำคัญเลขที่ does not
STRANGE = ERRORS | SINGLE.keys()


def text(cell: object) -> str:
    """One cell as an officer would type it: whole floats without their .0, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class _Texts(dict[object, str]):
    """Cells that are no text, as text: a register has the same numbers and days again and again. 1, 1.0 and true are all "1"."""

    def __missing__(self, cell: object) -> str:
        shown = text(cell)
        if len(self) < KEPT_TEXTS:
            self[cell] = shown
        return shown


def written(name: str, rows: Iterable[Sequence[object]], said: Said, path: Path) -> list[dict[str, object]]:
    """Every table of a page to a file of its own beside `path`, its headings and what is to be told of it kept aside."""
    texts = _Texts()
    shown = ([cell if type(cell) is str else texts[cell] for cell in row] for row in rows)
    result: list[dict[str, object]] = []
    for number, table in enumerate(tables(shown), 1):
        out = path if number == 1 else path.with_suffix(f".{number}.csv")
        called = name if number == 1 else f"{name} [{number}]".strip()  # no program lets a sheet be called so
        result.append(_one(called, table, said, out))
    if len(result) > 1:
        begin = ", ".join(str(about["first"]) for about in result)
        result[0]["facts"].append(asdict(Fact("several_tables", None, None, str(len(result)), begin)))  # type: ignore[attr-defined]
    return result


def _one(name: str, table: Table, said: Said, path: Path) -> dict[str, object]:
    settled = _Settled(table, said)
    count = write(settled.rows(), len(table.top.headings), path)
    about = {"path": str(path), "rows": count, "first": table.first + 1, "constants": table.top.constants}
    about |= {"filled": settled.filled, "since_1904": said.since_1904, "facts": [asdict(fact) for fact in settled.facts()]}
    return {"sheet": name, "headings": table.top.headings, "hidden": False, **about}


class _Settled:
    """The rows of one table with what is said of their cells settled; what is to be told of them is gathered meanwhile."""

    def __init__(self, table: Table, said: Said) -> None:
        self.table, self.said = table, said
        self.width = len(table.top.headings)
        self.houses = {place for place, heading in enumerate(table.top.headings) if _is_house_no(heading)}
        self.filled: dict[int, int] = {}
        self._told: list[Fact] = []
        self._empty: dict[tuple[int, str], list[int]] = {}  # of formulas in rows in which nothing else stands
        self._signs: dict[tuple[int, str], list[int]] = {}
        self._hidden: list[int] = []
        self._last = table.first - 1
        self.gap = _gap(table.top.headings)

    def rows(self) -> Iterator[list[str]]:
        """Every row, once."""
        marks, hidden = self.said.marks, self.said.hidden_rows
        gap = self.gap
        below = Unmerged(self.table, self.said.merged, self.filled)
        for number, row in enumerate(self.table.rows, self.table.first):
            if number in marks:
                self._marked(number, row, marks[number])
            if not STRANGE.isdisjoint(row):
                self._strange(number, row)
            if below.concerns(number):
                below.fill(number, row)
            if number in hidden and any(cell.strip() for cell in row):
                self._hidden.append(number + 1)
            if gap is not None and gap < len(row) and row[gap].strip():
                gap = self.gap = None
            self._last = number
            yield row

    def facts(self) -> list[Fact]:
        """What is to be told, after the rows."""
        told = list(self._told)
        told += [Fact("formula_rows", None, at, found, ranges(rows)) for (at, found), rows in self._empty.items()]
        told += [Fact("symbol_font", None, at, seen, ranges(rows)) for (at, seen), rows in self._signs.items()]
        if self._hidden:
            told.append(Fact("hidden_rows", None, None, ranges(self._hidden), str(len(self._hidden))))
        if self.gap is not None:
            told.append(Fact("empty_column", None, None, self.table.top.headings[self.gap + 1].strip()))
        hidden = [column - self.table.left for column in sorted(self.said.hidden_columns)]
        named = [at for at in hidden if 0 <= at < self.width and self.table.top.headings[at].strip()]
        told += [Fact("hidden_column", None, at, self.table.top.headings[at].strip()) for at in named]
        return told + across(self.table, self._last, self.said.merged)

    def _marked(self, number: int, row: list[str], marks: dict[int, Mark]) -> None:
        broken = []
        for column, (kind, detail) in marks.items():
            at = column - self.table.left
            if not 0 <= at < max(self.width, len(row)):
                continue
            row += [""] * (at + 1 - len(row))
            if kind in (ERROR, FORMULA):
                row[at] = ""
                broken.append((at, "error_cell" if kind == ERROR else "not_calculated", detail))
            elif kind in (FONT, TEXT) and row[at].strip():
                seen = signs(row[at], detail) if kind == FONT else detail
                if seen != row[at]:
                    short = len(seen.strip()) <= SIGN
                    self._signs.setdefault((at, f"{row[at].strip()} → {seen.strip()}" if short else "…"), []).append(number + 1)
                    row[at] = seen
            elif kind == FORMAT:
                self._day(number, row, at, detail)
        self._broken(number, row, broken)

    def _strange(self, number: int, row: list[str]) -> None:
        """Errors that stand as text, and ticks in the place of letters that a font of pictures has."""
        broken = []
        for at, cell in enumerate(row):
            if cell in ERRORS:
                row[at] = ""
                broken.append((at, "error_cell", cell))
            elif cell in SINGLE:
                row[at] = SINGLE[cell]
        self._broken(number, row, broken)

    def _broken(self, number: int, row: list[str], broken: list[tuple[int, str, str]]) -> None:
        """Cells without a value: each for itself in a record, together where nothing else stands in their rows."""
        record = bool(broken) and any(cell.strip() for cell in row)
        for at, fault, found in broken:
            if record:
                self._told.append(Fact(fault, number + 1, at, found))
            else:
                self._empty.setdefault((at, found or "="), []).append(number + 1)

    def _day(self, number: int, row: list[str], at: int, shown: str) -> None:
        day = _day(row[at], self.said.since_1904)
        if day is None:
            return
        row[at] = day.isoformat()
        if at in self.houses and shown != DATE:
            row[at] = typed(day, shown)
            self._told.append(Fact("restored_house_no", number + 1, at, day.isoformat(), row[at]))


def _gap(headings: list[str]) -> int | None:
    """The first empty heading with several behind it: another table may stand there."""
    plain = [heading.strip() for heading in headings]
    return next(
        (at for at in range(1, len(plain) - 2) if not plain[at] and plain[at + 1] and sum(map(bool, plain[at:])) > 1), None
    )


def _day(cell: str, since_1904: bool) -> date | None:
    """A day of the cell's number or ISO date; None for anything else, a cell with a time of day too."""
    try:
        if cell.isdecimal() and int(cell) <= LAST_DAY:
            return EPOCHS[since_1904] + timedelta(int(cell))
        return date.fromisoformat(cell)
    except (ValueError, OverflowError):
        return None


def typed(day: date, shown: str) -> str:
    """What was typed where a program made this day of it and shows day and month, or month and year: 27/1, 12/20."""
    if shown == DAY_MONTH:
        return f"{day.day}/{day.month}"
    year = day.year + (BUDDHIST_YEARS if shown.endswith(BUDDHIST) else 0)
    return f"{day.month}/{day.year if day.year > 2100 else year % 100}"


def _is_house_no(heading: str) -> bool:
    """Whether a heading, which may stand under a common one, has the words of a house number."""
    words = heading.strip().lower()
    return any(words == house or (len(house) > SHORT and words.endswith(house)) for house in _house_headings())


@cache
def _house_headings() -> frozenset[str]:
    rows = [row for row in definitions.table("register_columns") if row["type"] == "house_no"]
    return frozenset(
        word for row in rows for language in ("th", "en") for word in row[f"headings_{language}"].lower().split("|")
    )

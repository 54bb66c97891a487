"""Register files to sheets of text: CSV as it lies, everything else through a rewriting, worksheets in a child process.

A sheet that leaves here has one heading per column and rows that can be counted, so nothing read later can go missing in
silence.
"""

import csv
import itertools
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from etl.files.encoding import encoding
from etl.files.filetype import Unreadable, kind
from etl.files.header_row import LOOKED_AT, Top, top
from installation.paths import PROJECT

SECONDS = 90  # a register of a district opens in 2; what takes longer than this for each 20 MB is no register
BYTES = 20 << 20
SPARE = 4  # cells beyond the last heading that are read, so that a stray comma is reported with its row
WIDEST = 2000  # cells of a row: a register has some 60
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Sheet:
    """One table of text: `headings` in file order, `rows` records below them, in CSV at `path` after `skip` lines.

    `first` is the row of the first record on paper, `constants` what titles above say by column name, `filled` how many cells
    of a column (by its place) were filled from merged ones. A hidden sheet has no headings and no rows. `table` holds the
    cells where they are not as the CSV has them.
    """

    file: str
    sheet: str
    headings: list[str]
    path: Path
    delimiter: str
    rows: int
    skip: int = 0
    first: int = 2
    constants: dict[str, str] = field(default_factory=dict)
    filled: dict[int, int] = field(default_factory=dict)
    hidden: bool = False
    as_it_lies: bool = False
    table: str = ""


def sheets(path: Path, name: str, work: Path) -> list[Sheet]:
    """Every sheet of one register file. `name` is what the officer calls it; `work` takes what must be rewritten.

    Raises Unreadable.
    """
    is_a = kind(path)
    if is_a in ("gzip", "zip", "outlines"):
        raise Unreadable("nested")
    if is_a in ("workbook", "html"):
        return _worksheets(path, name, work)
    return [_text(path, name, work)]


def _text(path: Path, name: str, work: Path) -> Sheet:
    codec = encoding(path)
    delimiter, header, lines_down = _begin(path, codec)
    if codec in ("utf-8", "utf-8-sig") and lines_down == header.rows and (lines := _lines(path)) is not None:
        rows = lines - header.rows
        return Sheet(
            name,
            "",
            header.headings,
            path,
            delimiter,
            rows,
            header.rows,
            header.rows + 1,
            header.constants,
            as_it_lies=True,
        )
    return careful(path, name, work)


def _begin(path: Path, codec: str) -> tuple[str, Top, int]:
    """The delimiter under which most headings are known, the top of the table, and how many lines of the file that is."""
    tried = []
    for delimiter in DELIMITERS:
        with _opened(path, codec) as file:
            try:
                rows = list(itertools.islice(csv.reader(file, delimiter=delimiter), LOOKED_AT))
            except UnicodeDecodeError as fault:
                raise Unreadable("broken_letter", f"{fault.start + 1:,} ({codec})") from fault
            except csv.Error:
                continue
        header = top(rows)
        tried.append((header.matched, sum(map(len, rows)), delimiter, header))
    if not tried:
        raise Unreadable("no_text")
    _, _, delimiter, header = max(tried, key=lambda t: t[:2])
    with _opened(path, codec) as file:
        reader = csv.reader(file, delimiter=delimiter)
        for _ in range(header.rows):
            next(reader, None)
        return delimiter, header, reader.line_num


def _opened(path: Path, codec: str) -> TextIO:
    return open(path, encoding=codec, newline="")


def careful(path: Path, name: str, work: Path) -> Sheet:
    """The same table in UTF-8, with line breaks inside cells, blank lines and short rows made regular; slower, never short.

    DuckDB reads a regular file at full speed, but some irregular ones (mixed line ends, a heading over two lines) as
    no rows and no error.
    """
    regular = work / f"{path.name}.regular.csv"
    codec = encoding(path, whole=True)
    delimiter, header, _ = _begin(path, codec)
    with _opened(path, codec) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        read_to = 0  # lines of whole records: the one that fails begins on the next

        def records() -> Iterator[list[str]]:
            nonlocal read_to
            for row in reader:
                read_to = reader.line_num
                yield row

        try:
            rows = write(itertools.islice(records(), header.rows, None), len(header.headings), regular)
        except UnicodeDecodeError as fault:
            raise Unreadable("broken_letter", f"{fault.start + 1:,} ({codec})") from fault
        except csv.Error as fault:
            raise Unreadable("open_quote" if "end of data" in str(fault) else "not_a_table", f"{read_to + 1:,}") from fault
    return Sheet(name, "", header.headings, regular, ",", rows, first=header.rows + 1, constants=header.constants)


def first_rows(sheet: Sheet, rows: int) -> list[list[str]]:
    """The cells of the first records of a sheet, as they lie."""
    with _opened(sheet.path, "utf-8-sig") as file:
        return list(itertools.islice(csv.reader(file, delimiter=sheet.delimiter), sheet.skip, sheet.skip + rows))


def filled_cells(sheet: Sheet) -> tuple[int, list[int]]:
    """How many rows of a sheet have a filled cell, and how many cells of each column; for a sheet that is read no further."""
    filled = [0] * len(sheet.headings)
    records = 0
    with _opened(sheet.path, "utf-8-sig") as file:
        for row in itertools.islice(csv.reader(file, delimiter=sheet.delimiter), sheet.skip, None):
            places = [place for place, cell in enumerate(row) if cell.strip()]
            records += bool(places)
            for place in filter(len(filled).__gt__, places):
                filled[place] += 1
    return records, filled


def write(rows: Iterable[list[str]], headings: int, path: Path) -> int:
    """Rows below the headings as regular CSV, each `headings` + SPARE cells wide; returns how many there were."""
    width = headings + SPARE
    count = 0

    def fitting() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row if len(row) == width else fitted(row, width)

    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(fitting())
    return count


def fitted(row: list[str], width: int) -> list[str]:
    """The row in exactly `width` cells: filled up, or what is too much said in its last cell."""
    if len(row) > width:
        row = [*row[: width - 1], ", ".join(cell for cell in row[width - 1 :] if cell.strip())]
    return row + [""] * (width - len(row))


def _lines(path: Path) -> int | None:
    """Lines of a regular file; None where its line ends are mixed or it has blank lines at its start."""
    if not path.stat().st_size:
        return None
    breaks = returns = 0
    last = b""
    with open(path, "rb") as file:
        while part := file.read(1 << 18):  # what fits the cache of a core is counted there
            breaks += part.count(b"\n")
            returns += part.count(b"\r")
            last = part[-1:]
    if returns not in (0, breaks):
        return None
    return breaks + (last != b"\n")


def _worksheets(path: Path, name: str, work: Path) -> list[Sheet]:
    command = [sys.executable, "-m", "etl.files.worksheets", str(path), str(work)]
    seconds = SECONDS * (1 + path.stat().st_size // BYTES)
    try:
        child = subprocess.run(command, capture_output=True, timeout=seconds, cwd=PROJECT)
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("too_slow", seconds) from fault
    if child.returncode < 0:
        raise Unreadable("too_large")
    if child.returncode:
        raise Unreadable.of_last_words(child.stderr.decode(errors="replace"))
    return [_worksheet(name, about) for about in json.loads(child.stdout)]


def _worksheet(name: str, about: dict) -> Sheet:
    if about.pop("hidden"):
        return Sheet(name, about["sheet"], [], Path(), ",", 0, hidden=True)
    filled = {int(place): count for place, count in about.pop("filled").items()}
    return Sheet(name, path=Path(about.pop("path")), delimiter=",", filled=filled, **about)

"""Register files to sheets of text: CSV as it lies, everything else through a rewriting, worksheets in a child process.

A sheet that leaves here has one heading per column and rows that can be counted, so nothing read later can go missing in
silence.
"""

import csv
import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from etl.files import child_processes, second_headings
from etl.files.cell_marks import Fact, Said
from etl.files.encoding import encoding
from etl.files.filetype import Unreadable, kind, sheet_sizes
from etl.files.header_row import LOOKED_AT, Top, top
from etl.files.page import written
from etl.files.regular_csv import SPARE as SPARE
from etl.files.title_rows import with_moo

SECONDS = 90  # a register of a district opens in 2; what takes longer than this for each 20 MB is no register
BYTES = 20 << 20
DELIMITERS = ",;\t|"
BIG = 16 << 20  # bytes of a sheet, unpacked: less is read in the time that a process takes to begin
MOST = 4  # processes, for each holds the workbook's texts


@dataclass(frozen=True)
class Sheet:
    """One table of text: `headings` in file order, `rows` records below them, in CSV at `path` after `skip` lines.

    `first` is the row of the first record on paper, `constants` what titles above say by column name, `filled` how many cells
    of a column (by its place) were filled from merged ones. A hidden sheet has no headings and no rows. `table` holds the
    cells where they are not as the CSV has them. `facts` is what the file says of its cells and rows and nobody sees in their
    values; `since_1904`: a bare day number counts from 1904.
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
    since_1904: bool = False
    facts: list[Fact] = field(default_factory=list)


def sheets(path: Path, name: str, work: Path) -> list[Sheet]:
    """Every sheet of one register file. `name` is what the officer calls it; `work` takes what must be rewritten.

    Raises Unreadable.
    """
    is_a = kind(path)
    if is_a in ("gzip", "zip", "outlines"):
        raise Unreadable("nested")
    if is_a in ("workbook", "html", "xml", "flat"):
        return _worksheets(path, name, work)
    return _text(path, name, work)


def _text(path: Path, name: str, work: Path) -> list[Sheet]:
    codec = encoding(path)
    delimiter, header, lines_down = _begin(path, codec)
    plain = codec in ("utf-8", "utf-8-sig") and lines_down == header.rows
    if plain and (lines := _lines(path)) is not None and not second_headings.telling(path, header.rows):
        rows = lines - header.rows
        return [
            Sheet(
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
        ]
    return careful_tables(path, name, work)


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
        header = with_moo(top(rows), rows)
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
    """The first table of a CSV that holds one, read row by row."""
    return careful_tables(path, name, work)[0]


def careful_tables(path: Path, name: str, work: Path) -> list[Sheet]:
    """The same tables in UTF-8, with line breaks inside cells, blank lines and short rows made regular; slower, never short.

    DuckDB reads a regular file at full speed, but some irregular ones (mixed line ends, a heading over two lines) as
    no rows and no error.
    """
    codec = encoding(path, whole=True)
    delimiter, _, _ = _begin(path, codec)
    with _opened(path, codec) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        read_to = 0  # lines of whole records: the one that fails begins on the next

        def records() -> Iterator[list[str]]:
            nonlocal read_to
            for row in reader:
                read_to = reader.line_num
                yield row

        try:
            tables = written("", records(), Said(), work / f"{path.name}.regular.csv")
        except UnicodeDecodeError as fault:
            raise Unreadable("broken_letter", f"{fault.start + 1:,} ({codec})") from fault
        except csv.Error as fault:
            raise Unreadable("open_quote" if "end of data" in str(fault) else "not_a_table", f"{read_to + 1:,}") from fault
    return [_worksheet(name, table) for table in tables]


def _leniently(sheet: Sheet) -> TextIO:
    """A sheet for a look at it: a broken letter behind those by which the file was known is told by whoever reads all of it."""
    return open(sheet.path, encoding="utf-8-sig", newline="", errors="replace")


def first_rows(sheet: Sheet, rows: int) -> list[list[str]]:
    """The cells of the first records of a sheet, as they lie."""
    with _leniently(sheet) as file:
        return list(itertools.islice(csv.reader(file, delimiter=sheet.delimiter), sheet.skip, sheet.skip + rows))


def filled_cells(sheet: Sheet) -> tuple[int, list[int]]:
    """How many rows of a sheet have a filled cell, and how many cells of each column; for a sheet that is read no further."""
    filled = [0] * len(sheet.headings)
    records = 0
    with _leniently(sheet) as file:
        for row in itertools.islice(csv.reader(file, delimiter=sheet.delimiter), sheet.skip, None):
            places = [place for place, cell in enumerate(row) if cell.strip()]
            records += bool(places)
            for place in filter(len(filled).__gt__, places):
                filled[place] += 1
    return records, filled


def _lines(path: Path) -> int | None:
    """Lines of a regular file; None where its line ends are mixed or it has blank lines at its start."""
    if not path.stat().st_size:
        return None
    breaks = returns = pairs = 0
    last = b""
    with open(path, "rb") as file:
        while part := file.read(1 << 18):  # what fits the cache of a core is counted there
            breaks += part.count(b"\n")
            if b"\r" in part or last == b"\r":
                returns += part.count(b"\r")
                pairs += part.count(b"\r\n") + (last == b"\r" and part[:1] == b"\n")
            last = part[-1:]
    if returns and not returns == pairs == breaks:
        return None
    return breaks + (last != b"\n")


def _worksheets(path: Path, name: str, work: Path) -> list[Sheet]:
    seconds = SECONDS * (1 + path.stat().st_size // BYTES)
    of = processes(sheet_sizes(path))
    shares = [[str(share), str(of)] for share in range(of)]
    commands = [[sys.executable, "-m", "etl.files.worksheets", str(path), str(work), *share] for share in shares]
    said = [about for output in child_processes.run(commands, seconds) for about in json.loads(output)]
    return [_worksheet(name, about) for about in sorted(said, key=lambda about: about.pop("number"))]


def processes(sizes: Sequence[int]) -> int:
    """How many processes read a workbook whose sheets have so many bytes: one for each big sheet, as far as there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(sum(size >= BIG for size in sizes), cores, MOST))


def _worksheet(name: str, about: dict) -> Sheet:
    if about.pop("hidden"):
        return Sheet(name, about["sheet"], [], Path(), ",", 0, hidden=True)
    filled = {int(place): count for place, count in about.pop("filled").items()}
    facts = [Fact(**fact) for fact in about.pop("facts")]
    return Sheet(name, path=Path(about.pop("path")), delimiter=",", filled=filled, facts=facts, **about)

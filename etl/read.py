"""Register files to sheets of text: CSV as it lies, worksheets through a child process with limits.

A sheet that leaves here has one header and rows that can be counted, so nothing read later can go missing in silence.
"""

import csv
import json
import mmap
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
SECONDS = 90  # a register of a district opens in 2; what takes longer than this is no register
SPARE = 4  # cells beyond the last heading that are read, so that a stray comma is reported with its row


class Unreadable(Exception):
    """The file cannot be read at all; the text says why, for the `{found}` of the fault."""


@dataclass(frozen=True)
class Sheet:
    """One table of text: `headings` in file order, `rows` records below them, in CSV at `path`."""

    file: str
    sheet: str
    headings: list[str]
    path: Path
    delimiter: str
    rows: int
    has_header: bool


def sheets(path: Path, name: str, work: Path) -> list[Sheet]:
    """Every sheet of one register file. `name` is what the officer calls it; `work` takes what must be rewritten."""
    if Path(name).suffix.lower() in WORKBOOKS:
        return _worksheets(path, name, work)
    return [_csv(path, name, work)]


def _csv(path: Path, name: str, work: Path) -> Sheet:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            delimiter = max(",;\t|", key=file.readline().count)
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter)
            headings = next(reader, [])
            if reader.line_num <= 1 and (lines := _lines(path)) is not None:
                return Sheet(name, "", headings, path, delimiter, lines - 1, True)
    except UnicodeDecodeError as fault:
        raise Unreadable(f"UTF-8, byte {fault.start + 1}") from fault
    except csv.Error as fault:
        raise Unreadable(str(fault)) from fault
    return careful(path, name, delimiter, work)


def careful(path: Path, name: str, delimiter: str, work: Path) -> Sheet:
    """The same table with line breaks inside cells, blank lines and short rows made regular; slower, never short.

    DuckDB reads a regular file at full speed, but some irregular ones (mixed line ends, a heading over two lines) as
    no rows and no error.
    """
    regular = work / f"{path.name}.regular.csv"
    try:
        with open(path, encoding="utf-8-sig", newline="") as file, open(regular, "w", encoding="utf-8", newline="") as out:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            headings = next(reader, [])
            width = len(headings) + SPARE
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
            rows = 0
            for row in reader:
                writer.writerow(fitted(row, width))
                rows += 1
    except UnicodeDecodeError as fault:
        raise Unreadable(f"UTF-8, byte {fault.start + 1}") from fault
    except csv.Error as fault:
        raise Unreadable(str(fault)) from fault
    return Sheet(name, "", headings, regular, ",", rows, False)


def fitted(row: list[str], width: int) -> list[str]:
    """The row in exactly `width` cells: filled up, or what is too much said in its last cell."""
    if len(row) > width:
        row = [*row[: width - 1], ", ".join(cell for cell in row[width - 1 :] if cell.strip())]
    return row + [""] * (width - len(row))


def _lines(path: Path) -> int | None:
    """Lines of a regular file; None where its line ends are mixed or it has blank lines at its start."""
    if not path.stat().st_size:
        return None
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        block = 1 << 24
        breaks = returns = 0
        for start in range(0, len(data), block):
            part = data[start : start + block]
            breaks += part.count(b"\n")
            returns += part.count(b"\r")
        if returns not in (0, breaks):
            return None
        return breaks + (data[-1:] != b"\n")


def _worksheets(path: Path, name: str, work: Path) -> list[Sheet]:
    command = [sys.executable, "-m", "etl.workbook", str(path), str(work), str(SPARE)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=Path(__file__).parent.parent)
    except subprocess.TimeoutExpired as fault:
        raise Unreadable(f"> {SECONDS} s") from fault
    if child.returncode:
        lines = child.stderr.decode(errors="replace").strip().splitlines()
        raise Unreadable(lines[-1][:200] if lines else f"exit {child.returncode}")
    found = json.loads(child.stdout)
    return [Sheet(name, s["sheet"], s["headings"], Path(s["path"]), ",", s["rows"], False) for s in found]

"""A workbook to one regular CSV per worksheet, run as a child process: a hostile file ends the child, not the load.

python -m etl.files.worksheets WORKBOOK FOLDER
prints [{"sheet", "headings", "path", "rows", "first", "constants", "filled", "hidden"}]
"""

import itertools
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from etl.files import html_tables
from etl.files.encoding import encoding
from etl.files.filetype import RATIO, kind
from etl.files.header_row import LOOKED_AT, top
from etl.files.sheets import WIDEST, write

MEMORY = 1 << 30  # bytes, and fifty times the file: a sparse 4.6 kB workbook can claim far more
PER_BYTE = 50
CELLS = 400  # that a sheet may claim for each byte of its file, beside
LEAST_CELLS = 20_000_000
NOT_DATA = ("คู่มือ", "ตัวอย่าง", "รายการ", "คำอธิบาย", "guide", "example", "lists")  # sheets of our own templates


def limit_memory(most: int) -> None:
    """Give this process at most so many bytes; Windows has no such limit, there the parent's clock alone holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def table(name: str, rows: Iterable[Sequence[object]], merged: Sequence[tuple], path: Path) -> dict[str, object]:
    """One sheet to `path`, its headings kept aside. `merged` are the corners of merged cells, rows and columns from 0."""
    every = (list(map(text, row)) for row in rows)
    begin = list(itertools.islice(every, LOOKED_AT))
    result = top(begin)
    filled: dict[int, int] = {}
    below = _unmerged(itertools.chain(begin, every), merged, result.rows, filled)
    count = write(itertools.islice(below, result.rows, None), len(result.headings), path)
    about = {"path": str(path), "rows": count, "first": result.rows + 1, "constants": result.constants, "filled": filled}
    return {"sheet": name, "headings": result.headings, "hidden": False, **about}


def _unmerged(rows: Iterable[list[str]], merged: Sequence[tuple], top_rows: int, filled: dict[int, int]) -> Iterator[list[str]]:
    """The rows with what a cell merged over several of them says written into each; counts the cells per column."""
    tall = {(r, c1): r1 for (r1, c1), (r2, c2) in merged if r1 >= top_rows and c1 == c2 for r in range(r1 + 1, r2 + 1)}
    by_row: dict[int, list[tuple[int, int]]] = {}
    for (down, column), begin in tall.items():
        by_row.setdefault(down, []).append((column, begin))
    kept: dict[tuple[int, int], str] = {}
    starts = {(begin, column) for (_, column), begin in tall.items()}
    for number, row in enumerate(rows):
        for column, begin in by_row.get(number, ()):
            if column < len(row) and not row[column] and kept.get((begin, column)):
                row[column] = kept[begin, column]
                filled[column] = filled.get(column, 0) + 1
        kept |= {(number, column): row[column] for begin, column in starts if begin == number and column < len(row)}
        yield row


def sheet_rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """Every row of a sheet from the first one on paper, and from its first column: the library leaves out empty ones there."""
    across: list[object] = [""] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        yield [*across, *row] if across else row


def worksheets(path: Path, folder: Path) -> Iterator[dict[str, object]]:
    """Write every visible worksheet into `folder` and say what was written; raises SystemExit beyond the limits."""
    most = max(LEAST_CELLS, path.stat().st_size * CELLS)
    book = CalamineWorkbook.from_path(str(path))
    for number, about in enumerate(book.sheets_metadata):
        if about.name.strip().lower() in NOT_DATA:
            continue
        if about.visible != SheetVisibleEnum.Visible:
            yield {"sheet": about.name, "hidden": True}
        else:
            sheet = book.get_sheet_by_index(number)
            height, width = (place + 1 for place in sheet.end or (-1, -1))
            if height * width > most or width > WIDEST:
                raise SystemExit(f"too_large|{about.name}: {height} × {width}")
            yield table(about.name, sheet_rows(sheet), sheet.merged_cell_ranges or [], folder / f"{path.name}.{number}.csv")


def main(file: str, folder: str) -> None:
    """Write the tables of a workbook or an HTML page into `folder` and print what was written."""
    path = Path(file)
    size = path.stat().st_size
    limit_memory(MEMORY + PER_BYTE * size)
    if kind(path) == "html":
        rows = html_tables.rows(path.read_text(encoding=encoding(path, whole=True)))
        result = [table("", rows, [], Path(folder) / f"{path.name}.0.csv")]
    else:
        if zipfile.is_zipfile(path):
            unpacked = sum(part.file_size for part in zipfile.ZipFile(path).infolist())
            if unpacked > max(200 << 20, size * RATIO):
                raise SystemExit(f"unpacks_too_large|{max(200 << 20, size * RATIO) >> 20}")
        result = list(worksheets(path, Path(folder)))
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])

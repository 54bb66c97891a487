"""A workbook to one regular CSV per worksheet, run as a child process: a hostile file ends the child, not the load.

python -m etl.workbook WORKBOOK FOLDER SPARE   prints [{"sheet", "headings", "path", "rows"}]
"""

import csv
import json
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineWorkbook

from etl.read import fitted

MEMORY = 1 << 30  # bytes: a sparse 4.6 kB workbook can claim far more
UNPACKED = 200 << 20  # bytes of a zipped workbook once unpacked
CELLS = 40_000_000  # rows × columns that a sheet may claim


def limit_memory(most: int) -> None:
    """Give this process at most so many bytes; Windows has no such limit, there the parent's clock alone holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def text(cell: object) -> str:
    """One cell as an officer would type it: whole floats without their .0, dates as ISO."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write(rows: Sequence[Sequence[object]], path: Path, spare: int) -> dict[str, object]:
    """One sheet to `path`, its first row kept aside as the headings."""
    headings = [text(cell) for cell in rows[0]] if rows else []
    while headings and not headings[-1].strip():
        headings.pop()
    width = len(headings) + spare
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in rows[1:]:
            writer.writerow(fitted([text(cell) for cell in row], width))
    return {"headings": headings, "path": str(path), "rows": max(0, len(rows) - 1)}


def main(workbook: str, folder: str, spare: str) -> None:
    """Write every visible worksheet of `workbook` into `folder` and print what was written."""
    limit_memory(MEMORY)
    if zipfile.is_zipfile(workbook):
        size = sum(part.file_size for part in zipfile.ZipFile(workbook).infolist())
        if size > UNPACKED:
            raise SystemExit(f"{size} > {UNPACKED} bytes")
    book = CalamineWorkbook.from_path(workbook)
    found = []
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > CELLS:
            raise SystemExit(f"{name}: {sheet.total_height} × {sheet.total_width}")
        path = Path(folder) / f"{Path(workbook).name}.{number}.csv"
        found.append({"sheet": name, **write(sheet.to_python(skip_empty_area=False), path, int(spare))})
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])

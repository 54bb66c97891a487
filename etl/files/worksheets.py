"""A workbook to one regular CSV per table, run as a child process: a hostile file ends the child, not the load.

python -m etl.files.worksheets FILE FOLDER [SHARE OF]
prints [{"number", "sheet", "headings", "path", "rows", "first", "constants", "filled", "since_1904", "facts", "hidden"}]

Several big sheets are shared between several such processes; each opens the workbook and reads its own.
"""

import contextlib
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from etl.files import html_tables, ods_facts, repacked, spreadsheet_xml, xls_facts, xlsx_facts, xlsx_styles
from etl.files.cell_marks import Said
from etl.files.child_processes import die_with_parent
from etl.files.encoding import encoding
from etl.files.filetype import RATIO, kind
from etl.files.page import written
from etl.files.regular_csv import WIDEST
from etl.files.xml_parts import Doctype, pieces

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


def sheet_rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """Every row of a sheet from the first one on paper, and from its first column: the library leaves out empty ones there."""
    across: list[object] = [""] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        yield [*across, *row] if across else row


class _Said:
    """What the file says beside values, of whichever kind it is; nothing of a kind that no reader is written for (XLSB)."""

    def __init__(self, path: Path) -> None:
        self._by_sheet: dict[str, Said] = {}
        self._archive, self.book = None, xlsx_styles.Book()
        if not zipfile.is_zipfile(path):
            self._by_sheet = xls_facts.said(path)
            return
        archive = zipfile.ZipFile(path)
        if "content.xml" in archive.namelist():
            self._by_sheet = ods_facts.said(archive)
        else:
            self._archive, self.book = archive, xlsx_styles.book(archive)

    def sizes(self) -> dict[str, int]:
        """Sheet -> bytes of its part, where the file tells."""
        known = {part.filename: part.file_size for part in self._archive.infolist()} if self._archive else {}
        return {sheet: known.get(part, 0) for sheet, part in self.book.parts.items()}

    def of(self, sheet: str) -> Said:
        """What is said of one sheet."""
        return xlsx_facts.said(self._archive, sheet, self.book) if self._archive else self._by_sheet.get(sheet, Said())


def worksheets(path: Path, folder: Path, share: int = 0, of: int = 1) -> Iterator[dict[str, object]]:
    """Write the tables of one share of the visible worksheets into `folder` and say what was written; raises SystemExit beyond
    the limits."""
    most = max(LEAST_CELLS, path.stat().st_size * CELLS)
    book = CalamineWorkbook.from_path(str(path))
    said = _Said(path)
    mine = shares([about.name for about in book.sheets_metadata], said.sizes(), of)[share]
    for number, about in enumerate(book.sheets_metadata):
        if number not in mine or about.name.strip().lower() in NOT_DATA:
            continue
        if about.visible != SheetVisibleEnum.Visible:
            yield {"number": number, "sheet": about.name, "hidden": True}
            continue
        sheet = book.get_sheet_by_index(number)
        height, width = (place + 1 for place in sheet.end or (-1, -1))
        if height * width > most or width > WIDEST:
            raise SystemExit(f"too_large|{about.name}: {height} × {width}")
        beside = said.of(about.name)
        beside.merged += sheet.merged_cell_ranges or []
        for table in written(about.name, sheet_rows(sheet), beside, folder / f"{path.name}.{number}.csv"):
            yield {"number": number, **table}


def shares(names: Sequence[str], sizes: dict[str, int], of: int) -> list[set[int]]:
    """Which sheets each of `of` processes reads: the largest first, each to whoever has least."""
    result: list[set[int]] = [set() for _ in range(of)]
    loads = [0] * of
    for number in sorted(range(len(names)), key=lambda n: (-sizes.get(names[n], 0), n)):
        least = loads.index(min(loads))
        result[least].add(number)
        loads[least] += 1 + sizes.get(names[number], 0)
    return result


def _of_markup(path: Path, folder: Path) -> Iterator[dict[str, object]]:
    """A page of HTML, or a workbook in XML."""
    if kind(path) == "html":
        rows, said = html_tables.rows(path.read_text(encoding=encoding(path, whole=True)))
        yield from ({"number": 0, **table} for table in written("", rows, said, folder / f"{path.name}.0.csv"))
        return
    with open(path, "rb") as stream:
        try:
            pages = spreadsheet_xml.pages(pieces(stream))
        except (ExpatError, Doctype, ValueError) as fault:
            raise SystemExit(f"damaged|{fault}") from fault
    for number, page in enumerate(pages):
        if page.hidden:
            yield {"number": number, "sheet": page.name, "hidden": True}
        elif page.name.strip().lower() not in NOT_DATA:
            width = max(map(len, page.rows), default=0)
            if len(page.rows) * width > LEAST_CELLS:
                raise SystemExit(f"too_large|{page.name}: {len(page.rows)} × {width}")
            rows = [row + [""] * (width - len(row)) for row in page.rows]
            tables = written(page.name, rows, page.said, folder / f"{path.name}.{number}.csv")
            yield from ({"number": number, **table} for table in tables)


def main(file: str, folder: str, share: str = "0", of: str = "1") -> None:
    """Write the tables of a workbook or an HTML page into `folder` and print what was written."""
    path = Path(file)
    size = path.stat().st_size
    limit_memory(MEMORY + PER_BYTE * size)
    if kind(path) in ("html", "xml"):
        result = list(_of_markup(path, Path(folder)))
    else:
        path = repacked.of_flat(path, Path(folder)) if kind(path) == "flat" else path
        if zipfile.is_zipfile(path):
            unpacked = sum(part.file_size for part in zipfile.ZipFile(path).infolist())
            if unpacked > max(200 << 20, size * RATIO):
                raise SystemExit(f"unpacks_too_large|{max(200 << 20, size * RATIO) >> 20}")
            path = repacked.regular(path, Path(folder), share)
        elif xls_facts.has_password(path):
            raise SystemExit("password|")
        result = list(worksheets(path, Path(folder), int(share), int(of)))
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    die_with_parent()
    with contextlib.suppress(BrokenPipeError):
        main(*sys.argv[1:])

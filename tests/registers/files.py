"""Register files as bytes, the same bytes each time: text, workbooks of every kind, archives."""

import csv
import gzip
import html as markup
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter
import xlwt

MADE = datetime(2022, 10, 1, tzinfo=UTC)
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Shown:
    """A date cell and the number format that shows it."""

    day: date
    pattern: str


@dataclass(frozen=True)
class Formula:
    """A formula cell and the value that the program stored with it."""

    text: str
    value: object


@dataclass(frozen=True)
class Page:
    """A worksheet: its cells from `at`, merged ranges (row, column, row, column) within them, whether one sees it."""

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    at: tuple[int, int] = (0, 0)
    hidden: bool = False


def text(rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx(pages: Mapping[str, Page | Sequence[Sequence[object]]]) -> bytes:
    """A workbook; text cells stay text, numbers are floats as a spreadsheet program stores them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE.replace(tzinfo=None)})
        for name, page in pages.items():
            _page(book, name, page if isinstance(page, Page) else Page(page))
    return out.getvalue()


def _page(book: xlsxwriter.Workbook, name: str, page: Page) -> None:
    sheet = book.add_worksheet(name)
    down, across = page.at
    for r, row in enumerate(page.rows):
        for c, cell in enumerate(row):
            _cell(book, sheet, r + down, c + across, cell)
    for r1, c1, r2, c2 in page.merged:
        sheet.merge_range(r1 + down, c1 + across, r2 + down, c2 + across, page.rows[r1][c1])
    if page.hidden:
        sheet.hide()


def _cell(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, Shown):
        sheet.write_datetime(row, column, cell.day, book.add_format({"num_format": cell.pattern}))
    elif isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, str(cell))


def xls(pages: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of Excel 97–2003."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in pages.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, Shown):
                    sheet.write(r, c, cell.day, xlwt.easyxf(num_format_str=cell.pattern))
                else:
                    sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODS_NAMES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))


def ods(pages: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """An OpenDocument spreadsheet with no more than a reader needs."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>' for name, rows in pages.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES} office:version="1.2">{body}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {names}>{entries}</manifest:manifest>'
    return zipped({"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()})


def _ods_row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, (int, float)):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"' if cell else ""
    shown = f"<text:p>{markup.escape(str(cell))}</text:p>" if cell else ""
    return f"<table:table-cell {kind}>{shown}</table:table-cell>"


def html(rows: Sequence[Sequence[object]], title: str = "", encoding: str = "utf-8", label: str = "utf-8") -> bytes:
    """A page with one table as office systems save it under .xls; `label` is what its head claims of its encoding."""
    above = f'<tr><th colspan="{len(rows[0])}">{title}</th></tr>' if title else ""
    lines = ["".join(f"<td>{markup.escape(str(cell)) or '&nbsp;'}</td>" for cell in row) for row in rows]
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head>'
    table = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f'{head}<body><table border="1">{above}{table}</table></body></html>'.encode(encoding)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            about = zipfile.ZipInfo(name, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content, compresslevel=9)
    return out.getvalue()


def gzipped(content: bytes) -> bytes:
    """A gzip file."""
    return gzip.compress(content, mtime=0)


def replaced(workbook: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A zipped workbook with some of its parts exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | dict(changes))

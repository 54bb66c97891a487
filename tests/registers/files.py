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
    """A date cell, or a day number, and the number format that shows it, a built-in one by its number."""

    day: date | float
    pattern: str | int


@dataclass(frozen=True)
class Formula:
    """A formula cell and the value that the program stored with it."""

    text: str
    value: object


@dataclass(frozen=True)
class Failed:
    """A cell whose formula failed, as the program shows it."""

    shown: str


@dataclass(frozen=True)
class Marked:
    """A text cell in a font of its own."""

    text: str
    font: str


@dataclass(frozen=True)
class Page:
    """A worksheet: its cells from `at`, merged ranges (row, column, row, column) within them, what of it one does not see."""

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    at: tuple[int, int] = (0, 0)
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


Pages = Mapping[str, Page | Sequence[Sequence[object]]]


def page(of: Page | Sequence[Sequence[object]]) -> Page:
    """A worksheet of rows alone."""
    return of if isinstance(of, Page) else Page(of)


def text(rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx(pages: Pages, since_1904: bool = False) -> bytes:
    """A workbook; text cells stay text, numbers are floats as a spreadsheet program stores them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904}) as book:
        book.set_properties({"created": MADE.replace(tzinfo=None)})
        for name, rows in pages.items():
            _page(book, name, page(rows))
    return out.getvalue()


def _page(book: xlsxwriter.Workbook, name: str, page: Page) -> None:
    sheet = book.add_worksheet(name)
    down, across = page.at
    for r, row in enumerate(page.rows):
        for c, cell in enumerate(row):
            _cell(book, sheet, r + down, c + across, cell)
    for r1, c1, r2, c2 in page.merged:
        sheet.merge_range(r1 + down, c1 + across, r2 + down, c2 + across, page.rows[r1][c1])
    for number in page.hidden_rows:
        sheet.set_row(number + down, None, None, {"hidden": True})
    for number in page.hidden_columns:
        sheet.set_column(number + across, number + across, None, None, {"hidden": True})
    if page.hidden:
        sheet.hide()


def _cell(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, Shown):
        write = sheet.write_datetime if isinstance(cell.day, date) else sheet.write_number
        write(row, column, cell.day, book.add_format({"num_format": cell.pattern}))
    elif isinstance(cell, Marked):
        sheet.write_string(row, column, cell.text, book.add_format({"font_name": cell.font}))
    elif isinstance(cell, Failed):
        sheet.write_formula(row, column, "=1/0", None, cell.shown)
    elif isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, str(cell))


def xls(pages: Pages, since_1904: bool = False) -> bytes:
    """A workbook of Excel 97–2003."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    for name, rows in pages.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(page(rows).rows):
            for c, cell in enumerate(row):
                _old_cell(sheet, r, c, cell)
        for number in page(rows).hidden_rows:
            sheet.row(number).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _old_cell(sheet: xlwt.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, Shown):
        sheet.write(row, column, cell.day, xlwt.easyxf(num_format_str=cell.pattern))
    elif isinstance(cell, Marked):
        sheet.write(row, column, cell.text, xlwt.easyxf(f"font: name {cell.font}"))
    elif isinstance(cell, Failed):
        sheet.row(row).set_cell_error(column, {"#N/A": 42, "#REF!": 23}[cell.shown])
    else:
        sheet.write(row, column, cell)


ODS_NAMES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style"))
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(pages: Pages) -> bytes:
    """An OpenDocument spreadsheet with no more than a reader needs."""
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES} {CALC} office:version="1.2">{_ods_body(pages)}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {names}>{entries}</manifest:manifest>'
    return zipped({"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()})


def fods(pages: Pages) -> bytes:
    """The same as one file of XML."""
    kind = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {ODS_NAMES} {CALC} {kind}>{_ods_body(pages)}</office:document>'.encode()


def _ods_body(pages: Pages) -> str:
    fonts = {cell.font for rows in pages.values() for row in page(rows).rows for cell in row if isinstance(cell, Marked)}
    styles = "".join(
        f'<style:style style:name="{font}" style:family="table-cell"><style:text-properties style:font-name="{font}"/></style:style>'
        for font in sorted(fonts)
    )
    tables = "".join(f'<table:table table:name="{name}">{_ods_rows(page(rows))}</table:table>' for name, rows in pages.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return f"<office:automatic-styles>{styles}</office:automatic-styles>{body}"


def _ods_rows(of: Page) -> str:
    spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in of.merged}
    rows = []
    for r, row in enumerate(of.rows):
        unseen = ' table:visibility="filter"' if r in of.hidden_rows else ""
        rows.append(
            f"<table:table-row{unseen}>{''.join(_ods_cell(cell, spans.get((r, c))) for c, cell in enumerate(row))}</table:table-row>"
        )
    return "".join(rows)


def _ods_cell(cell: object, span: tuple[int, int] | None = None) -> str:
    about = f'table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}" ' if span else ""
    shown: object = cell
    if isinstance(cell, date):
        about += f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, (int, float)):
        about += f'office:value-type="float" office:value="{cell}"'
    elif isinstance(cell, Failed):
        about += 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
        shown = cell.shown
    elif isinstance(cell, Formula):
        about += f'table:formula="of:{markup.escape(cell.text)}"'
        shown = cell.value
    elif isinstance(cell, Marked):
        about += f'table:style-name="{cell.font}" office:value-type="string"'
        shown = cell.text
    elif cell:
        about += 'office:value-type="string"'
    words = f"<text:p>{markup.escape(str(shown))}</text:p>" if shown else ""
    return f"<table:table-cell {about}>{words}</table:table-cell>"


def spreadsheet_xml(pages: Pages) -> bytes:
    """A workbook in Excel's XML of 2003."""
    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{_xml_rows(page(rows))}</Table></Worksheet>' for name, rows in pages.items()
    )
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {names}>{sheets}</Workbook>'.encode()


def _xml_rows(of: Page) -> str:
    rows = []
    for r, row in enumerate(of.rows):
        cells = "".join(_xml_cell(cell, c) for c, cell in enumerate(row) if cell != "")
        unseen = ' ss:Hidden="1"' if r in of.hidden_rows else ""
        rows.append(f'<Row ss:Index="{r + 1}"{unseen}>{cells}</Row>')
    return "".join(rows)


def _xml_cell(cell: object, column: int) -> str:
    kinds = {date: "DateTime", float: "Number", int: "Number", Failed: "Error"}
    kind = kinds.get(type(cell), "String")
    said = f"{cell.isoformat()}T00:00:00.000" if isinstance(cell, date) else cell.shown if isinstance(cell, Failed) else cell
    return f'<Cell ss:Index="{column + 1}"><Data ss:Type="{kind}">{markup.escape(str(said))}</Data></Cell>'


def html(of: Page | Sequence[Sequence[object]], title: str = "", encoding: str = "utf-8", label: str = "utf-8") -> bytes:
    """A page with one table as office systems save it under .xls; `label` is what its head claims of its encoding."""
    rows, hidden = page(of).rows, page(of).hidden_rows
    above = f'<tr><th colspan="{len(rows[0])}">{title}</th></tr>' if title else ""
    lines = ["".join(f"<td>{markup.escape(str(cell)) or '&nbsp;'}</td>" for cell in row) for row in rows]
    unseen = [' style="height:0; display: none"' if number in hidden else "" for number in range(len(lines))]
    return html_rows(
        above + "".join(f"<tr{style}>{line}</tr>\n" for style, line in zip(unseen, lines, strict=True)), encoding, label
    )


def html_rows(rows: str, encoding: str = "utf-8", label: str = "utf-8") -> bytes:
    """A page with one table of these rows."""
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head>'
    return f'{head}<body><table border="1">{rows}</table></body></html>'.encode(encoding)


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

"""What an OpenDocument spreadsheet says beside values: errors, formulas without a value, merged cells, hidden and filtered rows.

The whole of its content is parsed once more, and only where a search through its bytes shows that there is something.
"""

import zipfile
from xml.parsers.expat import ExpatError

from etl.files.cell_marks import ERROR, FONT, FORMULA, MARKS, Said
from etl.files.symbol_fonts import is_symbols
from etl.files.xml_parts import Doctype, bare, parse, pieces

SOUGHT = (b'visibility="', b"formula=", b"-spanned=", b"value-type", b"ingdings", b"ebdings", b"1904-01-01")
ROWS = 1 << 20  # of a sheet
COLUMNS = 1 << 14
CELLS = {"table-cell", "covered-table-cell"}
HIDDEN = {"collapse", "filter"}
WRONG = ("#", "Err:")  # how a cell shows that its formula failed


def said(archive: zipfile.ZipFile) -> dict[str, Said]:
    """Sheet -> what is said of it; nothing where the content cannot be parsed, which the reading of values tells."""
    with archive.open("content.xml") as stream:
        if not any(word in piece for piece in pieces(stream) for word in SOUGHT):
            return {}
    reader = _Reader()
    try:
        with archive.open("content.xml") as stream:
            parse(pieces(stream), reader.start, reader.end, reader.text)
    except (ExpatError, Doctype, ValueError, zipfile.BadZipFile):
        pass
    return reader.sheets


class _Reader:
    """Handlers for the elements of content.xml."""

    def __init__(self) -> None:
        self.sheets: dict[str, Said] = {}
        self._now = Said()
        self._fonts: dict[str, str] = {}  # style -> font of pictures
        self._style = ""
        self._since_1904 = False
        self._row = self._column = self._rows = self._columns = self._marks = 0
        self._cell: dict[str, str] = {}
        self._words = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a column or a cell begins."""
        a = {bare(key): value for key, value in attributes.items()}
        if name == "style":
            self._style = a.get("name", "")
        elif name == "text-properties" and is_symbols(font := a.get("font-name", a.get("font-family", "")).strip("'")):
            self._fonts[self._style] = font
        elif name == "table":
            self._now = self.sheets.setdefault(a.get("name", ""), Said(since_1904=self._since_1904))
            self._row = self._column = self._rows = self._columns = 0
        elif name == "null-date":
            self._since_1904 = a.get("date-value") == "1904-01-01"
        elif name == "table-column":
            many = min(int(a.get("number-columns-repeated", 1)), COLUMNS)
            if a.get("visibility") in HIDDEN:
                self._now.hidden_columns |= set(range(self._column, self._column + many))
            self._column += many
        elif name == "table-row":
            self._rows, self._column = int(a.get("number-rows-repeated", 1)), 0
            if a.get("visibility") in HIDDEN:
                self._now.hidden_rows |= set(range(self._row, self._row + min(self._rows, ROWS)))
        elif name in CELLS:
            self._columns, self._cell, self._words = int(a.get("number-columns-repeated", 1)), a, ""

    def text(self, letters: str) -> None:
        """What a cell shows."""
        self._words += letters

    def end(self, name: str) -> None:
        """A row or a cell is whole."""
        if name == "table-row":
            self._row += self._rows
        elif name in CELLS:
            self._tell()
            self._column += self._columns

    def _tell(self) -> None:
        a, words = self._cell, self._words.strip()
        tall, wide = int(a.get("number-rows-spanned", 1)), int(a.get("number-columns-spanned", 1))
        if tall > 1 or wide > 1:
            end = (self._row + min(tall, ROWS) - 1, self._column + min(wide, COLUMNS) - 1)
            self._now.merged.append(((self._row, self._column), end))
        mark: tuple[str, ...] = ()
        if a.get("value-type") == "error" or ("formula" in a and words.startswith(WRONG)):
            mark = (ERROR, words or "#N/A")
        elif "formula" in a and "value-type" not in a and not words:
            mark = (FORMULA,)
        elif a.get("style-name") in self._fonts:
            mark = (FONT, self._fonts[a["style-name"]])
        if mark:
            for row in range(self._row, self._row + min(self._rows, ROWS)):
                for column in range(self._column, self._column + min(self._columns, COLUMNS)):
                    self._now.mark(row, column, *mark)
                    self._marks += 1
                    if self._marks > MARKS:
                        raise SystemExit("too_large|marks")

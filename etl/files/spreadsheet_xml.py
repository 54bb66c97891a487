"""Excel's XML Spreadsheet 2003 as pages of cells: systems of offices still save one and call it .xls.

Source of its elements: Microsoft, XML Spreadsheet Reference (2003).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.files.cell_marks import ERROR, FORMULA, Said
from etl.files.xml_parts import bare, parse

COLUMNS = 2000  # of a row; what comes behind is no register's
ROWS = 1 << 20
NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"


@dataclass
class Page:
    """One worksheet: its cells as text, and what is said beside them."""

    name: str
    hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    said: Said = field(default_factory=Said)


def pages(content: Iterable[bytes]) -> list[Page]:
    """Every worksheet. Raises ExpatError, Doctype, and ValueError beyond the limits."""
    reader = _Reader()
    parse(content, reader.start, reader.end, reader.text)
    return reader.pages


class _Reader:
    """Handlers for the elements of the workbook."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._column = 0
        self._words: list[str] | None = None
        self._type = ""
        self._cell: dict[str, str] = {}
        self._has_value = self._since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A worksheet, a row or a cell begins."""
        a = {bare(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self.pages.append(Page(a.get("Name", ""), said=Said(since_1904=self._since_1904)))
        elif name == "Date1904":
            self._since_1904 = True
        elif name == "Visible":
            self._words = []
        elif name == "Column" and a.get("Hidden") == "1":
            first = int(a.get("Index", 1)) - 1
            self.pages[-1].said.hidden_columns |= set(range(first, first + 1 + min(int(a.get("Span", 0)), COLUMNS)))
        elif name == "Row":
            self._row(int(a.get("Index", len(self.pages[-1].rows) + 1)), a.get("Hidden") == "1")
        elif name == "Cell":
            self._column = int(a["Index"]) - 1 if "Index" in a else self._column
            self._cell, self._has_value = a, False
            if self._column >= COLUMNS:
                raise ValueError("too many columns")
        elif name == "Data":
            self._type, self._words = a.get("Type", ""), []

    def _row(self, number: int, hidden: bool) -> None:
        page = self.pages[-1]
        if number > ROWS:
            raise ValueError("too many rows")
        page.rows += [[] for _ in range(number - len(page.rows))]
        self._column = 0
        if hidden:
            page.said.hidden_rows.add(number - 1)

    def text(self, letters: str) -> None:
        """What stands in a cell."""
        if self._words is not None:
            self._words.append(letters)

    def end(self, name: str) -> None:
        """A value or a cell is whole."""
        if name == "Data":
            self._value("".join(self._words or []))
        elif name == "Visible" and self.pages:
            self.pages[-1].hidden = "".join(self._words or []).strip() in ("SheetHidden", "SheetVeryHidden")
        elif name == "Cell":
            self._end_of_cell()
        if name in ("Data", "Visible"):
            self._words = None

    def _value(self, words: str) -> None:
        page = self.pages[-1]
        self._has_value = True
        if self._type == "Error":
            page.said.mark(len(page.rows) - 1, self._column, ERROR, words)
            words = ""
        elif self._type == "DateTime":
            words = words.partition("T")[0] if words.endswith("T00:00:00.000") else words.replace("T", " ").removesuffix(".000")
        row = page.rows[-1]
        row += [""] * (self._column + 1 - len(row))
        row[self._column] = words

    def _end_of_cell(self) -> None:
        page, at = self.pages[-1], len(self.pages[-1].rows) - 1
        if "Formula" in self._cell and not self._has_value:
            page.said.mark(at, self._column, FORMULA)
        wide, tall = (min(int(self._cell.get(key, 0)), COLUMNS) for key in ("MergeAcross", "MergeDown"))
        if wide or tall:
            page.said.merged.append(((at, self._column), (at + tall, self._column + wide)))
        self._column += 1 + wide

"""What the sheets of an XLSX say beside values: only rows whose bytes show that there is something are parsed.

A search through the unpacked bytes costs a quarter of what the library takes to read the values; a sheet without errors, formulas,
hidden rows and marking styles costs no more than that.
"""

import re
import zipfile
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from etl.files.cell_marks import ERROR, FORMULA, MARKS, TEXT, Said
from etl.files.xlsx_styles import Book
from etl.files.xml_parts import PIECE, Doctype, parse, pieces

ROW_BYTES = 16 << 20  # a row that is longer is of no register
STYLES_SOUGHT = 16  # words; more of them are not sought: every row is looked at
NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
HIDDEN = re.compile(rb"""\shidden=["'](?:1|true|on)["']""")
HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
SPAN = re.compile(rb"""\s(min|max)=["'](\d+)["']""")
NO_VALUE = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)(?!<(?:\w+:)?v>[^<])")  # a formula with no value behind it
ROWS = re.compile(rb"<((?:\w+:)?)sheetData")


def said(archive: zipfile.ZipFile, sheet: str, about: Book) -> Said:
    """All that is said of one sheet; nothing where the part cannot be found or its XML is odd, which the reading of values tells."""
    found = Said(since_1904=about.since_1904)
    part = about.parts.get(sheet, "")
    try:
        with archive.open(part) as stream:
            evident = _evident(stream, about)
        if evident:
            with archive.open(part) as stream:
                _Rows(found, about).read(stream)
    except (KeyError, ValueError, ExpatError, Doctype, zipfile.BadZipFile, EOFError):
        pass
    return found


def _evident(stream: object, about: Book) -> bool:
    """Whether any byte of a sheet tells of something; a piece is searched with the end of the one before."""
    sought = [b"hidden=", b't="e"', b"<f", *(b's="%s"' % number.encode() for number in about.styles)]
    if len(sought) > STYLES_SOUGHT or about.strings:
        return True
    before = b""
    for piece in pieces(stream):
        begins = before + piece[:64]
        if (not before and _odd(piece)) or any(word in piece or word in begins for word in sought):
            return True
        before = piece[-64:]
    return False


def _odd(piece: bytes) -> bool:
    """Whether a sheet is not spelled as the common programs do: with a prefix, or with single quotation marks."""
    named = ROWS.search(piece)
    return bool(named and named[1]) or b"='" in piece


class _Rows:
    """One pass over a sheet that has something to say."""

    def __init__(self, found: Said, about: Book) -> None:
        self.found, self.about = found, about
        self.noughts: list[tuple[int, int]] = []  # formulas of which a nought is stored
        self.counted = False  # whether any formula of the sheet has a value that somebody calculated
        styles = "|".join(about.styles) or "-"
        self.telling = re.compile(rb"""\st=["']e["']|<(?:\w+:)?f[\s>/]|\ss=["'](?:%s)["']""" % styles.encode())
        self.marks = 0

    def read(self, stream: object) -> None:
        """Rows as bytes, each parsed only where it tells of something."""
        begin = stream.read(PIECE)  # type: ignore[attr-defined]
        prefix = named[1] if (named := ROWS.search(begin)) else b""
        number = -1
        for at, segment in enumerate(_segments(begin, stream, b"<" + prefix + b"row")):
            if at == 0:
                self._columns(segment)
            elif segment[:1] in b" \t\r\n>/":
                tag = segment[: segment.find(b">") + 1]
                number = int(own[1]) - 1 if (own := NUMBER.search(tag)) else number + 1
                if HIDDEN.search(tag):
                    self.found.hidden_rows.add(number)
                if (self.about.strings or self.telling.search(segment)) and self._tells(segment):
                    self._row(number, segment, prefix)
        if self.about.counts_anew and self.noughts and not self.counted:
            for row, column in self.noughts:
                self.found.mark(row, column, FORMULA)

    def _tells(self, segment: bytes) -> bool:
        """Whether a row is worth parsing: formulas that all have their values are not, unless a nought may be none."""
        plain = b"<f" in segment and not (self.about.styles or self.about.strings or self.about.counts_anew)
        return not plain or bool(NO_VALUE.search(segment)) or b'"e"' in segment or b"'e'" in segment

    def _columns(self, head: bytes) -> None:
        for column in HIDDEN_COLUMNS.findall(head):
            if HIDDEN.search(column):
                span = {name: int(value) for name, value in SPAN.findall(column)}
                first, last = span.get(b"min", 1), span.get(b"max", 1)
                self.found.hidden_columns |= set(range(first - 1, min(last, first + 2000)))

    def _row(self, number: int, segment: bytes, prefix: bytes) -> None:
        end = b"</" + prefix + b"row>"
        if end not in segment:
            return
        cells = _Cells(self, number)
        parse([b"<" + prefix + b"row" + segment[: segment.find(end) + len(end)]], cells.start, cells.end, cells.text)
        self.marks += len(self.found.marks.get(number, ()))
        if self.marks > MARKS:
            raise SystemExit("too_large|marks")


class _Cells:
    """Handlers for the cells of one row."""

    def __init__(self, rows: _Rows, row: int) -> None:
        self.rows, self.row, self.column = rows, row, -1
        self.style = self.type = self.value = ""
        self.formula = self.has_value = False
        self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A cell, its formula or its value begins."""
        self.inside = name
        if name == "c":
            self.column = column_of(attributes["r"]) if "r" in attributes else self.column + 1
            self.style, self.type, self.value = attributes.get("s", ""), attributes.get("t", ""), ""
            self.formula = self.has_value = False
        elif name == "f":
            self.formula = True
        elif name == "v":
            self.has_value = True

    def text(self, letters: str) -> None:
        """What stands in the value."""
        if self.inside == "v":
            self.value += letters

    def end(self, name: str) -> None:
        """A cell is whole: say what is to be said of it."""
        self.inside = ""
        if name != "c":
            return
        mark = self.rows.found.mark
        about = self.rows.about
        value = self.value.strip()
        if self.type == "e":
            mark(self.row, self.column, ERROR, value or "#N/A")
        elif self.formula and not value and not (self.type == "str" and self.has_value):
            mark(self.row, self.column, FORMULA)
        elif self.type == "s" and value in about.strings:
            mark(self.row, self.column, TEXT, about.strings[value])
        elif self.style in about.styles and (value or self.type == "inlineStr"):
            mark(self.row, self.column, *about.styles[self.style])
        if self.formula and value:
            if self.type in ("", "n") and value in ("0", "0.0"):
                self.rows.noughts.append((self.row, self.column))
            else:
                self.rows.counted = True


def column_of(reference: str) -> int:
    """The column of a cell reference, from 0: B7 is 1."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


def _segments(begin: bytes, stream: object, tag: bytes) -> Iterator[bytes]:
    """What stands before the first row, then each row from behind its `<row`."""
    left = begin
    while True:
        *whole, left = left.split(tag)
        yield from whole
        if len(left) > ROW_BYTES:
            raise ValueError("a row of no register")
        piece = stream.read(PIECE)  # type: ignore[attr-defined]
        if not piece:
            yield left
            return
        left += piece

"""What an old workbook (BIFF8, .xls) says beside values: errors, hidden rows and columns, fonts and formats, the date system.

It does not tell a formula that was never calculated from one that came to 0: each has a number stored. One whose number is 0 and
that asks to be calculated when the workbook is opened is taken for the former.
Source of the records: [MS-XLS] 2.4.
"""

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from etl.files.cell_marks import ERROR, FONT, FORMAT, FORMULA, MARKS, Mark, Said
from etl.files.number_formats import DATE, shows, unseen
from etl.files.symbol_fonts import is_symbols

BOF, DATEMODE, FONT_RECORD, FORMAT_RECORD, XF, SHEET = 0x809, 0x22, 0x31, 0x41E, 0xE0, 0x85
ROW, COLUMNS, FORMULA_RECORD, BOOLERR, LABELS, NUMBERS, MULTIPLE = (
    0x208,
    0x7D,
    0x06,
    0x205,
    (0xFD, 0x204, 0xD6),
    (0x203, 0x27E),
    0xBD,
)
CELLS = (FORMULA_RECORD, BOOLERR, *LABELS, *NUMBERS)
CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
HIDDEN_ROW, HIDDEN_COLUMN, ASKS_TO_BE_CALCULATED = 0x20, 0x01, 0x02
HALF = 0xFFFF  # in the last two bytes of a formula's value: it is no number, the first byte says what
FILEPASS, EARLY, PIECE = 0x2F, 10, 1 << 16  # the record stands among the first few


def said(path: Path) -> dict[str, Said]:
    """Sheet -> what is said of it; nothing of older kinds of workbooks, and of one that is damaged what comes before the damage."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            data = file.openstream("Workbook").read()
    except (OSError, ValueError, IndexError, AttributeError):
        return {}
    reader = _Reader()
    try:
        for at, kind, body in _records(data):
            reader.record(at, kind, body)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        pass
    return reader.sheets


def has_password(path: Path) -> bool:
    """Whether an old workbook is locked: its second record says so."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            begin = file.openstream("Workbook" if file.exists("Workbook") else "Book").read(PIECE)
    except (OSError, ValueError, IndexError, AttributeError):
        return False
    return any(kind == FILEPASS for _, kind, _ in itertools.islice(_records(begin), EARLY))


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield at, kind, data[at + 4 : at + 4 + size]
        at += 4 + size


class _Reader:
    """The workbook's own records come first, then those of each sheet."""

    def __init__(self) -> None:
        self.sheets: dict[str, Said] = {}
        self._begins: dict[int, str] = {}
        self._fonts: list[str] = []
        self._codes: dict[int, str] = {}
        self._styles: dict[int, Mark] = {}
        self._number = self._marks = 0
        self._since_1904 = False
        self._now: Said | None = None

    def record(self, at: int, kind: int, body: bytes) -> None:
        """Take one record."""
        if kind == BOF and at in self._begins:
            self._now = self.sheets[self._begins[at]] = Said(since_1904=self._since_1904)
        elif self._now is None:
            self._of_workbook(kind, body)
        elif kind == ROW:
            if struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
                self._now.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & HIDDEN_COLUMN:
                self._now.hidden_columns |= set(range(first, min(last, 255) + 1))
        elif kind == MULTIPLE and self._styles:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                self._styled(row, first + place, struct.unpack_from("<H", body, 4 + 6 * place)[0])
        elif kind in CELLS:
            self._cell(kind, body)

    def _of_workbook(self, kind: int, body: bytes) -> None:
        if kind == DATEMODE:
            self._since_1904 = struct.unpack_from("<H", body)[0] == 1
        elif kind == FONT_RECORD:
            self._fonts.append(_text(body[14:], body[14]))
        elif kind == FORMAT_RECORD:
            number, length = struct.unpack_from("<HH", body)
            self._codes[number] = _text(body[3:], length)
        elif kind == XF:
            self._style(*struct.unpack_from("<HH", body))
        elif kind == SHEET:
            self._begins[struct.unpack_from("<I", body)[0]] = _text(body[6:], body[6])

    def _style(self, font: int, number: int) -> None:
        named = self._fonts[font - (font > 3)] if font - (font > 3) < len(self._fonts) else ""  # there is no font 4
        code = self._codes.get(number, "")
        if is_symbols(named):
            self._styles[self._number] = (FONT, named)
        elif (shown := shows(number, code)) and (shown != DATE or unseen(number, code)):
            self._styles[self._number] = (FORMAT, shown)
        self._number += 1

    def _cell(self, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        assert self._now is not None
        if kind == BOOLERR and body[7]:
            self._now.mark(row, column, ERROR, CODES.get(body[6], "#N/A"))
        elif kind == FORMULA_RECORD and struct.unpack_from("<H", body, 12)[0] == HALF and body[6] == 2:
            self._now.mark(row, column, ERROR, CODES.get(body[8], "#N/A"))
        elif (
            kind == FORMULA_RECORD and body[6:14] == bytes(8) and struct.unpack_from("<H", body, 14)[0] & ASKS_TO_BE_CALCULATED
        ):
            self._now.mark(row, column, FORMULA)
        elif self._styles:
            self._styled(row, column, style)

    def _styled(self, row: int, column: int, style: int) -> None:
        if style in self._styles and self._now is not None:
            self._now.mark(row, column, *self._styles[style])
            self._marks += 1
            if self._marks > MARKS:
                raise SystemExit("too_large|marks")


def _text(body: bytes, length: int) -> str:
    """A text behind the byte that says whether each letter takes one byte or two."""
    wide = body[1] & 1
    return body[2 : 2 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")

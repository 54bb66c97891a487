"""Bytes that no register is, or that would break a careless reader; the same bytes each time."""

import io
import struct
import zipfile
from functools import cache

from tests.registers.case import households
from tests.registers.files import replaced, xls, xlsx, zipped

BLOCK = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CLOSE = b"</worksheet>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook() -> bytes:
    """A workbook with nothing wrong in it."""
    return xlsx({"ครัวเรือน": households("DAM")})


def with_sheet(content: bytes) -> bytes:
    """That workbook with another first sheet."""
    return replaced(workbook(), {SHEET: OPEN + content + CLOSE})


def cell(place: str, words: str) -> bytes:
    """A text cell of a sheet."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'.encode()


def rows(first: int = 1) -> bytes:
    """Two good records as a sheet's rows, from row `first`."""
    out = [
        f'<row r="{n}">'.encode() + b"".join(cell(f"{'ABCD'[i]}{n}", str(c)) for i, c in enumerate(row)) + b"</row>"
        for n, row in enumerate(households("MIL"), first)
    ]
    return b"".join(out)


def far_cell() -> bytes:
    """Some 4 kB that claim 16,384 columns times 1,048,576 rows."""
    return with_sheet(b"<sheetData>" + rows() + b'<row r="1048576">' + cell("XFD1048576", "x") + b"</row></sheetData>")


def empty_rows() -> bytes:
    """A million rows that somebody coloured and never filled in."""
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, 1_000_001))
    return with_sheet(b"<sheetData>" + rows() + empty + b"</sheetData>")


@cache
def big_sheet() -> bytes:
    """A sheet of 240 MB in less than one."""
    return with_sheet(b"<sheetData>" + b" " * (240 * BLOCK) + b"</sheetData>")


def lying_sheet() -> bytes:
    """The same, and its archive says that it unpacks to a thousand bytes."""
    whole = bytearray(big_sheet())
    size = struct.pack("<I", len(OPEN) + len(CLOSE) + 240 * BLOCK + len(b"<sheetData></sheetData>"))
    return bytes(whole.replace(size, struct.pack("<I", 1000)))


def bomb_zip() -> bytes:
    """A register of 46 MB of one line in some 100 kB."""
    return zipped({"ครัวเรือน.csv": b"\n".join([b"2565,A,34210601,tpmap"] * (2 * BLOCK))})


def many_files() -> bytes:
    """An archive of more files than any office has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1001):
            archive.writestr(zipfile.ZipInfo(f"{number}.csv", (1980, 1, 1, 0, 0, 0)), b"x")
    return out.getvalue()


def encrypted() -> bytes:
    """The compound file in which Excel keeps a workbook with a password: its directory names an encrypted package."""
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff" * 500
    entries = b"".join(
        _entry(name, kind) for name, kind in (("Root Entry", 5), ("EncryptionInfo", 2), ("EncryptedPackage", 2), ("", 0))
    )
    return header + table + entries


def _entry(name: str, kind: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + b"\xff" * 12 + bytes(48)


def old_encrypted() -> bytes:
    """An old workbook whose second record says that it has a password: four that are of no interest are made into it."""
    whole = xls({"ก": households("OLD")})
    begin = whole.index(bytes.fromhex("e1000200b004"))
    length = 6 + 6 + 4 + 116
    return whole[:begin] + struct.pack("<HH", 0x2F, length - 4) + b"\1\0" * 6 + whole[begin + 16 :]


def compound(stream: str) -> bytes:
    """A compound file with one stream of that name."""
    return encrypted().replace("EncryptedPackage".encode("utf-16-le"), stream.ljust(16, "\0").encode("utf-16-le"))


def with_text(words: str, raw: str, rows: list[list[object]]) -> bytes:
    """A workbook in whose shared texts one is exchanged for what another program wrote there."""
    book = xlsx({"ก": rows})
    part = "xl/sharedStrings.xml"
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        content = archive.read(part).decode()
    return replaced(book, {part: content.replace(f"<t>{words}</t>", f"<t>{raw}</t>").encode()})

"""Which letters the typeface can draw: one that it lacks would end a PDF/A, and a name must not keep a paper from being made."""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun

FONTS = Path(fontpkg_sarabun.ROOT) / "files"
LACKING = "◊"  # stands for a letter without a picture
SEGMENTS = 14  # bytes before the tables of a cmap of format 4


@cache
def drawn() -> frozenset[int]:
    """The code points of Sarabun, read from the table `cmap` (format 4) of its regular face."""
    data = (FONTS / "Sarabun-Regular.ttf").read_bytes()
    table = _cmap(data)
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, table + SEGMENTS)
    starts = struct.unpack_from(f">{count}H", data, table + SEGMENTS + 2 + 2 * count)
    return frozenset(code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1) if code < 0xFFFF)


def _cmap(data: bytes) -> int:
    """Where the subtable for Windows and Unicode begins."""
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    subtables = (struct.unpack_from(">HHL", data, cmap + 4 + 8 * n) for n in range(count))
    return next(cmap + offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 1))


def drawable(words: Any) -> Any:
    """Facts with every letter that cannot be drawn shown as lacking, never left out in silence; line ends stay."""
    if isinstance(words, str):
        known = drawn()
        return "".join(c if ord(c) in known or c == "\n" else _instead(c) for c in unicodedata.normalize("NFC", words))
    if isinstance(words, dict):
        return {name: drawable(value) for name, value in words.items()}
    return [drawable(one) for one in words] if isinstance(words, list) else words


def _instead(letter: str) -> str:
    """What has no width is left out; a blank is a blank; anything else is shown as lacking."""
    return "" if letter in "\u200b\u200c\u200d\u2060\ufeff\u00ad" else " " if letter.isspace() else LACKING

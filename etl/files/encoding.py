"""Detect the encoding of a text file (UTF-8, UTF-16, Windows-874) from its bytes and never from a label."""

import codecs
import re
from pathlib import Path

from etl.files.filetype import HEAD, Unreadable

UNWRITTEN = re.compile(r"[\x00-\x08\x0e-\x1f]")  # characters that nobody writes
THAI_IN_UTF8 = re.compile(rb"\xe0[\xb8-\xb9][\x80-\xbf]")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding(path: Path, whole: bool = False) -> str:
    """The name of Python's codec; only the first bytes are looked at unless `whole`.

    Raises Unreadable for bytes that are no text, and for UTF-8 with a broken byte: in Windows-874 every broken byte would
    be some Thai letter, and a name would be wrong without anybody being told.
    """
    with open(path, "rb") as file:
        head = file.read(-1 if whole else HEAD)
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _without_mark(head)
    broken = _broken(head, whole)
    if broken is None:
        return "utf-8"
    if not whole and len(head) == HEAD:
        return encoding(path, whole=True)
    return _thai_windows(head, broken)


def _broken(data: bytes, whole: bool) -> int | None:
    """Where UTF-8 breaks; a character cut at the end of the looked-at bytes is not broken."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError as fault:
        return fault.start
    return None


def _without_mark(head: bytes) -> str:
    """UTF-16 without its mark has a nought in every other byte of its digits and commas."""
    low, high = head[::2].count(0), head[1::2].count(0)
    if max(low, high) < len(head) / 20 or min(low, high) > max(low, high) / 10:
        raise Unreadable("no_text")
    codec = "utf-16-le" if high > low else "utf-16-be"
    if UNWRITTEN.search(head.decode(codec, errors="ignore")):
        raise Unreadable("no_text")
    return codec


def _thai_windows(data: bytes, broken: int) -> str:
    beyond_ascii = sum(byte > 127 for byte in data)
    if 3 * len(THAI_IN_UTF8.findall(data)) > beyond_ascii / 2:  # in Windows-874 these bytes in a row are no Thai word
        raise Unreadable("broken_letter", f"{broken + 1:,} (UTF-8)")
    try:
        data.decode("cp874")
    except UnicodeDecodeError as fault:
        raise Unreadable("broken_letter", f"{broken + 1:,} (UTF-8), {fault.start + 1:,} (Windows-874)") from fault
    return "cp874"

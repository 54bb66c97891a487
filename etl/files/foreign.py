"""What the first bytes of a file that is no register say it is, whatever its name says."""

import re

BEGINS = {
    b"%PDF": "PDF",
    b"%!PS": "PostScript",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\xfd7zXZ": "XZ",
    b"BZh": "BZ2",
    b"MZ": "EXE",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    b"\x00\x01\x00\x00Standard ": "Access",
    b"$FL2": "SPSS",
    b"PAR1": "Parquet",
    b"ID;P": "SYLK",
    b"TABLE\r\n0,1": "DIF",
    b"\x09\x00\x04\x00": "Excel 2",  # a workbook before Excel 5: no compound file, and no library reads it
    b"\x09\x02\x06\x00": "Excel 3",
    b"\x09\x04\x06\x00": "Excel 4",
}
WITHIN = {(4, b"ftypheic"): "HEIC", (4, b"ftypmif1"): "HEIC", (4, b"ftyp"): "MP4", (8, b"WEBP"): "WEBP", (257, b"ustar"): "TAR"}
STREAMS = {
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
}  # of a compound file
DBASE = (0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5)  # versions
MARK = rb"^(?:\xef\xbb\xbf)?\s*"
WEB_ARCHIVE = re.compile(
    MARK + rb"(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}(?:MIME-Version:|Content-Type:\s*multipart/related)", re.I
)
SHORTCUT = re.compile(
    MARK + rb'(?:\[InternetShortcut\]|\{[^{}]{0,2000}"(?:url|doc_id|resource_id)"\s*:[^{}]{0,2000}\}\s*$)', re.I
)
WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def foreign(head: bytes) -> str:
    """Its name, as an officer may know it; "" for what may be a register."""
    begun = (name for begins, name in BEGINS.items() if head.startswith(begins))
    within = (name for (at, word), name in WITHIN.items() if head[at : at + len(word)] == word)
    return next(begun, "") or next(within, "") or ("DBF" if _is_dbase(head) else "")


def _is_dbase(head: bytes) -> bool:
    """A table of dBase has no word to know it by: a version, a day, and how long its head is, which ends so."""
    if len(head) < 33 or head[0] not in DBASE or b"\0" not in head[12:32] or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    length = int.from_bytes(head[8:10], "little")
    return 32 < length <= len(head) and head[length - 1] == 0x0D


def of_compound(directory: bytes) -> str:
    """What an old compound file is that is no workbook, by the names of its streams; "" for a workbook."""
    if any(name.encode("utf-16-le") in directory for name in ("Workbook\0", "Book\0")):
        return ""
    return next((kind for name, kind in STREAMS.items() if name.encode("utf-16-le") in directory), "")


def reason(head: bytes) -> str:
    """The reason of unreadable.csv of a text file that only stands for a table elsewhere; "" for any other."""
    text = head.decode(WIDE_MARKS[head[:2]], errors="ignore").encode() if head[:2] in WIDE_MARKS else head
    if WEB_ARCHIVE.match(text):
        return "web_archive"
    return "shortcut" if SHORTCUT.match(text) else ""

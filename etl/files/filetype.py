"""Detect the type of a file from its bytes and never from its name; unpack archives and folders within limits."""

import gzip
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import definitions
from etl.files import foreign
from etl.files.repacked import FLAT, plain
from etl.files.spreadsheet_xml import NAMESPACE

KINDS = {"text", "workbook", "html", "xml", "flat", "gzip", "zip", "outlines", "other"}
OUTLINES = (".shp", ".geojson", ".json", ".gpkg")
HEAD = 1 << 16  # bytes that tell what a file is
UNPACKED = 16 << 30  # bytes that all files of one archive may unpack to: twice the nation's registers
RATIO = 200  # unpacked to packed: a register of text packs to a tenth, a bomb to a thousandth
MEMBERS = 1000  # files in one archive
HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<table|<meta|<head|<style|<body|<div)",
    re.I | re.S,
)
LITTER = {"thumbs.db", "desktop.ini", "icon\r"}
IWORK = re.compile(r"(^|/)Index(\.zip|/.*\.iwa)$")  # Apple's Numbers, Pages and Keynote
MANIFEST = "META-INF/manifest.xml"
OPEN = {"opendocument.text": "OpenDocument Text", "opendocument.presentation": "OpenDocument Presentation"}
REASONS = {row["reason"] for row in definitions.table("unreadable")}


class Unreadable(Exception):
    """The file cannot be read at all: a reason of definitions/unreadable.csv, its detail, and the file where others are read
    at the same time. A process of its own ends with `reason|detail` as its last words."""

    def __init__(self, reason: str, detail: object = "", file: str = "") -> None:
        super().__init__(f"{reason}|{detail}")
        self.reason, self.detail, self.file = reason, str(detail)[:200], file

    @classmethod
    def of_last_words(cls, output: str) -> "Unreadable":
        """What a process that ended badly said; a library's own words are the detail of a damaged file."""
        reason, bar, detail = output.strip().rpartition("\n")[2].partition("|")
        return cls(reason, detail) if bar and reason in REASONS else cls("damaged", reason + bar + detail)


def kind(path: Path) -> str:
    """One of KINDS, by the first bytes; raises Unreadable for what is certainly no register, with what it is."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if name := foreign.foreign(head):
        raise Unreadable("other_kind", name)
    if head.startswith((b"PK\x05\x06", b"PK\x03\x04")):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(path)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if reason := foreign.reason(head):
        raise Unreadable(reason)
    return _markup(head)


def _compound(path: Path) -> str:
    with open(path, "rb") as file:  # the directory of an old workbook may lie anywhere in it
        content = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("password")
    if name := foreign.of_compound(content):
        raise Unreadable("other_kind", name)
    return "workbook"


def _markup(head: bytes) -> str:
    """The kind of a file that is text of some sort, by the elements that it begins with."""
    if HTML.match(head):
        return "html"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        if NAMESPACE in head:
            return "xml"
        if b"<" + FLAT.encode() in head and b"opendocument.spreadsheet" in head:
            return "flat"
        raise Unreadable("other_kind", "XML")
    return "text"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [plain(name) for name in archive.namelist()]
            office = archive.read("mimetype")[:100].decode(errors="replace") if "mimetype" in names else ""
            locked = MANIFEST in names and b"encryption-data" in archive.read(MANIFEST)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, KeyError, NotImplementedError) as fault:
        raise Unreadable("damaged", fault) from fault
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if "content.xml" in names:
        if other := next((said for word, said in OPEN.items() if word in office), ""):
            raise Unreadable("other_kind", other)
        if locked:
            raise Unreadable("password")
        return "workbook"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Unreadable("other_kind", "Word" if any(name.startswith("word/") for name in names) else "PowerPoint")
    if any(IWORK.search(name) for name in names):
        raise Unreadable("numbers")
    return "outlines" if any(name.lower().endswith(OUTLINES) for name in names) else "zip"


def sheet_sizes(path: Path) -> list[int]:
    """Bytes of each sheet of a zipped workbook, unpacked, as its archive says; none of any other file."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        return [part.file_size for part in archive.infolist() if plain(part.filename).startswith("xl/worksheets/sheet")]


def plain_files(paths: Iterable[Path], work: Path) -> Iterator[tuple[str, Path]]:
    """(what the officer calls it, where its bytes lie) of every file: folders listed, archives unpacked into `work`.

    Raises Unreadable, with the file's name, for an archive that is damaged or beyond the limits.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_litter(p.name))
            yield from plain_files(inside, work)
            continue
        try:
            packed = kind(path)
        except Unreadable:  # said once, by who reads it
            packed = "other"
        if packed == "gzip":
            yield re.sub(r"\.gz$", "", path.name, flags=re.I), _gunzipped(path, work)
        elif packed == "zip":
            yield from _unzipped(path, work)
        else:
            yield path.name, path


def _is_litter(name: str) -> bool:
    """What systems leave beside files: hidden files, locks of open workbooks, small pictures."""
    *folders, own = plain(name).split("/")
    return (
        own.startswith((".", "~$")) or own.lower() in LITTER or "__MACOSX" in folders or any(f.startswith(".") for f in folders)
    )


def _gunzipped(path: Path, work: Path) -> Path:
    out = work / f"{path.name}.unpacked"
    try:
        with gzip.open(path) as packed:
            _copied(packed, out, path.stat().st_size * RATIO, path.name)
    except (OSError, EOFError, ValueError) as fault:
        raise Unreadable("damaged", fault, path.name) from fault
    return out


def _unzipped(path: Path, work: Path) -> Iterator[tuple[str, Path]]:
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not _is_litter(_name(m))]
        if len(members) > MEMBERS:
            raise Unreadable("too_many_files", f"{len(members)} > {MEMBERS}", path.name)
        if not members:
            raise Unreadable("empty_archive", "", path.name)
        left = min(UNPACKED, path.stat().st_size * RATIO)
        for number, member in enumerate(members):
            out = work / f"{path.stem}.{number}.unpacked"
            try:
                with archive.open(member) as packed:
                    left -= _copied(packed, out, left, path.name)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as fault:
                raise Unreadable("password" if member.flag_bits & 1 else "damaged", fault, path.name) from fault
            yield f"{path.name}/{_name(member)}", out


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; programs that know no UTF-8 write Thai names in the code page of Windows."""
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "cp874"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _copied(packed: object, out: Path, most: int, name: str) -> int:
    """Bytes written; what an archive says of its own size is not believed."""
    written = 0
    with open(out, "wb") as file:
        while block := packed.read(1 << 20):  # type: ignore[attr-defined]
            written += len(block)
            if written > most:
                raise Unreadable("unpacks_too_large", most >> 20, name)
            file.write(block)
    return written

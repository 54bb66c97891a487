"""Pictures beside the journal: `DIR/journal/photos/<SHA-256>.jpg`, each by its content: one that is sent again is known.

A picture is taken as the field page makes it, small and with nothing in it but the picture: a camera writes where and when it
was taken, by which device, often with a preview of what was cut off. The page draws each one anew, so whatever holds more never
came from there.
"""

import contextlib
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from journal.event import SHA256, Reason
from journal.place import NAME

FOLDER = "photos"  # below the journal's
LARGEST = 2_000_000  # bytes; the field page sends some 200 kB
SIDE = 2_000  # pixels; the field page sends at most 1,280
SCANS = 16  # of one picture: each is a pass over all its pixels, and a small file could have thousands
JFIF, ADOBE = b"JFIF\0", b"Adobe"  # what a picture needs to be read right; 16 bytes of the first have no preview in them
START, END, SCAN, APP0, APP14, APP15, COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE, 0xEF, 0xFE
MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)  # among the data of a scan

DAMAGED: Reason = ("อ่านภาพไม่ได้ ต้องเป็น JPEG ที่สมบูรณ์", "not readable as a whole JPEG")
LOADED: Reason = (
    "ภาพมีข้อมูลแฝง เช่น ตำแหน่งหรือเครื่องที่ถ่าย ต้องถ่ายหรือเลือกภาพในหน้าภาคสนาม ซึ่งตัดข้อมูลเหล่านั้นออกให้",
    "the picture holds more than a picture (EXIF, XMP, IPTC, a comment or a preview); the field page takes that out",
)


class Unfit(ValueError):
    """Why a picture is not taken, in Thai and in English."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason[1])
        self.reason = reason


def take(folder: Path, digest: str, body: bytes) -> str:
    """Keep a picture under its digest: "kept", on the disk when this returns, or "known".

    Raises Unfit, or OSError where it cannot be written, and then nothing is there that was not before.
    """
    if len(body) > LARGEST:
        raise Unfit(("ภาพใหญ่เกิน 2 MB", "larger than 2 MB"))
    if hashlib.sha256(body).hexdigest() != digest:
        raise Unfit(("ภาพมาไม่ครบหรือถูกแก้ไข กรุณาส่งใหม่", "the bytes are not those of the address"))
    place = _place(folder, digest)
    if place.exists():
        os.utime(place)  # its entry is about to come
        return "known"
    _hold(body)
    for part in (folder / NAME, folder / NAME / FOLDER):
        part.mkdir(exist_ok=True, mode=0o700)
    _written(place, body)
    return "kept"


def _written(place: Path, body: bytes) -> None:
    """All of it or nothing, and flushed: of two that write the same one, either is right."""
    number, half = tempfile.mkstemp(suffix=".tmp", dir=place.parent)  # 0600
    try:
        with open(number, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(half)
        raise
    if os.name == "posix":  # elsewhere a folder is no file that can be flushed
        of_folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(of_folder)
        finally:
            os.close(of_folder)


def read(folder: Path, digest: str) -> bytes | None:
    """A picture, none where it is not there."""
    try:
        return _place(folder, digest).read_bytes()
    except FileNotFoundError:
        return None


def there(folder: Path) -> Iterator[tuple[str, datetime]]:
    """Digest of every picture that lies there, and when it was sent last."""
    own = folder / NAME / FOLDER
    for path in sorted(own.glob("*.jpg")) if own.is_dir() else ():
        if SHA256.fullmatch(path.stem):
            yield path.stem, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def remove(folder: Path, digests: Iterable[str]) -> None:
    """Take pictures away."""
    for digest in digests:
        _place(folder, digest).unlink(missing_ok=True)


def missing(folder: Path, digests: Iterable[str]) -> list[str]:
    """Those of some pictures that have not come."""
    return [digest for digest in digests if not _place(folder, digest).exists()]


def _place(folder: Path, digest: str) -> Path:
    """Where a picture lies. Nothing but a digest is ever part of a path."""
    if not SHA256.fullmatch(digest):
        raise ValueError("no digest")
    return folder / NAME / FOLDER / f"{digest}.jpg"


def _hold(body: bytes) -> None:
    """Raise Unfit for what is no small JPEG, whole, with nothing but the picture in it; its size is looked at before its pixels."""
    for name, inside in _segments(body):
        if APP0 <= name <= APP15 or name == COMMENT:
            plain = (name == APP0 and inside.startswith(JFIF) and len(inside) == 14) or (
                name == APP14 and inside.startswith(ADOBE) and len(inside) == 12
            )
            if not plain:
                raise Unfit(LOADED)
    try:
        with Image.open(io.BytesIO(body), formats=["JPEG"]) as picture:
            if max(picture.size) > SIDE:
                raise Unfit((f"ภาพใหญ่เกิน {SIDE:,} จุดต่อด้าน", f"more than {SIDE:,} pixels a side"))
            if picture.mode not in ("RGB", "L"):
                raise Unfit(DAMAGED)
            picture.load()
    except Unfit:
        raise
    except Exception as fault:  # a decoder that meets hostile bytes raises whatever it likes
        raise Unfit(DAMAGED) from fault


def _segments(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Every marker of a JPEG with what belongs to it, up to the end of the file; raises Unfit where there is something else."""
    if body[:2] != bytes([0xFF, START]):
        raise Unfit(DAMAGED)
    at, scans = 2, 0
    while True:
        found = MARKER.match(body, at)
        if not found:
            raise Unfit(DAMAGED)
        name, at = found[1][0], found.end()
        if name == END:
            if at != len(body):  # a second picture, or a film, may hang behind the first one
                raise Unfit(LOADED)
            return
        size = int.from_bytes(body[at : at + 2], "big")
        if size < 2 or at + size > len(body):
            raise Unfit(DAMAGED)
        yield name, body[at + 2 : at + size]
        at += size
        if name == SCAN:
            scans += 1
            following = MARKER.search(body, at)
            if not following or scans > SCANS:
                raise Unfit(DAMAGED)
            at = following.start()

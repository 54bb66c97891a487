"""Files in one stream: a tar of what `contents` keeps, and behind it a manifest with the digest of each, by which it is checked.

Reading trusts no name: one that `contents` does not keep, comes twice, or is no plain file refuses the whole.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from backup import contents
from backup.refusal import Refused

MANIFEST = "manifest.json"
BLOCK = 1 << 16  # bytes at once

Advance = Callable[[int], None]  # told of every so many bytes


class Source(Protocol):
    """What can be read."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end only."""


class Sink(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""


@dataclass(frozen=True)
class Manifest:
    """When a backup was taken (UTC), which build was current then ("" for none), and the SHA-256 of each file."""

    made_at: str
    build: str
    files: dict[str, str]


class _Hashed:
    """A source that keeps the digest of what was read from it."""

    def __init__(self, source: Source, advance: Advance) -> None:
        self._source, self._advance, self.digest = source, advance, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self._advance(len(data))
        return data


def pack(folder: Path, names: Iterable[str], made_at: str, build: str, to: Sink, advance: Advance) -> Manifest:
    """Write these files of a folder, and their manifest; raises OSError."""
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=to, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as tar:  # type: ignore[call-overload]
        for name in names:
            with open(folder / name, "rb") as file:
                state, hashed = os.fstat(file.fileno()), _Hashed(file, advance)
                tar.addfile(_member(name, state.st_size, state.st_mtime), hashed)
            digests[name] = hashed.digest.hexdigest()
        manifest = Manifest(made_at, build, digests)
        text = json.dumps(asdict(manifest), ensure_ascii=False).encode()
        tar.addfile(_member(MANIFEST, len(text), 0), io.BytesIO(text))
    return manifest


def _member(name: str, size: int, modified: float) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mtime, made.mode = size, modified, 0o600
    return made


def listed(stream: Source, advance: Advance = lambda _: None) -> Manifest:
    """Read a stream to its end and hold every file of it against its manifest; raises Refused, and writes nothing."""
    digests: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, source, _ in _members(stream):
        if name == MANIFEST:
            manifest = _manifest(source.read())
            continue
        hashed = _Hashed(source, advance)
        while hashed.read(BLOCK):
            pass
        digests[name] = hashed.digest.hexdigest()
    if manifest is None or manifest.files != digests:
        raise _strange("ไฟล์ไม่ตรงกับรายการ", "its files are not those of its manifest")
    return manifest


def unpack(stream: Source, folder: Path, advance: Advance) -> None:
    """Write the files of a stream that `listed` found good into a folder that is there; for their owner only, with their times."""
    for name, source, modified in _members(stream):
        if name != MANIFEST:
            _write(folder, name, source, advance)
            os.utime(folder / name, (modified, modified))


def _write(folder: Path, name: str, source: Source, advance: Advance) -> None:
    place = folder
    for part in name.split("/")[:-1]:  # `parents` would leave those between open to all
        place = place / part
        place.mkdir(exist_ok=True, mode=0o700)
    with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := source.read(BLOCK):
            file.write(data)
            advance(len(data))
        file.flush()
        os.fsync(file.fileno())


def _members(stream: Source) -> Iterator[tuple[str, BinaryIO, float]]:
    """Name, bytes and time of each file, in order, up to the very end of the stream. Raises Refused."""
    seen: set[str] = set()
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=BLOCK) as tar:  # type: ignore[call-overload]
            for member in tar:
                if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or not _taught(member.name) or member.name in seen:
                    raise _strange(f"มี {member.name!r} ซึ่งไม่ควรอยู่ในนั้น", f"{member.name!r} does not belong in a backup")
                seen.add(member.name)
                source = tar.extractfile(member)
                assert source  # of a plain file there always is
                yield member.name, source, member.mtime  # type: ignore[misc]
        while stream.read(BLOCK):  # up to the mark of the end, without which it is not whole
            pass
    except (tarfile.TarError, ValueError, OverflowError) as fault:
        raise _strange("อ่านรายการไฟล์ไม่ได้", "its list of files cannot be read") from fault


def _taught(name: str) -> bool:
    return name == MANIFEST or contents.kept(name)


def _manifest(text: bytes) -> Manifest:
    try:
        return Manifest(**json.loads(text))
    except (ValueError, TypeError) as fault:
        raise _strange("อ่านรายการไม่ได้", "its manifest cannot be read") from fault


def _strange(thai: str, english: str) -> Refused:
    return Refused(
        f"ไฟล์สำรองนี้ไม่ได้มาจากโปรแกรมรุ่นนี้: {thai} ไม่มีอะไรถูกเขียน ให้ใช้ไฟล์อื่น หรือโปรแกรมรุ่นที่ทำไฟล์นี้ · "
        f"this backup was not made by this version: {english}; nothing was written. Use another file, or the version that made it"
    )


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files as they lie on the disk."""
    found = {}
    for name in names:
        with open(folder / name, "rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found

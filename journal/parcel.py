"""An export with its pictures: a folder or a .zip that holds `entries.jsonl`, each picture as `<SHA-256>.jpg` and what meetings froze as
`<SHA-256>.json`; or a .jsonl alone.

What comes in is held to its names and sizes before it is read: a parcel comes from a USB stick, and nobody knows who packed it.
"""

import contextlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from journal import frozen, photos
from journal.event import SHA256

ENTRIES = "entries.jsonl"
FROZEN = ".json"  # behind the digest of what was frozen
NOTHING: Mapping[str, bytes] = MappingProxyType({})
LARGEST = 2_000_000_000  # bytes of the entries of a parcel: a million entries are a tenth of that


def is_zip(path: Path) -> bool:
    """Whether a parcel is one file with its pictures in it."""
    return path.suffix.lower() == ".zip"


def has_pictures(path: Path) -> bool:
    """Whether a parcel is one that can hold pictures: a .zip or a folder, not lines alone."""
    return is_zip(path) or path.is_dir() or path.suffix.lower() != ".jsonl"


def write(
    path: Path, events: Iterable[Mapping[str, object]], folder: Path, contents: Mapping[str, bytes] = NOTHING
) -> tuple[int, int]:
    """Write events, the pictures that they name, of a data folder, and what they froze, by its digest; how many of the first two.

    Raises OSError, also where a folder is there and not empty: two exports in one folder would be none.
    """
    lines = [json.dumps(event, ensure_ascii=False) + "\n" for event in events]
    named = sorted({one for line in lines for one in json.loads(line).get("photos") or ()})
    if not has_pictures(path):
        _private(path, "".join(lines).encode())
        return len(lines), 0
    there = [digest for digest in named if not photos.missing(folder, [digest])]
    if is_zip(path):
        with (
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            zipfile.ZipFile(file, "w") as made,
        ):
            made.writestr(ENTRIES, "".join(lines), zipfile.ZIP_DEFLATED)
            for digest in there:
                made.writestr(f"{digest}.jpg", photos.read(folder, digest) or b"")
            for digest, content in contents.items():
                made.writestr(f"{digest}{FROZEN}", content, zipfile.ZIP_DEFLATED)
    else:
        path.mkdir(mode=0o700, exist_ok=True, parents=True)
        if any(path.iterdir()):
            raise FileExistsError(f"{path}: โฟลเดอร์ต้องว่าง · the folder must be empty")
        _private(path / ENTRIES, "".join(lines).encode())
        for digest in there:
            _private(path / f"{digest}.jpg", photos.read(folder, digest) or b"")
        for digest, content in contents.items():
            _private(path / f"{digest}{FROZEN}", content)
    return len(lines), len(there)


def entries(path: Path) -> str:
    """The lines of a parcel; raises OSError, UnicodeDecodeError, or ValueError for a .zip that is none or has no entries."""
    if not is_zip(path):
        return (path / ENTRIES if path.is_dir() else path).read_text(encoding="utf-8-sig")
    with _opened(path) as parcel, parcel.open(_member(parcel, ENTRIES)) as file:
        body = file.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise ValueError(f"{path.name}: ใหญ่เกินไป · too large")
        return body.decode("utf-8-sig")


def pictures(path: Path) -> Iterator[tuple[str, bytes]]:
    """The pictures of a parcel by the digest that they are named by, one at a time, none of them longer than a picture may be."""
    return _by_digest(path, ".jpg", photos.LARGEST)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """What meetings froze, by the digest that it is named by; none longer than one may be."""
    return _by_digest(path, FROZEN, frozen.MOST)


def _by_digest(path: Path, ending: str, most: int) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for one in sorted(path.glob(f"*{ending}")):
            if SHA256.fullmatch(one.stem) and one.stat().st_size <= most:
                yield one.stem, one.read_bytes()
    elif is_zip(path):
        with _opened(path) as parcel:
            for name in sorted(parcel.namelist()):
                if name.endswith(ending) and SHA256.fullmatch(name.removesuffix(ending)):
                    with parcel.open(name) as file:
                        yield name.removesuffix(ending), file.read(most + 1)


def _member(parcel: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    with contextlib.suppress(KeyError):
        return parcel.getinfo(name)
    raise ValueError(f"ไม่มี {name} ในไฟล์ .zip · there is no {name} in the .zip file")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as parcel:
            yield parcel
    except zipfile.BadZipFile as fault:
        raise ValueError(f"{path.name}: ไม่ใช่ไฟล์ .zip ที่สมบูรณ์ · is no whole .zip file") from fault


def _private(path: Path, body: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(body)

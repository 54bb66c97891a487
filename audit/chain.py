"""A hash chain of append-only lines of JSON: each entry carries the hash of the line before and its own HMAC-SHA256.

`DIR/audit/2026-11.jsonl` holds a month; `DIR/audit.head`, outside that folder, says how far the chain goes, so that lines cut
from its end are missed. Whoever has no key can neither write a valid line nor a valid head.
"""

import hashlib
import hmac
import json
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from installation import secret
from installation.private_files import replace

Entry = dict[str, Any]
FIRST = "0" * 64  # what stands before the first entry
HASH = b',"hash":"'


def months(folder: Path) -> list[Path]:
    """The files of the log, oldest first."""
    return sorted((folder / "audit").glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))


def key(folder: Path) -> bytes:
    """The HMAC key of entries."""
    return secret.key(folder, "audit log")


def sealed(key: bytes, entry: Entry) -> bytes:
    """The entry as one line, its HMAC last: over the very bytes before it, so nothing has to be serialised alike twice."""
    body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return body[:-1] + HASH + _hash(key, body) + b'"}'


def authentic(key: bytes, line: bytes) -> Entry | None:
    """The entry of a line whose HMAC was made with this key; None for any other."""
    before, _, rest = line.rpartition(HASH)
    if not before or not hmac.compare_digest(rest, _hash(key, before + b"}") + b'"}'):
        return None
    return json.loads(line)


def _hash(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).hexdigest().encode()


def head(folder: Path) -> Entry | None:
    """How far the chain went when it was last written; None when there is no head or a false one."""
    path = folder / "audit.head"
    return authentic(secret.key(folder, "audit head"), path.read_bytes()) if path.exists() else None


def move_head(folder: Path, number: int, hash_: str) -> None:
    """Record how far the chain goes."""
    replace(folder / "audit.head", sealed(secret.key(folder, "audit head"), {"n": number, "at": hash_}))


def backwards(path: Path) -> Iterator[bytes]:
    """The lines of a file with their ends, last first."""
    if not path.stat().st_size:
        return
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        end = len(view)
        while end:
            begin = view.rfind(b"\n", 0, end - 1) + 1
            yield view[begin:end]
            end = begin


def last(folder: Path, key: bytes) -> Entry | None:
    """The last valid entry."""
    lines = (line for path in reversed(months(folder)) for line in backwards(path) if line.endswith(b"\n"))
    return next((entry for line in lines if (entry := authentic(key, line[:-1]))), None)


def unfinished(path: Path) -> bytes:
    """What stands behind the last line end of a file: a power cut came while it was written, or it is being written."""
    line = next(backwards(path), b"")
    return b"" if line.endswith(b"\n") else line

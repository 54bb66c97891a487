"""Files compressed once, for ever: Brotli and gzip variants kept by content, chosen by Accept-Encoding.

Streamlit sends its own 2 MB of JavaScript as they are, and gzips everything else anew for each reader.
"""

import contextlib
import gzip
import os
import tempfile
import threading
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import brotli
from starlette.requests import Request
from starlette.responses import Response

from installation.paths import cache_folder

CODINGS = ("br", "gzip")  # the better first; browsers offer br over TLS and to this machine alone
BEST = 1 << 20  # bytes up to which compressing as small as can be takes a second at most: 861 kB become 71 in 0.9 s
MAKE: dict[str, Callable[[bytes, bool], bytes]] = {  # as small as can be, or at once
    "br": lambda body, small: brotli.compress(body, quality=11 if small else 5),
    "gzip": lambda body, small: gzip.compress(body, 9 if small else 5, mtime=0),
}
UNDO: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
KEPT = 512  # variants in memory: those of Streamlit's first screen are 0.5 MB together

_kept: dict[tuple[str, str], bytes] = {}
_making = threading.Lock()  # one at a time, so that a first visit's sixty files are not made twice


def answer(request: Request, body: bytes, kind: str, cache: str, version: str = "", on_disk: bool = False) -> Response:
    """A response of `body`, compressed as the browser offers, or 304 where it has it. `version` is its SHA-256 where that is known.

    What is kept on disk outlives the process: files of installed packages and our own, never what a register holds.
    """
    version = version or sha256(body).hexdigest()
    coding = offered(request.headers)
    sent = variant(body, version, coding, on_disk) if coding else body
    if len(sent) >= len(body):
        coding, sent = "", body
    headers = {"cache-control": cache, "vary": "Accept-Encoding", "etag": f'"{version[:32]}{coding and "-"}{coding}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if coding:
        headers["content-encoding"] = coding
    return Response(sent, media_type=kind, headers=headers)


def offered(headers: Mapping[str, str]) -> str:
    """The best coding that a browser takes, "" for none: `gzip, br;q=0` takes gzip."""
    takes = {}
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.strip().partition(";")
        takes[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((coding for coding in CODINGS if takes.get(coding)), "")


def at_hand(version: str, coding: str) -> bool:
    """Whether a variant is in memory, so that it can be sent without waiting."""
    return (version, coding) in _kept


def variant(body: bytes, version: str, coding: str, on_disk: bool) -> bytes:
    """One coding of `body`, from memory, from the cache folder, or made now."""
    key = version, coding
    if made := _kept.get(key):
        return made
    with _making:
        if made := _kept.get(key):
            return made
        made = _from_disk(body, key) if on_disk else MAKE[coding](body, False)  # somebody waits, and it is not kept for long
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = made
    return made


def _from_disk(body: bytes, key: tuple[str, str]) -> bytes:
    folder = cache_folder()
    if folder is None:
        return MAKE[key[1]](body, len(body) <= BEST)
    file = folder / ".".join(key)
    made = _read(file, key)
    if made is None:
        _write(file, made := MAKE[key[1]](body, len(body) <= BEST))
    return made


def _read(file: Path, key: tuple[str, str]) -> bytes | None:
    """A kept variant, if it is what it says: a torn or planted file would otherwise be sent to every reader for ever."""
    version, coding = key
    try:
        made = file.read_bytes()
        return made if sha256(UNDO[coding](made)).hexdigest() == version else None
    except (OSError, EOFError, ValueError, zlib.error, brotli.error):
        return None


def _write(file: Path, made: bytes) -> None:
    """Keep a variant; two processes may write it at once, and a folder that takes nothing is no fault: it is made at each start."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as new:
            new.write(made)
        os.replace(part, file)

"""Officers' verdicts on possible duplicates, and on what was recorded and waited for review: append-only beside the builds, so that
they outlive them.

One line of JSON each: the opaque address of the pair or entry, the verdict and when. No name stands in it.
"""

import contextlib
import json
import os
from datetime import UTC, datetime
from functools import lru_cache

from filelock import FileLock

from installation.paths import data_folder

VERDICTS = (
    "different",
    "done",
    "open",
)  # of a pair that it is two people, of an entry that it was dealt with; of either: neither


def decided() -> frozenset[str]:
    """Pairs judged to be different people, and what was dealt with."""
    path = data_folder() / "decisions.jsonl"
    try:
        file = path.stat()
    except FileNotFoundError:
        return frozenset()
    return _decided(str(path), file.st_mtime_ns, file.st_size)


@lru_cache(maxsize=4)
def _decided(path: str, _changed: int, _size: int) -> frozenset[str]:
    last: dict[str, str] = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            with contextlib.suppress(ValueError):  # a line cut by a power failure was never decided
                decision = json.loads(line)
                last[decision["pair"]] = decision["verdict"]
    return frozenset(pair for pair, verdict in last.items() if verdict != "open")


def decide(pair: str, verdict: str) -> None:
    """Append a verdict on a pair or an entry; raises ValueError for another than VERDICTS."""
    if verdict not in VERDICTS:
        raise ValueError(f'"{verdict}" is not one of {", ".join(VERDICTS)}')
    path = data_folder() / "decisions.jsonl"
    line = json.dumps({"pair": pair, "verdict": verdict, "at": datetime.now(UTC).isoformat(timespec="seconds")}) + "\n"
    with FileLock(data_folder() / "decisions.lock", mode=0o600):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            if (size := os.fstat(handle).st_size) and os.pread(handle, 1, size - 1) != b"\n":
                os.write(handle, b"\n")
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)

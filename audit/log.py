"""Audit log: `write` appends one entry to the hash chain of this installation and fsyncs it, from any thread or process.

No personal data of a household: it is named by its opaque address, a search by its length, a file by its checksum.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

import definitions
from audit import chain
from audit.chain import Entry

ACTIONS = tuple(row["action"] for row in definitions.table("audit_actions"))
OFFICE = ZoneInfo("Asia/Bangkok")
WAIT = 10  # seconds for a turn; one entry takes about a millisecond
LONGEST = 1_000  # characters of one fact: what strangers type is not kept whole
CITIZEN_ID = re.compile(r"(?<![0-9A-Za-z])\d(?:-?\d){12}(?![0-9A-Za-z])")


class Unwritable(Exception):
    """The log cannot be written; what must be written down first does not happen."""


def write(folder: Path, who: str, action: str, **facts: Any) -> None:
    """Append one entry, on the disk when this returns; `role` and `build` among the facts stand beside who and what.

    Raises Unwritable, or ValueError for an action that is none of ACTIONS.
    """
    if action not in ACTIONS:
        raise ValueError(f'"{action}" is not one of {", ".join(ACTIONS)}')
    safe = {name: _safe(value) for name, value in facts.items() if value is not None}
    entry = {"who": _safe(who), "role": safe.pop("role", ""), "action": action, "build": safe.pop("build", ""), "facts": safe}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # `parents` would leave it open to all
        (folder / "audit").mkdir(exist_ok=True, mode=0o700)
        with FileLock(folder / "audit" / "lock", timeout=WAIT, mode=0o600):
            _append(folder, entry)
    except (OSError, Timeout, ValueError) as fault:  # ValueError: a secret that is no secret
        raise Unwritable(type(fault).__name__) from fault


def _safe(value: Any) -> Any:
    """A fact that holds no citizen id and no more than it should, whatever it was made of."""
    if isinstance(value, list | tuple):
        return [_safe(part) for part in value]
    return CITIZEN_ID.sub("x-xxxx-xxxxx-xx-x", value[:LONGEST]) if isinstance(value, str) else value


def _append(folder: Path, entry: Entry) -> None:
    key = chain.key(folder)
    torn = _mend(chain.months(folder)[-1:])
    before, head = chain.last(folder, key), chain.head(folder)
    number, previous = (before["n"], before["hash"]) if before else (0, chain.FIRST)
    marks: Entry = {"torn": torn} if torn else {}
    if head and head["n"] > number:  # entries were cut off: go on behind them, so that they stay missed for ever
        number, previous = head["n"], head["at"]
    if head is None and before:
        marks["headless"] = True
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = chain.sealed(key, {"n": number + 1, "when": now, **entry, **marks, "previous": previous})
    _put(_file(folder, now), line + b"\n")
    chain.move_head(folder, number + 1, line[-66:-2].decode())


def _mend(newest: list[Path]) -> int:
    """Take away a line that a power cut left unfinished: what it was to permit never happened. Returns its bytes."""
    size = 0
    for path in newest:
        if size := len(chain.unfinished(path)):
            os.truncate(path, path.stat().st_size - size)
    return size


def _file(folder: Path, now: str) -> Path:
    """This month's file, or a later one where the clock was set back: the order of the files is the order of the chain."""
    files = chain.months(folder)
    return max([*files[-1:], folder / "audit" / f"{now[:7]}.jsonl"])


def _put(path: Path, line: bytes) -> None:
    """Append a line and fsync; what cannot be written whole is truncated again."""
    new = not path.exists()
    with open(path, "ab", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            if file.write(line) != len(line):
                raise OSError("the disk is full")
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise
    if new and os.name != "nt":  # Windows keeps the names of files by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def entries(
    folder: Path, begin: date | None = None, end: date | None = None, who: str = "", action: str = ""
) -> Iterator[Entry]:
    """Entries of the office's days from `begin` to `end`, last first; `who` is part of an e-mail. Not verified here."""
    since = _utc(begin) if begin else ""
    until = _utc(end + timedelta(days=1)) if end else "9"
    files = chain.months(folder)
    key = chain.key(folder) if files else b""
    for path in reversed(files):
        if path.stem < since[:7] or path.stem > until[:7]:
            continue
        for line in chain.backwards(path):
            entry = chain.authentic(key, line.rstrip(b"\n"))
            if (
                entry
                and since <= entry["when"] < until
                and who.lower() in entry["who"].lower()
                and action in ("", entry["action"])
            ):
                yield entry


def today() -> date:
    """The day at the office, wherever the machine's own clock thinks it stands: a server's is often set to UTC."""
    return datetime.now(OFFICE).date()


def _utc(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE).astimezone(UTC).isoformat(timespec="milliseconds")

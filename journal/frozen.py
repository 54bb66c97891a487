"""What a meeting saw and what was written of it: kept by content beside the entries, where all servers see it, and never changed.

A content is named by its SHA-256, which an entry says (`digest` in event_fields.csv) and the entry's seal covers: a changed byte is found
when it is read, and by `manage.py journal verify`.
"""

import contextlib
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from journal.kinds import kinds
from journal.place import Entry
from journal.store import FROZEN, store

dialects: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}
MOST = 8_000_000  # bytes of one content; the answers of a district's meeting are some 200 kB


class Changed(ValueError):
    """What is kept under a digest is not what was frozen, or is not there."""


def keep(folder: Path, content: bytes) -> str:
    """Keep a content, once; its digest. On the disk when this returns; raises sqlalchemy.exc.DBAPIError or ValueError."""
    if len(content) > MOST:
        raise ValueError(f"ใหญ่เกิน {MOST:,} ไบต์ · larger than {MOST:,} bytes")
    digest = hashlib.sha256(content).hexdigest()
    journal = store(folder)
    with journal.writing() as connection:
        kept = (
            dialects[connection.dialect.name].insert(FROZEN).on_conflict_do_nothing()
        )  # another server may keep it at this moment
        connection.execute(kept, {"digest": digest, "content": gzip.compress(content, mtime=0)})
    return digest


def content(folder: Path, digest: str) -> bytes:
    """What was frozen under a digest; raises Changed where that is not what lies there."""
    with store(folder).engine.connect() as connection:
        row = connection.execute(sql.select(FROZEN.c.content).where(FROZEN.c.digest == digest)).first()
    found = _unpacked(row.content) if row else None
    if found is None or hashlib.sha256(found).hexdigest() != digest:
        raise Changed(digest)
    return found


def faults(folder: Path, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Each content that entries name and that is changed or missing, in Thai and in English."""
    for entry in entries:
        for digest in _named(entry):
            try:
                content(folder, digest)
            except Changed:
                yield (
                    f"สิ่งที่เก็บไว้กับบันทึกที่ {entry['seq']} ถูกแก้ไขหรือหายไป",
                    f"what is frozen with entry {entry['seq']} was changed or is missing",
                )


def of_entries(folder: Path, entries: list[Entry]) -> dict[str, bytes]:
    """What entries froze, by its digest, for an export; what is changed or missing is left out, and `faults` says it."""
    found: dict[str, bytes] = {}
    for digest in sorted({digest for entry in entries for digest in _named(entry)}):
        with contextlib.suppress(Changed):
            found[digest] = content(folder, digest)
    return found


def named(kind: str, body: Mapping[str, object]) -> list[str]:
    """The digests that an entry of a kind says."""
    of = kinds().get(kind)
    fields = [field.name for field in of.fields.values() if field.type == "digest"] if of else []
    return [digest for name in fields if isinstance(digest := body.get(name), str) and digest]


def _named(entry: Entry) -> list[str]:
    return named(entry["kind"], json.loads(entry["body"]))


def _unpacked(packed: bytes) -> bytes | None:
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return None

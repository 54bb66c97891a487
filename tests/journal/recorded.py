"""Events as tests write them, and what a data folder says of them."""

import hashlib
import io
import uuid
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image

from journal import photos
from queries import DESK, Reader
from queries.record import record

NUMBERS = count(1)


def event(kind: str, household_id: str = "H1", *, year: int = 2565, on: str = "2022-09-01", **more: Any) -> dict[str, Any]:
    """An event of one household; what is not a part of events is a field of its body."""
    parts = {name: more.pop(name) for name in ("id", "about", "thing", "base", "photos") if name in more}
    about = {"year": year, "household_id": household_id}
    made = {"id": str(uuid.UUID(int=next(NUMBERS))), "kind": kind, "about": about, "occurred_on": on, "body": more}
    return {**made, **parts}


def words(events: list[Any], reader: Reader = DESK, who: str = "field@example.go.th") -> list[str]:
    """The verdicts on some events, as words."""
    return [verdict["verdict"] for verdict in record(events, reader, who)]


def keep(*events: dict[str, Any]) -> list[str]:
    """Record what must be kept; the ids."""
    assert words(list(events)) == ["kept"] * len(events), record(list(events), DESK, "x")
    return [one["id"] for one in events]


def picture(side: int = 64, *, number: int = 0, **more: Any) -> bytes:
    """A JPEG as the field page makes them."""
    made = io.BytesIO()
    Image.new("RGB", (side, side), (number % 256, 90, 60)).save(made, "JPEG", **more)
    return made.getvalue()


def stored(folder: Path, body: bytes) -> str:
    """Keep a picture; its digest."""
    digest = hashlib.sha256(body).hexdigest()
    photos.take(folder, digest, body)
    return digest

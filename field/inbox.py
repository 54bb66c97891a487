"""What tablets send: a list of events in, sealed or not, a verdict on each out. Nothing is acknowledged that is not on the disk."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audit import log
from field.asking import own_page, refusal, sender
from installation.paths import data_folder
from journal import envelope
from queries import NoBuild, Reader
from queries.record import MOST, record

LARGEST = 1_000_000  # bytes of one batch
DEEPEST = 6  # lists and objects inside one another; an event is a list in an object in an object in a list


async def take(request: Request) -> Response:
    """Record a batch: 403 for another site, 415 for what is no JSON, 413 for too much, 400 for what cannot be read, 409 where the
    entries are somebody else's, 503 where they cannot be written."""
    return await _asked(request, _recorded)


async def opened(request: Request) -> Response:
    """Own envelopes opened for who sealed them, to be corrected after a refusal: a list of {"id", "event"}, or their verdicts.

    Refuses as `take`. Nothing is kept.
    """
    return await _asked(request, _opened)


async def _asked(request: Request, answer: Callable[[list[object], Reader, str], Response]) -> Response:
    """What `answer` says to a list of a person who may record, or why the list is not even looked at."""
    if not own_page(request):
        return refusal(403, "รับเฉพาะจากหน้าภาคสนามของระบบนี้", "only from this server's own field page")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return refusal(415, "ต้องเป็น application/json", "must be application/json")
    asks = sender(request)
    if isinstance(asks, Response):
        return asks
    who, reader = asks
    body = await read(request, LARGEST)
    if body is None:
        return refusal(413, "ส่งครั้งละไม่เกิน 1 MB", "at most 1 MB at once")
    try:
        events = json.loads(body)
    except (ValueError, RecursionError):
        return refusal(400, "อ่าน JSON ไม่ได้", "not readable as JSON")
    if not isinstance(events, list) or too_deep(events):
        return refusal(400, "ต้องเป็นรายการของบันทึก [{…}, …]", "must be a list of events [{…}, …]")
    if len(events) > MOST:
        return refusal(413, f"ส่งครั้งละไม่เกิน {MOST} บันทึก", f"at most {MOST} events at once")
    return await run_in_threadpool(answer, events, reader, who)


def _recorded(events: list[object], reader: Reader, who: str) -> Response:
    def shallow(some: list[object]) -> list[dict[str, Any]]:
        return record([None if too_deep([event]) else event for event in some], reader, who)  # also what lay under a seal

    try:
        verdicts = envelope.through(data_folder(), events, shallow, who)
        return JSONResponse(verdicts, headers={"cache-control": "no-store"})
    except NoBuild:
        return refusal(503, "ยังไม่มีคลังข้อมูล", "no build yet")
    except (SQLAlchemyError, log.Unwritable, OSError):
        return refusal(503, "เขียนสมุดบันทึกไม่ได้ ไม่มีบันทึกใดถูกรับ", "the journal cannot be written, nothing was taken")


def _opened(events: list[object], reader: Reader, who: str) -> Response:
    def back(some: list[object]) -> list[dict[str, Any]]:
        return [{"id": event.get("id", ""), "event": event} if isinstance(event, dict) else {"id": ""} for event in some]

    sealed = [event for event in events if envelope.is_envelope(event)]
    return JSONResponse(envelope.through(data_folder(), sealed, back, who), headers={"cache-control": "no-store"})


async def read(request: Request, largest: int) -> bytes | None:
    """The body, none where it is too large: it is not read to its end."""
    if request.headers.get("content-length", "0").isdigit() and int(request.headers.get("content-length", "0")) > largest:
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
            return None
    return bytes(body)


def too_deep(value: object) -> bool:
    """Whether lists and objects lie deeper in one another than those of events; looked at level by level, so it cannot overflow."""
    level = [value]
    for _ in range(DEEPEST):
        inside = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for several in inside for one in several]
    return any(isinstance(one, dict | list) for one in level)

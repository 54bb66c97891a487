"""Pictures of visits: a tablet puts each one before the entry that names it; whoever may see such an entry may look at it.

A picture is of nobody until an entry names it. It is served by that entry alone: to readers of its household who may read what
somebody wrote, since a picture may show people, and no more once the entry was withdrawn.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import definitions
from audit import log
from field.asking import identified, own_page, refusal, sender
from field.inbox import read
from installation.paths import data_folder
from journal import envelope, photos, store
from journal.event import SHA256
from queries import Filters, NoBuild, NotAllowed, Reader, Unreachable, ask, reach

TYPE = "image/jpeg"
SEALED = "application/vnd.baansuk.sealed"  # a JPEG as a tablet keeps it (journal/envelope.py)
OVER = 200  # bytes that a seal adds at most
PRIVATE = {"cache-control": "private, no-store"}  # the gate adds nosniff to all that it lets out


async def take(request: Request) -> Response:
    """Keep a picture, 201, or 200 where it is known.

    403 for another site, 415 for what is neither a JPEG nor a sealed one by its name, 413 for too much, 429 where this person has sent enough today, 422 for what is unfit, 409 where it is of somebody
    else, 503 where it cannot be written.
    """
    digest = request.path_params["digest"]
    if not own_page(request):
        return refusal(403, "รับเฉพาะจากหน้าภาคสนามของระบบนี้", "only from this server's own field page")
    type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if type_ not in (TYPE, SEALED):
        return refusal(415, "ต้องเป็น image/jpeg", "must be image/jpeg")
    asks = await run_in_threadpool(sender, request)
    if isinstance(asks, Response):
        return asks
    if not SHA256.fullmatch(digest):
        return refusal(404, "ไม่มีที่อยู่นี้", "no such address")
    body = await read(request, photos.LARGEST + (OVER if type_ == SEALED else 0))
    if body is None:
        return refusal(413, "ภาพใหญ่เกิน 2 MB", "larger than 2 MB")
    return await run_in_threadpool(_kept, digest, body, asks[0], type_ == SEALED)


def _kept(digest: str, body: bytes, who: str, sealed: bool) -> Response:
    most, folder = definitions.rule("photos_per_day"), data_folder()
    try:
        if photos.missing(folder, [digest]) and not store.store(folder).may_send(who, log.today().isoformat(), most):
            says = f"วันนี้ส่งภาพครบ {most} ภาพแล้ว ภาพและบันทึกยังอยู่ในเครื่องนี้ และจะส่งต่อในวันถัดไป"
            return refusal(429, says, f"at most {most} pictures a day; what waits is sent the next day")
        plain = envelope.picture(folder, digest, body, who) if sealed else body
        word = photos.take(folder, digest, plain)
    except envelope.Shut as shut:
        return refusal(422, *shut.reason, verdict=shut.word)
    except photos.Unfit as unfit:
        return refusal(422, *unfit.reason)
    except store.FAULTS:
        return refusal(503, "เก็บภาพไม่ได้ชั่วคราว", "the picture cannot be written")
    return JSONResponse({"verdict": word}, 201 if word == "kept" else 200, {"cache-control": "no-store"})


def send(request: Request) -> Response:
    """A picture: 404 for one that is not there as well as for one that this reader may not see."""
    if not own_page(request, typed=True):
        return refusal(403, "ขอข้อมูลจากเว็บอื่นไม่ได้", "not from another site")
    asks = identified(request)
    if isinstance(asks, Response):
        return asks
    digest = request.path_params["digest"]
    try:
        shown = bool(SHA256.fullmatch(digest)) and any(sees(reader, digest) for reader in asks.held)
        reach.hold()  # its entry may have been withdrawn meanwhile
    except Unreachable:
        return refusal(503, "อ่านสมุดบันทึกไม่ได้", "the journal cannot be read")
    body = photos.read(data_folder(), digest) if shown else None
    if body is None:
        return refusal(404, "ไม่มีภาพนี้ หรือท่านไม่มีสิทธิ์ดู", "no such picture, or none that you may see")
    return Response(body, headers=PRIVATE, media_type=TYPE)


def sees(reader: Reader, digest: str) -> bool:
    """Whether an entry that stands, of a household of this reader's, shows it."""
    try:
        rows = ask("photos", Filters(), reader, search=digest)
    except (NotAllowed, NoBuild, ValueError):  # ValueError: of areas that are no place of this data
        return False
    return bool(rows["photos"].notna().any())  # whoever may not read what somebody wrote gets the row without its pictures

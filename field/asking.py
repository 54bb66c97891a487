"""Who asks the field page: the cookie identifies, the users file authorises, on every single request."""

import json
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from queries import DESK, Reader
from ui.auth.auth_cookie import identity_in
from ui.auth.auth_gate import AccessGuard
from ui.auth.auth_settings import sign_in
from ui.auth.identity import Refused

SAME = {"same-origin"}  # what a browser says of a request that our own page made
# Header: whose entries these are, so that a cookie that changed hands sends nothing under another name.
OWNER = "x-outbox-of"
TYPED = {"same-origin", "none"}  # or that somebody typed


@dataclass(frozen=True)
class Asking:
    """Whoever asks: an e-mail or "desk", the first of their roles that may record, or none, and all they hold."""

    who: str
    reader: Reader | None
    held: tuple[Reader, ...] = ()


def asking(request: Request) -> Asking:
    """Who asks; raises Refused where nobody is signed in or known. Without sign-in it is the desk: the gate lets nobody else in."""
    settings = sign_in()
    if settings is None:
        return Asking("desk", DESK, (DESK,))
    person = AccessGuard(settings).person(identity_in(request.scope["headers"], settings))
    held = tuple(Reader(role, areas) for role, areas in person.grants.items())
    return Asking(person.email, next((reader for reader in held if reader.may("records")), None), held)


def admitted(request: Request) -> tuple[str, Reader] | Response:
    """Who asks and as which reader, or the refusal: 401 without a person, 403 for one without a role that records."""
    asks = identified(request)
    if isinstance(asks, Response):
        return asks
    if asks.reader is None:
        return refusal(403, "บทบาทของท่านบันทึกข้อมูลไม่ได้", "none of your roles may record", who=asks.who)
    return asks.who, asks.reader


def sender(request: Request) -> tuple[str, Reader] | Response:
    """`admitted`, and 409 where what is sent is of somebody else."""
    asks = admitted(request)
    if not isinstance(asks, Response) and unquote(request.headers.get(OWNER, asks[0])) != asks[0]:
        return refusal(409, "รายการเหล่านี้เป็นของผู้อื่น", "these entries are somebody else's")
    return asks


def identified(request: Request) -> Asking | Response:
    """Who asks, whatever they may, or the refusal: 401 without a person, 403 for one that the users file does not know."""
    try:
        return asking(request)
    except Refused as refused:
        if refused.why == "sign_in":
            return refusal(401, "กรุณาลงชื่อเข้าใช้อีกครั้ง", "please sign in again")
        return refusal(403, "ท่านไม่มีสิทธิ์ใช้หน้าภาคสนาม", "you hold no right to use the field page")


def own_page(request: Request, typed: bool = False) -> bool:
    """Whether our own page asks: another site can make a browser send its cookies along, not these two headers.

    An Origin must be this host. Without one the browser itself must say where the request comes from; `typed` lets pass what says
    nothing, for a question whose answer no other site can read.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host", ""):
        return False
    if site is not None:
        return site in (TYPED if typed else SAME)
    return origin is not None or typed


def refusal(status: int, thai: str, english: str, **more: object) -> Response:
    """A refusal in both languages; no browser keeps it."""
    body = json.dumps({"reason": thai, "reason_en": english, **more}, ensure_ascii=False)
    return Response(body, status, {"cache-control": "no-store"}, "application/json")

"""Streamlit's signed cookie: read with Streamlit's own functions, made to live for a working day, and called back at sign-out."""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.requests import HTTPConnection, cookie_parser

from ui.server.auth_settings import SignIn
from ui.streamlit_internals import XSRF_COOKIE, identity_cookie

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Visit:
    """What one signed cookie says: the claims of the identity token, and a mark by which this very sign-in is known."""

    claims: Mapping[str, Any]
    mark: str


def visit(headers: Headers, settings: SignIn) -> Visit | None:
    """The sign-in that a request's cookies carry; none when it is missing, forged, too old, of another host or called back."""
    request: dict[str, Any] = {"type": "http", "headers": list(headers)}
    return _visit(HTTPConnection(request).cookies, settings)  # as Streamlit reads them: two readings are two people


def begun(headers: Headers, settings: SignIn) -> Visit | None:
    """The sign-in that an answer hands out."""
    given = [value for name, value in headers if name.lower() == b"set-cookie" and b"max-age=0" not in value.lower()]
    texts = (text.decode("latin-1").split(";", 1)[0] for text in given)
    return _visit({name: value for text in texts for name, value in cookie_parser(text).items()}, settings)


def _visit(cookies: Mapping[str, str], settings: SignIn) -> Visit | None:
    payload = identity_cookie(cookies, settings.hours)
    mark = sha256(payload).hexdigest() if payload else ""
    if not payload or mark in _called_back:
        return None
    try:
        said = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("origin") != settings.origin or said.get("is_logged_in") is not True:
        return None
    return Visit(said, mark)


_called_back: dict[str, float] = {}  # marks of sign-ins that were signed out of, until their cookies are too old anyway


def call_back(mark: str, settings: SignIn) -> None:
    """Signed out: a copy of the cookie, or another tab that still holds it, is worth nothing from now on."""
    now = time.time()
    for old in [m for m, until in _called_back.items() if until < now]:
        del _called_back[old]
    _called_back[mark] = now + settings.hours * 3600


def called_back(mark: str) -> bool:
    """Whether a sign-in was signed out of."""
    return mark in _called_back


def sealed(header: bytes, settings: SignIn) -> bytes:
    """A Set-Cookie header that lives no longer than a sign-in, keeps off plain connections and, but for one, out of scripts."""
    first, *rest = header.decode("latin-1").split(";")
    said = {name.strip().lower(): value for name, _, value in (part.partition("=") for part in rest)}
    parts = [first, f"path={said.get('path', '/')}", f"samesite={said.get('samesite', 'lax')}"]
    parts += [f"max-age={min(int(said['max-age']), settings.hours * 3600)}"] if "max-age" in said else []
    parts += ["secure"] if settings.secure else []
    parts += [] if first.startswith(f"{XSRF_COOKIE}=") else ["httponly"]  # scripts read that one, to send it back
    return "; ".join(parts).encode("latin-1")

"""Identity cookie: verify Streamlit's signed cookie, cap its lifetime to a working day, revoke it at sign-out."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.requests import HTTPConnection, cookie_parser

from access import signed_out
from installation.paths import data_folder
from ui.auth.auth_settings import SignIn
from ui.streamlit_internals import XSRF_COOKIE, identity_cookie

log = logging.getLogger("baansuk.access")
Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Identity:
    """A verified identity cookie: the ID token's claims, and a fingerprint (SHA-256) that identifies this very sign-in."""

    claims: Mapping[str, Any]
    fingerprint: str


def identity_in(headers: Headers, settings: SignIn) -> Identity | None:
    """The identity in a request's cookies; none when missing, forged, expired, of another origin or revoked."""
    request: dict[str, Any] = {"type": "http", "headers": list(headers)}
    return _identity(HTTPConnection(request).cookies, settings)  # as Streamlit reads them: two readings are two people


def identity_issued(headers: Headers, settings: SignIn) -> Identity | None:
    """The identity that a response's Set-Cookie headers issue."""
    given = [value for name, value in headers if name.lower() == b"set-cookie" and b"max-age=0" not in value.lower()]
    texts = (text.decode("latin-1").split(";", 1)[0] for text in given)
    return _identity({name: value for text in texts for name, value in cookie_parser(text).items()}, settings)


def _identity(cookies: Mapping[str, str], settings: SignIn) -> Identity | None:
    payload = identity_cookie(cookies, settings.hours)
    fingerprint = sha256(payload).hexdigest() if payload else ""
    if not payload or is_revoked(fingerprint):
        return None
    try:
        claims = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(claims, dict) or claims.get("origin") != settings.origin or claims.get("is_logged_in") is not True:
        return None
    return Identity(claims, fingerprint)


_unwritten: set[str] = set()  # fingerprints that no disk took; gone with this process


def revoke(fingerprint: str, settings: SignIn) -> None:
    """Revoke a sign-in: copies of its cookie, also in other tabs and in other server processes, are invalid from now on."""
    try:
        signed_out.end(data_folder(), fingerprint, settings.hours * 3600)
    except OSError as fault:  # a full disk keeps nobody from signing out, here at least
        _unwritten.add(fingerprint)
        log.error("บันทึกการออกจากระบบไม่ได้ · a sign-out was not written down: %s", type(fault).__name__)


def is_revoked(fingerprint: str) -> bool:
    """Whether a sign-in was revoked."""
    return fingerprint in _unwritten or signed_out.ended(data_folder(), fingerprint)


def hardened(header: bytes, settings: SignIn) -> bytes:
    """Harden a Set-Cookie header: Max-Age of a sign-in at most, Secure behind TLS, HttpOnly but for the XSRF cookie."""
    first, *rest = header.decode("latin-1").split(";")
    attributes = {name.strip().lower(): value for name, _, value in (part.partition("=") for part in rest)}
    parts = [first, f"path={attributes.get('path', '/')}", f"samesite={attributes.get('samesite', 'lax')}"]
    parts += [f"max-age={min(int(attributes['max-age']), settings.hours * 3600)}"] if "max-age" in attributes else []
    parts += ["secure"] if settings.secure else []
    parts += [] if first.startswith(f"{XSRF_COOKIE}=") else ["httponly"]  # scripts read that one, to send it back
    return "; ".join(parts).encode("latin-1")

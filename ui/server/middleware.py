"""ASGI middleware before everything that Streamlit serves: access control, security headers (CSP), localised HTML.

Without it, media, static files and metrics answer any page that a reader's browser has open (DNS rebinding) and whoever knows
their address, and `<html lang>` says English over Thai text.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from ui.auth.auth_gate import PAGES, AccessGuard
from ui.auth.auth_settings import SignIn, loopback
from ui.i18n import t
from ui.server.index_html import localised_index, not_found_page
from ui.static import compressed
from ui.static.static_routes import FOREVER

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]

LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
OK = 200
POLICY = {  # the strictest that holds: Streamlit writes its styles at run time, charts draw into blobs and data addresses,
    # and a component starts from a blob, which only a script that already runs can make
    "default-src": "'self'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{name} {sources}" for name, sources in POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ADDED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
FIELD = "/field/"  # whole as its room answers it: no page of Streamlit's, and no script that starts from a blob
FIELD_POLICY = POLICY | dict.fromkeys(("script-src", "style-src", "font-src", "connect-src", "worker-src"), "'self'")
FIELD_HEADERS = HEADERS | {
    "content-security-policy": "; ".join(f"{name} {sources}" for name, sources in FIELD_POLICY.items()),
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
FIELD_ADDED = [(name.encode(), value.encode()) for name, value in FIELD_HEADERS.items()]


class Gate:
    """Refuses unauthorised requests, adds security headers, and rewrites Streamlit's index.html.

    `settings` is how people sign in; without it this is the single-user desk, which answers its own machine and nobody else.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: SignIn | None = None) -> None:
        self.app = app
        self.guard = AccessGuard(settings) if settings else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        answer = HardenedResponse(scope, send, self.guard)
        if self.guard is None:
            if not from_loopback(scope):
                says = t("Open this dashboard as http://localhost on its own machine.", lang="th")
                return await deny(scope, answer.send, 403, says)
        elif scope["type"] == "websocket":
            guarded = await self.guard.websocket(scope, receive, send)
            return await (self.app(scope, *guarded) if guarded else send({"type": "websocket.close", "code": 1008}))
        elif refusal := await self.guard.http(scope):
            return await deny(scope, answer.send, *refusal)
        if scope["type"] == "websocket":
            return await self.app(scope, receive, send)
        if accepts_html(dict(scope["headers"])) and not in_field(scope):
            # an HTML page comes back as it is: it must be readable to be translated
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in UNWANTED]}
        await self.app(scope, receive, answer.send)


def from_loopback(scope: Scope) -> bool:
    """Whether host and client are both loopback (DNS rebinding); behind a proxy the client is another, and is refused."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    asks = (scope.get("client") or ("", 0))[0]
    return bool(LOOPBACK.fullmatch(host)) and loopback(asks)


UNWANTED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


def accepts_html(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser navigates (Accept: text/html), rather than fetches a resource."""
    return b"text/html" in headers.get(b"accept", b"")


def in_field(scope: Scope) -> bool:
    """Whether the field page is asked, or one of its files."""
    return scope["path"].startswith(FIELD)


class HardenedResponse:
    """One response on its way out: HTML is buffered and rewritten, everything else streams through with headers added."""

    def __init__(self, scope: Scope, send: Send, guard: AccessGuard | None = None) -> None:
        self.scope, self.pass_on, self.guard, self.body = scope, send, guard, b""
        self.start: Scope = {}

    async def send(self, message: Scope) -> None:
        """Pass on one ASGI message."""
        if message["type"] == "http.response.start":
            from_gate = message.get("gate", False)
            message = {k: v for k, v in message.items() if k != "gate"} | {"headers": self.headers(message)}
            if self.guard:
                message["headers"] = await self.guard.answered(self.scope, message["headers"])
            if not from_gate and not in_field(self.scope) and self.is_page(message):
                self.start = message
                return
        elif self.start and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self.page()
            return
        await self.pass_on(message)

    def headers(self, start: Scope) -> list[tuple[bytes, bytes]]:
        """Streamlit's headers and ours. Cache-Control: a year for fonts and styles, whose URLs are versioned, but never for a
        refusal; no-store for files that a page made, which hold personal data."""
        keep = start["status"] == OK and self.scope["path"].startswith(("/fonts/", "/look/"))
        says = FOREVER if keep else "no-store" if self.scope["path"].startswith("/media/") else ""
        cache = [(b"cache-control", says.encode())] if says else []
        added = FIELD_ADDED if in_field(self.scope) else ADDED
        return [h for h in start["headers"] if not (says and h[0].lower() == b"cache-control")] + cache + added

    def is_page(self, start: Scope) -> bool:
        """Whether this is Streamlit's HTML page, not compressed."""
        headers = {k.lower(): v for k, v in start["headers"]}
        return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers

    async def page(self) -> None:
        """Send the buffered HTML, rewritten."""
        asked = parse_qs(self.scope.get("query_string", b"").decode("latin-1"))
        lang = "en" if asked.get("lang") == ["en"] else "th"
        page = self.scope["path"].strip("/")
        exists = page in PAGES
        body = (localised_index(self.body.decode(), lang, page) if exists else not_found_page(lang)).encode()
        dropped = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}
        headers = [h for h in self.start["headers"] if h[0].lower() not in dropped]
        if coding := compressed.offered({k.decode(): v.decode("latin-1") for k, v in self.scope["headers"]}):
            body = compressed.variant(body, sha256(body).hexdigest(), coding, on_disk=False)
            headers += [(b"content-encoding", coding.encode())]
        headers += [(b"content-length", str(len(body)).encode()), (b"vary", b"Accept-Encoding")]
        await self.pass_on({**self.start, "status": self.start["status"] if exists else 404, "headers": headers})
        await self.pass_on({"type": "http.response.body", "body": b"" if self.scope["method"] == "HEAD" else body})


async def deny(scope: Scope, send: Send, status: int, body: str, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Send a refusal of the gate itself, HTML or a line of text; security headers are added on its way out."""
    if scope["type"] == "websocket":
        return await send({"type": "websocket.close", "code": 1008})
    kind = b"text/html" if body.startswith("<!DOCTYPE") else b"text/plain"
    text = b"" if scope["method"] == "HEAD" else body.encode()
    headers = [(b"content-type", kind + b"; charset=utf-8"), (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers, "gate": True})
    await send({"type": "http.response.body", "body": text})

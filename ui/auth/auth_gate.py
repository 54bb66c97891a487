"""Authentication and authorisation of every request and every websocket message; only the sign-in paths are public."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, quote, unquote

import definitions
from access import grants
from access.grants import Person
from audit.log import write as write_entry
from installation.paths import data_folder
from queries import Reader
from ui.auth.auth_cookie import Identity, hardened, identity_in, identity_issued, is_revoked, revoke
from ui.auth.auth_settings import SignIn
from ui.auth.identity import Refused, admitted
from ui.auth.sign_in_pages import elsewhere_page, refused_page, sign_in_page
from ui.i18n import t
from ui.static.static_routes import address
from ui.streamlit_internals import CALLBACK, HEALTH, LOGIN, LOGOUT, login_path, redirect_message

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
Header = tuple[bytes, bytes]
Refusal = tuple[int, str] | tuple[int, str, list[Header]]

PAGES = {"", *(row["page"] for row in definitions.table("pages"))}
LANDINGS = PAGES | {"field", "field/enter"}  # where a sign-in may lead: the pages, and the field page
SIGN_IN = "/sign-in/"
OPEN = {  # public: Streamlit's sign-in, the sign-in page's style, and the health check
    LOGIN,
    LOGOUT,
    CALLBACK,
    HEALTH,
    "/fonts/Sarabun-Regular.ttf",
    "/fonts/Sarabun-Bold.ttf",
    address("sign_in_pages.css"),
    address("mark.svg"),
}
NEEDS = {"/_stcore/upload_file/": "loads", "/_stcore/metrics": "users", "/_stcore/script-health-check": "users"}
CLOSED = ("/_stcore/agent",)  # Streamlit's experimental programming interface knows no signed cookie
WANTED = "baansuk_wanted"  # cookie: the address one wanted before signing in, for ten minutes
CHALLENGE = (b"www-authenticate", b"OpenID")  # a 401 names its scheme; browsers know none of this name and ask nothing
UNAUTHORISED, FORBIDDEN, FOUND = 401, 403, 302

log = logging.getLogger("baansuk.access")


class AccessGuard:
    """Access decisions of one server process; stateless: users and ended sign-ins lie in the data folder, for all processes."""

    def __init__(self, settings: SignIn) -> None:
        self.settings = settings

    async def http(self, scope: Scope) -> Refusal | None:
        """The refusal of a request as (status, body, headers), none when it may pass."""
        path, lang, page = scope["path"], language(scope), accepts_html(scope)
        if path == HEALTH:  # by whatever name: who watches the server asks on its own machine
            return None
        if host(scope) != self.settings.host:
            return FORBIDDEN, elsewhere_page(self.settings.origin, lang) if page else "another address"
        if path.startswith(SIGN_IN) and path.removeprefix(SIGN_IN) in self.settings.providers:
            return self.to_provider(scope, path.removeprefix(SIGN_IN))
        if path in OPEN:
            if path == LOGOUT:
                await self.signed_out(scope)
            return None
        try:
            person = self.person(identity_in(scope["headers"], self.settings))
        except Refused as refused:
            return self.refusal(refused, scope)
        if path.startswith(CLOSED) or not all(may(person, what) for start, what in NEEDS.items() if path.startswith(start)):
            return FORBIDDEN, t("You hold no right to see this dashboard.", lang)
        return None

    def person(self, identity: Identity | None) -> Person:
        """The person of an identity, authorised as of now; raises Refused."""
        if identity is None or is_revoked(identity.fingerprint):
            raise Refused("sign_in")
        return admitted(identity.claims, self.settings)

    def refusal(self, refused: Refused, scope: Scope) -> Refusal:
        """401 with the sign-in page, 403 with whom to ask; HTML for navigation, a line of text otherwise."""
        lang, page = language(scope), accepts_html(scope)
        if refused.why == "sign_in":
            body = sign_in_page(self.settings, wanted(scope), lang) if page else t("Please sign in again.", lang)
            return UNAUTHORISED, body, [CHALLENGE]
        if not page:
            return FORBIDDEN, t("You hold no right to see this dashboard.", lang)
        users = grants.users(data_folder())
        faults = users.faults if refused.why == "unknown" and refused.email in users.administrators else ()
        return FORBIDDEN, refused_page(refused.why, refused.email, self.settings.ask, faults, lang)

    def to_provider(self, scope: Scope, provider: str) -> Refusal:
        """Redirect to Streamlit's own sign-in; its ticket lasts two minutes, so it is made at the click."""
        to = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("to", ["/"])[0]
        kept = f"{WANTED}={quote(to, safe='')}; path=/; max-age=600; samesite=lax; httponly"
        headers = [(b"location", login_path(provider).encode()), (b"set-cookie", kept.encode())]
        return FOUND, "", headers

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> tuple[Receive, Send] | None:
        """ASGI receive and send that authorise every message; none when the handshake is refused."""
        identity = identity_in(scope["headers"], self.settings)
        try:
            self.person(identity)
        except Refused:
            return None
        if host(scope) != self.settings.host:
            return None
        guarded = GuardedSocket(self, identity, receive, send)
        return guarded.receive, guarded.send

    async def answered(self, scope: Scope, headers: list[Header]) -> list[Header]:
        """Response headers: hardened cookies, no shared caching; a sign-in that they issue is logged."""
        headers = [(k, v.replace(b"public", b"private") if k.lower() == b"cache-control" else v) for k, v in headers]
        if scope["path"] == CALLBACK and (identity := identity_issued(headers, self.settings)):
            await self.signed_in(identity)
            headers = [(k, landing(scope).encode() if k.lower() == b"location" else v) for k, v in headers]
        return [(k, hardened(v, self.settings) if k.lower() == b"set-cookie" else v) for k, v in headers]

    async def signed_in(self, identity: Identity) -> None:
        """Log a sign-in, or the attempt of somebody without a right."""
        try:
            await self.write(self.person(identity).email, "sign_in", provider=identity.claims.get("provider"))
        except Refused as refused:
            await self.write(refused.email or "unknown", "refused", why=refused.why, provider=identity.claims.get("provider"))

    async def signed_out(self, scope: Scope) -> None:
        """Log a sign-out and revoke its cookie."""
        if identity := identity_in(scope["headers"], self.settings):
            revoke(identity.fingerprint, self.settings)
            await self.write(str(identity.claims.get("email") or "unknown").casefold(), "sign_out")

    async def write(self, who: str, action: str, **facts: object) -> None:
        """Write one audit entry; a failing log does not lock the committee out (it does stop unmasking and exports)."""
        try:
            await asyncio.to_thread(write_entry, data_folder(), who, action, **facts)
        except Exception as fault:  # whatever kept it from being written must not keep somebody from signing out
            log.error("บันทึกเหตุการณ์ไม่ได้ · not written to the log: %s (%s)", action, type(fault).__name__)


class GuardedSocket:
    """One open websocket, authorised per message: once the right is withdrawn, nothing is passed on and the browser is
    redirected to sign-in."""

    def __init__(self, guard: AccessGuard, identity: Identity | None, receive: Receive, send: Send) -> None:
        self.guard, self.identity, self.receive_next, self.send_on = guard, identity, receive, send
        self.over = False

    async def receive(self) -> Scope:
        """ASGI receive: the browser's next message, or a disconnect once the right is withdrawn."""
        message = await self.receive_next()
        if message["type"] == "websocket.receive":
            try:
                self.guard.person(self.identity)
            except Refused as refused:
                await self.end(refused)
                return {"type": "websocket.disconnect", "code": 1008}
        return message

    async def send(self, message: Scope) -> None:
        """ASGI send: nothing after the end."""
        if not self.over:
            await self.send_on(message)

    async def end(self, refused: Refused) -> None:
        """Redirect the browser to sign-in, where the reason stands, and close."""
        self.over = True
        await self.send_on({"type": "websocket.send", "bytes": redirect_message("/")})
        await self.send_on({"type": "websocket.close", "code": 1008})
        if refused.email:
            await self.guard.write(refused.email, "refused", why=refused.why)


def may(person: Person, what: str) -> bool:
    """Whether any role of a person has a right."""
    return any(Reader(role, areas).may(what) for role, areas in person.grants.items())


def host(scope: Scope) -> str:
    """The Host header, in lower case."""
    return dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()


def language(scope: Scope) -> str:
    """The language in the query string, "th" by default."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return "en" if asked.get("lang") == ["en"] else "th"


def accepts_html(scope: Scope) -> bool:
    """Whether a browser navigates (Accept: text/html), rather than fetches a resource."""
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def wanted(scope: Scope) -> str:
    """The requested page's path and query, "/" for anything that is no page."""
    if scope["path"].strip("/") not in LANDINGS:
        return "/"
    query = scope.get("query_string", b"").decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "")


def landing(scope: Scope) -> str:
    """Redirect target after sign-in: the page of the cookie WANTED, never outside this origin (no open redirect)."""
    kept = dict(
        p.strip().split("=", 1) for p in dict(scope["headers"]).get(b"cookie", b"").decode("latin-1").split(";") if "=" in p
    )
    path, _, query = unquote(kept.get(WANTED, "/")).partition("?")
    if path.strip("/") not in LANDINGS or not path.startswith("/") or path.startswith("//"):
        return "/"
    return path + (f"?{quote(query, safe='=&%+,.-_~')}" if query else "")

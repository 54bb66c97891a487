"""What the gate does where sign-in is configured: every request and every tap is asked who it is; nothing is open but the door."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.user_info import generate_login_redirect_url

import definitions
from access import grants
from access.grants import Person
from audit.log import write as tell
from installation.paths import data_folder
from queries import Reader
from ui.server.auth_cookie import Visit, begun, call_back, called_back, sealed, visit
from ui.server.auth_settings import CALLBACK, SignIn
from ui.server.sign_in_pages import elsewhere_page, refused_page, sign_in_page
from ui.server.static_routes import address
from ui.session.identity import Refused, admitted
from ui.view.i18n import t

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
Header = tuple[bytes, bytes]
Refusal = tuple[int, str] | tuple[int, str, list[Header]]

PAGES = {"", *(row["page"] for row in definitions.table("pages"))}
SIGN_IN, SIGN_OUT = "/sign-in/", "/auth/logout"
HEALTH = "/_stcore/health"  # says "ok", nothing more
OPEN = {  # what the door needs: the way through Streamlit's sign-in, its own look, and a word for whoever watches the server
    "/auth/login",
    SIGN_OUT,
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


class Door:
    """The decisions for one server; it keeps nothing about anybody but the sign-ins that were signed out of."""

    def __init__(self, settings: SignIn) -> None:
        self.settings = settings

    async def http(self, scope: Scope) -> Refusal | None:
        """Why a request is not passed on, as an answer; none when it may go on."""
        path, lang, page = scope["path"], language(scope), wants_page(scope)
        if path == HEALTH:  # by whatever name: who watches the server asks on its own machine
            return None
        if host(scope) != self.settings.host:
            return FORBIDDEN, elsewhere_page(self.settings.origin, lang) if page else "another address"
        if path.startswith(SIGN_IN) and path.removeprefix(SIGN_IN) in self.settings.providers:
            return self.to_provider(scope, path.removeprefix(SIGN_IN))
        if path in OPEN:
            if path == SIGN_OUT:
                await self.signed_out(scope)
            return None
        try:
            person = self.person(visit(scope["headers"], self.settings))
        except Refused as refused:
            return self.refusal(refused, scope)
        if path.startswith(CLOSED) or not all(may(person, what) for start, what in NEEDS.items() if path.startswith(start)):
            return FORBIDDEN, t("You hold no right to see this dashboard.", lang)
        return None

    def person(self, found: Visit | None) -> Person:
        """Whom a sign-in names, if the person may still come in; raises Refused."""
        if found is None or called_back(found.mark):
            raise Refused("sign_in")
        return admitted(found.claims, self.settings)

    def refusal(self, refused: Refused, scope: Scope) -> Refusal:
        """401 with the way in, 403 with whom to ask; pages for browsers, a line for everything else."""
        lang, page = language(scope), wants_page(scope)
        if refused.why == "sign_in":
            body = sign_in_page(self.settings, wanted(scope), lang) if page else t("Please sign in again.", lang)
            return UNAUTHORISED, body, [CHALLENGE]
        if not page:
            return FORBIDDEN, t("You hold no right to see this dashboard.", lang)
        users = grants.users(data_folder())
        faults = users.faults if refused.why == "unknown" and refused.email in users.told else ()
        return FORBIDDEN, refused_page(refused.why, refused.email, self.settings.ask, faults, lang)

    def to_provider(self, scope: Scope, provider: str) -> Refusal:
        """On to Streamlit's own sign-in; its ticket lasts two minutes, so it is made when the button is pressed."""
        to = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("to", ["/"])[0]
        kept = f"{WANTED}={quote(to, safe='')}; path=/; max-age=600; samesite=lax; httponly"
        headers = [(b"location", generate_login_redirect_url(provider).encode()), (b"set-cookie", kept.encode())]
        return FOUND, "", headers

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> tuple[Receive, Send] | None:
        """A receive and a send that ask on every message whether the person may still come in; none when not now."""
        found = visit(scope["headers"], self.settings)
        try:
            self.person(found)
        except Refused:
            return None
        if host(scope) != self.settings.host:
            return None
        watched = Watched(self, found, receive, send)
        return watched.receive, watched.send

    async def answered(self, scope: Scope, headers: list[Header]) -> list[Header]:
        """The headers of an answer: cookies of one working day, nothing kept by shared caches, and the sign-in written down."""
        headers = [(k, v.replace(b"public", b"private") if k.lower() == b"cache-control" else v) for k, v in headers]
        if scope["path"] == CALLBACK and (found := begun(headers, self.settings)):
            await self.signed_in(found)
            headers = [(k, landing(scope).encode() if k.lower() == b"location" else v) for k, v in headers]
        return [(k, sealed(v, self.settings) if k.lower() == b"set-cookie" else v) for k, v in headers]

    async def signed_in(self, found: Visit) -> None:
        """Write down who signed in, or who tried and holds no right."""
        try:
            await self.write(self.person(found).email, "sign_in", provider=found.claims.get("provider"))
        except Refused as refused:
            await self.write(refused.email or "unknown", "refused", why=refused.why, provider=found.claims.get("provider"))

    async def signed_out(self, scope: Scope) -> None:
        """Write down who leaves, and call the cookie back, wherever a copy of it may lie."""
        if found := visit(scope["headers"], self.settings):
            call_back(found.mark, self.settings)
            await self.write(str(found.claims.get("email") or "unknown").casefold(), "sign_out")

    async def write(self, who: str, action: str, **facts: object) -> None:
        """One entry of the log; a lost log does not keep the committee out (it does stop unmasking and exports)."""
        try:
            await asyncio.to_thread(tell, data_folder(), who, action, **facts)
        except Exception as fault:  # whatever kept it from being written must not keep somebody from signing out
            log.error("บันทึกเหตุการณ์ไม่ได้ · not written to the log: %s (%s)", action, type(fault).__name__)


class Watched:
    """One open websocket. A tap of somebody who may no longer come in is not passed on; the browser is sent to the door."""

    def __init__(self, door: Door, found: Visit | None, receive: Receive, send: Send) -> None:
        self.door, self.found, self.heard, self.tell = door, found, receive, send
        self.over = False

    async def receive(self) -> Scope:
        """The next message of the browser, if it still may."""
        message = await self.heard()
        if message["type"] == "websocket.receive":
            try:
                self.door.person(self.found)
            except Refused as refused:
                await self.end(refused)
                return {"type": "websocket.disconnect", "code": 1008}
        return message

    async def send(self, message: Scope) -> None:
        """What the app answers; nothing after the end."""
        if not self.over:
            await self.tell(message)

    async def end(self, refused: Refused) -> None:
        """To the door, where the reason is said."""
        self.over = True
        away = ForwardMsg()
        away.auth_redirect.url = "/"
        await self.tell({"type": "websocket.send", "bytes": away.SerializeToString()})
        await self.tell({"type": "websocket.close", "code": 1008})
        if refused.email:
            await self.door.write(refused.email, "refused", why=refused.why)


def may(person: Person, what: str) -> bool:
    """Whether any role of a person may do something."""
    return any(Reader(role, areas).may(what) for role, areas in person.grants.items())


def host(scope: Scope) -> str:
    """The host that a request names."""
    return dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()


def language(scope: Scope) -> str:
    """The language that an address asks for."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return "en" if asked.get("lang") == ["en"] else "th"


def wants_page(scope: Scope) -> bool:
    """Whether a browser opens an address, rather than fetches a part of a page."""
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def wanted(scope: Scope) -> str:
    """The address of the app that was asked for, the first page for anything else."""
    if scope["path"].strip("/") not in PAGES:
        return "/"
    query = scope.get("query_string", b"").decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "")


def landing(scope: Scope) -> str:
    """Where one arrives after signing in: at the page one wanted, never outside this dashboard."""
    kept = dict(
        p.strip().split("=", 1) for p in dict(scope["headers"]).get(b"cookie", b"").decode("latin-1").split(";") if "=" in p
    )
    path, _, query = unquote(kept.get(WANTED, "/")).partition("?")
    if path.strip("/") not in PAGES or not path.startswith("/") or path.startswith("//"):
        return "/"
    return path + (f"?{quote(query, safe='=&%+,.-_~')}" if query else "")

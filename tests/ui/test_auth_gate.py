"""Every route that the server really has, asked without sign-in, with a forged, an old or a disabled one, and with a right one."""

import asyncio
import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from itsdangerous import URLSafeTimedSerializer
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from access import users
from tests.fresh_thread import awaited
from ui.auth import auth_cookie
from ui.auth.auth_gate import OPEN
from ui.auth.auth_settings import Provider, SignIn
from ui.map import messages, outline_sets
from ui.server.middleware import Gate
from ui.server.streamlit_static import CompressedStatic
from ui.static import static_routes, streamlit_chunks

ROOT = Path(__file__).parent.parent.parent
HOST = "baansuk.example.go.th"
SECRET = secrets.token_hex(32)
SETTINGS = SignIn(f"https://{HOST}/oauth2callback", 8, {"test": Provider("test", "Test", "me", "https://id.example", "")})
REFUSED = {401, 403}


@pytest.fixture(scope="module")
def app() -> Iterator[Any]:
    """The app that dashboard.py makes, with Streamlit's own routes around it, not served."""
    kept = {name: config.get_option(name) for name in ("server.cookieSecret", "server.enableStaticServing")}
    config.set_option("server.cookieSecret", SECRET)
    config.set_option("server.enableStaticServing", True)
    Runtime._instance = None
    made = st.App(
        str(ROOT / "ui" / "frame.py"),
        middleware=[Middleware(Gate, settings=SETTINGS), Middleware(CompressedStatic)],
        routes=[*static_routes.routes(), *outline_sets.routes(), *messages.routes()],
    )
    yield made._build_starlette_app()
    Runtime._instance = None
    for name, value in kept.items():
        config.set_option(name, value)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path))
    for email, role in (("viewer@x.go.th", "viewer"), ("officer@x.go.th", "data_officer"), ("admin@x.go.th", "admin")):
        users.main(["add", email, role, "34", "--data", str(tmp_path)])
    return tmp_path


def signed(email: str = "viewer@x.go.th", secret: str = SECRET, ago: float = 0, chunks: int = 1, **claims: object) -> str:
    """A Cookie header as Streamlit signs it."""
    payload = {"is_logged_in": True, "origin": SETTINGS.origin, "provider": "test", "iss": "https://id.example", "aud": "me"}
    payload |= {"iat": int(time.time() - ago), "email": email, "email_verified": True, **claims}
    text, name = json.dumps(payload), "_streamlit_user"
    parts = {name: text}
    if chunks > 1:
        size = len(text) // chunks + 1
        parts = {name: f"chunks-{chunks}"} | {f"{name}_{i + 1}": text[i * size : (i + 1) * size] for i in range(chunks)}

    def sign(of: str, value: str) -> str:
        signer = URLSafeTimedSerializer(secret, salt=of)
        made = signer.make_signer(of)
        made.get_timestamp = lambda: int(time.time() - ago)  # type: ignore[method-assign]
        return made.sign(signer.dump_payload(value)).decode()

    return "; ".join(f"{of}={sign(of, value)}" for of, value in parts.items())


def paths(routes: list, before: str = "") -> list[tuple[str, str, str]]:
    """(kind, method, path) of every route, its parameters filled in."""
    endpoints: list[tuple[str, str, str]] = []
    for route in routes:
        path = before + route.path.replace("{", "").replace("}", "").replace(":path", "")
        if isinstance(route, Mount):
            endpoints += [("http", "GET", f"{path}/{name}") for name in ("", "index.html", "js/any.js", "Sarabun-Thin.ttf")]
            endpoints += paths(getattr(route, "routes", []) or [], path)
        elif isinstance(route, WebSocketRoute):
            endpoints.append(("websocket", "GET", path))
        elif isinstance(route, Route):
            endpoints += [("http", method, path) for method in sorted(route.methods or {"GET"})]
        else:
            raise AssertionError(f"a kind of route that this test does not know: {route!r}")
    return endpoints


def asked(
    app: Any, kind: str, method: str, path: str, cookie: str = "", accept: str = "*/*", host: str = HOST
) -> tuple[int, dict, str]:
    """One request or websocket through the whole app: status (a closed websocket is 403), headers, body."""
    sent: list[dict] = []
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}, {"type": "websocket.connect"}])

    async def receive() -> dict:
        wanted = "websocket.connect" if kind == "websocket" else "http.request"
        message = next((m for m in messages if m["type"] == wanted), None)
        if message is None and kind == "http":
            await asyncio.sleep(30)  # the browser stays
        return message or {"type": "websocket.disconnect", "code": 1000}

    async def send(message: dict) -> None:
        sent.append(message)

    path, _, query = path.partition("?")
    headers = [(b"host", host.encode()), (b"accept", accept.encode()), (b"cookie", cookie.encode())]
    headers += [(b"origin", SETTINGS.origin.encode())] if kind == "websocket" else []
    scope = {"type": kind, "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode()}
    scope |= {"headers": headers, "client": ("10.0.0.9", 5), "server": ("10.0.0.1", 80), "scheme": "https", "root_path": ""}
    awaited(app({**scope, "http_version": "1.1"}, receive, send))
    if kind == "websocket":
        return (403 if sent[0]["type"] == "websocket.close" else 101), {}, ""
    shown = {k.decode().lower(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    return sent[0]["status"], shown, b"".join(m.get("body", b"") for m in sent[1:]).decode("utf-8", "replace")


STRANGERS = {
    "nobody": lambda: "",
    "forged": lambda: signed(secret=secrets.token_hex(32)),
    "not a cookie": lambda: "_streamlit_user=eyJhIjoxfQ.x.y",
    "signed too long ago": lambda: signed(ago=9 * 3600),
    "issued too long ago": lambda: signed(iat=int(time.time()) - 9 * 3600),
    "of another dashboard": lambda: signed(origin="https://other.example"),
    "not logged in": lambda: signed(is_logged_in=False),
    "another app's": lambda: signed(aud="other"),
    "unknown": lambda: signed("stranger@x.go.th"),
    "not verified": lambda: signed(email_verified=False),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_every_route_of_the_server_is_closed_without_a_right(app: Any, stranger: str) -> None:
    routes = paths(app.routes)
    assert len(routes) > 25 and {"websocket", "http"} == {kind for kind, _, _ in routes}
    pages = [("http", "GET", f"/{page}") for page in ("", "households", "front", "pages/overview.py", "nosuch", "..%2f")]
    cookie_header = STRANGERS[stranger]()
    for kind, method, path in [*routes, *pages]:
        if path not in OPEN:
            for accept in ("*/*", "text/html"):
                status, headers, body = asked(app, kind, method, path, cookie_header, accept)
                assert status in REFUSED, (stranger, kind, method, path, status)
                assert "/static/js" not in body and "stApp" not in body
                assert kind == "websocket" or headers["cache-control"] == "no-store"


def test_streamlits_compressed_files_stand_behind_the_door_and_are_kept_by_nobody_between(app: Any) -> None:
    path = streamlit_chunks.entry()[0]
    assert asked(app, "http", "GET", path)[0] == 401
    status, headers, _ = asked(app, "http", "GET", path, signed())
    assert status == 200 and headers["cache-control"].startswith("private") and "immutable" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"


def test_what_is_open_is_the_door_and_nothing_else(app: Any) -> None:
    assert {
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "/_stcore/health",
        "/fonts/Sarabun-Regular.ttf",
        "/fonts/Sarabun-Bold.ttf",
        static_routes.address("sign_in_pages.css"),
        static_routes.address("mark.svg"),
    } == OPEN


def test_who_holds_a_right_gets_the_page_by_a_cookie_in_one_piece_or_in_three(app: Any) -> None:
    for chunks in (1, 3):
        status, headers, body = asked(app, "http", "GET", "/", signed(chunks=chunks), "text/html")
        assert status == 200 and '<div id="root">' in body and "public" not in headers.get("cache-control", "")
    assert asked(app, "http", "GET", "/_stcore/host-config", signed())[0] == 200
    assert asked(app, "http", "GET", "/", signed(), "text/html", host="10.0.0.1")[0] == 403, "by another name"
    assert asked(app, "http", "GET", "/_stcore/health", host="127.0.0.1:8501")[0] != 403, "but whoever watches the server"


def test_a_chunk_of_somebody_elses_cookie_does_not_fit(app: Any) -> None:
    mine, theirs = signed(chunks=3).split("; "), signed(chunks=3, secret=secrets.token_hex(32)).split("; ")
    assert asked(app, "http", "GET", "/", "; ".join([*mine[:3], theirs[3]]))[0] == 401
    assert asked(app, "http", "GET", "/", "; ".join(mine[:3]))[0] == 401


def test_the_gate_reads_cookies_as_the_app_does(app: Any) -> None:
    """A name with a space behind it is the same name: else the gate would let in one person and the app show another's."""
    mine, theirs = signed("viewer@x.go.th"), signed("officer@x.go.th", nonce="gone")
    name, value = theirs.split("=", 1)
    both = f"{mine}; {name} ={value}"
    scope = {"type": "websocket", "headers": [(b"cookie", both.encode())]}
    identity = auth_cookie.identity_in(scope["headers"], SETTINGS)
    assert WebSocket(scope, None, None).cookies[name] == value and identity.claims["email"] == "officer@x.go.th"
    auth_cookie.revoke(identity.fingerprint, SETTINGS)
    assert asked(app, "http", "GET", "/", both)[0] == 401


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/_stcore/upload_file/s/f", "viewer", 403),
        ("/_stcore/metrics", "viewer", 403),
        ("/_stcore/metrics", "officer", 403),
        ("/_stcore/metrics", "admin", 200),
        ("/_stcore/agent/any", "admin", 403),
    ],
)
def test_uploads_are_for_who_may_load_and_figures_of_the_server_for_the_admin(
    app: Any, path: str, who: str, status: int
) -> None:
    assert asked(app, "http", "PUT" if "upload" in path else "GET", path, signed(f"{who}@x.go.th"))[0] == status


def test_a_disabled_person_is_out_at_the_next_request(app: Any, folder: Path) -> None:
    cookie_header = signed()
    assert asked(app, "http", "GET", "/_stcore/host-config", cookie_header)[0] == 200
    users.main(["disable", "viewer@x.go.th", "--data", str(folder)])
    assert asked(app, "http", "GET", "/_stcore/host-config", cookie_header)[0] == 403


def test_a_sign_in_that_was_signed_out_of_is_worth_nothing(app: Any) -> None:
    cookie_header = signed(nonce="one")
    assert asked(app, "http", "GET", "/", cookie_header)[0] == 200
    status, headers, _ = asked(app, "http", "GET", "/auth/logout", cookie_header)
    assert status == 302 and "max-age=0" in headers["set-cookie"].lower()
    assert asked(app, "http", "GET", "/", cookie_header)[0] == 401


def test_and_is_so_after_a_restart_and_where_the_disk_is_full(app: Any, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    cookie_header = signed(nonce="three")
    fingerprint = auth_cookie.identity_in([(b"cookie", cookie_header.encode())], SETTINGS).fingerprint
    asked(app, "http", "GET", "/auth/logout", cookie_header)
    assert [path.name for path in (folder / "signed_out").iterdir()] == [fingerprint], "beside the users, not in a process"
    another = signed(nonce="four")
    (folder / "signed_out" / fingerprint).unlink()
    (folder / "signed_out").rmdir()
    (folder / "signed_out").touch()  # nothing can be written into it
    assert asked(app, "http", "GET", "/auth/logout", another)[0] == 302
    assert "a sign-out was not written down" in caplog.text
    assert asked(app, "http", "GET", "/", another)[0] == 401


def conversation(claims: dict, happens: Any) -> tuple[list[bytes], list[dict]]:
    """A websocket on which the browser taps three times; `happens` before the second. What the app heard, what the browser got."""
    received: list[bytes] = []
    got: list[dict] = []
    taps = [{"type": "websocket.receive", "bytes": bytes([n])} for n in range(3)]

    async def echo(scope: dict, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            received.append(message["bytes"])
            await send({"type": "websocket.send", "bytes": message["bytes"]})
        await send({"type": "websocket.send", "bytes": b"late"})

    async def receive() -> dict:
        if len(taps) == 2:
            happens()
        return taps.pop(0)

    async def send(message: dict) -> None:
        got.append(message)

    headers = [(b"host", HOST.encode()), (b"cookie", signed(**claims).encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "query_string": b""}
    awaited(Gate(echo, SETTINGS)(scope, receive, send))
    return received, got


def test_an_open_websocket_ends_at_the_first_tap_after_its_person_was_disabled(app: Any, folder: Path) -> None:
    received, got = conversation({}, lambda: users.main(["disable", "viewer@x.go.th", "--data", str(folder)]))
    assert received == [b"\0"], "no callback, no fragment, no page of a disabled person is run"
    assert ForwardMsg.FromString(got[-2]["bytes"]).auth_redirect.url == "/"
    assert got[-1] == {"type": "websocket.close", "code": 1008}


def test_and_when_its_time_is_over(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + 8 * 3600 + 1
    received, got = conversation({}, lambda: monkeypatch.setattr("ui.auth.identity.time.time", lambda: later))
    assert received == [b"\0"] and got[-1]["type"] == "websocket.close"


def test_and_when_it_was_signed_out_of_in_another_tab(app: Any) -> None:
    def out() -> None:
        identity = auth_cookie.identity_in([(b"cookie", signed(nonce="two", iat=claims["iat"]).encode())], SETTINGS)
        auth_cookie.revoke(identity.fingerprint, SETTINGS)

    claims = {"nonce": "two", "iat": int(time.time())}
    received, _ = conversation(claims, out)
    assert received == [b"\0"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            b"_streamlit_user=a.b; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax",
            "_streamlit_user=a.b; path=/; samesite=lax; max-age=28800; secure; httponly",
        ),
        (b"_streamlit_user=; Max-Age=0; Path=/", "_streamlit_user=; path=/; samesite=lax; max-age=0; secure; httponly"),
        (b"_streamlit_xsrf=2|a|b|1; Path=/; SameSite=Lax", "_streamlit_xsrf=2|a|b|1; path=/; samesite=Lax; secure"),
        (
            b"_streamlit_session=x; path=/; Max-Age=1209600; httponly; samesite=lax",
            "_streamlit_session=x; path=/; samesite=lax; max-age=28800; secure; httponly",
        ),
    ],
)
def test_cookies_live_a_working_day_behind_tls_and_out_of_scripts(given: bytes, kept: str) -> None:
    assert auth_cookie.hardened(given, SETTINGS).decode() == kept


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "/nosuch", "/%2f%2fevil.example"])
def test_the_way_back_after_signing_in_never_leads_outside(to: str) -> None:
    from urllib.parse import quote

    from ui.auth.auth_gate import WANTED, landing

    scope = {"headers": [(b"cookie", f"{WANTED}={quote(to, safe='')}".encode())]}
    assert landing(scope) == "/"
    scope = {"headers": [(b"cookie", f"{WANTED}={quote('/map?year=2565&q=%0d%0aX', safe='')}".encode())]}
    assert landing(scope) == "/map?year=2565&q=%0d%0aX"

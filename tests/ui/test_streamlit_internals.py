"""The contract with the installed Streamlit: each thing that the adapter relies on, and that nothing else of ours reaches inside."""

import ast
import asyncio
import inspect
import json
import logging
import secrets
import socket
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest
import streamlit as st
from itsdangerous import URLSafeTimedSerializer
from streamlit import config, error_util, string_util
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.fresh_thread import awaited
from ui import streamlit_internals
from ui.streamlit_internals import SecretsUnreadable, identity_cookie, option, script_run

ROOT = Path(__file__).parent.parent.parent
ADAPTER = ROOT / "ui" / "streamlit_internals.py"
OURS = [ROOT / "dashboard.py", *sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
PUBLIC = {"components"}  # modules of Streamlit that its documentation names, reached as `st.components`
CLAIMS = {"is_logged_in": True, "origin": "https://baansuk.example.go.th", "email": "officer@example.go.th"}
HOUR = 3600


def reached(source: str) -> list[str]:
    """What a source text takes of Streamlit's or asyncio's inside: imports from within, modules as attributes of `st`."""
    internals = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            internals += [alias.name for alias in node.names if alias.name.startswith("streamlit.")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            internals += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "st" and inspect.ismodule(getattr(st, node.attr, None)) and node.attr not in PUBLIC:
                internals.append(f"st.{node.attr}")
            elif (node.value.id, node.attr) == ("asyncio", "base_events"):
                internals.append("asyncio.base_events")
    return internals


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_but_the_adapter_reaches_inside(path: Path) -> None:
    assert path == ADAPTER or reached(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit.runtime",
        "from streamlit import config",
        "from streamlit.runtime.scriptrunner import get_script_run_ctx",
        "def f():\n    from streamlit.errors import StreamlitAPIException",
        "import streamlit as st\nst.runtime.get_instance()",
        "import asyncio\nasyncio.base_events._set_nodelay = print",
    ],
)
def test_every_way_inside_is_noticed(source: str) -> None:
    assert len(reached(source)) == 1


def test_what_is_documented_is_no_way_inside() -> None:
    assert reached("import streamlit as st\nst.query_params.get('lang')\nst.components.v2.component('map')") == []


def test_a_script_run_knows_its_query_its_page_and_the_history() -> None:
    assert script_run() is None
    assert {"query_string", "is_history_navigation"} <= {field.name for field in fields(ScriptRunContext)}
    assert isinstance(inspect.getattr_static(ScriptRunContext, "page_script_hash"), property)

    def page() -> None:
        import streamlit as st

        from ui.streamlit_internals import script_run

        run = script_run()
        st.write(f"{run.query_string} {run.is_history_navigation} {len(run.page_script_hash)}")

    app = AppTest.from_function(page)
    app.query_params["lang"] = "en"
    assert app.run().markdown[0].value == "lang=en False 32"


def test_every_option_that_is_read_or_set_exists() -> None:
    names = {
        node.args[0].value
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"option", "set_option"}
        if isinstance(node.args[0], ast.Constant) and "." in node.args[0].value  # the filter bar has an `option` of its own
    }
    assert "server.allowedHosts" in names and {name: option(name) for name in names}.keys() == names
    with pytest.raises(RuntimeError):
        option("server.noSuchThing")


def test_a_server_option_that_is_set_holds() -> None:
    kept = option("server.allowedHosts")
    streamlit_internals.set_option("server.allowedHosts", ["baansuk.example.go.th"])
    try:
        assert config.get_option("server.allowedHosts") == ["baansuk.example.go.th"]
    finally:
        config.set_option("server.allowedHosts", kept)


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The cookie secret of a section [auth] that was handed to Streamlit, with one provider; no secrets.toml of this machine."""
    kept = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    made = secrets.token_hex(32)
    provider = {
        "client_id": "a",
        "client_secret": "b",
        "server_metadata_url": "https://id.example/.well-known/openid-configuration",
    }
    section = {"redirect_uri": "https://baansuk.example.go.th/oauth2callback", "cookie_secret": made, "test": provider}
    streamlit_internals.set_auth_secrets(section)
    yield made
    config.set_option("secrets.files", kept)
    secrets_singleton._reset()
    secrets_singleton.__dict__["_programmatic_secrets"] = None


def signed(secret: str, claims: Mapping[str, object]) -> dict[str, str]:
    """The cookies that Streamlit's own sign-in sets for these claims, by name."""
    cookies: dict[str, str] = {}
    set_cookie_with_chunks(
        lambda name, value: cookies.update({name: create_signed_value(secret, name, value).decode()}),
        lambda name, value: create_signed_value(secret, name, value),
        "_streamlit_user",
        dict(claims),
        cookie_attr_size=60,
    )
    return cookies


@pytest.mark.parametrize(("more", "pieces"), [({}, 1), ({"groups": secrets.token_hex(4_000)}, 3)])
def test_the_identity_cookie_that_streamlit_signs_is_decoded_whole(secret: str, more: dict, pieces: int) -> None:
    cookies = signed(secret, CLAIMS | more)
    assert len(cookies) >= pieces and json.loads(identity_cookie(cookies, 8) or b"") == CLAIMS | more
    for missing in cookies if pieces > 1 else ():
        assert identity_cookie({name: value for name, value in cookies.items() if name != missing}, 8) is None, missing


def test_a_forged_or_old_identity_cookie_or_one_of_another_name_is_none(secret: str) -> None:
    assert identity_cookie({}, 8) is None
    assert identity_cookie(signed(secrets.token_hex(32), CLAIMS), 8) is None
    assert identity_cookie({"_streamlit_user": create_signed_value(secret, "_streamlit_user_tokens", "{}").decode()}, 8) is None
    signer = URLSafeTimedSerializer(secret, salt="_streamlit_user").make_signer("_streamlit_user")
    now = signer.get_timestamp()
    signer.get_timestamp = lambda: now - 9 * HOUR  # type: ignore[method-assign]
    old = signer.sign(URLSafeTimedSerializer(secret, salt="_streamlit_user").dump_payload(json.dumps(CLAIMS))).decode()
    assert identity_cookie({"_streamlit_user": old}, 8) is None
    assert json.loads(identity_cookie({"_streamlit_user": old}, 10) or b"") == CLAIMS


def test_secrets_are_a_section_or_empty_or_say_that_they_cannot_be_read(secret: str, tmp_path: Path) -> None:
    assert streamlit_internals.auth_secrets()["cookie_secret"] == secret
    secrets_singleton._reset()
    secrets_singleton.__dict__["_programmatic_secrets"] = None
    (tmp_path / "secrets.toml").write_text("other = 1\n")
    assert streamlit_internals.auth_secrets() == {}
    secrets_singleton._reset()
    (tmp_path / "secrets.toml").write_text("[auth\n")
    with pytest.raises(SecretsUnreadable, match="StreamlitSecretNotFoundError"):
        streamlit_internals.auth_secrets()


def test_sign_in_begins_at_a_path_with_a_ticket(secret: str) -> None:
    assert streamlit_internals.can_sign_in()
    path, _, query = streamlit_internals.login_path("test").partition("?")
    assert path == streamlit_internals.LOGIN and query.startswith("provider=") and len(query) > 100


def test_streamlit_serves_the_paths_that_the_gate_leaves_open() -> None:
    Runtime._instance = None
    try:
        served = {getattr(route, "path", "") for route in st.App(str(ROOT / "ui" / "frame.py"))._build_starlette_app().routes}
    finally:
        Runtime._instance = None
    assert {
        streamlit_internals.LOGIN,
        streamlit_internals.LOGOUT,
        streamlit_internals.CALLBACK,
        streamlit_internals.HEALTH,
    } <= served


def test_a_redirect_is_one_message_of_the_websocket() -> None:
    message = ForwardMsg.FromString(streamlit_internals.redirect_message("/"))
    assert (message.WhichOneof("type"), message.auth_redirect.url) == ("auth_redirect", "/")


def test_uncaught_exceptions_are_logged_by_the_logger_that_is_filtered() -> None:
    assert error_util._LOGGER is logging.getLogger(streamlit_internals.EXCEPTION_LOGGER)


def test_the_emoji_of_a_label_depends_on_its_text_alone_and_is_looked_for_through_the_module(monkeypatch) -> None:
    plain = string_util.extract_leading_emoji
    labels = ["", "Map", "แผนที่", "🏠 บ้าน", "บ้าน 🏠", "▶ running", "**ปี** 2565", ":material/tune: x"]
    once = [plain(label) for label in labels]
    monkeypatch.setattr(string_util, "extract_leading_emoji", plain)
    streamlit_internals.cache_leading_emoji()
    cached = string_util.extract_leading_emoji
    assert cached is not plain and once == [cached(label) for label in labels] == [cached(label) for label in labels]
    before = cached.cache_info().hits
    assert string_util.extract_leading_icon("🏠 บ้าน") == ("🏠", "บ้าน") and cached.cache_info().hits == before + 1


def accepted_with_nodelay() -> bool:
    """Whether asyncio sets TCP_NODELAY on what a listening socket without a protocol, as Streamlit's, accepts."""
    flags: list[int] = []

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flags.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def ask() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
            listening.bind(("127.0.0.1", 0))
            async with await asyncio.start_server(answer, sock=listening) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                await reader.read()
                writer.close()

    awaited(ask())
    return bool(flags[0])


def test_small_answers_leave_at_once_only_with_the_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio.base_events, "_set_nodelay", asyncio.base_events._set_nodelay)
    assert not accepted_with_nodelay(), "asyncio does it by itself by now: the patch can go"
    streamlit_internals.disable_nagle()
    assert accepted_with_nodelay()


def test_a_session_is_run_again_as_streamlit_runs_one_whose_file_changed() -> None:
    """The names that `run_again` goes by; that it works, tests/browser/test_record.py shows."""
    from streamlit.runtime.app_session import AppSession, AppSessionState

    source = inspect.getsource(AppSession)
    assert "self.request_rerun(self._client_state)" in source and "self._event_loop" in source and "self._state" in source
    assert {"APP_NOT_RUNNING"} <= set(AppSessionState.__members__)
    assert "get_active_session_info" in dir(Runtime.instance()._session_mgr if Runtime.exists() else _manager())
    assert streamlit_internals.session_id() == "" and streamlit_internals.run_again("nobody") is None
    assert "session_id" in {field.name for field in fields(ScriptRunContext)}


def _manager() -> type:
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    return WebsocketSessionManager

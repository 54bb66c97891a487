"""Adapter for Streamlit's internals: all that this program uses of Streamlit beyond its documented functions.

Each has a name in this project's words and says what it relies on. tests/ui/test_streamlit_internals.py holds all of it against
the installed version, so that an upgrade which moves something fails there by name, and not at a reader's sign-in.
"""

import asyncio
import contextlib
import socket
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from streamlit import config, string_util
from streamlit.auth_util import get_cookie_with_chunks, is_authlib_installed
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.file_util import get_static_dir
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME

XSRF_COOKIE = XSRF_COOKIE_NAME  # the one cookie that Streamlit's own script reads, to send it back as a header
EXCEPTION_LOGGER = "streamlit.error_util"  # logs every uncaught exception of a page, with its message
LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"  # paths of Streamlit's sign-in
HEALTH = "/_stcore/health"  # says "ok", nothing more
LABELS_CACHED = 8_192
PATIENCE = 5  # seconds that another thread waits for the server's event loop


class SecretsUnreadable(Exception):
    """secrets.toml is there and cannot be parsed; Streamlit itself goes on as if there were no secrets."""


class ScriptRun(Protocol):
    """A run of a page's script: query string without "?", the page's hash, and whether the browser went back or forward."""

    query_string: str
    page_script_hash: str
    is_history_navigation: bool


def script_run() -> ScriptRun | None:
    """The script run of this thread, none outside one; relies on ScriptRunContext. A look takes under 1 µs.

    `st.query_params` says the same 40 times slower, and neither the page nor the browser's history.
    """
    return cast("ScriptRun | None", get_script_run_ctx(suppress_warning=True))


def session_id() -> str:
    """The id of this run's session, "" outside one; relies on ScriptRunContext."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def run_again(session: str) -> bool | None:
    """Run an open session again, from any thread, with the page and widgets as they are; None where it is not open any more.

    False where it is being run: to run it again now would take away the tap that is being answered. Relies on the runtime's session
    manager, and on `AppSession.request_rerun` with its own client state in its own event loop, as Streamlit itself runs a page again
    whose file was changed.
    """
    found = Runtime.instance()._session_mgr.get_active_session_info(session) if Runtime.exists() else None
    if found is None:
        return None
    open_ = found.session

    async def run() -> bool:
        idle = open_._state == AppSessionState.APP_NOT_RUNNING
        if idle:
            open_.request_rerun(open_._client_state)
        return idle

    return asyncio.run_coroutine_threadsafe(run(), open_._event_loop).result(PATIENCE)


def option(name: str) -> Any:
    """The value of a configuration option; RuntimeError for a name that Streamlit does not have."""
    return config.get_option(name)


def set_option(name: str, value: Any) -> None:
    """Set a configuration option before the server listens; `st.set_option` refuses those of the server."""
    config.set_option(name, value)


def auth_secrets() -> dict[str, Any]:
    """The section [auth] of secrets.toml, empty without one; raises SecretsUnreadable, TypeError or ValueError if no section."""
    try:
        return dict(secrets_singleton.to_dict().get("auth") or {})
    except StreamlitSecretNotFoundError as fault:
        raise SecretsUnreadable(type(fault).__name__) from fault


def set_auth_secrets(section: Mapping[str, Any]) -> None:
    """Hand Streamlit its section [auth] as if it stood in secrets.toml; the section is replaced as a whole."""
    secrets_singleton.merge_programmatic_secrets({"auth": section})


def can_sign_in() -> bool:
    """Whether Authlib is installed, in a version that Streamlit's sign-in takes."""
    return is_authlib_installed()


def static_folder() -> Path:
    """The folder whose `static/…` is Streamlit's own JavaScript and styles, each with its content's hash in its name."""
    return Path(get_static_dir())


def login_path(provider: str) -> str:
    """The path that begins Streamlit's sign-in with one provider; it carries a signed ticket that lasts two minutes."""
    return generate_login_redirect_url(provider)


def identity_cookie(cookies: Mapping[str, str], hours: float) -> bytes | None:
    """Decode the signed identity cookie: JSON of the claims; none when missing, incomplete, forged, or older than `hours`.

    Relies on Streamlit's own secret, signature (itsdangerous, the cookie's name as salt) and chunks (`name_1`, `name_2`, …).
    """

    def decoded(name: str) -> bytes | None:
        signed = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, signed, hours / 24) if signed else None

    return get_cookie_with_chunks(decoded, USER_COOKIE_NAME)


def redirect_message(url: str) -> bytes:
    """A websocket message that makes Streamlit's page open another address: `ForwardMsg.auth_redirect`, serialised."""
    message = ForwardMsg()
    message.auth_redirect.url = url
    return message.SerializeToString()


def disable_nagle() -> None:
    """Monkey patch: TCP_NODELAY on every TCP connection accepted from now on: an empty rerun takes 6 ms on a loopback, not 44.

    asyncio sets it only where the socket names TCP as its protocol. Streamlit makes its listening socket without naming it, so
    each connection waits up to 40 ms for the other side's acknowledgement. Streamlit takes no socket of ours and listens already
    when this is loaded; so asyncio's check (`base_events._set_nodelay`) is made wider. Without it answers are slower, nothing else.
    """
    if hasattr(asyncio.base_events, "_set_nodelay"):
        asyncio.base_events._set_nodelay = _set_nodelay


def cache_leading_emoji() -> None:
    """Monkey patch: memoise the emoji at the head of a label: Streamlit searches 3,700 of them, 50 µs a label, 120 a rerun.

    Relies on `string_util.extract_leading_emoji` being a pure function that is called through its module.
    """
    if hasattr(string_util, "extract_leading_emoji"):
        string_util.extract_leading_emoji = lru_cache(LABELS_CACHED)(string_util.extract_leading_emoji)


def cache_theme() -> None:
    """Monkey patch: the theme of config.toml is put into a message once; each rerun fills in six sections anew, 1 ms.

    Relies on `app_session._populate_theme_msg(msg, section)` being called through its module, and on a theme that does not change.
    """
    populate = getattr(app_session, "_populate_theme_msg", None)
    if populate is None:
        return
    filled: dict[str, CustomThemeConfig] = {}

    def populated(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in filled:
            populate(theme := CustomThemeConfig(), section)
            filled[section] = theme
        if filled[section].ByteSize():
            message.MergeFrom(filled[section])

    app_session._populate_theme_msg = populated


def _set_nodelay(sock: socket.socket) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM:
        with contextlib.suppress(OSError):  # the other side is gone already
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

"""The whole way: browser, TLS, nginx with the committed configuration, dashboard, OpenID provider."""

import secrets
import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from access import users
from tests import nginx
from tests import provider as openid
from tests.browser.app import ANSWER, READY, free_port, serving
from tests.patience import patience
from tests.system import NO_NGINX

SECRET_WORDS = ("district=3421", "year=2565", "code=", "state=", "officer", "_streamlit")


def wait_for(log: Path, line: str, seconds: float = 20) -> None:
    """Until the log holds the line, or for so many seconds."""
    end = time.monotonic() + patience(seconds)
    while line not in log.read_text() and time.monotonic() < end:
        time.sleep(0.1)


@pytest.mark.skipif(not nginx.BINARY, reason=f"{NO_NGINX}; tests/test_nginx.py reads the same configuration everywhere")
def test_behind_nginx_one_signs_in_and_works_and_its_log_says_nothing(chromium: Browser, data: Path, tmp_path: Path) -> None:
    folder, proxy = tmp_path / "data", tmp_path / "nginx"
    shutil.copytree(data, folder)
    folder.chmod(0o700)
    proxy.mkdir()
    users.main(["add", "officer@example.go.th", "field", "3421", "--data", str(folder)])
    port, behind = free_port(), free_port()
    with openid.running() as provider:
        settings = {
            "REDIRECT_URI": f"https://127.0.0.1:{port}/oauth2callback",
            "COOKIE_SECRET": secrets.token_hex(32),
            "TEST__CLIENT_ID": openid.CLIENT,
            "TEST__CLIENT_SECRET": openid.SECRET,
            "TEST__SERVER_METADATA_URL": f"{provider.issuer}/.well-known/openid-configuration",
        }
        given = {f"BAAN_SUK_AUTH__{name}": value for name, value in settings.items()}
        with serving(folder, tmp_path, behind, **given), nginx.proxying(proxy, port, behind) as site:
            context = chromium.new_context(ignore_https_errors=True, locale="th-TH")
            context.set_default_timeout(patience(ANSWER) * 1000)
            page = context.new_page()
            assert page.goto(f"{site}/households?year=2565&district=3421").status == 401
            page.get_by_role("link", name="ลงชื่อเข้าใช้").click()
            page.get_by_label("e-mail").fill("officer@example.go.th")
            page.get_by_role("button").click()
            page.wait_for_selector(READY)
            page.get_by_text("โหมดประชุม").first.click()  # a tap goes through the websocket
            page.wait_for_url("**meeting=1**")
            expect(page.locator(".age")).to_be_visible()
            cookies = context.cookies()
            assert all(cookie["secure"] for cookie in cookies) and len(cookies) >= 3
            context.close()
            wait_for(proxy / "baansuk.log", '"GET /_stcore" 101')  # nginx logs a websocket when it has closed
    logged = (proxy / "baansuk.log").read_text()
    assert '"GET /households" 401' in logged and '"GET /oauth2callback" 302' in logged and '"GET /_stcore" 101' in logged
    assert not [word for word in SECRET_WORDS if word in logged]
    assert (proxy / "baansuk.error.log").read_text() == ""

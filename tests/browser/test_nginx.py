"""The whole way: browser, TLS, nginx with the committed configuration, dashboard, OpenID provider."""

import os
import secrets
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from access import users
from audit.verify import verify
from tests import nginx
from tests import provider as openid
from tests.browser.app import ANSWER, READY, Screen, free_port, reader_of, serving
from tests.browser.test_load import HEAD, ROWS, TITLES, checked, workbook
from tests.patience import patience
from tests.system import NO_NGINX
from tests.workers import serving_two, two_ports

HERE = "/overview?year=2565&all=1"
SECRET_WORDS = ("district=3421", "year=2565", "code=", "state=", "officer", "_streamlit")


def wait_for(log: Path, line: str, seconds: float = 20) -> None:
    """Until the log holds the line, or for so many seconds."""
    end = time.monotonic() + patience(seconds)
    while line not in log.read_text() and time.monotonic() < end:
        time.sleep(0.1)


def sign_in_by(provider: openid.Provider, port: int) -> dict[str, str]:
    """The settings of a dashboard behind an nginx at `port`, as environment."""
    settings = {
        "REDIRECT_URI": f"https://127.0.0.1:{port}/oauth2callback",
        "COOKIE_SECRET": secrets.token_hex(32),
        "TEST__CLIENT_ID": openid.CLIENT,
        "TEST__CLIENT_SECRET": openid.SECRET,
        "TEST__SERVER_METADATA_URL": f"{provider.issuer}/.well-known/openid-configuration",
    }
    return {f"BAAN_SUK_AUTH__{name}": value for name, value in settings.items()}


with_nginx = pytest.mark.skipif(
    not nginx.BINARY, reason=f"{NO_NGINX}; tests/test_nginx.py reads the same configuration everywhere"
)


@with_nginx
def test_behind_nginx_one_signs_in_and_works_and_its_log_says_nothing(chromium: Browser, data: Path, tmp_path: Path) -> None:
    folder, proxy = tmp_path / "data", tmp_path / "nginx"
    shutil.copytree(data, folder)
    folder.chmod(0o700)
    proxy.mkdir()
    users.main(["add", "officer@example.go.th", "field", "3421", "--data", str(folder)])
    port, behind = free_port(), free_port()
    with (
        openid.running() as provider,
        serving(folder, tmp_path, behind, **sign_in_by(provider, port)),
        nginx.proxying(proxy, port, behind) as site,
    ):
        context = chromium.new_context(ignore_https_errors=True, locale="th-TH")
        context.set_default_timeout(patience(ANSWER) * 1000)
        page = context.new_page()
        assert page.goto(f"{site}/households?year=2565&district=3421").status == 401
        page.get_by_role("link", name="ลงชื่อเข้าใช้").click()
        page.get_by_label("e-mail").fill("officer@example.go.th")
        page.get_by_role("button").click()
        page.wait_for_selector(READY)
        page.get_by_text("ซ่อนชื่อ (จอประชุม)").first.click()  # a tap goes through the websocket
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


def worker_of(profile: BrowserContext) -> int:
    """The port of the worker that a browser is kept with."""
    return next(int(cookie["value"]) for cookie in profile.cookies() if cookie["name"] == "baansuk_worker")


def signed_in(chromium: Browser, site: str, email: str, worker: int) -> Screen:
    """A browser of its own, kept with one worker, in which somebody has signed in and stands at HERE."""
    profile = reader_of(chromium, "tablet", ignore_https_errors=True)
    profile.add_cookies([{"name": "baansuk_worker", "value": str(worker), "url": site, "secure": True}])
    screen = Screen(profile.new_page(), site)
    assert screen.page.goto(site + HERE).status == 401
    screen.page.get_by_role("link", name="ลงชื่อเข้าใช้").click()
    screen.page.get_by_label("e-mail").fill(email)
    screen.page.get_by_role("button").click()
    screen.page.wait_for_url(f"**{HERE.split('?')[0]}**")
    return screen.idle()


@with_nginx
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
def test_two_workers_are_one_dashboard_and_a_killed_one_loses_nobodys_place(
    chromium: Browser, data: Path, tmp_path: Path
) -> None:
    folder, proxy = tmp_path / "data", tmp_path / "nginx"
    shutil.copytree(data, folder)
    folder.chmod(0o700)
    proxy.mkdir()
    for email in ("malee@example.go.th", "somchai@example.go.th"):
        users.main(["add", email, "data_officer", "3421", "--name", "เจ้าหน้าที่", "--data", str(folder)])
    port = two_ports()
    with (
        openid.running() as provider,
        serving_two(folder, tmp_path, **sign_in_by(provider, port)) as workers,
        nginx.proxying(proxy, port, *workers.ports) as site,
    ):
        one, other = workers.ports
        malee, somchai = (
            signed_in(chromium, site, email, worker)
            for email, worker in (("malee@example.go.th", one), ("somchai@example.go.th", other))
        )
        assert (worker_of(malee.page.context), worker_of(somchai.page.context)) == (one, other)
        assert malee.words == somchai.words

        # What one worker publishes the other shows; the upload reached the process of the page that asked for it.
        malee.open("/load")
        checked(malee, workbook(tmp_path / "โพธิ์ไทร.xlsx", [*TITLES, HEAD, *ROWS[:2]]))
        malee.tap("button", "ยืนยันและใช้")
        assert "2 ครัวเรือน" in somchai.open(HERE).words.replace("\n", " ")
        assert "2 ครัวเรือน" in malee.open(HERE).words.replace("\n", " ")

        # Somebody whose worker is killed sees the same page from the other, and works on: uploads follow the websocket.
        stood, words, killed = malee.address, malee.words, workers.pid(one)
        os.kill(killed, signal.SIGKILL)
        malee.until(lambda: worker_of(malee.page.context) == other)
        assert (malee.idle().address, malee.words) == (stood, words)
        malee.open("/load")
        checked(malee, workbook(tmp_path / "อีกครั้ง.xlsx", [*TITLES, HEAD, *ROWS[:2]]))
        workers.wait(one)
        assert workers.pid(one) != killed and worker_of(malee.page.context) == other
        malee.tap("button", "คงข้อมูลเดิมไว้")

        # Signing out on one worker is signing out.
        cookies = malee.page.context.cookies()
        malee.page.goto(f"{site}/auth/logout")
        stolen = [{**cookie, "value": str(one)} if cookie["name"] == "baansuk_worker" else cookie for cookie in cookies]
        malee.page.context.add_cookies(stolen)
        assert malee.page.goto(site + HERE).status == 401 and worker_of(malee.page.context) == one
        for screen in (malee, somchai):
            screen.page.context.close()
    assert verify(folder).whole
    assert f"worker {one} ended (signal 9), starting again in 1 s" in (tmp_path / "log").read_text("utf-8")

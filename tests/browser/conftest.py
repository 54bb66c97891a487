"""The whole app in a real browser: a sample warehouse, the server on a free port, Chromium that can reach nothing else."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZES = {"projector": (1920, 1080), "tablet": (1024, 768)}
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
START = 60  # seconds until the server must answer; a cold start takes about 4


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a build of the sample registers; never the real one."""
    folder = tmp_path_factory.mktemp("data")
    subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as `streamlit run` starts it, from a foreign working directory; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
    with open(elsewhere / "log", "wb") as log:
        process = subprocess.Popen(
            command, cwd=elsewhere, env={**os.environ, "BAAN_SUK_DATA": str(data)}, stdout=log, stderr=log
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process, elsewhere / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not start:\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium from BAAN_SUK_CHROMIUM, the system or Playwright; no name outside this machine resolves in it."""
    found = os.environ.get("BAAN_SUK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *sandbox, only_here])
        yield browser
        browser.close()


class Screen:
    """One reader's page: opens addresses, waits until the app is idle, and keeps what it complained of or asked outside."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.outside, self.complaints = page, base, [], []
        page.on("request", self._asked)
        page.on(
            "console",
            lambda m: m.type == "error" and "/_stcore/" not in m.location.get("url", "") and self.complaints.append(m.text),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, request) -> None:
        inside = self.base.split("://")[1]
        if request.url.split("://")[0] in {"http", "https", "ws", "wss"} and request.url.split("/")[2] != inside:
            self.outside.append(request.url)

    def open(self, path: str = "/") -> "Screen":
        """Go to an address of the app and wait for it."""
        self.page.goto(self.base + path)
        return self.idle()

    def idle(self) -> "Screen":
        """Wait until nothing runs; a tap's answer starts within 0.3 s here."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(READY, timeout=30_000)
        self.page.wait_for_timeout(100)
        return self

    def tap(self, role: str, name: str) -> "Screen":
        """Press the one control with this role and name, and wait for the answer."""
        self.page.get_by_role(role, name=name).first.click()
        return self.idle()

    def press(self, text: str) -> "Screen":
        """Press words, as one does with a switch: its own box is hidden under them."""
        self.page.get_by_text(text).first.click()
        return self.idle()

    @property
    def address(self) -> str:
        """Path and parameters."""
        return self.page.url.removeprefix(self.base)

    @property
    def says(self) -> str:
        """The sentence of the filters."""
        return self.page.locator(".st-key-age").inner_text()


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[Screen]:
    """A fresh reader, on a projector and on a touch tablet; nothing outside may have been asked when the test ends."""
    width, height = SIZES[request.param]
    touch = request.param == "tablet"
    context = chromium.new_context(
        viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch, locale="th-TH"
    )
    shown = Screen(context.new_page(), server)
    yield shown
    context.close()
    assert shown.outside == []
    assert shown.complaints == []

"""The app as `streamlit run` starts it, and one reader in front of it; for the browser tests and the pictures in docs/."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from etl.load import ensure
from etl.store import Store
from tests.patience import patience
from tests.system import NO_CHROMIUM, chromium

ROOT = Path(__file__).parent.parent.parent
SIZES = {"projector": (1920, 1080), "tablet": (1024, 768)}
on_both = pytest.mark.parametrize("size", SIZES)  # where the size matters: letters, fingers, what stands where
on_a_tablet = pytest.mark.parametrize("size", ["tablet"])
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--num-raster-threads=1",  # the picture is drawn by one core of the machine's few
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no name outside this machine resolves in it
)
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
DRAWN = """async () => {  // nothing changes for 120 ms, and no part of Streamlit is still being fetched; a tap leaves the browser within 20
  let changed = performance.now()
  const watch = new MutationObserver(() => { changed = performance.now() })
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
  const end = changed + 10_000
  const busy = () => performance.now() - changed < 120 || document.querySelector("[data-testid=stSkeleton]")
  while (busy() && performance.now() < end) await new Promise(done => setTimeout(done, 20))
  watch.disconnect()
}"""
STILL = """{  // nothing moves on its way: a picture is drawn once, not sixty times a second while somebody waits
  const still = new CSSStyleSheet()
  still.replaceSync("*, *::before, *::after { transition: none !important; animation-duration: 0s !important; animation-iteration-count: 1 !important }")
  document.adoptedStyleSheets.push(still)
}"""
GO = "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate', {state: {}})) }"
START = 60  # seconds until the server must answer; a cold start takes about 4
ANSWER = 30  # seconds until a tap must be answered; it takes 0.1
POLL = 20  # ms between two looks whether the answer is there


def sample_build(folder: Path) -> Path:
    """`folder` with a build of the sample registers; never the real data."""
    subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", str(folder)], cwd=ROOT, check=True)
    return folder


def sample_copy(folder: Path) -> Path:
    """The same, of the one build that the tests of a process share: each start of the loader costs 4 CPU-seconds."""
    shutil.copytree(_sample(), folder, dirs_exist_ok=True)
    return folder


@cache
def _sample() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with (store := Store(folder)).lock():
        ensure(store)
    return folder


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(data: Path, elsewhere: Path, port: int | None = None, reader: Path | None = None, **settings: str) -> Iterator[str]:
    """The address of a running dashboard over `data`, started from a foreign working directory.

    `reader` is a file that names who looks at it (tests/browser/as_somebody.py); the desk where there is none.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
    environment = {**os.environ, "BAAN_SUK_DATA": str(data), **settings}
    if reader:
        command[1:5] = ["-m", "tests.browser.as_somebody"]
        environment |= {"BAAN_SUK_TEST_READER": str(reader), "PYTHONPATH": str(ROOT)}
    with open(elsewhere / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=elsewhere, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}", process, elsewhere / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(patience(20))


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + patience(START)
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the dashboard did not start:\n{log.read_text('utf-8', 'replace')}")


@cache
def executable() -> str:
    """The Chromium of this machine; raises RuntimeError that says what to install. Looked for once, before Playwright runs."""
    if not (found := chromium()):
        raise RuntimeError(NO_CHROMIUM)
    return found


def launched(kind: BrowserType, *more: str) -> Browser:
    """A browser with the flags of the tests, and more."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # its sandbox does not run as root
    return kind.launch(executable_path=executable(), args=[*FLAGS, *more, *(["--no-sandbox"] if root else [])])


@contextmanager
def started(*flags: str) -> Iterator[Browser]:
    """The Chromium of this machine, with more flags; raises RuntimeError that says what to install."""
    executable()
    expect.set_options(timeout=patience(ANSWER) * 1000)
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium, *flags)
        yield browser
        browser.close()


def reader_of(chromium: Browser, size: str, **more: Any) -> BrowserContext:
    """A browser profile of one size: the projector's, or a tablet's with touch; `more` as Playwright takes it."""
    width, height = SIZES[size]
    touch = size == "tablet"
    profile = chromium.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        locale="th-TH",
        accept_downloads=True,
        **more,
    )
    profile.add_init_script(STILL)
    profile.set_default_timeout(patience(ANSWER) * 1000)
    return profile


class Screen:
    """One reader's page: opens addresses, waits until the app is idle, and keeps what it complained of or asked outside.

    It is handed from test to test (`handed`): a new page costs 3 CPU-seconds, since each compiles Streamlit anew.
    """

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.waiting = True  # asked for a run that has not finished yet
        self.handed(base)
        page.on("request", self._asked)
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("websocket", self._connected)

    def handed(self, base: str) -> "Screen":
        """To the next test, over the app at `base`: nothing is held against it that another test saw."""
        self.base = base
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.sent: list[bytes] = []  # every websocket message of the server
        return self

    def _asked(self, request: Request) -> None:
        # from its first byte on: a busy browser tells of "domcontentloaded" after the answer already came over the socket
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.waiting = True
        inside = self.base.split("://")[1]
        if request.url.split("://")[0] in {"http", "https", "ws", "wss"} and request.url.split("/")[2] != inside:
            self.outside.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.complaints.append(message.text)

    def _connected(self, socket: WebSocket) -> None:
        socket.on("framesent", self._tapped)
        socket.on("framereceived", self._answered)

    def _tapped(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes) and BackMsg.FromString(payload).WhichOneof("type") == "rerun_script":
            self.waiting = True

    def _answered(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            self.sent.append(payload)
            message = ForwardMsg.FromString(payload)
            if message.WhichOneof("type") == "script_finished":
                self.waiting = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def open(self, path: str = "/") -> "Screen":
        """Go to an address of the app and wait for it."""
        self.page.goto(self.base + path)
        return self.idle()

    def go(self, path: str) -> "Screen":
        """Another address in the page that stands there, as Back goes to one: a load costs Chromium 0.9 CPU-seconds, this 0.3.

        What the reader did before stays in the session: a test that is about a new reader opens.
        """
        if not self.page.url.startswith(self.base) or self.page.url == self.base + path:
            return self.open(path)
        self.waiting = True
        self.page.evaluate(GO, self.base + path)
        return self.idle()

    def idle(self) -> "Screen":
        """Wait until the last tap is answered and drawn: while it was drawn, nothing more may have been asked."""
        end = time.monotonic() + patience(ANSWER)
        while True:
            while self.waiting and time.monotonic() < end:
                self.page.wait_for_timeout(POLL)
            self.page.wait_for_selector(READY)
            self.page.evaluate(DRAWN)
            if not self.waiting:
                return self
            assert time.monotonic() < end, "the last tap was not answered"

    def until(self, happened: Callable[[], object]) -> None:
        """Wait for what no selector can see."""
        end = time.monotonic() + patience(ANSWER)
        while not happened():
            assert time.monotonic() < end
            self.page.wait_for_timeout(POLL)

    def messages(self) -> list[ForwardMsg]:
        """What the server sent, as messages."""
        return [ForwardMsg.FromString(frame) for frame in self.sent]

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
        return self.page.locator(".age").inner_text()

    @property
    def words(self) -> str:
        """Everything that can be read below the frame."""
        return self.page.get_by_test_id("stMain").inner_text()

"""Server and browsers killed at random moments, answers lost after the commit, two tablets on one family: nothing lost, nothing twice.

BAAN_SUK_KILLS=200 kills so often; the suite as often as it takes to hit each once or twice. Tablets record by the page's own buttons, as
fast as they can, and tell what the screen said was kept.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Error, Page, expect

from installation.paths import PROJECT
from journal import store, verify
from tests.browser import test_field
from tests.browser.app import FLAGS, executable, free_port
from tests.browser.test_field import killed, planned
from tests.patience import patience

folder = test_field.folder  # its fixture
KILLS = int(os.environ.get("BAAN_SUK_KILLS", "6"))
SERVERS = 0.6  # of the kills
LONGEST = 1.5  # seconds between two
TRIES = 5  # to open the page while there is no server
RECORDS = """async name => {
  const outbox = await import("/field/outbox.js")
  const pause = ms => new Promise(done => setTimeout(done, ms))
  const until = async look => { for (;;) { const found = look(); if (found) { return found } await pause(5) } }
  const button = words => [...document.querySelectorAll("main button")].find(one => one.textContent === words)
  const said = document.getElementById("said")
  for (let n = 0; ; n += 1) {
    const words = `${name} ${n}`
    const reply = n % 3 === 2  // of one plan item that both tablets speak of
    ;(await until(() => button(reply ? "คำตอบของหน่วยงาน" : "เยี่ยมบ้าน"))).click()
    const text = await until(() => document.querySelector(`textarea[name=${reply ? "reply" : "finding"}]`))
    text.value = words
    text.dispatchEvent(new Event("input", { bubbles: true }))
    await pause(Math.random() * 200)
    said.textContent = ""
    button("บันทึก").click()
    await until(() => said.textContent.startsWith("บันทึกแล้ว"))
    const entry = outbox.of("desk").toSorted((a, b) => a.event.device_n - b.event.device_n).at(-1)
    console.log(`kept ${entry.id} ${words}`)
    await until(() => button("เยี่ยมบ้าน"))
    await pause(Math.random() * 400)
  }
}"""


@dataclass
class Tablet:
    """A browser with a profile that outlives it, and what its screen said was kept: id -> words."""

    kind: BrowserType
    profile: Path
    base: str
    ref: str
    kept: dict[str, str] = field(default_factory=dict)
    lives: int = 0
    again: int = 0  # times that the page was opened in vain
    context: BrowserContext | None = None
    page: Page | None = None

    def start(self) -> None:
        """Open the page from what the tablet kept, whether there is a server or not."""
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.context = self.kind.launch_persistent_context(
            self.profile, executable_path=executable(), args=[*FLAGS, *root], locale="th-TH", handle_sigint=False
        )
        self.page = self.context.new_page()
        self.page.on("console", self._told)
        for _ in range(TRIES):
            with contextlib.suppress(Error):  # its worker was not up in time, and there is no server: one opens the page again
                self.page.goto(f"{self.base}/field/#{self.ref}")
                break
            self.again += 1
        self.page.wait_for_selector("h2:has-text('บันทึกล่าสุด')")

    def record(self) -> None:
        """Record by the buttons until something ends it; each life of a browser has its own words."""
        assert self.page
        self.lives += 1
        self.page.evaluate(
            f"name => {{ ({RECORDS})(name).catch(fault => console.log(`fault ${{fault}}`)) }}",
            f"{self.profile.name}.{self.lives}",
        )

    def _told(self, message: ConsoleMessage) -> None:
        word, _, rest = message.text.partition(" ")
        if word == "kept":
            id_, _, words = rest.partition(" ")
            self.kept[id_] = words
        assert word != "fault", message.text

    def kill(self) -> None:
        """As a battery does; what the screen told until then is known."""
        assert self.context and self.page
        with contextlib.suppress(Error):
            self.page.wait_for_timeout(1)
        killed(self.profile)
        with contextlib.suppress(Error):
            self.context.close()


@dataclass
class Server:
    """The latest of many servers on one port."""

    forks: subprocess.Popen
    base: str
    pid: int = 0

    def start(self) -> None:
        """A new one, when it answers."""
        assert self.forks.stdin and self.forks.stdout
        self.forks.stdin.write("start\n")
        self.forks.stdin.flush()
        self.pid = int(self.forks.stdout.readline())
        end = time.monotonic() + patience(30)
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.base}/field/manifest.webmanifest", timeout=5).read()
                return
            time.sleep(0.02)
        raise AssertionError("it does not answer")

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def gone(self) -> bool:
        """Whether it ended itself."""
        return not Path(f"/proc/{self.pid}").exists()


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A server over this test's folder."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "BAAN_SUK_DATA": str(folder)}
    port = free_port()
    command, quiet = [sys.executable, "-P", "-m", "tests.browser.field_server", str(port)], subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, env=environment, text=True
    ) as forks:
        made = Server(forks, f"http://127.0.0.1:{port}")
        made.start()
        yield made
        assert forks.stdin
        forks.stdin.close()
        made.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_whatever_dies_and_whenever_what_the_screen_said_is_there_once(
    chromium: Browser, server: Server, folder: Path, tmp_path: Path
) -> None:
    (ref, _), dice = planned(), random.Random(2565)
    tablets = [Tablet(chromium.browser_type, tmp_path / name, server.base, ref) for name in ("one", "two")]
    for tablet in tablets:
        tablet.start()
        assert tablet.page
        tablet.page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
    for tablet in tablets:
        tablet.record()
    died: Counter[str] = Counter()
    while died.total() < KILLS:
        wait(tablets, dice.uniform(0, LONGEST))
        if server.gone():
            died["a server, its answer lost after the commit"] += 1
            server.start()
        elif dice.random() < SERVERS:
            server.kill()
            died["a server"] += 1
            wait(tablets, dice.uniform(0, 0.5))
            server.start()
        else:
            tablet = dice.choice(tablets)
            tablet.kill()
            died["a browser"] += 1
            tablet.start()
            tablet.record()
    for tablet in tablets:
        tablet.kill()
        tablet.start()
    ended(tablets, server)
    print(f"opened in vain: {sum(tablet.again for tablet in tablets)}")
    check(folder, {id_: words for tablet in tablets for id_, words in tablet.kept.items()}, died)
    for tablet in tablets:
        assert tablet.context
        tablet.context.close()


def wait(tablets: list[Tablet], seconds: float) -> None:
    """So long, while what the screens tell is heard."""
    for tablet in tablets:
        assert tablet.page
        tablet.page.wait_for_timeout(seconds * 1000 / len(tablets))


def ended(tablets: list[Tablet], server: Server) -> None:
    """Until everything was sent; a server that ends itself once more is started once more."""
    end = time.monotonic() + patience(120)
    while time.monotonic() < end:
        if server.gone():
            server.start()
        waits = [tablet.page for tablet in tablets if tablet.page and tablet.page.locator("#outbox").inner_text() != "ส่งครบแล้ว"]
        for page in waits:
            with contextlib.suppress(Error):
                page.get_by_role("button", name="ส่งเดี๋ยวนี้").click(timeout=500)
            page.wait_for_timeout(100)
        if not waits:
            return
    for tablet in tablets:
        assert tablet.page
        expect(tablet.page.locator("#outbox")).to_have_text("ส่งครบแล้ว")


def check(folder: Path, kept: dict[str, str], died: Counter[str]) -> None:
    """Everything that was said to be kept is in the journal as it was written, and no words are there twice."""
    entries = store.store(folder).after(0)
    there = {entry["id"]: said(entry) for entry in entries}
    words = Counter(there.values())
    lost = [id_ for id_, written in kept.items() if there.get(id_) != written]
    doubled = [written for written, count in words.items() if count > 1]
    print(f"{dict(died)}: {len(kept)} said to be kept, {len(there)} in the journal, {len(lost)} lost, {len(doubled)} doubled")
    assert (lost, doubled) == ([], []) and len(kept) >= KILLS
    assert list(verify.faults(folder)) == []


def said(entry: Any) -> str:
    body = json.loads(entry["body"])
    return body.get("finding") or body.get("reply")

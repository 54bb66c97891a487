"""A village with a bad network: what a reader waits for at 400 kbit/s and 400 ms, in Chromium, as the documented nginx serves it.

Without nginx on this machine, and beside it, straight from the dashboard: without HTTP/2 its hundred small files cost a round trip each.
"""

import base64
import contextlib
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, Page

from benchmarks.measure import Figure, below
from benchmarks.server import ROOT, serving
from benchmarks.weak_link import WeakLink
from tests.browser.app import Screen, free_port, sample_build, started
from tests.nginx import BINARY, proxying

QUIET = 2.0  # seconds without a byte after which everything has arrived
PATIENCE = 600  # seconds
READABLE, WHOLE, AGAIN, TAP = 12, 30, 5, 2  # seconds, the aims
LETTERS = """() => [...document.fonts].every(f => f.weight !== "400" || f.status !== "loading")"""  # until then words are blank
BYTES = 1_100  # kB of the households page in all


@dataclass(frozen=True)
class Visit:
    """A page: what stands on it once its words can be read, and taps one after the other."""

    path: str
    words: str
    taps: dict[str, Callable[[Page], None]]


def _link(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("link", name=name).first.click()


def _pill(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_text(name, exact=True).first.click()


VISITS = (
    Visit(
        "/households?year=2565&district=3421",
        ".row a.go",
        {
            "another order": _pill("เกินกำหนดก่อน"),
            "a family": lambda page: page.locator(".row a.go").first.click(),
            "the next family": _link("ถัดไป"),
            "back to the list": _link("ครัวเรือน"),
        },
    ),
    Visit("/overview?year=2565&district=3421", ".figures dd", {"the households": _link("ครัวเรือน")}),
    Visit("/household?year=2565&district=3421", "h3", {"the next family": _link("ถัดไป")}),
    Visit("/map?year=2565&district=3421", ".atlas[data-drawn]", {"percent": _pill("ร้อยละ")}),
)


def figures(script: Path = ROOT / "dashboard.py", **more: str) -> Iterator[Figure]:
    """Seconds to words, to everything, of a later visit and of each tap; kB that came. `script` may be another checkout's."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        data, port = sample_build(folder / "data"), free_port()
        stack.enter_context(serving(script, str(data), port, **{"BAAN_SUK_CACHE": str(folder / "cache"), **more}))
        time.sleep(10)  # the first start compresses once; what is measured is a reader, not that
        flags: list[str] = []
        ways = {"straight from the dashboard": ("http", port)}
        if BINARY:
            behind = free_port()
            stack.enter_context(proxying(folder, behind, port, http2=True))
            flags, ways = [_trusted(folder)], {"": ("https", behind), **ways}
        browser = stack.enter_context(started(*flags))
        for way, (scheme, server) in ways.items():
            for visit in VISITS if way == next(iter(ways)) else VISITS[:1]:
                yield from _visited(browser, visit, scheme, server, f", {way}" if way else "")


def _trusted(folder: Path) -> str:
    """The flag by which Chromium takes the certificate of this run: what it warns about it does not keep for a later visit."""
    made = x509.load_pem_x509_certificate((folder / "fullchain.pem").read_bytes())
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    key = made.public_key().public_bytes(serialization.Encoding.DER, form)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(key).digest()).decode()}"


def _visited(browser: Browser, visit: Visit, scheme: str, server: int, way: str) -> Iterator[Figure]:
    """One reader with an empty browser: the first visit, a later one in a new window, then the taps."""
    name = f"{visit.path.split('?')[0]}{way}"
    with WeakLink(server) as link:
        reader = browser.new_context(viewport={"width": 1024, "height": 768}, locale="th-TH")
        reader.set_default_timeout(PATIENCE * 1000)
        base = f"{scheme}://{link.address.split('://')[1]}"
        page = reader.new_page()
        readable, whole = _opened(page, base + visit.path, visit.words, link)
        yield below(f"{name}, first visit, readable", readable, "s", READABLE)
        yield below(f"{name}, first visit, whole", whole, "s", WHOLE)
        kilobytes = link.down.carried / 1000
        if visit == VISITS[0]:
            yield below(f"{name}, first visit, in all", kilobytes, "kB", BYTES)
        else:
            yield Figure(f"{name}, first visit, in all", round(kilobytes, 1), "kB")
        page.close()
        page, before = reader.new_page(), link.down.carried
        screen = Screen(page, base)
        yield below(f"{name}, later visit, readable", _opened(page, base + visit.path, visit.words, link)[0], "s", AGAIN)
        yield Figure(f"{name}, later visit, in all", round((link.down.carried - before) / 1000, 1), "kB")
        for tap, press in visit.taps.items():
            yield below(f"{name}, tap: {tap}", _answered(screen, press), "s", TAP)
            _quiet(page, link)
        reader.close()


def _opened(page: Page, address: str, words: str, link: WeakLink) -> tuple[float, float]:
    """Seconds from the address to the words, and to the last byte."""
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(words).first.wait_for(state="visible")
    page.wait_for_function(LETTERS)
    readable = time.perf_counter() - begin
    return readable, _quiet(page, link) - begin


def _quiet(page: Page, link: WeakLink) -> float:
    """Wait until nothing arrives any more; when the last byte did."""
    carried, last = link.down.carried, time.perf_counter()
    while time.perf_counter() - last < QUIET:
        page.wait_for_timeout(50)
        if link.down.carried != carried:
            carried, last = link.down.carried, time.perf_counter()
    return last


def _answered(screen: Screen, press: Callable[[Page], None]) -> float:
    """Seconds from a tap until its whole answer has come and been painted."""
    screen.waiting = True
    begin = time.perf_counter()
    press(screen.page)
    while screen.waiting:
        screen.page.wait_for_timeout(10)
    screen.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return time.perf_counter() - begin

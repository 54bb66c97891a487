"""The field page on a slow tablet: bytes of its first load and of bundles, its opening and every tap with the CPU slowed down four times.

A tap is the CPU time of the page's own thread until all that follows from it is drawn, times four: whatever else the machine does, it is
the same. Taps are without a network, as in a village; what a new bundle costs once it has come stands beside them.
"""

import gzip
import json
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Locator, Page

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, below
from tests.browser.app import reader_of, sample_build, serving, started

SLOWER = 4  # times: a cheap tablet beside this machine
TAMBON = 2_000  # households
ROUNDS = 5
FIRST, DISTRICT_BUNDLE, TAMBON_BUNDLE = 300, 60, 400  # kB, the aims
OPEN, TAP = 1_000, 100  # ms, the aims
FAMILY = "h2:has-text('บันทึกล่าสุด')"
SETTLE = 400  # ms in which a tap is answered and drawn, and nothing else is asked of the page


@dataclass
class Taps:
    """CPU milliseconds of taps by what was tapped, on a tablet that is SLOWER."""

    page: Page
    cdp: CDPSession
    took: dict[str, list[float]] = field(default_factory=dict)

    def tap(self, name: str, what: Locator, shown: str) -> None:
        """Tap something, and note what the page did until it stood still: nothing looks at it meanwhile."""
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box, name
        self.page.wait_for_timeout(SETTLE)
        before = self.spent()
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.wait_for_timeout(SETTLE)
        after = self.spent()
        while not self.page.locator(shown).first.is_visible():  # a busy machine: once more, with what looking costs
            self.page.wait_for_timeout(SETTLE)
            after = self.spent()
        self.took.setdefault(name, []).append((after - before) * SLOWER)

    def spent(self) -> float:
        """CPU milliseconds of the page's thread."""
        metrics = {one["name"]: one["value"] for one in self.cdp.send("Performance.getMetrics")["metrics"]}
        return metrics["TaskDuration"] * 1000


def figures() -> Iterator[Figure]:
    """Aims: first load ≤ 300 kB, bundles ≤ 60 and ≤ 400 kB, opened in ≤ 1 s and every tap ≤ 100 ms at a quarter of this CPU."""
    with tempfile.TemporaryDirectory() as name, started() as chromium:
        small, large = Path(name) / "small", Path(name) / "large"
        sample_build(small)
        whole_build(
            large, register.make(Path(name), TAMBON * len(register.subdistricts(("3421",))), people=True, within=("3421",))
        )
        for folder, what, most in ((small, "the sample's district", DISTRICT_BUNDLE), (large, "a tambon", TAMBON_BUNDLE)):
            folder.chmod(0o700)
            (elsewhere := Path(name) / f"{folder.name}.log").mkdir()
            with serving(folder, elsewhere) as address:
                families, bytes_ = _bundle(address, "342106" if folder == large else "3421")
                yield below(f"bundle of {what}, {families:,} families, gzip", bytes_ / 1000, "kB", most)
                yield from _measured(chromium, address, what, folder == small)


def _bundle(address: str, area: str) -> tuple[int, int]:
    """Families of a bundle, and its bytes compressed as the server sends it."""
    asked = urllib.request.Request(f"{address}/field/api/bundle?area={area}", headers={"accept-encoding": "gzip"})
    body = urllib.request.urlopen(asked).read()
    return len(json.loads(gzip.decompress(body))["households"]["rows"]), len(body)


def _measured(chromium: Browser, address: str, what: str, first: bool) -> Iterator[Figure]:
    tablet = reader_of(chromium, "tablet")
    page = tablet.new_page()
    cdp = tablet.new_cdp_session(page)
    loaded = _bytes(cdp)
    page.goto(f"{address}/field/")
    _chosen(page)
    page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
    if first:
        yield below("first load without the bundle", sum(loaded.values()) / 1000, "kB", FIRST)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    taps = Taps(page, cdp)
    tablet.set_offline(True)
    yield below(f"opened again, {what}", statistics.median(_opened(page, taps) for _ in range(ROUNDS)), "ms", OPEN)
    for _ in range(ROUNDS):
        _day(taps)
    for name, took in taps.took.items():
        yield below(f"tap: {name}, {what}", statistics.median(took), "ms", TAP)
    tablet.close()


def _opened(page: Page, taps: Taps) -> float:
    """CPU milliseconds, SLOWER, from the navigation until what is due is drawn."""
    page.reload(wait_until="commit")
    page.wait_for_timeout(3 * SETTLE)
    page.wait_for_selector("h1")
    return taps.spent() * SLOWER


def _chosen(page: Page) -> None:
    """Open the area; of one that is too large for a tablet a tambon."""
    page.wait_for_selector("h1:has-text('งานของฉัน'), h1:has-text('เลือกพื้นที่')")
    if page.get_by_role("heading", name="เลือกพื้นที่").is_visible():
        page.locator("main").get_by_role("button").first.click()
    page.wait_for_selector("h1:has-text('งานของฉัน')")


def _bytes(cdp: CDPSession) -> dict[str, float]:
    """Bytes by address that the page itself fetches, but its bundle."""
    addresses: dict[str, str] = {}
    loaded: dict[str, float] = {}

    def finished(said: dict) -> None:
        if "/api/" not in addresses.get(said["requestId"], "/api/"):
            loaded[addresses[said["requestId"]]] = said["encodedDataLength"]

    cdp.send("Network.enable")
    cdp.on("Network.requestWillBeSent", lambda said: addresses.update({said["requestId"]: said["request"]["url"]}))
    cdp.on("Network.loadingFinished", finished)
    return loaded


def _day(taps: Taps) -> None:
    """From the first screen to a family, through its forms, and back."""
    page, main = taps.page, taps.page.locator("main")
    page.evaluate("location.hash = ''")
    page.wait_for_selector(".list a")
    taps.tap("a village", main.locator(".list a[href]").filter(has_text="ตำบล").first, "h2:has-text('ครัวเรือน')")
    taps.tap("a family", main.locator(".list a[href]").first, FAMILY)
    for kind in main.locator(".actions").first.get_by_role("button").all_inner_texts():
        taps.tap(f"form {kind}", main.locator(".actions").first.get_by_role("button", name=kind, exact=True), "form")
        taps.tap("cancel", page.get_by_role("button", name="ยกเลิก"), FAMILY)
    taps.tap("form เยี่ยมบ้าน", main.get_by_role("button", name="เยี่ยมบ้าน", exact=True), "form")
    for choices in (0, 1):  # a dimension, and what came of looking at it
        taps.tap("a choice", page.locator("form fieldset .choices").nth(choices).locator("label").first, "form")
    taps.tap("another day", page.locator("form").get_by_text("วันอื่น"), "form")
    taps.tap("today", page.locator("form").get_by_text("วันนี้"), "form")
    page.get_by_label("สิ่งที่พบ").fill("หลังคารั่ว ฝาผนังผุ ต้องซ่อมก่อนฝน")
    taps.tap("save, sealed and kept", page.get_by_role("button", name="บันทึก", exact=True), FAMILY)
    taps.tap("withdraw", main.get_by_role("button", name="ถอนบันทึกนี้").first, "form")
    taps.tap("cancel", page.get_by_role("button", name="ยกเลิก"), FAMILY)
    taps.tap("the outbox", page.locator("#outbox"), "h1:has-text('รายการรอส่ง')")
    taps.tap("back", page.locator("a.back"), "h1:has-text('งานของฉัน')")

"""The map: server time and bytes of a filter's change on each level, and what a reader in Chromium waits for."""

import asyncio
import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, against, below
from benchmarks.server import ROOT, SESSIONS, median, p95, serving
from benchmarks.server import many as tapping
from benchmarks.session import Session
from tests.browser.app import READY, started

EVERYWHERE = [f"{code:02}" for code in range(10, 97)]
LEVELS = {  # what is on the screen -> its address
    "country, 928 districts": "all=1&by=district",
    "province, 219 subdistricts": "province=34&by=tambon",
    "district of 100,000 households, hexagons": "district=3421&by=tambon&homes=yes",
    "district of 128 households": "district=3415&by=tambon",
    "subdistrict with its points": "district=3415&tambon=341502&homes=yes",
}
DENSITY = {
    "nation": "all=1&by=density",
    "province": "province=34&by=density",
    "district of 100,000": "district=3421&by=density",
}
CHANGES = ["", "&dimension=health", "&dimension=living", "&dimension=income", "&source=outside", "&source=tpmap"]
ROOMS = ("data/geo", "definitions", "queries", "ui", "pages", "locale", ".streamlit")
EMPTY_CHART = 'import streamlit as st\n\nst.plotly_chart({"data": [{"type": "bar", "x": [], "y": []}], "layout": {"height": 600}}, key="empty")\n'
TAPS = 7
# deck.gl draws when its turn comes, and no element says so: the time of its last finished call to draw is kept.
WATCHED = """() => {
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name]
    WebGL2RenderingContext.prototype[name] = function (...given) {
      draw.apply(this, given)
      this.finish()
      window.painted = performance.now()
    }
  }
}"""
SETTLED = "() => window.painted && performance.now() - window.painted > 700"
REPAINTED = """async () => {
  const chips = [...document.querySelectorAll(".st-key-map_choices button")].filter(b => /^(จำนวน|ร้อยละ)$/.test(b.innerText.trim()))
  const chip = chips.find(b => b.getAttribute("aria-checked") !== "true" && b.getAttribute("aria-pressed") !== "true")
  const legend = () => document.querySelector(".st-key-density ul").innerText
  const before = legend(), begin = performance.now()
  chip.click()
  while (legend() === before || window.painted < begin || performance.now() - window.painted < 700)
    await new Promise(done => setTimeout(done, 20))
  return window.painted - begin
}"""


def figures() -> Iterator[Figure]:
    """Aims: a country's filter change ≤ 25 kB and ≤ 2 × the empty chart, painted within 200 ms, 40 sessions p95 ≤ 300 ms; a view of
    columns ≤ 100 kB, painted within 400 ms."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        build(folder)
        data = str(folder / "data")
        _, app = stack.enter_context(serving(ROOT / "dashboard.py", data))
        _, empty = stack.enter_context(serving(with_empty_chart(folder / "empty"), data))
        for level, address in LEVELS.items():
            bare, bare_again = asyncio.run(taps(empty, address)), asyncio.run(taps(empty, address))
            first, again = asyncio.run(taps(app, address)), asyncio.run(taps(app, address))
            yield against(
                f"map, {level}, asked before", median(again, 0), "ms", "with an empty chart", median(bare_again, 0), 2
            )
            yield against(f"map, {level}, asked first", median(first, 0), "ms", "with an empty chart", median(bare, 0), 2)
            yield below(f"map, {level}, bytes", median(again, 1) / 1000, "kB", 25)
        for place, address in DENSITY.items():
            yield below(f"map, columns, {place}, asked first", median(asyncio.run(taps(app, address)), 0), "ms", 400)
            yield below(f"map, columns, {place}, bytes", median(asyncio.run(taps(app, address)), 1) / 1000, "kB", 100)
        for order in ("first", "before"):
            name = f"{SESSIONS} sessions tapping the map, asked {order}, p95"
            yield below(name, p95(asyncio.run(tapping(app, "map"))), "ms", 300)
        with started() as chromium:
            for level, address in LEVELS.items():
                page = chromium.new_page(viewport={"width": 1920, "height": 1080})
                bare = chromium.new_page(viewport={"width": 1920, "height": 1080})
                for _ in range(2):  # what a browser keeps is fetched the first time
                    base, paint = opened(bare, empty, address), opened(page, app, address)
                yield against(f"map, {level}, first paint", paint, "ms", "with an empty chart", base, 2)
                yield below(f"map, {level}, tap to painted", statistics.median(painted(page) for _ in range(TAPS)), "ms", 200)
                heaps = [heap(each) for each in (page, bare)]
                yield against(f"map, {level}, memory of the page", heaps[0], "MB", "with an empty chart", heaps[1], 2)
                page.close()
                bare.close()
            page = chromium.new_page(viewport={"width": 1920, "height": 1080})
            page.add_init_script(f"({WATCHED})()")
            for place, address in DENSITY.items():
                page.goto(f"{app}/map?year=2565&{address}")
                page.wait_for_selector(READY)
                page.wait_for_function(SETTLED)
                waited = statistics.median(page.evaluate(REPAINTED) for _ in range(TAPS))
                yield below(f"map, columns, {place}, tap to painted", waited, "ms", 400)
            page.close()


def build(folder: Path) -> None:
    """Eight households in every subdistrict of the nation, and 100,000 in one district."""
    nation, district = folder / "nation", folder / "district"
    nation.mkdir()
    district.mkdir()
    files = register.make(nation, 8 * 7_436, within=EVERYWHERE)
    for file in register.make(district, 100_000, within=["3421"], first=1_000_000):
        files.append(file.rename(file.with_stem(f"{file.stem}-3421")))
    whole_build(folder / "data", files)


def with_empty_chart(folder: Path) -> Path:
    """The same dashboard, its map page holding nothing but an empty chart."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pages" / "map.py").write_text(EMPTY_CHART, encoding="utf-8")
    return Path(shutil.copy(ROOT / "dashboard.py", folder))


async def taps(base: str, address: str) -> list[tuple[float, int]]:
    """A reader changes one filter after the other; opening the page is not counted."""
    async with Session(base, "map") as session:
        await session.tap(f"year=2565&{address}")
        return [await session.tap(f"year=2565&{address}{change}") for change in CHANGES]


def opened(page: Page, base: str, address: str) -> float:
    """Milliseconds from the address to the drawn page."""
    begin = time.perf_counter()
    page.goto(f"{base}/map?year=2565&{address}")
    page.wait_for_selector(".atlas[data-drawn], .js-plotly-plot .main-svg", state="attached")
    page.wait_for_selector(READY)
    return (time.perf_counter() - begin) * 1000


def painted(page: Page) -> float:
    """Milliseconds from a tap on a filter until the map has been painted anew."""
    if not page.get_by_role("radio", name="ร้อยละ").is_visible() and not page.get_by_text("ร้อยละ", exact=True).count():
        raise RuntimeError("the map has no switch between number and percent")
    return page.evaluate(
        """async () => {
          const map = document.querySelector(".atlas"), before = map.dataset.drawn
          const chips = [...document.querySelectorAll(".st-key-map_choices button")].filter(b => /^(จำนวน|ร้อยละ)$/.test(b.innerText.trim()))
          const chip = chips.find(b => b.getAttribute("aria-checked") !== "true" && b.getAttribute("aria-pressed") !== "true")
          const begin = performance.now()
          chip.click()
          while (map.dataset.drawn === before) await new Promise(requestAnimationFrame)
          await new Promise(requestAnimationFrame)
          await new Promise(requestAnimationFrame)
          return performance.now() - begin
        }"""
    )


def heap(page: Page) -> float:
    """Megabytes that the page's script holds."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return metrics["JSHeapUsedSize"] / 1e6

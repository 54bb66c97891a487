"""Every page can be used by everyone: WCAG 2.1 A and AA, fingers, the app's own Thai letters, nothing cut off."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from queries import DESK
from tests.browser.app import Screen, on_both
from ui.session.page_access import may_open

ROOM = Path(__file__).parent.parent.parent / "pages"
WHERE = "year=2565&district=3421&tambon=342106"
ADDRESSES = {  # what a page is opened with; one that is not named here is opened as it is
    "map": ("", WHERE),
    "household": (f"{WHERE}&dimension=living&certification=certified",),
    "report": ("", "year=2565&plan=done&case=none"),
}
PAGES = [f"{page}?{query}" for page in sorted(p.stem for p in ROOM.glob("*.py")) for query in ADDRESSES.get(page, ("",))]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
FINGER = 44  # CSS px, WCAG 2.5.5
REFUSED = "หน้านี้ไม่ได้เปิดให้บทบาทของท่าน"
MARKS = 2  # glyphs of a text that may come from another font: Sarabun has no ✓ and ▶

SMALL = """least => [...document.querySelectorAll("a[href], button, input, select, summary, [role=option], [role=radio]")]
  .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest("[data-testid=stSkipToContent]"))
  .map(e => [e, e.matches("input") ? (e.closest("label") ?? e.parentElement) : e])
  .map(([e, target]) => [e, target.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && box.height > 1 && (box.height < least - .5 || box.width < least - .5))
  .map(([e, box]) => `${e.tagName} "${e.innerText || e.ariaLabel}" ${box.width.toFixed()}x${box.height.toFixed()}`)"""

CUT = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
  .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && e.offsetParent)
  .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()))
  .filter(e => {
    const range = document.createRange(); range.selectNodeContents(e)
    const text = range.getBoundingClientRect()
    for (let box = e; box && box.dataset?.testid !== "stMain"; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect()
      if (/auto|scroll/.test(style.overflowX) && box.tabIndex >= 0) return false  // moves sideways, by keyboard too
      if (style.overflowX !== "visible" && edge.width > 1 && (text.right > edge.right + 2 || text.left < edge.left - 2)) return true
      if (style.overflowY === "hidden" && edge.height > 1 && text.bottom > edge.bottom + 6) return true
    }
    return text.right > innerWidth + 1
  })
  .map(e => `${e.tagName} "${e.innerText ?? e.textContent}"`)"""

WIDER = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
  .filter(e => e.scrollWidth > innerWidth).map(e => `${e.tagName} ${e.scrollWidth}`)"""

UNNAMED = """() => [...document.querySelectorAll(".chart, table, [data-testid=stDataFrame], img")]
  .filter(e => !e.ariaLabel && !e.alt && !e.querySelector("[aria-label], caption, [alt]") && !e.closest("[aria-label]"))
  .map(e => e.outerHTML.slice(0, 200))"""


@on_both
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.split("&")[0])
def test_everyone_can_use_it(screen: Screen, page: str) -> None:
    screen.go(f"/{page}")
    assert (REFUSED in screen.words) != may_open(page.split("?")[0], DESK)
    assert screen.page.evaluate("document.documentElement.lang") == "th"
    assert violations(screen) == []
    assert screen.page.evaluate(SMALL, FINGER) == []
    assert screen.page.evaluate(UNNAMED) == []
    assert screen.page.evaluate(CUT) == []
    assert screen.page.evaluate(WIDER) == []
    assert strange_letters(screen) == []


def violations(screen: Screen) -> list[tuple[str, str, str]]:
    """What axe finds against WCAG 2.1 A and AA."""
    found = Axe().run(screen.page, options=RULES).response["violations"]
    return [(rule["id"], node["html"][:160], node["failureSummary"]) for rule in found for node in rule["nodes"]]


def strange_letters(screen: Screen) -> list[tuple[str, str, int]]:
    """Texts that the browser draws in another font than the app's, and how many glyphs of them."""
    tool = screen.page.context.new_cdp_session(screen.page)  # detached below: the page is another test's next
    tool.send("DOM.enable")
    tool.send("CSS.enable")
    root = tool.send("DOM.getDocument")["root"]["nodeId"]
    found = []
    for part in (".age", "h3", "button p", ".caption", ".chart .name", ".chart .part"):
        node = tool.send("DOM.querySelector", {"nodeId": root, "selector": part})["nodeId"]
        fonts = tool.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] if node else []
        found += [(part, f["familyName"], f["glyphCount"]) for f in fonts if f["familyName"] != "Sarabun"]
    tool.detach()
    return [other for other in found if other[2] > MARKS]

"""Every page can be used by everyone: WCAG 2.1 A and AA, fingers, the app's own Thai letters, nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.browser.app import SIZES, Screen

HOME = "household?year=2565&district=3421&tambon=342106&dimension=living&certification=certified"
PAGES = ("overview", "households", HOME, "progress", "report", "about", "report?year=2565&plan=done&case=none")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
FINGER = 44  # CSS px, WCAG 2.5.5
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
      if (style.overflowX !== "visible" && edge.width > 1 && (text.right > edge.right + 2 || text.left < edge.left - 2)) return true
      if (style.overflowY === "hidden" && edge.height > 1 && text.bottom > edge.bottom + 6) return true
    }
    return text.right > innerWidth + 1
  })
  .map(e => `${e.tagName} "${e.innerText ?? e.textContent}"`)"""

UNNAMED = """() => [...document.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stTable], [data-testid=stDataFrame], img")]
  .filter(e => !e.ariaLabel && !e.alt && !e.querySelector("[aria-label], caption, [alt]") && !e.closest("[aria-label]"))
  .map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture(
    scope="module", params=[(size, page) for size in SIZES for page in PAGES], ids=lambda p: f"{p[0]}-{p[1].split('&')[0]}"
)
def opened(request: pytest.FixtureRequest, profiles: dict[str, BrowserContext], server: str):
    """One page on one screen, opened once for all that is asked of it."""
    size, page = request.param
    screen = Screen(profiles[size].new_page(), server)
    yield screen.open(f"/{page}")
    screen.page.close()


def test_axe_finds_nothing(opened: Screen) -> None:
    found = Axe().run(opened.page, options=RULES).response["violations"]
    assert [(v["id"], node["html"][:160], node["failureSummary"]) for v in found for node in v["nodes"]] == []


def test_every_target_is_as_large_as_a_finger(opened: Screen) -> None:
    assert opened.page.evaluate(SMALL, FINGER) == []


def test_nothing_is_wider_than_the_screen_and_no_text_is_cut_off(opened: Screen) -> None:
    width = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]"
    page, main, screen = opened.page.evaluate(width)
    assert page <= screen and main <= screen
    assert opened.page.evaluate(CUT) == []


def test_pictures_of_numbers_say_them_in_words(opened: Screen) -> None:
    assert opened.page.evaluate(UNNAMED) == []


def test_the_page_is_thai_in_sarabun(opened: Screen) -> None:
    assert opened.page.evaluate("document.documentElement.lang") == "th"
    tool = opened.page.context.new_cdp_session(opened.page)
    tool.send("DOM.enable"), tool.send("CSS.enable")
    root = tool.send("DOM.getDocument")["root"]["nodeId"]
    for part in (".st-key-age p", "h3", "button p", "[data-testid=stCaptionContainer] p", ".ytick text"):
        node = tool.send("DOM.querySelector", {"nodeId": root, "selector": part})["nodeId"]
        fonts = tool.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] if node else []
        other = [font for font in fonts if font["familyName"] != "Sarabun"]
        assert sum(font["glyphCount"] for font in other) <= MARKS, (part, other)
    tool.detach()

"""The browser's own print: every page whole, no menus or buttons, the filters and the date of the data on each sheet."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

import definitions
from tests.browser.app import Screen
from tests.print.on_paper import faults, text, words_of

PAGES = [row["page"] for row in definitions.table("pages")]
PHO_SAI = "year=2565&district=3421"
EDGE = 20  # points at each side in which nothing stands
SAID = """() => {  // what a reader reads, apart from what is pressed, typed into or chosen from
  const pressed = `button, input, textarea, select, label, form, nav, summary, [role=radiogroup], [role=combobox], .st-key-heading,
    .st-key-filters, .st-key-map_choices, .st-key-map_files, [data-testid=stPageLink], [data-testid=stPopover], [data-testid=stCheckbox],
    [data-testid=stExpander] > details:not([open]), [data-testid*=Icon], [data-testid=stDateInput], [translate=no], [data-testid=stFileUploader], .between a, .atlas-hint, .atlas-tip, #connection, style`
  const main = document.querySelector("[data-testid=stMain]")
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement
    if (!walk.currentNode.data.trim() || at.closest(pressed) || !at.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue
    if (at.closest("caption, .atlas-hidden, [role=alert]:empty")) continue
    const range = document.createRange(); range.selectNodeContents(walk.currentNode)
    if (range.getClientRects().length) found.push(walk.currentNode.data)
  }
  return found
}"""
TWICE = re.compile("([ก-ฮ][\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]+)\\1+")  # a cluster of which each glyph tells the whole
BLANK = re.compile("[\\s\u00a0\u00ad\u200b\u2060\ufffe\\x02-]")  # a hyphen at the end of a line is told as another letter


def letters(text: str) -> str:
    """A text without blanks, and without what a PDF tells twice of Thai clusters."""
    return TWICE.sub("\\1", BLANK.sub("", text).replace("\u0e4d\u0e32", "\u0e33"))


PAPERS = {  # page -> the paper that its button makes, with whatever must be opened first
    "overview": ("สรุปสถานการณ์", ""),
    "household": ("แบบเยี่ยมครัวเรือน", ""),
    "households": ("แผนออกเยี่ยมบ้าน", "แผนออกเยี่ยมบ้านบนกระดาษ"),
    "report": ("บัญชีรายชื่อเพื่อรับรอง", ""),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_button_makes_a_paper_with_a_receipt(screen: Screen, name: str) -> None:
    paper, folded = PAPERS[name]
    screen.open(f"/{name}?{PHO_SAI}&tambon=342106&certification=certified")
    if folded:
        screen.press(folded)
    screen.tap("button", f"พิมพ์{paper}")
    with screen.page.expect_download() as saved:
        screen.page.get_by_role("button", name="บันทึก baansuk").click()
    content = Path(saved.value.path()).read_bytes()
    assert saved.value.suggested_filename.endswith(".pdf") and faults(content) == []
    assert hashlib.sha256(content).hexdigest() in screen.words  # the receipt
    assert screen.complaints == []


def test_a_letter_is_made_for_the_agency_that_is_chosen(screen: Screen) -> None:
    screen.open(f"/promises?{PHO_SAI}")
    assert screen.page.get_by_role("button", name="พิมพ์หนังสือถึงหน่วยงาน").count() == 0
    screen.page.get_by_label("หน่วยงานหรือผู้รับผิดชอบ").first.click()
    screen.page.get_by_role("option", name="อบต.สำโรง").click()
    screen.idle()
    screen.tap("button", "พิมพ์หนังสือถึงหน่วยงาน")
    with screen.page.expect_download() as saved:
        screen.page.get_by_role("button", name="บันทึก baansuk").click()
    assert faults(content := Path(saved.value.path()).read_bytes()) == [] and "อบต.สำโรง" in text(content)


@pytest.fixture(params=PAGES)
def printed(request: pytest.FixtureRequest, screen: Screen) -> Iterator[tuple[str, list[str], pypdfium2.PdfDocument, Screen]]:
    """A page, what its screen says, and the page on paper."""
    screen.open(f"/{request.param}?{PHO_SAI}")
    said = screen.page.evaluate(SAID)
    paper = screen.page.pdf(prefer_css_page_size=True)
    yield request.param, said, pypdfium2.PdfDocument(paper), screen


def sheets(paper: pypdfium2.PdfDocument) -> list[str]:
    return [words_of(page) for page in paper]


def test_a_page_on_paper_is_whole(printed) -> None:
    name, said, paper, screen = printed
    whole = letters("".join(sheets(paper)))
    lost = [words for words in said if letters(words) not in whole]
    assert lost == [], name
    for number, sheet in enumerate(sheets(paper), 1):
        assert "2565" in sheet and letters("ข้อมูลณ") in letters(sheet), (name, number)  # the filters and the date on each
        assert letters(f"หน้า{number}/{len(paper)}") in letters(sheet), (name, number)
    for words in ("English", "แสดงทั้งหมด", "โหมดประชุม"):
        assert letters(words) not in whole, (name, words)
    for page in paper:
        picture = np.asarray(page.render(scale=1).to_pil().convert("L"))
        ink = np.argwhere(picture < 160)
        assert len(ink), f"{name}: an empty sheet"
        top, left, bottom, right = ink[:, 0].min(), ink[:, 1].min(), ink[:, 0].max(), ink[:, 1].max()
        assert left >= EDGE and right <= picture.shape[1] - EDGE, (name, left, right)
        assert top >= EDGE and bottom <= picture.shape[0] - EDGE, (name, top, bottom)
    assert screen.complaints == []


def test_the_screen_is_as_before_after_printing(screen: Screen) -> None:
    screen.open(f"/map?{PHO_SAI}")
    before = screen.page.locator(".atlas-stage > svg").evaluate("svg => svg.outerHTML.slice(0, 200)")
    screen.page.pdf(prefer_css_page_size=True)
    assert screen.page.locator(".atlas-stage > svg").evaluate("svg => svg.outerHTML.slice(0, 200)") == before
    assert screen.page.locator(".st-key-heading").is_visible()


def test_a_map_on_paper_has_all_its_areas_in_their_colours(screen: Screen) -> None:
    screen.open(f"/map?{PHO_SAI}")
    paper = pypdfium2.PdfDocument(screen.page.pdf(prefer_css_page_size=True))
    pixels = np.asarray(paper[0].render(scale=2).to_pil().convert("RGB")).reshape(-1, 3)
    looks = screen.page.locator(".atlas .areas path").evaluate_all("paths => paths.map(path => getComputedStyle(path).fill)")
    colours = {tuple(map(int, re.findall(r"\d+", look)[:3])) for look in looks if look.startswith("rgb")}
    assert len(colours) >= 3
    for colour in colours:
        assert (np.abs(pixels.astype(int) - colour).max(1) < 6).sum() > 2_000, colour

"""Every page on a phone and a tablet: nothing runs out of the screen, what is tapped is as large as a finger, the header leaves room."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

import definitions
from tests.browser.app import SIZES, Screen
from ui.filters.url import VIEW

PAGES = {row["page"]: row for row in definitions.table("pages") if row["right"] != "users"}  # the desk looks after no users
PHONE, TABLET = (360, 740), SIZES["tablet"]
HEADER = 0.18  # of a tablet's screen at most; it was 0.29
ADDRESS = "year=2565&district=3421"
RUNS_OUT = """() => {  // what is wider than the screen, unless it moves sideways inside a frame of its own
  const main = document.querySelector("[data-testid=stMain]")
  return main.scrollWidth > innerWidth ? `${main.scrollWidth} of ${innerWidth} px` : ""
}"""
SMALL = """() => {  // what is tapped: of a control inside a label the label; what a keyboard alone reaches is none
  const taps = "a, button, summary, select, textarea, input, [role=radio], [role=checkbox], [role=switch], [role=tab]"
  const found = []
  for (const one of document.querySelectorAll(taps)) {
    const box = (one.closest("label") ?? one).getBoundingClientRect(), style = getComputedStyle(one)
    const hidden = !box.width || !box.height || style.visibility === "hidden" || one.closest("[inert], .maplibregl-map, canvas")
    if (hidden || one.dataset.testid === "stSkipToContent" || (one.type === "file" && style.display === "none")) continue
    if (box.height < 43.5 || (box.width < 43.5 && !one.closest("p, li, td")))
      found.push(`${one.tagName} ${one.dataset.testid ?? one.className} ${Math.round(box.width)}x${Math.round(box.height)} ${(one.innerText || one.ariaLabel || "").slice(0, 30)}`)
  }
  return [...new Set(found)]
}"""


BURST = """() => [...document.querySelectorAll(".figures dd")].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"""
AMOUNTS = (  # pages whose figures are money, where each is kept
    "/fund?year=2565&district=3415",
    "/debts?year=2565&district=3419",
    "/overview?year=2565&district=3421",
)


@pytest.fixture
def sized(look: Callable[..., Screen], server: str) -> Iterator[Callable[[tuple[int, int]], Screen]]:
    """The tablet's screen in another size, and as it was afterwards."""
    screen = look("tablet", server)

    def of(size: tuple[int, int]) -> Screen:
        screen.page.set_viewport_size({"width": size[0], "height": size[1]})
        return screen

    yield of
    of(TABLET)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_page_keeps_inside_the_screen_and_its_controls_under_a_finger(sized, page: str, size: tuple[int, int]) -> None:
    screen = sized(size).go(f"/{page}?{ADDRESS}")
    assert screen.page.evaluate(RUNS_OUT) == ""
    assert screen.page.evaluate(SMALL) == []


@pytest.mark.parametrize("address", AMOUNTS)
def test_a_number_stays_inside_its_tile(sized, address: str) -> None:
    for size in (TABLET, PHONE):
        page = sized(size).go(address).page
        assert page.locator(".figures dd").count(), address
        assert page.evaluate(BURST) == [], size


@pytest.mark.parametrize("page", PAGES)
def test_the_header_of_a_tablet_leaves_the_screen_to_the_page(sized, page: str) -> None:
    screen = sized(TABLET).go(f"/{page}?{ADDRESS}")
    bottom = screen.page.locator(".age").bounding_box()
    assert bottom["y"] + bottom["height"] <= HEADER * TABLET[1]


@pytest.mark.parametrize("page", PAGES)
def test_filters_show_only_where_they_narrow_something(sized, page: str) -> None:
    screen = sized(TABLET).go(f"/{page}?{ADDRESS}")
    matters = PAGES[page]["filters"]
    expect(screen.page.locator(".st-key-filters")).to_have_count(0 if matters in ("kept", "none") else 1)
    assert screen.says.startswith("ข้อมูล ณ" if matters == "none" else "ปี 2565 · อ.โพธิ์ไทร")


def test_a_tablet_folds_what_is_seldom_needed_and_opens_it_by_one_tap(sized) -> None:
    screen = sized(TABLET).go(f"/overview?{ADDRESS}")
    report = screen.page.get_by_role("link", name="รายงาน", exact=True)
    expect(report).to_have_count(0)
    screen.page.get_by_text("เพิ่มเติม").click()
    report.click()
    assert screen.idle().address.startswith("/report?")


def test_the_whole_row_of_a_household_opens_it(sized) -> None:
    screen = sized(TABLET).go(f"/households?{ADDRESS}")
    row = screen.page.locator(".row").first
    box = row.bounding_box()
    row.click(position={"x": box["width"] - 20, "y": box["height"] / 2})
    assert "/household?" in screen.idle().address and "household=" in screen.address


def test_the_way_to_what_helped_others_is_its_own_within_a_row(sized) -> None:
    screen = sized(TABLET).go(f"/promises?{ADDRESS}")
    row = screen.page.locator(".row").filter(has_text="ทางแก้ที่เคยใช้").first
    box = row.bounding_box()
    row.click(position={"x": 20, "y": box["height"] / 2})
    assert "/household?" in screen.idle().address and "item=" not in screen.address
    screen = screen.go(f"/promises?{ADDRESS}")
    screen.page.get_by_text("ทางแก้ที่เคยใช้").first.click()
    assert "/household?" in screen.idle().address and "item=plan" in screen.address
    assert "คลังทางแก้" in screen.words


def test_a_team_stays_in_the_address_without_its_name(sized) -> None:
    assert "team" in VIEW
    screen = sized(TABLET).go(f"/mywork?{ADDRESS}")
    screen.page.get_by_label("ทีมพี่เลี้ยงหรือหน่วยงาน").click()
    screen.page.get_by_role("option", name="ทีมพี่เลี้ยงตำบลโพธิ์ไทร").click()
    assert "team=" in screen.idle().address and "%E0" not in screen.address
    shown = screen.words
    assert "ครบกำหนดใน 8–15 วัน" in shown and "ช้า 48 วัน" in shown
    screen.page.reload()
    assert screen.idle().words == shown


def test_the_text_for_line_opens_its_household_and_its_code_finds_it(sized) -> None:
    screen = sized(TABLET).go(f"/household?{ADDRESS}&tambon=342106&dimension=living")
    screen.press("ข้อความสำหรับคัดลอก")
    text = screen.page.locator("div.copy pre").last.inner_text()
    code, address = text.split("\n")[0].split(" ")[1], text.split("\n")[-1].split(": ", 1)[1]
    head = screen.page.locator("h3").first.inner_text()
    assert address.startswith(f"{screen.base}/household?household={code}") and head not in text
    screen.open(address.removeprefix(screen.base))
    assert screen.page.locator("h3").first.inner_text() == head
    screen.open(f"/households?{ADDRESS}")
    field = screen.page.get_by_role("textbox")
    field.fill(f"ครัวเรือน {code}")
    field.press("Enter")
    expect(screen.idle().page.locator(".row")).to_have_count(1)
    assert head in screen.words

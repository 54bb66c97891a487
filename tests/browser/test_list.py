"""The list of households survives the way into a household and back: its search, order and screen; previous and next follow it."""

import re

from playwright.sync_api import expect

from tests.browser.app import Screen, on_a_tablet

DISTRICT = "year=2565&district=3421"
ROW = ".row a.go[href*='household=']"


def listed(screen: Screen) -> list[str]:
    """The households of the screen, by their addresses."""
    return [
        link.split("household=")[1].split("&")[0]
        for link in screen.page.locator(ROW).evaluate_all("links => links.map(l => l.getAttribute('href'))")
    ]


@on_a_tablet
def test_order_and_screen_survive_a_household_and_back(screen: Screen) -> None:
    screen.go(f"/households?{DISTRICT}")
    screen.tap("radio", "ขาดแคลนหลายมิติก่อน")
    screen.page.get_by_test_id(re.compile("stPagination")).get_by_text("2", exact=True).click()
    screen.idle()
    assert "sort=deprived" in screen.address and "page=2" in screen.address
    before = listed(screen)
    screen.page.locator(ROW).nth(10).click()
    screen.idle()
    assert f"household={before[10]}" in screen.address and "ครัวเรือนที่ 23 จาก 78" in screen.words
    screen.tap("link", "ถัดไป")
    assert f"household={before[11]}" in screen.address
    screen.tap("link", "ถัดไป")  # the first of the next screen
    screen.page.locator(".between a", has_text="รายชื่อครัวเรือน").click()
    screen.idle()
    assert "page=3" in screen.address and "sort=deprived" in screen.address and before[10] not in listed(screen)
    screen.page.go_back()
    screen.idle()
    for _ in range(3):
        screen.page.go_back()
        screen.idle()
    assert "page=2" in screen.address and listed(screen) == before


@on_a_tablet
def test_a_search_survives_and_stands_in_no_address(screen: Screen) -> None:
    screen.go(f"/households?{DISTRICT}")
    screen.page.get_by_label("ชื่อ บ้านเลขที่ หรือหมู่บ้าน").fill("โพธิ์ไทร")
    screen.page.keyboard.press("Enter")
    screen.idle()
    found = listed(screen)
    assert "found=1" in screen.address and "%E0" not in screen.address and len(found) > 1
    screen.page.locator(ROW).nth(1).click()
    screen.idle()
    screen.tap("link", "ก่อนหน้า")
    assert f"household={found[0]}" in screen.address
    screen.page.locator(".between a", has_text="รายชื่อครัวเรือน").click()
    screen.idle()
    expect(screen.page.get_by_label("ชื่อ บ้านเลขที่ หรือหมู่บ้าน")).to_have_value("โพธิ์ไทร")
    assert listed(screen) == found
    screen.open(f"/households?{DISTRICT}&found=1")  # somebody else's address, in a new session
    expect(screen.page.get_by_label("ชื่อ บ้านเลขที่ หรือหมู่บ้าน")).to_have_value("")


@on_a_tablet
def test_the_screen_of_a_figure_survives(screen: Screen) -> None:
    screen.go(f"/figure?{DISTRICT}&words=listed&page=2")
    links = screen.page.locator("a.go[href*='household=']")
    first = (links.first.get_attribute("href") or "").split("household=")[1].split("&")[0]
    links.first.click()
    screen.idle()
    assert first in screen.address
    screen.page.locator(".between a", has_text="มีรายชื่อ").click()
    screen.idle()
    assert "page=2" in screen.address and first in (links.first.get_attribute("href") or "")

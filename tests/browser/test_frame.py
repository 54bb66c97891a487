"""The frame as its readers use it: the choice lives in the address, the words in one language, every control under a finger."""

import pytest
from playwright.sync_api import expect

from tests.browser.app import on_a_tablet, on_both

OPENING = "ปี 2565 · อ.โพธิ์ไทร · รับรองแล้ว"


@on_both
def test_it_opens_with_the_certified_households_of_the_district_in_thai(screen) -> None:
    screen.open()
    assert screen.says.startswith(OPENING)
    assert "ข้อมูล ณ" in screen.says and "บุคคลสมมติ" in screen.says
    assert screen.page.title() == "ภาพรวม · บ้านสุข"
    assert screen.page.evaluate("document.documentElement.lang") == "th"
    assert screen.page.evaluate("document.fonts.check('600 1rem Sarabun', 'บ้านสุข')")


def test_a_tap_goes_into_the_address_and_survives_pages_back_and_reload(screen) -> None:
    screen.open().tap("button", "ตำบล")
    screen.tap("button", "เหล่างาม")
    assert "tambon=342105" in screen.address or "tambon=34210" in screen.address
    chosen = screen.says
    assert chosen.startswith("ปี 2565 · อ.โพธิ์ไทร · ต.เหล่างาม · รับรองแล้ว")
    expect(screen.page.get_by_role("button", name="เหล่างาม").last).to_be_visible()  # the popover stays open for the next chip
    screen.page.keyboard.press("Escape")
    screen.tap("link", "ความก้าวหน้า")
    assert screen.address.startswith("/progress?") and screen.says == chosen
    screen.page.reload()
    assert screen.idle().says == chosen
    screen.page.go_back()
    assert screen.idle().says == chosen and screen.page.title().startswith("ภาพรวม")
    screen.page.go_back()
    assert screen.idle().says.startswith(OPENING)
    screen.press("ซ่อนชื่อ (จอประชุม)")  # a closed chip that still held the old choice would bring it back here
    assert screen.says.startswith(OPENING)


@on_a_tablet
def test_a_chip_opened_late_shows_what_was_chosen_and_adds_to_it(screen) -> None:
    screen.open("/?year=2565&district=3421&tambon=342106").press("ซ่อนชื่อ (จอประชุม)")  # a run before the popover is first opened
    screen.tap("button", "ตำบล")
    expect(screen.page.get_by_role("button", name="เหล่างาม", exact=True)).to_have_attribute("aria-pressed", "true")
    screen.page.get_by_role("button", name="สารภี", exact=True).click()
    assert "tambon=342105&tambon=342106" in screen.idle().address


@on_a_tablet
def test_show_everything_stays_after_the_next_tap_and_a_reload(screen) -> None:
    screen.open().tap("button", "แสดงทั้งหมด")
    assert "all=1" in screen.address and screen.says.startswith("ปี 2565 · ทุกพื้นที่")
    screen.press("ซ่อนชื่อ (จอประชุม)")
    assert screen.says.startswith("ปี 2565 · ทุกพื้นที่")
    screen.page.reload()
    assert screen.idle().says.startswith("ปี 2565 · ทุกพื้นที่")


@on_a_tablet
def test_quick_taps_on_a_slow_network_all_count(screen) -> None:
    screen.open("/?year=2565&district=3421").tap("button", "ตัวกรองอื่น")
    slow = screen.page.context.new_cdp_session(screen.page)
    slow.send("Network.enable")
    limits = {
        "offline": False,
        "latency": 600,
        "downloadThroughput": 50_000,
        "uploadThroughput": 50_000,
    }  # ms, bytes per second
    slow.send("Network.emulateNetworkConditions", limits)
    for chip in ("รายได้", "ใน TPMAP", "แล้วเสร็จ"):
        screen.page.get_by_role("button", name=chip, exact=True).click()
    for part in ("dimension=income", "source=tpmap", "plan=done"):
        screen.page.wait_for_url(f"**{part}**", wait_until="commit")
    expect(screen.page.locator(".age")).to_contain_text("แหล่งที่มา: ใน TPMAP")
    assert all(part in screen.idle().address for part in ("dimension=income", "source=tpmap", "plan=done"))
    slow.detach()


def test_one_press_changes_the_language_and_nothing_else(screen) -> None:
    screen.open("/report?year=2565&district=3421&dimension=living&meeting=1").tap("link", "English")
    assert screen.page.evaluate("document.documentElement.lang") == "en"
    assert screen.page.title() == "Report · Baan Suk"
    assert screen.says.startswith("Year 2565 · Pho Sai district · Deprived in Living conditions")
    assert "meeting=1" in screen.address
    screen.tap("link", "Progress")
    assert "lang=en" in screen.address and screen.page.title() == "Progress · Baan Suk"
    screen.tap("link", "ไทย")
    assert screen.page.title() == "ความก้าวหน้า · บ้านสุข" and "lang" not in screen.address


def test_a_strange_address_gets_a_kind_word(screen) -> None:
    screen.open("/?year=2565&district=9999&plan=done")
    assert "9999" in screen.page.get_by_test_id("stAlert").inner_text()
    assert screen.page.get_by_test_id("stException").count() == 0


def test_a_page_that_does_not_exist_says_so_in_thai(screen) -> None:
    assert screen.page.goto(f"{screen.base}/nosuch").status == 404
    expect(screen.page.get_by_role("heading")).to_have_text("ไม่มีหน้านี้")
    screen.complaints.clear()  # the browser notes the 404 itself


@on_both
@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_control_of_the_frame_is_finger_sized_and_shows_its_focus(screen, lang) -> None:
    screen.open(f"/?lang={lang}")
    controls = screen.page.locator(".st-key-heading :is(a, label):visible, .st-key-filters button:visible")
    assert controls.count() >= 11
    for control in controls.all():
        box = control.bounding_box()
        assert box["height"] >= 44, control.inner_text()
    for _ in range(4):
        screen.page.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement).outline"
    assert "3px" in screen.page.evaluate(focused)


def test_a_table_s_own_buttons_are_seen_while_the_keyboard_is_on_them(screen) -> None:
    screen.open("/households").go("/audit")  # the log has this visit at least
    seen = "e => getComputedStyle(e.closest('[data-testid=stElementToolbar]')).opacity"
    button = screen.page.locator("[data-testid=stElementToolbar] button").first
    button.focus()
    screen.page.wait_for_function(f"e => ({seen})(e) === '1'", arg=button.element_handle())

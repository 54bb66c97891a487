"""A whole meeting on two screens: prepared, opened, decided, closed, written down, and carried into the next one."""

import json
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, expect

from journal import store
from journal.verify import faults
from tests.browser.app import Screen, reader_of, sample_copy, serving

SMALLEST = 28  # px of a letter on the wall at 1920x1080
SMALL = """() => [...document.querySelectorAll('.deck *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => e.checkVisibility()).map(e => [e.textContent.slice(0, 40), parseFloat(getComputedStyle(e).fontSize)])"""
INSIDE = """() => [...document.querySelectorAll('.deck :is(h1, p, td, th, dd, dt, li)')].filter(e => e.checkVisibility())
  .filter(e => { const r = e.getBoundingClientRect(); return r.bottom > innerHeight || r.right > innerWidth + 1 })
  .map(e => e.textContent)"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server of its own: what is recorded here, no other test sees."""
    folder = tmp_path_factory.mktemp("meeting")
    data = sample_copy(folder / "data")
    with serving(data, folder) as address:
        yield address, data


def opened(chromium: Browser, address: str, size: str) -> Screen:
    return Screen(reader_of(chromium, size).new_page(), address)


def typed(screen: Screen, label: str, text: str) -> None:
    """Fill in a field and leave it, as one does."""
    field = screen.page.get_by_label(label, exact=True).locator("visible=true").last
    field.fill(text)
    field.press("Tab")
    screen.idle()


def prepared(desk: Screen, serial: str) -> str:
    """Prepare a meeting with the preset agenda; its id."""
    desk.open("/meeting?year=2565&district=3421")
    if not desk.page.get_by_label("การประชุมครั้งที่", exact=True).is_visible():
        desk.press("เตรียมการประชุม")
    typed(desk, "การประชุมครั้งที่", serial)
    typed(desk, "คณะที่ประชุม", "คณะกรรมการศูนย์ขจัดความยากจนอำเภอโพธิ์ไทร")
    typed(desk, "ผู้ที่เชิญ (บรรทัดละคน ชื่อ, ตำแหน่ง)", "นายสมมุติ ใจดี, นายอำเภอ\nนางสาวสมใจ ใจงาม, พัฒนาการอำเภอ")
    desk.tap("button", "บันทึกการเตรียมประชุม")
    desk.until(lambda: "of=" in desk.page.url)
    return desk.page.url.split("of=")[1].split("&")[0]


def to_item(desk: Screen, name: str) -> None:
    desk.page.get_by_role("button", name=name, exact=True).click()
    desk.idle()


def action(desk: Screen, told: str, owner: str) -> None:
    """Give somebody something to do until the next meeting."""
    desk.page.get_by_role("radio", name="มอบหมายงาน").click()
    desk.idle()
    typed(desk, "ข้อความ (ไม่บังคับ)", told)
    field = desk.page.get_by_role("combobox", name="ผู้รับผิดชอบ")
    field.fill(owner)
    desk.page.get_by_role("option", name=owner).first.click()
    desk.idle()
    desk.tap("button", "บันทึกผลของวาระ")
    expect(desk.page.get_by_text("บันทึกแล้ว: มอบหมายงาน")).to_be_visible()


def saved(desk: Screen, label: str) -> bytes:
    """A file of the closed meeting, made and fetched."""
    desk.tap("button", label)
    with desk.page.expect_download() as coming:
        desk.page.locator(".st-key-get_file button").click()
    download: Download = coming.value
    return Path(download.path()).read_bytes()


def until_seen(by: Screen, way: str, on: Screen, shown: str) -> float:
    """Seconds from a tap on one screen until another, which nobody touches, shows the next slide; both read one clock."""
    on.page.evaluate(
        """shown => { window.seen = 0; const look = new MutationObserver(() => {
          const now = document.querySelector(shown)?.innerText
          if (now && now !== window.was && !window.seen) window.seen = Date.now() })
          window.was = document.querySelector(shown)?.innerText
          look.observe(document, {subtree: true, childList: true, characterData: true}) }""",
        shown,
    )
    by.page.evaluate("way => { window.tapped = Date.now(); document.querySelector(`.st-key-deck_${way} button`).click() }", way)
    on.page.wait_for_function("() => window.seen")
    by.idle()
    on.idle()
    return (on.page.evaluate("window.seen") - by.page.evaluate("window.tapped")) / 1000


def test_how_soon_the_two_screens_follow_each_other_is_stated(chromium: Browser, meeting, record_property) -> None:
    address, _ = meeting
    desk, wall = opened(chromium, address, "tablet"), opened(chromium, address, "projector")
    one = prepared(desk, "9/2565")
    wall.open(f"/meeting?year=2565&district=3421&of={one}&show=1")
    to_wall = [until_seen(desk, "forward", wall, ".deck footer span:last-child") for _ in range(5)]
    to_desk = [until_seen(wall, "back", desk, ".near") for _ in range(3)]
    for name, took in (("secretary to projector", to_wall), ("projector to secretary", to_desk)):
        said = f"{statistics.median(took):.2f} s in the middle, {max(took):.2f} s at most, of {len(took)}"
        record_property(name, said)
        print(f"{name}: {said}")
    for screen in (desk, wall):
        screen.page.context.close()


def test_a_whole_meeting_on_two_screens_and_the_next_one_that_takes_up_its_actions(chromium: Browser, meeting) -> None:
    address, data = meeting
    desk, wall = opened(chromium, address, "tablet"), opened(chromium, address, "projector")
    first = prepared(desk, "1/2565")
    wall.open(f"/meeting?year=2565&district=3421&of={first}&show=1")
    expect(wall.page.locator(".deck")).to_contain_text("ยังไม่เปิดประชุม")
    desk.tap("button", "เปิดประชุมและเก็บตัวเลขไว้")
    expect(wall.page.locator(".deck")).not_to_contain_text("ยังไม่เปิดประชุม")  # nobody touched that screen

    # one key on the wall turns both, and nothing on it is small or cut off
    wall.page.keyboard.press("PageDown")
    expect(wall.page.locator(".deck h1")).to_have_text("เรื่องแจ้งให้ที่ประชุมทราบ")
    expect(desk.page.locator(".near h1")).to_have_text("เรื่องแจ้งให้ที่ประชุมทราบ")
    for _ in range(16):
        assert [one for one in wall.page.evaluate(SMALL) if one[1] < SMALLEST] == []
        assert wall.page.evaluate(INSIDE) == []
        before = wall.page.locator(".deck footer span").last.inner_text()
        if before.split("/")[0] == before.split("/")[1]:
            break
        wall.page.keyboard.press("ArrowRight")
        expect(wall.page.locator(".deck footer span").last).not_to_have_text(before)
    else:
        raise AssertionError("the deck has no end")
    wall.page.keyboard.press("F1")
    expect(wall.page.locator(".deck .keys")).to_be_visible()
    wall.page.keyboard.press("F1")

    # two certified at once, one refused with its reason
    expect(desk.page.locator(".near h1")).to_have_text(wall.page.locator(".deck h1").inner_text())  # it has followed to the end
    desk.idle()
    to_item(desk, "4. ครัวเรือนเสนอรับรอง")
    expect(wall.page.locator(".deck h1")).to_have_text("ครัวเรือนเสนอรับรอง")
    homes = desk.page.locator('[class*="st-key-certify_"] button')
    names = [homes.nth(place).inner_text() for place in range(3)]
    for name in names[:2]:
        desk.page.get_by_role("button", name=name, exact=True).click()
        desk.idle()
    desk.tap("button", "บันทึกผลการพิจารณา")
    expect(desk.page.get_by_text("บันทึกแล้ว 2 ครัวเรือน")).to_be_visible()
    desk.page.get_by_role("button", name=names[2], exact=True).click()
    desk.idle()
    desk.page.get_by_role("radio", name="ไม่รับรอง").click()
    desk.idle()
    typed(desk, "เหตุผล", "มีรายได้เพียงพอแล้ว")
    desk.tap("button", "บันทึกผลการพิจารณา")
    expect(wall.page.locator(".deck td b")).to_have_text(["รับรองแล้ว", "รับรองแล้ว", "ไม่รับรอง"])

    # three actions, of which one is a mistake and taken back, and given again
    to_item(desk, "8. เรื่องเพื่อพิจารณา")
    for told in ("ซ่อมหลังคา", "ทำบัตรคนพิการ", "จดซ้ำเรื่องเดิม"):
        action(desk, told, "อบต.โพธิ์ไทร")
    desk.press("ถอนสิ่งที่บันทึกผิด")
    option, box = (
        desk.page.get_by_role("option").filter(has_text="จดซ้ำเรื่องเดิม"),
        desk.page.get_by_role("combobox", name="รายการใด"),
    )
    # a screen that follows closes a list that is open; filling it in again before it has opened would, too
    desk.until(lambda: option.is_visible() or box.fill("จดซ้ำ") or desk.page.wait_for_timeout(500))
    option.click()
    desk.idle()
    typed(desk, "เหตุผลที่ถอน", "จดผิด")
    desk.tap("button", "ถอนบันทึก")
    action(desk, "สำรวจที่ดิน", "อบต.โพธิ์ไทร")

    desk.page.locator(".st-key-attendance summary").click()
    desk.tap("button", "บันทึกผู้มาประชุม")

    # closed; the minutes are there, and as they were seen
    desk.press("ปิดประชุม")
    typed(desk, "เลิกประชุมเวลา", "11.30 น.")
    desk.tap("button", "ปิดประชุมและทำรายงาน")
    expect(desk.page.get_by_text("ปิดประชุมแล้ว เก็บรายงานการประชุมไว้แล้ว")).to_be_visible()
    minutes = json.loads(saved(desk, "รายงานการประชุม (JSON)"))
    assert saved(desk, "รายงานการประชุม (PDF/A)").startswith(b"%PDF-1.")
    assert saved(desk, "ร่างรายงานการประชุม (DOCX)").startswith(b"PK")
    outcomes = [one for item in minutes["items"] for one in item["outcomes"]]
    certified = [one["text"] for one in outcomes if one["kind"] == "certification"]
    assert sorted(certified) == ["", "", "ไม่รับรอง มีรายได้เพียงพอแล้ว"]
    assert minutes["present"][0] == {"name": "นายสมมุติ ใจดี", "position": "นายอำเภอ"} and minutes["ended"] == "11:30"
    assert [one["text"] for one in outcomes if one["kind"] == "action"] == ["ซ่อมหลังคา", "ทำบัตรคนพิการ", "สำรวจที่ดิน"]
    assert list(faults(data)) == [] and store.store(data).position() > 10

    # the promise board has them at once, the next meeting begins with them
    desk.open("/promises?year=2565&district=3421")
    owner = desk.page.get_by_role("combobox", name="หน่วยงานหรือผู้รับผิดชอบ")
    owner.fill("อบต.โพธิ์ไทร")
    desk.page.get_by_role("option", name="อบต.โพธิ์ไทร").first.click()
    desk.idle()
    assert all(told in desk.words for told in ("ซ่อมหลังคา", "ทำบัตรคนพิการ", "สำรวจที่ดิน")) and "จดซ้ำเรื่องเดิม" not in desk.words
    then = prepared(desk, "2/2565")
    wall.open(f"/meeting?year=2565&district=3421&of={then}&show=1")
    to_item(desk, "3. เรื่องสืบเนื่อง")
    for told in ("ซ่อมหลังคา", "ทำบัตรคนพิการ", "สำรวจที่ดิน"):
        expect(wall.page.locator(".deck")).to_contain_text(told)
    desk.tap("button", "เปิดประชุมและเก็บตัวเลขไว้")
    to_item(desk, "2. รับรองรายงานการประชุมครั้งก่อน")
    desk.tap("button", "รับรองรายงานการประชุมครั้งที่ 1/2565")
    expect(desk.page.get_by_text("รับรองรายงานการประชุมแล้ว").first).to_be_visible()
    assert [desk.complaints, wall.complaints, desk.outside, wall.outside] == [[], [], [], []]
    for screen in (desk, wall):
        screen.page.context.close()


def test_what_is_typed_stays_although_another_screen_turns_the_deck(chromium: Browser, meeting) -> None:
    """Words that nobody was told of yet, while the wall goes on to other items and one of those gets its outcome."""
    address, _ = meeting
    desk, wall = opened(chromium, address, "tablet"), opened(chromium, address, "projector")
    one = prepared(desk, "8/2565")
    desk.tap("button", "เปิดประชุมและเก็บตัวเลขไว้")
    wall.open(f"/meeting?year=2565&district=3421&of={one}&show=1")
    first, other = "1. เรื่องแจ้งให้ที่ประชุมทราบ", "8. เรื่องเพื่อพิจารณา"
    to_item(desk, first)
    told = desk.page.get_by_label("ข้อความ (ไม่บังคับ)", exact=True).locator("visible=true")
    told.press_sequentially("ฝนจะมาก่อนสิ้นเดือน", delay=20)
    desk.page.wait_for_timeout(600)  # the typist pauses, and stays in the field
    for _ in range(3):
        wall.page.keyboard.press("ArrowRight")
        wall.idle()
    desk.idle()
    to_item(desk, other)
    typed(desk, "ข้อความ (ไม่บังคับ)", "รับทราบแล้ว")
    desk.tap("button", "บันทึกผลของวาระ")
    to_item(desk, first)
    expect(told).to_have_value("ฝนจะมาก่อนสิ้นเดือน")
    desk.tap("button", "บันทึกผลของวาระ")
    expect(told).to_have_value("")
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator(".deck")).to_contain_text("ฝนจะมาก่อนสิ้นเดือน")

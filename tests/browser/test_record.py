"""What is recorded at the desk, as whoever records it and everybody else sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import Screen, reader_of, sample_copy, serving

HOUSE_BUILD = "/household?year=2565&district=3421&tambon=342106&certification=certified&dimension=living"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server of its own: what is recorded here, no other test sees."""
    folder = tmp_path_factory.mktemp("recording")
    data = sample_copy(folder / "data")
    with serving(data, folder) as address:
        yield address, data


def opened(chromium: Browser, address: str, path: str) -> Screen:
    screen = Screen(reader_of(chromium, "tablet").new_page(), address)
    screen.open(path)
    return screen


def test_a_visit_is_recorded_once_seen_at_once_and_by_everybody_who_looks(chromium, recording) -> None:
    address, _ = recording
    mine, others = opened(chromium, address, HOUSE_BUILD), opened(chromium, address, "/overview?year=2565&district=3421")
    lacking = others.page.locator(".chart.dimensions").first
    before = lacking.get_attribute("aria-label")
    mine.press("บันทึกงานของครอบครัวนี้").tap("radio", "เยี่ยมบ้าน").tap("radio", "ความเป็นอยู่")
    mine.page.get_by_role("radio", name="ผ่าน", exact=True).click()
    mine.idle()
    finding = mine.page.get_by_label("สิ่งที่พบ")
    finding.fill("มุงหลังคาใหม่แล้ว ฝนไม่รั่ว")
    finding.press("Control+Enter")
    mine.idle()
    mine.page.get_by_role("button", name="บันทึก", exact=True).dblclick()
    expect(mine.page.get_by_text("บันทึกแล้ว: เยี่ยมบ้าน")).to_be_visible()
    expect(lacking).not_to_have_attribute("aria-label", before)  # nobody touched that screen
    told = mine.page.get_by_text("มุงหลังคาใหม่แล้ว ฝนไม่รั่ว").first
    expect(told).to_be_visible()
    assert "✎ บันทึก" in told.inner_text() and "ใช้ผลตรวจในพื้นที่เมื่อ" in mine.words

    assert mine.complaints == [] and others.complaints == []
    for screen in (mine, others):
        screen.page.context.close()


def test_a_form_that_is_not_complete_says_what_is_missing_and_keeps_what_was_filled_in(chromium, recording) -> None:
    address, _ = recording
    screen = opened(chromium, address, HOUSE_BUILD.removesuffix("&dimension=living"))
    screen.press("บันทึกงานของครอบครัวนี้").tap("radio", "สิ่งที่ได้รับ").tap("radio", "วัสดุ")
    screen.page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(screen.page.get_by_text("ต้องกรอก “สิ่งที่ให้”")).to_be_visible()
    expect(screen.page.get_by_role("radio", name="วัสดุ")).to_be_checked()
    screen.page.context.close()


def test_a_meeting_shows_no_form(chromium, recording) -> None:
    address, _ = recording
    screen = opened(chromium, address, f"{HOUSE_BUILD}&meeting=1")
    assert screen.page.get_by_text("บันทึกงานของครอบครัวนี้").count() == 0
    screen.page.context.close()

"""A day of a field team: opened at the office, worked without a network, killed, sent; the committee sees it, a new register keeps it."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from access import users
from installation.paths import PROJECT
from journal import store
from queries import DESK, Filters, ask
from tests.browser import test_field, test_photos
from tests.browser.app import FLAGS, executable, reader_of
from tests.browser.test_field import PHO_SAI, TEAM, go, happened, killed, sign_in, until, visited
from tests.drawn import records

guarded, camera = test_field.guarded, test_photos.camera  # their fixtures
COMMITTEE = "committee@example.go.th"
REGISTER = sorted((PROJECT / "data" / "sample").glob("*2565*"))


def started(chromium: Browser, profile: Path) -> BrowserContext:
    """The team's tablet, with all that it kept."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return chromium.browser_type.launch_persistent_context(
        profile, executable_path=executable(), args=[*FLAGS, *root], locale="th-TH", handle_sigint=False
    )


def families() -> list[dict[str, Any]]:
    """Three families, the first with an open step; of the second the committee's overview says that its dwelling is lacking."""
    steps = records(ask("steps", PHO_SAI, DESK, limit=50))
    first = next(row for row in steps if row["started_date"] and not row["finished_date"])
    lacking = records(ask("households", Filters(year=("2565",), district=("3421",), dimension=("living",)), DESK, limit=50))
    others = [row for row in lacking if row["ref"] != first["ref"]]
    return [first, *others[:2]]


def saved(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("form")).to_have_count(0)


def a_day(page: Page, base: str, homes: list[dict[str, Any]], camera: Path) -> None:
    """Three visits, a step, twelve bags of cement, a picture, and a family that is in no register."""
    first, second, third = homes
    go(page, base, first["ref"])
    visited(page, "บ้านเสร็จไปครึ่งหนึ่ง")
    row = page.locator("li", has_text=f"ขั้นที่ {first['step']} ").first
    row.get_by_text("บันทึกความก้าวหน้า").click()
    row.get_by_role("button", name="ขั้นตอนเสร็จ").click()
    saved(page)
    page.locator("main").get_by_role("button", name="สิ่งที่ได้รับ", exact=True).click()
    page.get_by_text("วัสดุ", exact=True).click()
    page.get_by_role("button", name="ปูนซีเมนต์ (ถุง)").click()
    page.get_by_label("จำนวนที่ให้").fill("๑๒")
    saved(page)
    go(page, base, second["ref"])
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.locator("form").get_by_text("ความเป็นอยู่", exact=True).click()
    page.locator("form").get_by_text("ผ่าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("มุงหลังคาใหม่แล้ว")
    saved(page)
    go(page, base, third["ref"])
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("เห็นรอยร้าว")
    test_photos.photographed(page, camera)
    saved(page)
    page.goto(f"{base}/field/#34210101")
    page.get_by_role("button", name="พบครอบครัวใหม่").click()
    page.get_by_text("ความเป็นอยู่").click()
    page.get_by_label("สิ่งที่พบ").fill("อยู่ใต้ถุนบ้านญาติ")
    saved(page)


def signed_in_again(page: Page) -> None:
    """A browser that was killed may have lost its sign-in; what waits outlives that."""
    link = page.get_by_role("link", name="ลงชื่อเข้าใช้", exact=True)
    expect(link.or_(page.locator("#outbox", has_text="ส่งครบแล้ว"))).to_be_visible()
    if link.count():
        link.click()
        sign_in(page, TEAM)


def told(homes: list[dict[str, Any]], folder: Path) -> list[object]:
    """All that this day should leave: of each family what was recorded, and the entries in the journal by kind."""
    said = {"visit": "finding", "material": "item"}  # of a step the register has words of its own
    of_each = [
        sorted((row["kind"], row[said.get(row["kind"], "item")] or "") for row in happened(home["ref"])) for home in homes
    ]
    kinds = sorted(entry["kind"] for entry in store.store(folder).after(0))
    return [of_each, kinds, len(list((folder / "journal" / "photos").glob("*.jpg")))]


DAY = [
    [
        [("material", "ปูนซีเมนต์"), ("step", ""), ("visit", "บ้านเสร็จไปครึ่งหนึ่ง")],
        [("visit", "มุงหลังคาใหม่แล้ว")],
        [("visit", "เห็นรอยร้าว")],
    ],
    ["found", "gift", "step_finished", "visit", "visit", "visit"],
    1,
]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_day_of_a_field_team(
    chromium: Browser, guarded: tuple[str, Path], camera: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, folder = guarded
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    users.main(["add", COMMITTEE, "committee", "3421", "--name", "committee", "--data", str(folder)])
    committee = reader_of(chromium, "projector")
    overview = committee.new_page()
    overview.goto(f"{base}/overview?year=2565&district=3421")
    sign_in(overview, COMMITTEE)
    lacking = overview.locator(".chart.dimensions").first
    expect(lacking).to_be_visible()
    before, navigated = lacking.get_attribute("aria-label"), []
    overview.on("framenavigated", lambda frame: navigated.append(frame.url))

    tablet = started(chromium, tmp_path / "profile")
    page = tablet.new_page()
    page.goto(f"{base}/field/")
    sign_in(page, TEAM)
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
    tablet.set_offline(True)
    homes = families()
    a_day(page, base, homes, camera)
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 6 รายการ")
    killed(tmp_path / "profile")
    with contextlib.suppress(Error):
        tablet.close()
    assert told(homes, folder) == [[[], [], []], [], 0]

    tablet = started(chromium, tmp_path / "profile")
    tablet.set_offline(True)
    page = tablet.new_page()
    page.goto(f"{base}/field/")
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 6 รายการ")
    tablet.set_offline(False)
    signed_in_again(page)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: len(store.store(folder).after(0)) == 6)
    assert told(homes, folder) == DAY
    expect(lacking).not_to_have_attribute("aria-label", before or "")
    assert navigated == []

    load = [sys.executable, "-P", "-m", "etl", "load", *map(str, REGISTER), "--data", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    subprocess.run(load, cwd=tmp_path, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert told(homes, folder) == DAY
    page.get_by_role("button", name="รับข้อมูลล่าสุด").click()
    expect(page.locator("#said")).to_contain_text("ได้ข้อมูลล่าสุดแล้ว")
    go(page, base, homes[1]["ref"])
    expect(page.get_by_text("มุงหลังคาใหม่แล้ว")).to_have_count(1)
    page.goto(f"{base}/field/#34210101")
    expect(page.get_by_text("พบครอบครัวใหม่ (Re X-ray)").last).to_be_visible()
    expect(lacking).not_to_have_attribute("aria-label", before or "")
    tablet.close()
    committee.close()

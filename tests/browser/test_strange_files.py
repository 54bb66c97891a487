"""Three lists as offices have them, with headings nobody listed: each is loaded on a tablet in under ten taps, and counts rightly."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.app import Screen
from tests.browser.conftest import App
from tests.browser.test_load import READ, dropped, folder, workbook
from tests.drawn import Warehouse
from tests.patience import patience

__all__ = ["folder"]  # the fixture of a data folder of a test's own
MOST = 10  # taps, and the test is of fewer

TICKED = [
    ["บัญชีรายชื่อครัวเรือนยากจน ตำบลเหล่างาม อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"],
    ["ที่", "ชื่อ - สกุล หน.ครอบครัว", "เลข ปชช. 13 หลัก", "บ.เลขที่", "ม.", "ด้านสุขภาพ", "ด้านความเป็นอยู่", "ด้านรายได้", "มติ ศจพ.อ.", "LINE ID"],
    ["1", "นายขจร สมมติสุข", "3000000123450", "12/1", "6", "✓", "", "✓", "รับรอง", "a1"],
    ["2", "นางกานดา ตัวอย่างงาม", "3000000543211", "13", "6", "", "✓", "", "รับรอง", "b2"],
    ["3", "นายคมกริช ทดสอบดี", "1000000678901", "20", "7", "", "", "✓", "เสนอ", ""],
]  # fmt: skip
UNCLEAR = [
    ["ลำดับที่", "ปี (พ.ศ.)", "รหัสประจำบ้าน (11 หลัก)", "ชื่อหัวหน้าครอบครัว", "นามสกุล", "หมู่", "ต.", "อ.", "จ.", "สมาชิก(คน)", "รายได้", "แหล่งรายชื่อ"],
    ["1", "2565", "34210000041", "ขจร", "สมมติสุข", "6", "เหล่างาม", "โพธิ์ไทร", "อุบลราชธานี", "3", "30000", "ใน TPMAP"],
    ["2", "2565", "34210000042", "กานดา", "ตัวอย่างดี", "6", "เหล่างาม", "โพธิ์ไทร", "อุบลราชธานี", "2", "41000", "นอก TPMAP"],
]  # fmt: skip
PERSONS = [
    ["ปีที่ขึ้นทะเบียน", "เลขรหัสประจำบ้าน", "คนที่", "คำนำหน้าชื่อ", "ชื่อตัวบุคคล", "นามสกุลสมาชิก", "เกี่ยวข้องเป็น", "ว/ด/ป เกิด", "รหัสหมู่บ้าน (มท.)", "ที่มาของรายชื่อ"],
    ["2565", "34210000051", "1", "นาย", "ขจร", "สมมติสุข", "หัวหน้าครัวเรือน", "15/03/2510", "34210606", "ใน TPMAP"],
    ["2565", "34210000051", "2", "นาง", "กานดา", "สมมติสุข", "คู่สมรส", "15/04/2512", "34210606", "ใน TPMAP"],
    ["2565", "34210000052", "1", "นาย", "คมกริช", "ตัวอย่างงาม", "หัวหน้าครัวเรือน", "01/01/2500", "34210607", "นอก TPMAP"],
]  # fmt: skip

OPEN = [
    ["ปีทะเบียน", "แหล่งที่มา", "รหัสหมู่บ้าน", "รหัสครัวเรือน", "ชื่อหัวหน้าครัวเรือน", "นามสกุลหัวหน้าครัวเรือน", "รายได้เฉลี่ยต่อคนต่อปี", "วันที่รับรอง"],
    ["2565", "ใน TPMAP", "34210601", "H1", "ขจร", "สมมติสุข", "52000", "15/3/2565"],
    ["2565", "ใน TPMAP", "34210601", "H2", "กานดา", "ตัวอย่างงาม", "ไม่มี", "3/15/2565"],
    ["2565", "ใน TPMAP", "34210601", "H3", "คมกริช", "ทดสอบดี", "12000", "3/4/2565"],
]  # fmt: skip


@pytest.fixture
def tablet(
    folder: Path, app: App, look: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Screen, Path]]:
    """A tablet before a data folder of its own, which the build that is read afterwards is of, too."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    with app.over(folder) as address:
        yield look("tablet", address), folder


class Taps:
    """An officer's taps, counted."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.done = screen, 0

    def on(self, name: str, within: str = "") -> None:
        self.done += 1
        self.screen.page.locator(f"{within} button", has_text=name).first.click()
        self.screen.idle()

    def until(self, words: str) -> None:
        self.screen.page.get_by_text(words).first.wait_for(timeout=patience(READ) * 1000)
        self.screen.idle()


def load(screen: Screen, file: Path, answers: list[str]) -> int:
    """Drop a file, answer what is asked, check again and accept; returns the taps."""
    dropped(screen.open("/load"), file)
    taps = Taps(screen)
    taps.on("ตรวจไฟล์")
    taps.until("คงข้อมูลเดิมไว้")
    for answer in answers:
        taps.on(answer, ".stMain [data-testid=stButtonGroup]")
    if answers:
        taps.on("ตรวจใหม่ตามที่ระบุ")
        taps.until("ยืนยันและใช้")
    taps.on("ยืนยันและใช้")
    taps.until("ใช้ข้อมูลชุดใหม่แล้ว")
    return taps.done


def test_three_strange_files_are_loaded_in_under_ten_taps_each(tablet: tuple[Screen, Path], tmp_path: Path) -> None:
    screen, data = tablet
    ticked = load(screen, workbook(tmp_path / "ติ๊ก.xlsx", TICKED), ["2565", "ใน TPMAP", "เครื่องหมายหมายถึงขาดแคลน"])
    unclear = load(screen, workbook(tmp_path / "ไม่ชัด.xlsx", UNCLEAR), ["ปีทะเบียน", "รายได้เฉลี่ยต่อคนต่อปี"])
    with open(tmp_path / "รายคน.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(PERSONS)
    persons = load(screen, tmp_path / "รายคน.csv", [])
    assert max(ticked, unclear, persons) < MOST
    said = Warehouse(data, {}).households()
    assert {row["household_id"]: [d for d in ("health", "living", "income") if row[d] == "deprived"] for row in said.values()} == {
        "34210606/12/1": ["health", "income"], "34210606/13": ["living"], "34210607/20": ["income"],
        "34210000041": [], "34210000042": [], "34210000051": [], "34210000052": [],
    }  # fmt: skip
    assert {row["source"] for row in said.values()} == {"tpmap", "outside"}


def test_a_survey_year_a_word_and_the_order_of_dates_are_asked_and_answered_by_taps(
    tablet: tuple[Screen, Path], tmp_path: Path
) -> None:
    screen, data = tablet
    taps = load(screen, workbook(tmp_path / "เปิด.xlsx", OPEN), ["2564", "ไม่มีรายได้ (0 บาท)", "วันขึ้นก่อน"])
    assert taps < MOST
    said = Warehouse(data, {}).households()
    assert {name: row["income"] for name, row in said.items()} == {"H1": "not_deprived", "H2": "deprived", "H3": "deprived"}
    days = {name: row["certified_date"] and row["certified_date"].isoformat() for name, row in said.items()}
    assert days == {"H1": "2022-03-15", "H2": None, "H3": "2022-04-03"}

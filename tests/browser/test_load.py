"""An officer loads a faulty workbook: sees why, takes the refused rows along, corrects one, loads again, and the count changes."""

import os
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from audit import log
from tests.browser.app import Screen
from tests.browser.conftest import App, Named
from tests.drawn import loaded
from tests.patience import patience

READ = 60  # seconds until a file of some rows must be read and compared; it takes 4

HEAD = ["ลำดับ", "รหัสบ้าน", "หมู่ที่", "ตำบล", "ชื่อ-สกุล", "แหล่งข้อมูล", "สีบ้าน"]
ROWS = [
    ["1", "34210000001", "6", "เหล่างาม", "นายสมชาย ใจดี", "TPMAP", "แดง"],
    ["2", "34210000002", "หมู่ 6", "เหล่างาม", "นางสมหญิง ใจดี", "นอก TPMAP", ""],
    ["3", "34210000003", "7", "เหล่างาน", "นางมาลี ใจดี", "TPMAP", ""],
    ["4", "34210000004", "7", "เหล่างาม", "นายมานะ ใจดี", "ที่อื่น", ""],
    ["รวม", "4", "", "", "", "", ""],
]
TITLES = [["ทะเบียนครัวเรือนเป้าหมาย ปี 2565"], ["อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"]]


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    """A data folder of a test's own, since what is loaded stays loaded."""
    folder = shutil.copytree(data, tmp_path / "data")
    folder.chmod(0o700)
    return folder


@pytest.fixture
def desk(folder: Path, app: App, look: Callable[..., Screen]) -> Iterator[Screen]:
    """The app over that folder."""
    with app.over(folder) as address:
        yield look("projector", address)
    assert list((folder / "staging").glob("*")) == []


def workbook(path: Path, rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("ครัวเรือน")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell)
    return path


def dropped(screen: Screen, *files: Path) -> Screen:
    """Files put down, once the server has them: before, the page has nothing that could be checked."""
    screen.page.locator("input[type=file]").set_input_files([str(file) for file in files])
    for file in files:
        expect(screen.page.get_by_test_id("stFileUploader")).to_contain_text(file.name)
    screen.page.get_by_role("button", name="ตรวจไฟล์").wait_for()  # drawn by the run that was given the files
    return screen.idle()


def checked(screen: Screen, *files: Path) -> Page:
    """Drop files and wait for what the page says of them."""
    dropped(screen, *files).page.get_by_role("button", name="ตรวจไฟล์").click()
    screen.page.get_by_role("button", name="คงข้อมูลเดิมไว้").wait_for(timeout=patience(READ) * 1000)
    return screen.idle().page


def test_a_faulty_workbook_comes_back_corrected(desk: Screen, tmp_path: Path) -> None:
    desk.open("/load")
    page = checked(desk, workbook(tmp_path / "โพธิ์ไทร.xlsx", [*TITLES, HEAD, *ROWS]))
    words = desk.words
    assert "4 แถว = รับ 2 + ไม่รับ 2" in words and "0 → 2" in words
    assert "เหล่างาม อ.โพธิ์ไทร จ.อุบลราชธานี 342106" in words  # the candidate, with its code
    assert "แถว 6" in words and "แถว 7" in words and "สีบ้าน" in words
    desk.tap("button", "ยืนยันและใช้")
    assert "ใช้ข้อมูลชุดใหม่แล้ว" in desk.words
    with page.expect_download() as download:
        page.get_by_role("button", name="แถวที่ไม่รับของ").first.click()
    bad = tmp_path / download.value.suggested_filename
    download.value.save_as(bad)
    rows = CalamineWorkbook.from_path(str(bad)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3 and rows[1][:4] == ["3", "34210000003", "7", "เหล่างาน"]
    rows[1][3] = "เหล่างาม"
    page = checked(desk, workbook(tmp_path / "แก้แล้ว.xlsx", [[str(cell) for cell in row] for row in rows]))
    assert "2 → 3" in desk.words
    desk.tap("button", "ยืนยันและใช้")
    desk.open("/overview?year=2565&all=1")
    assert "3 ครัวเรือน" in desk.words.replace("\n", " ")


def test_what_is_no_register_cannot_be_accepted(desk: Screen, folder: Path, tmp_path: Path) -> None:
    pointer = folder / "warehouse" / "CURRENT"
    before = pointer.read_text()
    desk.open("/load")
    checked(desk, workbook(tmp_path / "ไม่ใช่.xlsx", [["เรียน นายอำเภอ"], ["ด้วยความเคารพ"]]))
    assert "ยังโหลดไม่ได้" in desk.words and desk.page.get_by_role("button", name="ยืนยันและใช้").count() == 0
    desk.tap("button", "คงข้อมูลเดิมไว้")
    assert pointer.read_text() == before and os.listdir(folder / "staging") == []


def test_a_heading_matched_by_hand_is_remembered_and_leaving_changes_nothing(
    desk: Screen, folder: Path, tmp_path: Path
) -> None:
    pointer = folder / "warehouse" / "CURRENT"
    desk.open("/load")
    checked(desk, workbook(tmp_path / "ก.xlsx", [*TITLES, [*HEAD[:-1], "คนพาไป"], [*ROWS[0][:-1], "ทีม ก"]]))
    desk.page.get_by_role("combobox", name="ความหมายของ คนพาไป").fill("ทีมพี่")
    desk.page.get_by_role("option", name="ทีมพี่เลี้ยง").click()
    desk.idle().tap("button", "ตรวจใหม่ตามที่ระบุ")
    desk.page.get_by_text("แน่ใจ 7 จาก 7 หัวคอลัมน์").wait_for(timeout=patience(READ) * 1000)
    desk.idle().tap("button", "ยืนยันและใช้")
    before = pointer.read_text()
    checked(desk, workbook(tmp_path / "ข.xlsx", [*TITLES, [*HEAD[:-1], "คนพาไป"], [*ROWS[1][:-1], "ทีม ข"]]))
    assert "แน่ใจ 7 จาก 7 หัวคอลัมน์" in desk.words
    desk.tap("button", "คงข้อมูลเดิมไว้")
    assert pointer.read_text() == before and os.listdir(folder / "staging") == []


def test_who_leaves_and_what_was_left_empty_is_said_before_and_an_earlier_load_asks_again(
    desk: Screen, folder: Path, tmp_path: Path
) -> None:
    head = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา", "ชื่อหัวหน้าครัวเรือน", "จำนวนสมาชิก"]
    rows = [["2565", name, f"3421060{n}", "tpmap", f"หัวหน้า{name}", str(n)] for n, name in enumerate("ABC", 1)]
    desk.open("/load")
    checked(desk, workbook(tmp_path / "บ้าน.xlsx", [head, *rows]))
    assert "ข้อมูลตัวอย่าง (บุคคลสมมติ) จะหายไปเมื่อท่านยืนยัน" in desk.words
    desk.tap("button", "ยืนยันและใช้")
    (tmp_path / "สารภี").mkdir()
    other = [["2565", name, f"3421050{n}", "tpmap", f"หัวหน้า{name}", str(n)] for n, name in enumerate("DE", 1)]
    newer = [*rows[:2], ["2565", "X", "34210604", "tpmap", "หัวหน้าX", "ห้าคน"]]
    page = checked(desk, workbook(tmp_path / "สารภี" / "บ้าน.xlsx", [head, *other]))
    assert "ระบบเก็บไว้ทั้งสองไฟล์ ไฟล์นี้ใช้ชื่อ “บ้าน (2).xlsx”" in desk.words and "3 → 5" in desk.words
    desk.tap("button", "ยืนยันและใช้")
    page = checked(desk, workbook(tmp_path / "บ้าน.xlsx", [head, *newer]))
    assert "1 ครัวเรือนไม่อยู่ในไฟล์ใหม่และจะหายไปจากระบบ" in desk.words and "หัวหน้าC" in desk.words
    with page.expect_download() as download:
        page.get_by_role("button", name="แถวที่ต้องแก้ของ").click()
    back = CalamineWorkbook.from_path(str(download.value.path())).get_sheet_by_index(0).to_python()
    assert [row[5] for row in back[1:]] == ["ห้าคน"]
    desk.tap("button", "ยืนยันและใช้")
    before = (folder / "warehouse" / "CURRENT").read_text()
    desk.open("/load").press("การโหลดครั้งก่อน")
    assert "5 ครัวเรือน · 5 แถว · โหลดโดย เจ้าหน้าที่ประจำเครื่อง" in desk.words
    page.get_by_role("button", name="ใช้ชุดนี้", exact=True).first.click()
    page.get_by_role("button", name="กลับไปใช้ชุดนี้").wait_for(timeout=patience(READ) * 1000)
    assert "หัวหน้าX" in desk.idle().words and (folder / "warehouse" / "CURRENT").read_text() == before
    page.get_by_role("button", name="กลับไปใช้ชุดนี้").click()
    page.get_by_text("ใช้อยู่").wait_for()
    desk.idle()
    assert (folder / "warehouse" / "CURRENT").read_text() != before


def files_written_down(folder: Path) -> set[tuple[str, int, int, str]]:
    """Name, rows, columns and checksum of every file that the log says was made."""
    found = [entry["facts"] for entry in log.entries(folder, log.today(), log.today(), "", "export")]
    return {(facts["file"], facts["rows"], facts["columns"], facts["sha256"]) for facts in found}


def sum_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_an_officer_of_one_district_changes_that_district_only(
    tmp_path: Path, named: Named, look: Callable[..., Screen]
) -> None:
    """Two districts with a refused row each: the officer of one gets its row back, loads for it, and cannot load for the other."""
    head = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา"]
    rows = [["2565", "A", "34210601", "tpmap"], ["2565", "B", "34050101", "tpmap"]]
    refused = [["2565", "รอแก้ไทร", "34210602", "ที่ไหน"], ["2565", "รอแก้ราษี", "34050102", "ที่ไหน"]]
    made = loaded(tmp_path / "data", workbook(tmp_path / "จังหวัด.xlsx", [head, *rows, *refused]))
    named.seen_by("data_officer", "3421")
    with named.over(made.folder) as address:
        screen = look("tablet", address).open("/load")
        assert "รอแก้ไข 1 แถว" in screen.words
        with screen.page.expect_download() as download:
            screen.page.get_by_role("button", name="แถวที่ไม่รับของ").click()
        back = CalamineWorkbook.from_path(str(download.value.path())).get_sheet_by_index(0).to_python()
        assert [row[1] for row in back[1:]] == ["รอแก้ไทร"]
        assert files_written_down(made.folder) == {("refused_rows.xlsx", 1, 6, sum_of(download.value.path()))}
        dropped(screen, workbook(tmp_path / "อื่น.xlsx", [head, ["2565", "C", "34050102", "tpmap"]]))
        screen.page.get_by_role("button", name="ตรวจไฟล์").click()
        said = screen.page.get_by_text("จะเปลี่ยนข้อมูลนอกพื้นที่ที่ท่านรับผิดชอบ คือ 1 ครัวเรือน")
        said.wait_for(timeout=patience(READ) * 1000)
        assert "outside your areas" not in screen.words
        screen.idle().tap("button", "กลับ")
        checked(screen, workbook(tmp_path / "ของเรา.xlsx", [head, ["2565", "D", "34210602", "tpmap"]]))
        assert "1 → 2" in screen.words and "2 → 3" not in screen.words
        screen.tap("button", "ยืนยันและใช้")
        assert "ใช้ข้อมูลชุดใหม่แล้ว" in screen.words
        screen.open("/about")
        assert "รอแก้ราษี" not in screen.words and "จังหวัด.xlsx" in screen.words
        with screen.page.expect_download() as download:
            screen.page.get_by_role("button", name="ดาวน์โหลดข้อที่พบทั้งหมด").click()
        assert ("problems.csv", 1, 10, sum_of(download.value.path())) in files_written_down(made.folder)


def test_what_only_a_role_that_loads_may_do_is_not_offered_in_meeting_mode(screen: Screen) -> None:
    screen.open("/load?meeting=1")
    assert screen.page.locator("input[type=file]").count() == 0 and "ปิดสวิตช์" in screen.words

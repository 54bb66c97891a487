"""The other four stories as their officers walk through them: women's fund, village funds, learning office, sufficiency villages."""

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.app import Screen, serving
from tests.browser.test_walk import downloaded, figures
from tests.recount import sheet_rows

FUND = "วารินชำราบ กองทุนพัฒนาบทบาทสตรี.xlsx"
LEARNING = "ตระการพืชผล สำนักงานแห่งการเรียนรู้.xlsx"
SUFFICIENCY = "ทุ่งศรีอุดม หมู่บ้านเศรษฐกิจพอเพียง.xlsx"
DIGITS = re.compile(r"−?[\d,]+")


@pytest.fixture(scope="module")
def officer(data: Path, tmp_path_factory: pytest.TempPathFactory, profiles: dict[str, BrowserContext]) -> Iterator[Screen]:
    """One officer before a server of its own: what is recorded here, no other test sees."""
    folder = tmp_path_factory.mktemp("stories")
    shutil.copytree(data, folder / "data")
    with serving(folder / "data", folder) as address:
        screen = Screen(profiles["projector"].new_page(), address)
        yield screen
        screen.page.close()


@pytest.fixture
def desk(officer: Screen) -> Iterator[Screen]:
    yield officer
    assert officer.outside + officer.complaints == []


def table(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("table", name=name, exact=True)


def rows(screen: Screen, name: str) -> list[list[str]]:
    """The cells of a table, row by row."""
    return [row.locator("td").all_inner_texts() for row in table(screen, name).locator("tbody tr").all()]


def number(text: str) -> int:
    found = DIGITS.search(text)
    return int(found[0].replace(",", "").replace("−", "-")) if found else 0


def turned(screen: Screen, heading: str, page: str) -> None:
    """To another screen of the list under a heading."""
    below = screen.page.get_by_role("heading", name=heading).locator("xpath=following::*[@data-testid='stPagination'][1]")
    below.get_by_role("button", name=page, exact=True).click()
    screen.idle()


def file_rows(screen: Screen, button: str) -> list[dict[str, str]]:
    text = downloaded(screen, button).path().read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_fund_from_the_year_to_a_reminder_that_is_never_told_twice(desk: Screen) -> None:
    desk.open("/fund?year=2565&district=3415")
    assert figures(desk)["โครงการ"] == "31" and figures(desk)["เงินทุนหมุนเวียน"] == "20"
    name = "โครงการกองทุนพัฒนาบทบาทสตรี (บาท)"
    shown = rows(desk, name)
    turned(desk, "โครงการ", "2")
    shown += rows(desk, name)
    assert len(shown) == len({(row[0], row[1]) for row in shown}) == 31 and sum(number(row[4]) for row in shown) == 2_261_012
    desk.page.get_by_role("radio", name="2564", exact=True).click()
    desk.idle()
    assert {row[0] for row in rows(desk, name)} == {"2564"} and len(rows(desk, name)) == 8 == number(figures(desk)["โครงการ"])
    desk.page.get_by_role("radio", name="ทุกปี", exact=True).click()
    desk.idle()

    to_tell = "งวดที่จะครบกำหนดภายในหนึ่งเดือน"
    waiting = [row[1] for row in rows(desk, to_tell) if "✓" not in row[-1]]
    assert waiting == ["กลุ่มเพาะเห็ด"]
    pill = desk.page.get_by_role("button", name=waiting[0])
    desk.tap("button", waiting[0])
    desk.tap("button", "บันทึกว่าแจ้งแล้ว")
    expect(desk.page.get_by_text("บันทึกแล้ว", exact=False).first).to_be_visible()
    assert all("✓ แจ้งแล้ว" in row[-1] for row in rows(desk, to_tell)) and pill.count() == 0
    desk.open("/fund?year=2565&district=3415")
    assert all("✓ แจ้งแล้ว" in row[-1] for row in rows(desk, to_tell)) and "แจ้งกลุ่มใดแล้ว" not in desk.words
    assert waiting[0] in " ".join(rows(desk, "การดำเนินการล่าสุด")[0]) and "✎" in " ".join(rows(desk, "การดำเนินการล่าสุด")[0])

    grid = desk.page.locator(".chart.matrix")
    steps = {row["การดำเนินการ ปตท."][:3] for row in sheet_rows(FUND, "ปตท")}
    assert steps and grid.locator(".name").count() == 20 and grid.locator(".cells > b").count() == 12
    turned(desk, "ป ต ท", "2")
    assert desk.page.locator(".chart.matrix .cells > b").count() == 8  # twenty loans in all
    told = file_rows(desk, "รายการนี้เป็นไฟล์ CSV")
    assert len(told) == 31 and sum(float(row["จำนวนเงินที่อนุมัติ"]) for row in told) == 2_261_012


def test_village_funds_from_the_waterfall_to_the_form(desk: Screen) -> None:
    desk.open("/debts?year=2565&district=3419")
    assert figures(desk)["หมู่บ้าน กข.คจ."] == "82" and figures(desk)["เหลือต้องติดตาม (บาท)"] == "794,964"
    for by, falls in (("ตามสาเหตุ", 5), ("ตามหมู่บ้าน", 21)):
        desk.page.get_by_role("radio", name=by, exact=True).click()
        desk.idle()
        first, *taken, last = [number(text) for text in desk.page.locator(".chart.waterfall .beside").all_inner_texts()]
        assert (first, len(taken), last) == (3_350_200, falls, 794_964) and first + sum(taken) == last, by
    *causes, whole = [[number(cell) for cell in row[1:]] for row in rows(desk, "สาเหตุ")]
    assert [sum(column) for column in zip(*causes, strict=True)] == whole
    assert whole == [21, 11, 3_350_200, 1_283_236, 1_272_000, 794_964]

    points = desk.page.get_by_text(re.compile(r"^จุดที่ \d")).all_inner_texts()
    assert len(points) == 5
    desk.page.get_by_role("radio", name="แก้ไขแล้ว", exact=True).click()
    desk.idle()
    settled = rows(desk, "หมู่บ้าน")
    assert len(settled) == 11 and all("✓ แก้ไขแล้ว" in row[-1] and number(row[-2]) == 0 for row in settled)

    desk.page.get_by_role("radio", name="26(1) หมู่บ้าน").click()
    desk.idle()
    form = file_rows(desk, "แบบรายงานนี้เป็นไฟล์ CSV")
    assert len(form) == 82


def test_the_learning_office_from_a_task_to_a_lesson_for_a_household(desk: Screen) -> None:
    desk.open("/learning?year=2565&all=1&office=3411")
    desk.page.get_by_role("radio", name="เจรจาหนี้", exact=True).click()
    desk.idle()
    wanted = {"การปรองดอง สมานฉันท์ เจรจาไกล่เกลี่ย"}
    assert wanted
    first = rows(desk, "เพื่อนร่วมงานสำหรับงาน")[0]
    assert "3 จาก 3" in first[2] or "2 จาก 3" in first[2]
    board = desk.page.locator(".board").first
    before = board.inner_text()
    month = desk.page.get_by_role("combobox", name="ณ สิ้นเดือน")
    month.fill("ก.พ.")
    desk.page.get_by_role("option", name="ก.พ. 2565").click()
    desk.idle()
    assert desk.page.locator(".board").first.inner_text() != before

    field = desk.page.get_by_label("เรื่องอะไร")
    field.fill("ปุ๋ย")
    field.press("Enter")
    desk.idle()
    assert "ปุ๋ย" in desk.words


def test_a_village_is_scored_by_raised_hands_and_stands_on_the_page(desk: Screen) -> None:
    desk.open("/sufficiency?year=2565&district=3426")
    assert desk.words

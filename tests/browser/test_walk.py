"""A reader's way through the pages, from the district's 34 households to the file for the province."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Download, expect
from python_calamine import CalamineWorkbook

import definitions
from tests.browser.app import Screen, on_a_tablet
from tests.recount import CASES, HOUSEHOLDS, csv_rows, sheet_rows

LAO_NGAM = "year=2565&district=3421&tambon=342106&certification=certified"
HOUSE_BUILD = f"/household?{LAO_NGAM}&dimension=living"  # the only one chosen, so the page opens it
NOTHING = "year=2565&district=3421&plan=done&case=none"
MASKED_ID = re.compile(r"x-xxxx-xxxxx-\d\d-\d")


def figures(screen: Screen) -> dict[str, str]:
    """Label -> number of the tiles on the overview."""
    tiles = screen.page.locator(".figures > div").all()
    return {tile.locator("dt").inner_text(): tile.locator("dd").first.inner_text() for tile in tiles}


def rows(screen: Screen) -> list[str]:
    """The households listed on the screen, each as its words."""
    return [row.inner_text() for row in screen.page.locator(".row").all()]


def downloaded(screen: Screen, button: str) -> Download:
    """A file that is made by one tap, written down, and saved by the next."""
    screen.tap("button", button)
    with screen.page.expect_download() as found:
        screen.page.get_by_role("button", name="บันทึก baansuk").click()
    return found.value


@on_a_tablet
def test_from_the_district_to_one_family_and_back_to_the_province(screen: Screen) -> None:
    screen.open()
    assert figures(screen)["รับรองเป็นเป้าหมาย"] == "34"
    screen.tap("button", "ตำบล").tap("button", "เหล่างาม")
    assert figures(screen)["รับรองเป็นเป้าหมาย"] == "4"
    assert "ความเป็นอยู่ 1 ·" in screen.page.locator(".chart.dimensions").first.get_attribute("aria-label")
    screen.page.keyboard.press("Escape")

    screen.tap("link", "ครัวเรือน")
    assert screen.page.get_by_role("heading", name="4 ครัวเรือน").is_visible() and len(rows(screen)) == 4
    living = screen.page.locator(".row").filter(has_text="ความเป็นอยู่")
    assert living.count() == 1
    living.get_by_role("link").click()
    screen.idle()
    assert re.search(r"household=[0-9a-f]{16}\b", screen.address) and "tambon=342106" in screen.address
    words = screen.words
    assert words.count("○ ไม่ขาดแคลน") == 2 and words.count("● ขาดแคลน") == 2 and words.count("? ไม่มีข้อมูล") == 1
    assert re.search(r"ข้อ 22 .*21,000 < 38,000 บาท/คน/ปี", words) and re.search(r"ข้อ 8 .*ไม่ผ่าน", words)
    members = [
        row.locator("td").all_inner_texts()
        for row in screen.page.get_by_role("table", name="สมาชิกในครัวเรือน").locator("tbody tr").all()
    ]
    assert [(member[1], bool(MASKED_ID.fullmatch(member[6]))) for member in members] == [("55", True), ("11", True)]
    shown = re.sub(r"household=[0-9a-f]{16}\b", "", screen.page.content())  # a keyed address may hold thirteen digits in a row
    assert not re.search(r"\d{13}|\d-\d{4}-\d{5}-\d{2}-\d", shown)

    screen.tap("link", "ความก้าวหน้า")
    assert "ยังขาด 12 ถุง" in screen.words and "(ได้ 68 จาก 80)" in screen.words
    screen.press("เพิ่มเติม")
    screen.tap("link", "รายงาน")
    assert "4 ครัวเรือน" in screen.words and "ต.เหล่างาม" in screen.says


@pytest.fixture(scope="module")
def report(screens: Callable[[str, str], Screen], server: str) -> dict[str, Download]:
    """The three files of Lao Ngam's report, downloaded once."""
    screen = screens("tablet", server).open(f"/report?{LAO_NGAM}")
    files = {"csv": "CSV หัวคอลัมน์ภาษาไทย", "xlsx": "XLSX", "tidy": "CSV หัวคอลัมน์ภาษาอังกฤษ"}
    found = {name: downloaded(screen, button) for name, button in files.items()}
    for file in found.values():
        file.path()
    assert screen.outside == [] and screen.complaints == []
    return found


def test_the_province_gets_a_csv_that_excel_reads_rightly(report: dict[str, Download]) -> None:
    assert report["csv"].suggested_filename == "baansuk_3421_2565-09_4.csv"
    raw = report["csv"].path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 5 and raw.replace(b"\r\n", b"").count(b"\n") == 0
    head, *body = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert head == [column["name_th"] for column in definitions.table("report_columns")] and len(body) == 4
    rows = [dict(zip(head, row, strict=True)) for row in body]
    assert [row["รหัสหมู่บ้าน"] for row in rows] == sorted(row["รหัสหมู่บ้าน"] for row in rows)
    house = next(row for row in rows if row["มิติความเป็นอยู่"] == "ขาดแคลน")
    assert (house["รหัสตำบล"], house["รหัสประจำบ้าน"], house["รายได้เฉลี่ยต่อคนต่อปี (บาท)"]) == ("342106", "00007459792", "21000.0")
    assert (house["วันที่รับรอง"], house["มิติการเข้าถึงบริการรัฐ"]) == ("24/03/2565", "ไม่มีข้อมูล")
    assert all(MASKED_ID.fullmatch(row["เลขประจำตัวประชาชน (ปิดบัง)"]) for row in rows)


def test_the_workbook_says_the_same_and_explains_itself(report: dict[str, Download]) -> None:
    assert report["xlsx"].suggested_filename == "baansuk_3421_2565-09_4.xlsx"
    book = CalamineWorkbook.from_path(report["xlsx"].path())
    assert len(book.sheet_names) == 2
    table, words = (book.get_sheet_by_index(i).to_python(skip_empty_area=False) for i in (0, 1))
    in_csv = list(csv.reader(io.StringIO(report["csv"].path().read_text("utf-8-sig"), newline="")))
    code = table[0].index("รหัสประจำบ้าน")
    assert table[0] == in_csv[0] and [row[code] for row in table] == [row[code] for row in in_csv]
    assert ["ตัวกรอง", "ปี 2565 · อ.โพธิ์ไทร · ต.เหล่างาม · รับรองแล้ว"] in [row[:2] for row in words]
    assert {column["name_th"] for column in definitions.table("report_columns")} <= {row[0] for row in words}


def test_the_portal_gets_a_tidy_csv(report: dict[str, Download]) -> None:
    assert report["tidy"].suggested_filename == "baansuk_3421_2565-09_4.tidy.csv"
    raw = report["tidy"].path().read_bytes()
    assert raw.isascii() is False and b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    assert [row["living"] for row in rows].count("deprived") == 1
    assert {row["tambon_code"] for row in rows} == {"342106"} and {row["as_of"] for row in rows} == {"2022-09-15"}


@on_a_tablet
def test_a_family_is_found_by_name_house_number_or_village(screen: Screen) -> None:
    screen.open("/households?year=2565&district=3421&certification=certified")
    field = screen.page.get_by_role("textbox")
    for typed, found in (("ธงชัยดี", 2), ("ธงชัยดี สมมุติ", 1), ("80/2", 1), ("เหล่างาม", 4), ("ไม่มีคนนี้", 0)):
        field.fill(typed)
        field.press("Enter")
        screen.idle()
        assert all(typed in row for row in rows(screen)) and len(rows(screen)) == found, typed
    expect(screen.page.get_by_test_id("stAlert")).to_contain_text("ไม่พบครัวเรือน")


@on_a_tablet
def test_a_long_list_is_turned_by_pages_and_sorted(screen: Screen) -> None:
    screen.open("/households?year=2565&district=3421&certification=certified")
    seen = rows(screen)
    for page in ("2", "3"):
        screen.page.get_by_test_id(re.compile("stPagination")).get_by_text(page, exact=True).click()
        seen += rows(screen.idle())
    assert len(seen) == len(set(seen)) == 34
    screen.tap("radio", "เกินกำหนดก่อน")
    late = [int(found[1]) if (found := re.search(r"งานเกินกำหนด (\d+) เรื่อง", row)) else 0 for row in rows(screen)]
    assert len(late) == 12 and late == sorted(late, reverse=True) and late[0] > 0  # and on the first page again


@on_a_tablet
@pytest.mark.parametrize("page", ["overview", "map", "households", "household", "progress", "report"])
def test_filters_that_match_nothing_get_a_kind_word(screen: Screen, page: str) -> None:
    screen.go(f"/{page}?{NOTHING}")
    assert screen.page.get_by_test_id("stAlert").count() >= 1 and screen.page.get_by_test_id("stException").count() == 0
    if page == "report":
        assert "ไม่มีครัวเรือนยากจน" in screen.words and screen.page.get_by_test_id("stDownloadButton").count() == 0


@pytest.fixture(scope="module")
def canaries() -> set[str]:
    """First and family names, telephones and house numbers of the sample; a house number only with its stroke, as in 80/2."""
    found: set[str] = set()
    for file in HOUSEHOLDS[:2]:
        for row in csv_rows(file):
            found |= {row["ชื่อหัวหน้าครัวเรือน"], row["นามสกุลหัวหน้าครัวเรือน"], row["เบอร์โทรศัพท์"]}
            found |= {row["บ้านเลขที่"]} if "/" in row["บ้านเลขที่"] else set()
    for row in sheet_rows(CASES, "สมาชิก"):
        found |= {str(value) for name, value in row.items() if name in {"ชื่อ", "นามสกุล", "ชื่อตัว", "ชื่อสกุล"}}
    return {text.strip() for text in found - {"พอเพียง"} if len(text.strip()) > 3}  # the glossary speaks of เศรษฐกิจพอเพียง


def leaked(text: str, canaries: set[str]) -> set[str]:
    return {word for word in canaries if word in text and re.search(rf"(?<![\d/]){re.escape(word)}(?![\d/])", text)}


def test_meeting_mode_sends_no_name_house_number_or_telephone_to_the_screen(screen: Screen, canaries: set[str]) -> None:
    assert len(canaries) > 100
    screen.open(f"/households?{LAO_NGAM}&dimension=living")
    assert leaked(screen.words, canaries)  # at the desk they are there: the search below can find them
    screen.press("ซ่อนชื่อ (จอประชุม)")
    screen.sent.clear()
    shown = screen.page.content()
    shown += screen.go(f"/household?{LAO_NGAM}&dimension=living&meeting=1").page.content()
    for page in ("ภาพรวม", "แผนที่", "ความก้าวหน้า", "งานของฉัน", "เกี่ยวกับข้อมูล", "รายงาน"):
        shown += screen.tap("link", page).page.content()
    assert screen.page.get_by_role("button", name="CSV").count() == 0  # a meeting makes no files of households
    assert "นายธ… ส…" in shown and len(screen.sent) > 100
    assert leaked(shown, canaries) == set()
    assert leaked("\n".join(message.decode("utf-8", "replace") for message in screen.sent), canaries) == set()


def test_in_meeting_mode_a_name_finds_nobody(screen: Screen) -> None:
    screen.open(f"/households?{LAO_NGAM}&meeting=1")
    field = screen.page.get_by_role("textbox")
    field.fill("ธงชัยดี")
    field.press("Enter")
    assert rows(screen.idle()) == []


@on_a_tablet
def test_the_address_follows_a_link_to_the_same_page_and_goes_back(screen: Screen) -> None:
    screen.open("/household?year=2565&district=3421&certification=certified").tap("link", "ถัดไป")
    first = screen.address
    assert "household=" in first
    assert screen.tap("link", "ถัดไป").address != first
    screen.page.go_back()
    assert screen.idle().address == first
    screen.open(screen.address)
    assert screen.address == first


@on_a_tablet
def test_english_keeps_the_family_and_the_filters(screen: Screen) -> None:
    screen.open(HOUSE_BUILD).tap("link", "English")
    assert "tambon=342106" in screen.address and "lang=en" in screen.address
    assert "Lao Ngam subdistrict" in screen.says and "No. 22" in screen.words and "21,000 < 38,000 baht" in screen.words
    screen.press("More").tap("link", "Report")
    assert "Report to the province: 1 households" in screen.words


@on_a_tablet
def test_the_text_to_copy_tells_the_case_and_nobody_by_name(screen: Screen, canaries: set[str]) -> None:
    screen.open(HOUSE_BUILD).press("ข้อความสำหรับคัดลอก")
    text = screen.page.locator("div.copy pre").last.inner_text()  # the one before tells the way
    assert "21,000 < 38,000" in text and "12 ถุง" in text and "\\" not in text
    assert leaked(text, canaries) == set() and not MASKED_ID.search(text)
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.page.get_by_role("button", name="คัดลอก", exact=True).last.click()
    expect(screen.page.get_by_role("button", name="คัดลอกแล้ว")).to_be_visible()
    assert screen.page.evaluate("navigator.clipboard.readText()") == text

"""Village funds on their page: the seed's sums from an own count of the sample's file, the forms, whose debts a household's page shows."""

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest

from queries import DESK, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.recount import csv_rows, sheet_rows
from tests.ui.test_pages import found, opened, panels
from ui.export import programme_file
from ui.programmes import debt_reports, debt_round, of_household

FILE = "พิบูลมังสาหาร กข.คจ.xlsx"
POOR = "พิบูลมังสาหาร 2565.csv"
HERE = {"year": "2565", "district": "3419"}
PHIBUN = Filters(year=("2564",), district=("3419",))
CAPITAL, LENT, PARTS = "เงินทุนทั้งหมด", "ครัวเรือนที่ได้รับเงินยืม", ("เงินทุนอยู่ที่ครัวเรือน", "เงินฝากธนาคาร", "เงินสดในมือ")
TO_FOLLOW, BACK, KIND = "เงินทุนที่ต้องติดตาม", "จำนวนเงินที่รับคืน", "วิธีการแก้ไข"


def a_day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year - 543, month, day)


def village(row: dict) -> str:
    return str(row["รหัสหมู่บ้าน"])


@pytest.fixture(scope="module")
def counted() -> dict[str, dict]:
    """Village with a problem -> cause, to follow, came back, settled, by an own reading of the workbook."""
    actions = sheet_rows(FILE, "การแก้ไขปัญหา")
    back = Counter()
    for row in actions:
        back[village(row)] += row[BACK] or 0
    settled = {village(row) for row in actions if row[KIND] == "แก้ไขปัญหาได้แล้ว"}
    return {
        village(row): {
            "cause": row["สาเหตุของปัญหา"],
            "to_follow": row[TO_FOLLOW],
            "back": min(back[village(row)], row[TO_FOLLOW]),
            "settled": village(row) in settled,
        }
        for row in sheet_rows(FILE, "หมู่บ้านที่มีปัญหา")
    }


def left(one: dict) -> float:
    return 0 if one["settled"] else one["to_follow"] - one["back"]


def test_the_sample_has_the_sums_of_the_seed(counted) -> None:
    funds = sheet_rows(FILE, "กองทุน")
    assert (len(funds), sum(row[CAPITAL] for row in funds), sum(row[LENT] for row in funds)) == (82, 23_951_565, 2_792)
    assert len({village(row) for row in funds}) == 82 and {village(row)[:4] for row in funds} == {"3419"}
    assert {village(row) for row in funds} <= {row["รหัสหมู่บ้าน"] for row in csv_rows("หมู่บ้าน.csv")}
    assert (len(counted), sum(one["to_follow"] for one in counted.values())) == (21, 3_350_200)
    assert (sum(one["settled"] for one in counted.values()), sum(map(left, counted.values()))) == (11, 794_964)
    assert len({one["cause"] for one in counted.values()}) == 5 == len(sheet_rows(FILE, "จุด Mobile"))


def test_the_page_says_these_sums_and_why_25_60_was_in_print(sample: Warehouse) -> None:
    shown = panels(opened("debts", **HERE))
    for words in (">82<", "23,951,565", "2,792", ">21<", "ร้อยละ 25.61", "จะพิมพ์ร้อยละ 25.60", "3,350,200", ">11<", "794,964"):
        assert words in shown, words


@pytest.mark.parametrize("by", ["cause", "village"])
def test_the_waterfall_falls_from_the_first_bar_to_the_last(sample: Warehouse, counted, by: str) -> None:
    app = opened("debts", **HERE, by=by)
    chart = re.search(r'<div class="chart waterfall".*?</div></div>', panels(app), re.DOTALL)[0]
    numbers = [int(text.replace(",", "").replace("−", "-")) for text in re.findall(r"<b>(−?[\d,]+)</b>", chart)]
    first, *falls, last = numbers
    assert (first, last) == (3_350_200, 794_964) and first + sum(falls) == last
    gone = {one["cause"]: 0 for one in counted.values()}
    for one in counted.values():
        gone[one["cause"]] += one["to_follow"] - left(one)
    each = [one["to_follow"] - left(one) for one in counted.values()]
    assert sorted(-fall for fall in falls) == sorted(n for n in (gone.values() if by == "cause" else each) if n)


def test_money_that_does_not_add_up_is_listed_and_no_other(sample: Warehouse) -> None:
    wrong = {village(row): row[CAPITAL] - sum(row[part] for part in PARTS) for row in sheet_rows(FILE, "กองทุน")}
    owed = Counter()
    for row in sheet_rows(FILE, "บัญชีลูกหนี้"):
        owed[village(row)] += max(0, row["จำนวนเงินที่ยืม"] - (row["ชำระคืนแล้ว"] or 0))
    differs = {village(row): owed[village(row)] - row[PARTS[0]] for row in sheet_rows(FILE, "กองทุน") if village(row) in owed}
    rows = {row["village_code"]: row for row in sample.ask("debt_villages", PHIBUN, state="unbalanced")}
    assert set(rows) == {code for code in wrong if wrong[code] or differs.get(code)}
    assert {code: row["not_found"] for code, row in rows.items()} == {code: wrong[code] for code in rows}
    assert sum(wrong.values()) == 36_764 and [d for d in differs.values() if d] == [-4_000]
    shown = panels(opened("debts", **HERE))
    assert "<b>79</b> จาก 82 หมู่บ้าน" in shown and "ไม่พบเงิน 36,764 บาท" in shown


def test_the_round_names_every_village_with_a_problem_once_and_what_it_brings(sample: Warehouse, counted) -> None:
    rows = sample.ask("debt_round", PHIBUN)
    assert sorted(row["village_code"] for row in rows) == sorted(counted)
    points = {row["จุดที่"]: row for row in sheet_rows(FILE, "จุด Mobile")}
    called = {village(row): row["จุดลงพื้นที่"] for row in sheet_rows(FILE, "หมู่บ้านที่มีปัญหา")}
    books = {"สมุดเล่ม 7 (ม่วง)": "book_targets", "สมุดเล่ม 6 (น้ำตาล)": "book_status", "สมุดเล่ม 8 (เขียว)": "book_bank", "สมุดเล่ม 9 (เหลือง)": "book_debtors"}  # fmt: skip
    states = {village(row): row for row in sheet_rows(FILE, "กองทุน")}
    for row in rows:
        assert row["point_no"] == called[row["village_code"]]
        point = points[row["point_no"]]
        assert (row["place_code"], row["point_date"]) == (village(point), a_day(point["วันที่นัดลงพื้นที่"]))
        wanted = [name for heading, name in books.items() if states[row["village_code"]][heading] != "เป็นปัจจุบัน"]
        assert row["papers"].split("|") == (wanted or [""])


def test_the_text_of_the_round_names_villages_and_nobody(sample: Warehouse, counted) -> None:
    said = debt_round.to_copy(PHIBUN, DESK, "")
    assert said.count("\n- ") == sum(not one["settled"] for one in counted.values()) == 10
    teams = [row["ทีมประจำจุด"] for row in sheet_rows(FILE, "จุด Mobile")]
    assert not any(word in said for team in teams for word in team.split() if len(word) > 4)


def test_the_forms_have_their_columns_and_sums(sample: Warehouse) -> None:
    funds = sheet_rows(FILE, "กองทุน")
    for form in debt_reports.names():
        frame = debt_reports.rows(form, PHIBUN, DESK, "")
        assert len(frame) == {"province": 1, "problem": 21}.get(form, 82)
    district = debt_reports.rows("district", PHIBUN, DESK, "")
    assert list(debt_reports.columns("district", "th").values()) == [
        "ชื่อหมู่บ้าน", "ครัวเรือนทั้งหมด", "เป้าหมาย", "ได้รับเงินยืม", "ยอดคงค้าง", "เงินในบัญชี", "เงินในมือ", "รวม", "ได้รับคืนรอบปี",
    ]  # fmt: skip
    sums = {"households_lent": LENT, "with_households": PARTS[0], "in_bank": PARTS[1], "in_cash": PARTS[2], "fund_capital": CAPITAL, "repaid_in_year": "รับคืนในรอบปี"}  # fmt: skip
    assert {c: district[c].sum() for c in sums} == {c: sum(row[heading] for row in funds) for c, heading in sums.items()}
    province = debt_reports.rows("province", PHIBUN, DESK, "").iloc[0]
    tambons = {village(row)[:6] for row in funds}
    assert (province["tambons"], province["villages"], province["capital"]) == (len(tambons), 82, 23_951_565)


@pytest.mark.parametrize("form", ["village", "district", "province", "problem"])
def test_a_form_on_the_page_says_what_of_it_is_unconfirmed(sample: Warehouse, form: str) -> None:
    app = opened("debts", **HERE, **{"as": form})
    heads = found("<th[^>]*>(.*?)</th>", app)
    assert set(debt_reports.columns(form, "th").values()) <= set(heads) and "ยังไม่ยืนยัน" in panels(app)


@pytest.mark.parametrize("form", ["csv", "tidy"])
def test_the_files_have_every_village_and_their_sums(sample: Warehouse, form: str) -> None:
    frame = ask("debt_villages", PHIBUN, DESK, limit=100)
    rows = list(csv.DictReader(io.StringIO(getattr(programme_file, form)(frame).decode("utf-8-sig"))))
    heading = {"csv": (CAPITAL, TO_FOLLOW), "tidy": ("fund_capital", "amount_to_follow")}[form]
    assert len(rows) == 82
    assert [sum(float(row[h] or 0) for row in rows) for h in heading] == [23_951_565, 3_350_200]


def test_a_form_s_file_has_its_own_headings_and_rows(sample: Warehouse) -> None:
    frame = debt_reports.rows("problem", PHIBUN, DESK, "")
    names = debt_reports.columns("problem", "th")
    rows = list(csv.DictReader(io.StringIO(programme_file.csv(frame, names).decode("utf-8-sig"))))
    assert list(rows[0]) == ["พื้นที่", "เงินทุนปัจจุบัน", "เงินทุนที่ขาดหาย", "สาเหตุ", "แนวทางแก้ไข"] and len(rows) == 21


def debtors() -> dict[str, float]:
    """Household id -> what it still owes, by an own matching of the two files."""
    poor = csv_rows(POOR)
    by_house = {row["รหัสประจำบ้าน"]: row["รหัสครัวเรือน"] for row in poor}
    owed: dict[str, float] = {}
    for row in sheet_rows(FILE, "บัญชีลูกหนี้"):
        home = row["รหัสครัวเรือนผู้ยืม"] or by_house.get(str(row["รหัสประจำบ้านผู้ยืม"]))
        if home:
            owed[home] = row["จำนวนเงินที่ยืม"] - (row["ชำระคืนแล้ว"] or 0)
    return owed


def test_a_debtor_is_shown_as_one_on_its_page_and_nobody_else(sample: Warehouse) -> None:
    owed = debtors()
    assert 0 < len(owed) <= 8
    for household, amount in owed.items():
        (loan,) = sample.ask("debt_of_household", household=sample.ref(household))
        assert loan["still_owed"] == amount
    household, amount = next(iter(owed.items()))
    shown = panels(opened("household", **HERE, household=sample.ref(household)))
    assert "ในงานอื่น" in shown and f"ค้างชำระ {amount:,.0f} บาท" in shown
    other = sample.ask("households", Filters(year=("2565",), district=("3421",)), limit=1)[0]["ref"]
    assert "ในงานอื่น" not in panels(opened("household", year="2565", district="3421", household=other))


def test_whoever_does_not_see_the_household_does_not_see_its_debt(sample: Warehouse) -> None:
    ref = sample.ref(next(iter(debtors())))
    assert len(ask("debt_of_household", Filters(), Reader("field", ("3419",)), household=ref)) == 1
    assert len(ask("debt_of_household", Filters(), Reader("field", ("3421",)), household=ref)) == 0
    assert of_household.section(Filters(), Reader("field", ("3421",)), ref) == ""


def test_the_committee_sees_villages_and_sums_and_no_borrower_s_or_officer_s_name(sample: Warehouse) -> None:
    names = {name for row in sheet_rows(FILE, "บัญชีลูกหนี้") for name in row["ชื่อผู้ยืม"].split()[1:]}
    desk, committee = panels(opened("debts", **HERE)), panels(opened("debts", **HERE, meeting="1"))
    assert any(name in desk for name in names) and not any(name in committee for name in names)
    assert "794,964" in committee and "ค้างชำระ" in panels(
        opened("household", **HERE, household=sample.ref(next(iter(debtors()))), meeting="1")
    )


def test_where_there_are_none_the_page_says_where_there_are(sample: Warehouse) -> None:
    shown = panels(opened("debts", year="2565", district="3421"))
    assert "ยังไม่มีทะเบียนกองทุน กข.คจ." in shown and "พิบูลมังสาหาร 82 หมู่บ้าน" in shown


def test_the_overview_has_a_line_where_they_are_kept_and_none_where_they_are_not(sample: Warehouse) -> None:
    assert "เหลือต้องติดตาม <b>794,964</b>" in panels(opened("overview", **HERE))
    assert "เหลือต้องติดตาม" not in panels(opened("overview", year="2565", district="3421"))

"""The women's fund on its page: the seed's sums from an own count of the sample's file, whom to tell, and who is named to whom."""

import csv
import io
from datetime import date, timedelta

import pytest

from queries import DESK, Filters, ask
from tests.drawn import Warehouse
from tests.queries.test_fund import LOAN, built
from tests.recount import sheet_rows
from tests.ui.test_pages import opened, panels
from ui.export import programme_file

FILE = "วารินชำราบ กองทุนพัฒนาบทบาทสตรี.xlsx"
HERE = {"year": "2565", "district": "3415"}
SAMPLE_DAY = date(2022, 9, 15)
DUE = "วันครบกำหนดชำระ"


def a_day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year - 543, month, day)


def test_the_sample_has_the_sums_of_the_seed_and_nothing_overdue() -> None:
    projects = sheet_rows(FILE, "โครงการ")
    kinds = {"เงินทุนหมุนเวียน": (20, 1_934_422), "เงินอุดหนุน": (11, 326_590)}
    for kind, wanted in kinds.items():
        amounts = [row["จำนวนเงินที่อนุมัติ"] for row in projects if row["ประเภทเงิน"] == kind]
        assert (len(amounts), sum(amounts)) == wanted
    assert {int(row["ปีงบประมาณ"]) for row in projects} == set(range(2560, 2565))
    paid = sum(row["จำนวนเงินที่ชำระ"] for row in sheet_rows(FILE, "การชำระคืน"))
    due = [(a_day(row[DUE]), row["จำนวนเงินงวด"]) for row in sheet_rows(FILE, "งวดชำระ")]
    assert paid == sum(amount for day, amount in due if day <= SAMPLE_DAY)
    assert {"3415" + "22"} == {str(row["รหัสหมู่บ้าน"])[:6] for row in projects}


def test_the_page_says_these_sums(sample: Warehouse) -> None:
    app = opened("fund", **HERE)
    shown = panels(app)
    for words in (">31<", "2,261,012", "1,934,422", "326,590", "215,462", "แจ้งก่อนครบกำหนด 7 วัน", "✓ แจ้งแล้ว"):
        assert words in shown, words
    paid = sum(row["จำนวนเงินที่ชำระ"] for row in sheet_rows(FILE, "การชำระคืน"))
    assert f"{1_934_422 - paid:,.0f}" in shown
    assert "ร้อยละ 0.0 ของยอดหนี้คงเหลือ 0 โครงการ" in shown


def test_a_year_is_a_fiscal_year_and_the_registers_year_changes_nothing(sample: Warehouse) -> None:
    assert ">8<" in panels(opened("fund", **HERE, fiscal="2564"))
    assert panels(opened("fund", **HERE | {"year": "2564"})).count("2,261,012") == panels(opened("fund", **HERE)).count(
        "2,261,012"
    )


def test_whom_to_tell_is_a_month_15_and_7_days_before_and_never_twice(sample: Warehouse) -> None:
    told = {}
    for row in sheet_rows(FILE, "ปตท"):
        if str(row["การดำเนินการ ปตท."]).startswith("แจ้งก่อน"):
            told.setdefault((row["เลขที่โครงการ"], row["การดำเนินการ ปตท."]), []).append(a_day(row["วันที่ดำเนินการ"]))
    steps = {
        "follow_told_month": "แจ้งก่อนครบกำหนด 1 เดือน",
        "follow_told_15": "แจ้งก่อนครบกำหนด 15 วัน",
        "follow_told_7": "แจ้งก่อนครบกำหนด 7 วัน",
    }
    seen = set()
    for on in (SAMPLE_DAY + timedelta(days=n) for n in range(-500, 60, 3)):
        rows = sample.ask("fund_reminders", day=on.isoformat())
        for row in rows:
            left = (row["instalment_due"] - on).days
            wanted = "follow_told_7" if left <= 7 else "follow_told_15" if left <= 15 else "follow_told_month"
            assert (row["tell"], row["days_left"]) == (wanted, left) and 0 <= left <= 31
            days = [
                day
                for day in told.get((row["project_no"], steps[wanted]), [])
                if day <= on and (row["instalment_due"] - day).days <= 45
            ]
            assert row["told"] == max(days, default=None), row
            seen.add((wanted, row["told"] is None))
    assert seen == {(step, done) for step in steps for done in (True, False)}


def test_the_committee_sees_groups_and_sums_and_no_persons_name(sample: Warehouse) -> None:
    guardians = {row["กรรมการผู้รับผิดชอบ"] for row in sheet_rows(FILE, "โครงการ")}
    desk, committee = panels(opened("fund", **HERE)), panels(opened("fund", **HERE, meeting="1"))
    assert any(name in desk for name in guardians) and not any(name in committee for name in guardians)
    assert "กลุ่มทำขนมไทย" in committee and "2,261,012" in committee


def test_where_it_is_not_kept_the_page_says_where_it_is(sample: Warehouse) -> None:
    shown = panels(opened("fund", year="2565", district="3421"))
    assert "ยังไม่มีทะเบียนกองทุนพัฒนาบทบาทสตรี" in shown and "วารินชำราบ 31 โครงการ" in shown


@pytest.mark.parametrize(("form", "wanted"), [("csv", "จำนวนเงินที่อนุมัติ"), ("tidy", "approved_amount")])
def test_the_files_have_every_project_and_their_sums(sample: Warehouse, form: str, wanted: str) -> None:
    frame = ask("fund_projects", Filters(), DESK, limit=100)
    rows = list(csv.DictReader(io.StringIO(getattr(programme_file, form)(frame).decode("utf-8-sig"))))
    assert len(rows) == 31 and sum(float(row[wanted]) for row in rows) == 2_261_012


def test_the_overview_has_a_line_where_the_fund_is_kept_and_none_where_it_is_not(sample: Warehouse) -> None:
    assert "ยอดหนี้คงเหลือ 215,462" in panels(opened("overview", **HERE))
    assert "ยอดหนี้คงเหลือ" not in panels(opened("overview", year="2565", district="3421"))


def test_who_was_told_is_tapped_and_gone_from_the_list_and_the_committee_has_no_button(tmp_path, monkeypatch) -> None:
    w = built(tmp_path, [LOAN | {"due": [(20, 500)]}, LOAN | {"due": [(20, 700)]}])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    assert not [group for group in opened("fund", lang="en", meeting="1").button_group if group.label == "Who was told"]
    app = opened("fund", lang="en")
    group = next(group for group in app.button_group if group.label == "Who was told")
    group.set_value([group.options[0].content if hasattr(group.options[0], "content") else group.options[0]]).run()
    next(button for button in app.button if button.label.startswith("Record that they were told on")).click().run()
    assert not app.exception and "Recorded: 1 steps of the women's fund" in [shown.value for shown in app.success]
    assert [row["told"] is None for row in w.ask("fund_reminders")] == [True, False]
    left = next(group for group in app.button_group if group.label == "Who was told")
    assert len(left.options) == 1 and "✓ told on 1 Jan 2565" in panels(app)


def test_any_step_is_recorded_with_its_result_and_stands_among_what_was_done_lately(tmp_path, monkeypatch) -> None:
    w = built(tmp_path, [LOAN])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    app = opened("fund", on="today")
    app.selectbox(key="fund_step_0_of").select("loan/2565/1").run()
    next(group for group in app.button_group if (group.key or "").endswith("_fund_step")).set_value("follow_visited").run()
    app.text_input(key="fund_step_0_fund_result").input("ยังผลิตอยู่").run()
    app.button(key="fund_step_0_save").click().run()
    assert not app.exception and "ยังผลิตอยู่" in panels(app) and "✎ บันทึก" in panels(app)
    assert [row["fund_result"] for row in w.ask("fund_done", day="2099-01-01")] == ["ยังผลิตอยู่"]

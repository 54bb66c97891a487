"""Measures of other registers on the map: recounted from the sample's files, opened to their rows, offered where they are kept alone."""

import csv
import io
import json
from collections import Counter, defaultdict
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pandas as pd
import pytest

import definitions
from queries import DESK, NATION, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.queries import test_debts, test_fund
from tests.recount import sheet_rows
from tests.ui.test_debts import FILE as DEBTS
from tests.ui.test_debts import village
from tests.ui.test_fund import FILE as FUND
from tests.ui.test_fund import a_day
from tests.ui.test_pages import opened, panels
from ui.export import report_files
from ui.map import choropleth, of_programme
from ui.map.classes import FEW, NO_DATA

MEASURES = {row["measure"]: row for row in definitions.table("measures") if row["page"]}
MONEY = {"fund_outstanding", "fund_late"}
WARIN, PHIBUN = Filters(year=("2565",), district=("3415",)), Filters(year=("2564",), district=("3419",))
OF_BY = {"tambon": 6, "village": 8, "district": 4}


def end_of(year: int) -> date:
    return date(year - 543, 9, 30)


def owed_on(day: date) -> dict[str, list[float]]:
    """Village -> lent, outstanding, late of its revolving loans on a day, by an own reading of the workbook."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    for row in sheet_rows(FUND, "โครงการ"):
        if row["ประเภทเงิน"] != "เงินทุนหมุนเวียน" or a_day(row["วันที่รับเงิน"]) > day:
            continue
        mine = [str(row["ปีงบประมาณ"]), str(row["เลขที่โครงการ"])]
        paid, due = (
            sum(
                one[amount]
                for one in sheet_rows(FUND, sheet)
                if [str(one["ปีงบประมาณ"]), str(one["เลขที่โครงการ"])] == mine and before(a_day(one[when]))
            )
            for sheet, when, amount, before in (
                ("การชำระคืน", "วันที่ชำระ", "จำนวนเงินที่ชำระ", lambda d: d <= day),
                ("งวดชำระ", "วันครบกำหนดชำระ", "จำนวนเงินงวด", lambda d: d < day),
            )
        )
        for place, amount in enumerate((row["จำนวนเงินที่อนุมัติ"], row["จำนวนเงินที่อนุมัติ"] - paid, max(0, due - paid))):
            sums[str(row["รหัสหมู่บ้าน"])][place] += amount
    return sums


@pytest.mark.parametrize("year", [2561, 2564, 2565])
def test_the_fund_is_told_of_as_of_the_end_of_each_year(sample: Warehouse, year: int) -> None:
    rows = {row["code"]: row for row in sample.ask("fund_areas", by="village") if row["register_year"] == year}
    day = min(end_of(year), date(2022, 9, 13))  # the latest that the file tells of
    assert {code: [row["lent"], row["outstanding"], row["late"]] for code, row in rows.items()} == owed_on(day)
    assert {row["as_of"] for row in rows.values()} == {day}


def test_village_funds_are_counted_as_their_file_says(sample: Warehouse) -> None:
    followed, back = {}, Counter()
    settled = {village(row) for row in sheet_rows(DEBTS, "การแก้ไขปัญหา") if row["วิธีการแก้ไข"] == "แก้ไขปัญหาได้แล้ว"}
    for row in sheet_rows(DEBTS, "การแก้ไขปัญหา"):
        back[village(row)] += row["จำนวนเงินที่รับคืน"] or 0
    for row in sheet_rows(DEBTS, "หมู่บ้านที่มีปัญหา"):
        code, amount = village(row), row["เงินทุนที่ต้องติดตาม"]
        followed[code] = 0 if code in settled else max(0, amount - back[code])
    for by, digits in OF_BY.items():
        wanted: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0, 0])
        for row in sheet_rows(DEBTS, "กองทุน"):
            left = followed.get(village(row))
            one = (1, left is not None, bool(left), row["เงินทุนทั้งหมด"], left or 0)
            for place, n in enumerate(one):
                wanted[village(row)[:digits]][place] += n
        columns = ("villages", "problems", "unfinished", "capital", "still_to_follow")
        found = {row["code"]: [row[c] for c in columns] for row in sample.ask("debt_areas", by=by)}
        assert found == wanted, by
    assert sum(followed.values()) == 794_964


def test_what_the_areas_say_adds_up_to_the_pages_sums_on_drawn_registers(tmp_path, monkeypatch) -> None:
    drawn = [
        {"kind": "revolving", "received": 0, "due": [(60, 500), (90, 250)], "paid": [(70, 300)]},
        {"kind": "grant", "received": 5, "due": [(10, 100)], "paid": []},
        {"kind": "revolving", "received": None, "due": [(30, 900)], "paid": [(20, 900)]},
    ]
    w = test_fund.built(tmp_path, drawn)
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    (row,) = w.ask("fund_areas", by="village")
    on = (row["as_of"] - test_fund.FIRST).days
    loans = [test_fund.owed(one, on) for one in drawn if one["kind"] == "revolving"]
    assert (row["outstanding"], row["late"]) == tuple(sum(loan[place] for loan in loans) for place in (1, 2))
    assert (row["register_year"], row["lent"], row["loans"], row["owing"]) == (2565, 1650, 2, 1)


def test_each_year_of_a_village_fund_is_its_own_report(tmp_path, monkeypatch) -> None:
    one = {"capital": 900, "parts": (1, 1, 1), "balanced": False, "problem": ("died", 500), "repaid": [(3, 200)], "settled": [], "loans": []}  # fmt: skip
    w = test_debts.built(tmp_path, [one])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    rows = {row["register_year"]: row for row in w.ask("debt_areas", by="total")}
    assert (rows[2565]["capital"], rows[2565]["problems"], rows[2565]["still_to_follow"]) == (900, 1, 300)
    assert (rows[2564]["capital"], rows[2564]["problems"], rows[2564]["still_to_follow"]) == (77_777, 0, 0)
    assert rows[2565]["lent_to"] is None and rows[2564]["as_of"] is None


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("by", ["tambon", "village"])
def test_each_number_opens_rows_that_add_up_to_it(sample: Warehouse, measure: str, by: str) -> None:
    row = MEASURES[measure]
    filters = {"fund": WARIN, "debts": PHIBUN}.get(row["page"], Filters(year=("2565",), district=("3426",)))
    if measure not in choropleth.measures():
        assert measure.startswith("level_")  # whose rule is not known
        return
    chosen = of_programme.places(filters, filters.year[0])
    latest = of_programme.as_of(row, chosen, DESK)
    told = of_programme.behind(row, filters, DESK, chosen, latest)
    frame = choropleth.figures(chosen, DESK, choropleth.stage(filters.district[0], by), measure, False, "natural").frame
    kept = frame[frame["look"] != NO_DATA]
    assert len(kept)
    for code, area in kept.iterrows():
        for part in ("part", "whole"):
            to = urlsplit(told[part])
            asked = {name: values[-1] for name, values in parse_qs(to.query).items()}
            assert to.path == row["page"] and not {"district", "tambon", "village"} & asked.keys()
            there = Filters(**{by: (str(code),)})
            assert counted(row, part, there, asked) == area[part], (code, part)


def counted(row: dict[str, str], part: str, there: Filters, asked: dict[str, str]) -> float:
    """What the rows of the page that a number opens add up to."""
    state, column = asked.get("kind", "open"), row[part]
    if row["page"] == "fund":
        rows = ask("fund_projects", there, DESK, day=asked["on"], state=state, limit=1000)
        return rows[{"lent": "approved_amount"}.get(column, column)].sum()
    if row["page"] == "debts":
        there = Filters(year=(asked["fiscal"],), tambon=there.tambon, village=there.village)
        rows = ask("debt_villages", there, DESK, state=state, limit=1000)
        return {"capital": rows["fund_capital"].sum(), "still_to_follow": rows["still_to_follow"].sum()}.get(column, len(rows))
    there = Filters(year=(asked["assessed"],), tambon=there.tambon, village=there.village)
    rows = ask("village_levels", there, DESK, instrument="sufficiency_23", limit=1000)
    reached = (
        rows[rows["verdict"].isin(["level", "beyond"])] if column == "at_first" else rows[rows["verdict"] != "main_unknown"]
    )
    return reached["village_code"].nunique()


def test_the_page_says_what_it_shows_of_which_year_and_leads_to_its_rows(sample: Warehouse) -> None:
    app = opened("map", year="2565", district="3415", measure="fund_outstanding", by="tambon")
    assert app.subheader[0].value == "กองทุนสตรี: ยอดหนี้คงเหลือ · จำนวนบาท"
    assert "ความหนาแน่น" not in [
        one for group in app.button_group for one in group.options
    ]  # households alone stand in hexagons
    assert "ความหนาแน่น" in [one for group in opened("map", year="2565", district="3415").button_group for one in group.options]
    links = [unquote(link.proto.page) + "?" + unquote(link.proto.query_string) for link in app.get("page_link")]
    assert any("fund" in link and "on=2022-09-13" in link for link in links) and not any("households" in link for link in links)
    sums = panels(opened("fund", year="2565", district="3415", on="2020-09-30"))
    assert "518,500" in sums and "215,462" not in sums  # the page takes the day of the map
    assert "215,462" in panels(opened("fund", year="2565", district="3415", on="2020-02-31"))  # and no other one
    nobody = {"year": "2565", "district": "3415", "plan": "done", "case": "closed"}
    told = [bool(opened("map", **nobody, measure=measure).info) for measure in ("households", "fund_outstanding")]
    assert told == [True, False]  # filters of households empty no map of loans


def test_they_are_of_their_own_years_and_dates(sample: Warehouse) -> None:
    fund, debts = MEASURES["fund_outstanding"], MEASURES["debt_left"]
    assert of_programme.years(fund, WARIN, DESK) == ["2565", "2564", "2563", "2562", "2561", "2560"]
    assert of_programme.years(fund, Filters(year=("2562",)), DESK)[:2] == ["2562", "2565"]
    assert of_programme.years(debts, WARIN, DESK) == ["2564"]  # of a household year that it does not have: its own latest
    assert of_programme.as_of(fund, of_programme.places(WARIN, "2565"), DESK) == date(2022, 9, 13)
    assert of_programme.as_of(fund, of_programme.places(WARIN, "2563"), DESK) == date(2020, 9, 30)
    assert of_programme.as_of(debts, of_programme.places(PHIBUN, "2564"), DESK) == date(2022, 6, 29)
    assert of_programme.as_of(debts, of_programme.places(WARIN, "2564"), DESK) is None
    of_income = Filters(year=("2565",), district=("3415",), dimension=("income",))
    assert of_programme.places(of_income, "2565") == WARIN


def test_they_are_offered_to_whom_the_register_is_kept(sample: Warehouse) -> None:
    of_fund, of_debts = {"fund_outstanding", "fund_late"}, {"debt_problems", "debt_unfinished", "debt_left"}
    both = of_fund | of_debts

    def offered(role: str, *areas: str) -> set[str]:
        return both & choropleth.measures(Reader(role, areas or (NATION,))).keys()

    assert offered("desk") == offered("committee") == both
    assert offered("desk", "3415") == offered("field", "341522") == of_fund
    assert offered("desk", "3419") == of_debts
    assert offered("desk", "3421") == set()  # not kept there: not a measure of noughts
    assert offered("viewer") == set()  # of exact numbers only


def test_where_it_is_not_kept_an_area_has_no_data_and_no_nought(sample: Warehouse) -> None:
    view = choropleth.stage("34", "district")
    for measure in ("fund_outstanding", "debt_problems"):
        frame = choropleth.figures(Filters(year=("2564",), province=("34",)), DESK, view, measure, False, "natural").frame
        known = set(frame.index[frame["look"] != NO_DATA])
        assert known == {"3415"} if measure.startswith("fund") else known == {"3419"}
        assert frame.loc["3421", ["part", "whole"]].isna().all()
    assert "ไม่ได้บันทึก" in MEASURES["fund_outstanding"]["absent_th"]


def test_a_share_of_money_is_drawn_of_enough_loans_alone(sample: Warehouse) -> None:
    of = Filters(year=("2564",), district=("3415",))
    by_village = choropleth.figures(of, DESK, choropleth.stage("3415", "village"), "fund_outstanding", True, "natural")
    by_tambon = choropleth.figures(of, DESK, choropleth.stage("3415", "tambon"), "fund_outstanding", True, "natural")
    assert set(by_village.frame["look"]) <= {NO_DATA, FEW, choropleth.ELSEWHERE}  # one to three loans each
    assert by_tambon.frame.loc["341522", "look"] >= 0


def test_files_tell_no_amount_of_few_and_round_the_others() -> None:
    frame = pd.DataFrame(
        {
            "part": [40_000, 0, 215_462, 90, 7_400], "whole": [92_000, 75_000, 1_934_422, 600_000, 7_400],
            "part_units": [1, 0, 5, 9, np.nan], "whole_units": [2, 1, 20, 30, np.nan],
        },
        index=[f"3415220{n}" for n in range(1, 6)],
    ).assign(name_th="ก", name_en="A")  # fmt: skip
    text = report_files.areas_csv(frame, MEASURES["fund_outstanding"]).decode("utf-8-sig")
    few = "น้อยกว่า 5 ราย"
    assert [row[3:] for row in csv.reader(io.StringIO(text))][1:] == [
        [few, few, ""],
        ["0", few, ""],
        ["215000", "1934000", "11.1"],
        ["1000", "600000", "0.2"],  # some is never nothing
        [few, few, ""],  # of nobody knows how many
    ]
    outlines = {"features": [{"properties": {"code": code}} for code in frame.index]}
    told = [f["properties"] for f in json.loads(report_files.areas_geojson(outlines, frame, {}))["features"]]
    assert [(t["part"], t["whole"], t["percent"]) for t in told[:3]] == [
        ("of <5", "of <5", None),
        (0, "of <5", None),
        (215_000, 1_934_000, 11.1),
    ]


def test_only_sums_of_money_are_of_units_that_are_counted_apart() -> None:
    for row in definitions.table("measures"):
        assert bool(row["part_units"]) == bool(row["whole_units"]) == (row["unit_en"] == "baht"), row["measure"]

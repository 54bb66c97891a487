"""Sufficiency villages on their page: levels from an own count of the sample's files, the heat map, forums by taps, the map, files."""

import csv
import io
from collections import defaultdict

import pytest
from streamlit.testing.v1 import AppTest

from queries import DESK, NATION, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.recount import sheet_rows
from tests.ui.test_pages import found, opened, panels
from ui.export import programme_file
from ui.map import choropleth

FILE = "ทุ่งศรีอุดม หมู่บ้านเศรษฐกิจพอเพียง.xlsx"
HERE = {"year": "2565", "district": "3426"}
OF_23, GVH, OF_6X2 = "กระทรวงมหาดไทย 4 ด้าน 23 ตัวชี้วัด", "ความสุขมวลรวมของหมู่บ้าน (GVH)", "6×2 (6 ด้าน 12 ตัวชี้วัด)"
FIRST, BELOW, BEYOND = "พออยู่ พอกิน", "ยังไม่ถึงพออยู่ พอกิน", "เกินเกณฑ์ระดับแรก ระดับถัดไปยังไม่ยืนยัน"
SHARES = {"1.1": (50, 75), "1.2": (50, 75), "2.1": (20, 30), "2.2": (30, 50), "3.1": (50, 75)}


def scores(form: str) -> dict[tuple[int, str, str], dict[str, dict]]:
    """(year, village, round) -> item -> its row, of one instrument, as the file has them."""
    rows = defaultdict(dict)
    for row in sheet_rows(FILE, "คะแนนรายข้อ"):
        if row["แบบประเมินหมู่บ้าน"] == form:
            of = (int(row["ปีที่ประเมิน"]), str(row["รหัสหมู่บ้าน"]), row["ครั้งการประเมิน"])
            rows[of][str(row["ตัวชี้วัดข้อที่"])] = row
    return rows


def recounted() -> dict[tuple[int, str], str]:
    """(year, village) -> level as a child counts it: 10 to 16 of 23 and all ten main ones."""
    levels = {}
    for (year, village, _), items in scores(OF_23).items():
        passed = {n for n, row in items.items() if row["คะแนนรายข้อ"] == 1}
        main = {n for n, row in items.items() if row["ตัวชี้วัดหลัก"] == "ข้อหลัก"}
        assert (len(items), len(main)) == (23, 10)
        levels[year, village] = BELOW if len(passed) < 10 or not main <= passed else FIRST if len(passed) <= 16 else BEYOND
    return levels


def stated() -> dict[tuple[int, str], str]:
    rows = [row for row in sheet_rows(FILE, "การประเมิน") if row["แบบประเมินหมู่บ้าน"] == OF_23]
    return {(int(row["ปีที่ประเมิน"]), str(row["รหัสหมู่บ้าน"])): row["ระดับที่สรุปไว้"] for row in rows}


def test_the_sample_has_villages_at_every_boundary_and_one_that_says_too_much() -> None:
    levels, says = recounted(), stated()
    counts = {sum(row["คะแนนรายข้อ"] == 1 for row in items.values()) for items in scores(OF_23).values()}
    assert counts >= {9, 10, 16, 17} and set(levels.values()) == {FIRST, BELOW, BEYOND}
    assert [of for of in levels if levels[of] != BEYOND and levels[of] != says[of]] == [(2565, "34260209")]


def test_every_village_has_the_level_of_an_own_count(sample: Warehouse) -> None:
    words = {"subsistence": FIRST, "below": BELOW, None: BEYOND}
    rows = sample.ask("village_levels", instrument="sufficiency_23")
    assert {(row["assessed_year"], row["village_code"]): words[row["reckoned"]] for row in rows} == recounted()
    assert {(r["assessed_year"], r["village_code"]) for r in rows if r["agrees"] is False} == {(2565, "34260209")}


def test_the_page_says_how_many_and_what_is_missing(sample: Warehouse) -> None:
    app = opened("sufficiency", **HERE)
    now = [level for (year, _), level in recounted().items() if year == 2565]
    figures = dict(zip(found("<dt>(.*?)</dt>", app), found('<dt>.*?</dt><dd class="">(.*?)</dd>', app), strict=False))
    assert figures["หมู่บ้านที่ประเมินปี 2565"] == str(len(now))
    assert [figures[level] for level in (FIRST, BEYOND, BELOW)] == [str(now.count(level)) for level in (FIRST, BEYOND, BELOW)]
    shown = panels(app)
    assert "≠ ไม่ตรง" in shown and "ข้อหลักที่ยังไม่ผ่าน 13" in shown and "ยังไม่ยืนยันว่าต้องผ่านกี่ข้อ" in shown
    only = opened("sufficiency", **HERE, kind="differs")
    assert found("<tr><td>2565</td><td>(.*?)</td>", only)[0] == "ม.9 บ้านทองสวัสดิ์ ต.หนองอ้ม"


def test_the_heat_map_has_every_item_village_and_year(sample: Warehouse) -> None:
    cells = [row["คะแนนรายข้อ"] for items in scores(OF_23).values() for row in items.values()]
    shown = panels(opened("sufficiency", **HERE))
    marks = [shown.count(f'<td class="{shade}"') for shade in ("s4", "s1", "s0")]
    assert marks == [cells.count(1), cells.count(0), 23]  # one village was not assessed in 2564
    assert shown.count("★") == 10 + 1 and shown.count("†") == 23 + 1  # one more in the legend of each


def test_scores_by_share_of_households_are_counted_again(sample: Warehouse) -> None:
    rows = sample.ask("village_items", instrument="sufficiency_6x2")
    size = {str(row["รหัสหมู่บ้าน"]): row["ครัวเรือนที่ประเมิน"] for row in sheet_rows(FILE, "การประเมิน")}
    of = {(village, item): row for (_, village, _), items in scores(OF_6X2).items() for item, row in items.items()}
    assert len(rows) == len(of) == 36
    for row in rows:
        mine, limits = of[row["village_code"], row["item"]], SHARES.get(row["item"])
        wanted = None
        if limits:
            share = 100 * mine["ครัวเรือนที่ผ่านข้อนี้"] / size[row["village_code"]]
            wanted = 1 if share <= limits[0] else 2 if share <= limits[1] else 3
        assert (row["item_score"], row["by_share"]) == (mine["คะแนนรายข้อ"], wanted)


def test_happiness_before_and_after_by_component(sample: Warehouse) -> None:
    before, after = (
        {
            village: {n: row["คะแนนรายข้อ"] for n, row in items.items()}
            for (_, village, which), items in scores(GVH).items()
            if which == word
        }
        for word in ("ก่อนพัฒนา", "หลังพัฒนา")
    )
    rows = sample.ask("village_happiness")
    assert {(r["village_code"], r["aspect"]): (r["before"], r["after"]) for r in rows} == {
        (village, n): (before[village][n], after[village][n]) for village in before for n in before[village]
    }
    for row in rows:
        mean = sum(after[village][row["aspect"]] for village in after) / len(after)
        assert row["mean_after"] == pytest.approx(mean) and row["villages"] == len(after) == 6
    shown = panels(opened("sufficiency", **HERE, instrument="gvh"))
    assert "เฉลี่ย 6 หมู่บ้าน ปี 2565" in shown and "▲" in shown and "▼" in shown and "ยังไม่พบมาตรวัดคะแนน" in shown


def test_model_families_lead_to_households_and_name_nobody_to_a_committee(sample: Warehouse) -> None:
    rows = sheet_rows(FILE, "ครอบครัวต้นแบบ")
    known = [row for row in rows if row["รหัสครัวเรือน"]]
    desk, committee = panels(opened("sufficiency", **HERE)), panels(opened("sufficiency", **HERE, meeting="1"))
    assert 0 < len(known) < len(rows)
    assert desk.count("household?") == committee.count("household?") == len(known)
    assert all(row["ชื่อครอบครัวต้นแบบ"] in desk and row["ชื่อครอบครัวต้นแบบ"] not in committee for row in rows)


def test_where_it_is_not_kept_the_page_says_where_it_is(sample: Warehouse) -> None:
    shown = panels(opened("sufficiency", year="2565", district="3421"))
    assert "ยังไม่มีการประเมินหมู่บ้าน" in shown and "ทุ่งศรีอุดม 12 หมู่บ้าน" in shown


def test_the_overview_has_a_line_where_villages_were_assessed(sample: Warehouse) -> None:
    assert "<b>8</b> จาก 12 หมู่บ้านที่ประเมินปี 2565" in panels(opened("overview", **HERE))
    assert "หมู่บ้านที่ประเมิน" not in panels(opened("overview", year="2565", district="3421"))


@pytest.mark.parametrize(("form", "wanted", "first"), [("csv", "ระดับตามเกณฑ์", FIRST), ("tidy", "reckoned", "subsistence")])
def test_the_files_have_every_assessment_and_its_level(sample: Warehouse, form: str, wanted: str, first: str) -> None:
    frame = ask("village_levels", Filters(), DESK, instrument="sufficiency_23", limit=100)
    rows = list(csv.DictReader(io.StringIO(getattr(programme_file, form)(frame).decode("utf-8-sig"))))
    assert len(rows) == 23 and sum(row[wanted] == first for row in rows) == list(recounted().values()).count(FIRST)


def test_the_map_has_levels_where_villages_were_assessed_and_by_the_rules_that_are_known(sample: Warehouse) -> None:
    assert {"level_first", "level_second", "level_third"} & choropleth.measures().keys() == {"level_first"}
    rows = {row["code"]: row for row in sample.ask("level_areas", by="village") if row["register_year"] == 2565}
    assert {code: row["at_first"] for code, row in rows.items()} == {
        village: int(level != BELOW) for (year, village), level in recounted().items() if year == 2565
    }
    app = opened("map", **HERE, measure="level_first", by="village")
    assert "หมู่บ้านถึงระดับพออยู่ พอกินขึ้นไป" in app.subheader[0].value


def test_the_map_has_no_levels_where_no_village_was_assessed_and_for_rounded_figures(warehouse) -> None:
    w = warehouse(household="household_id\nH1")
    assert w.ask("level_areas", by="total") == [] and "level_first" not in choropleth.measures()
    assert "level_first" not in choropleth.measures(Reader("viewer", (NATION,)))


# A forum, by taps.


def tapped(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, [e.message for e in app.exception]
    return app


@pytest.fixture
def w(warehouse, monkeypatch) -> Warehouse:
    return warehouse(household="household_id | village_code\nH1 | 34210601")


def test_a_forum_is_opened_scored_item_by_item_by_raised_hands_and_counts(w) -> None:
    app = opened("sufficiency", year="2565", district="3421")
    next(box for box in app.selectbox if box.label == "หมู่บ้าน").select("34210601").run()
    next(field for field in app.number_input if field.label == "จำนวนผู้เข้าร่วมเวที").set_value(30).run()
    pills = {group.label: group for group in app.button_group}
    pills["ข้อหลักตามแบบที่ใช้"].set_value([str(n) for n in range(1, 11)]).run()
    tapped(app, "เปิดเวที")
    for item in range(1, 24):
        assert f"ตัวชี้วัดที่ {item}<" in panels(app)
        no, yes = (field for field in app.number_input if field.label.startswith("ยกมือ"))
        (yes if item <= 12 else no).set_value(20).run()
        tapped(app, "บันทึกและไปข้อถัดไป")
    assert any("ระดับตามเกณฑ์: พออยู่ พอกิน" in box.value for box in app.success)
    (row,) = w.ask("village_levels")
    assert (row["village_code"], row["passed"], row["reckoned"]) == ("34210601", 12, "subsistence")
    assert {item["hands"] for item in w.ask("forum_items")} == {"0:0|1:20", "0:20|1:0"}


def test_more_hands_than_people_are_not_recorded_and_a_reader_who_records_nothing_only_looks_on(w) -> None:
    app = opened("sufficiency", year="2565", district="3421")
    next(box for box in app.selectbox if box.label == "หมู่บ้าน").select("34210601").run()
    next(field for field in app.number_input if field.label == "จำนวนผู้เข้าร่วมเวที").set_value(5).run()
    tapped(app, "เปิดเวที")
    for field in [field for field in app.number_input if field.label.startswith("ยกมือ")]:
        field.set_value(4).run()
    assert any("มีผู้ยกมากกว่าหนึ่งครั้ง" in box.value for box in app.warning)
    assert next(button for button in app.button if button.label == "บันทึกและไปข้อถัดไป").disabled
    forum = w.ask("village_forums")[0]["forum"]
    looking = opened("sufficiency", year="2565", district="3421", forum=forum, meeting="1")
    assert "ตัวชี้วัดที่ 1<" in panels(looking) and not [b for b in looking.button if b.label == "บันทึกและไปข้อถัดไป"]


def test_a_model_family_is_one_on_its_household_s_page_and_no_other_is(sample: Warehouse) -> None:
    chosen = next(row for row in sample.ask("model_families") if row["ref"])
    there = {"year": "2565", "district": chosen["village_code"][:4]}
    shown = panels(opened("household", **there, household=chosen["ref"]))
    assert "ในงานอื่น" in shown and f"ครอบครัวต้นแบบ ปี {chosen['chosen_year']}" in shown
    models = {row["ref"] for row in sample.ask("model_families")}
    places = Filters(year=("2565",), district=(there["district"],))
    other = next(row["ref"] for row in sample.ask("households", places, limit=100) if row["ref"] not in models)
    assert "ครอบครัวต้นแบบ" not in panels(opened("household", **there, household=other))

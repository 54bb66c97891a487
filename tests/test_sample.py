"""What the sample registers promise, recounted from the files in plain Python, without the project's own reading."""

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from tests.recount import CASES, DIMENSIONS, ROOT, SAMPLE, a_date, csv_rows, sheet_rows, state, western

DATA_DATE = date(2022, 9, 15)


@pytest.fixture(scope="module")
def pho_sai() -> list[dict[str, str]]:
    """Every household of Pho Sai's register of 2565, both files."""
    return csv_rows("โพธิ์ไทร 2565 รายชื่อ TPMAP.csv") + csv_rows("โพธิ์ไทร 2565 Re X-ray.csv")


@pytest.fixture(scope="module")
def certified(pho_sai) -> list[dict[str, str]]:
    return [h for h in pho_sai if h["ผลการรับรอง"] in ("รับรองแล้ว", "รับรอง")]


def test_pho_sai_has_34_certified_households_of_which_4_in_lao_ngam(certified):
    assert len(certified) == 34
    assert sum(h["รหัสหมู่บ้าน"].startswith("342106") for h in certified) == 4


def test_one_certified_household_of_lao_ngam_is_deprived_in_living_by_its_house(certified):
    in_need = [h for h in certified if h["รหัสหมู่บ้าน"][:6] == "342106" and state(h, "ความเป็นอยู่") == "deprived"]
    assert [h["ข้อ 8"] for h in in_need] == ["ไม่ผ่าน"]
    family = [m for m in sheet_rows(CASES, "สมาชิก") if m["รหัสครัวเรือน"] == in_need[0]["รหัสครัวเรือน"]]
    assert [(m["เพศ"], m["อายุ (ปี)"], m["ความสัมพันธ์"]) for m in family] == [
        ("ชาย", 55, "หัวหน้าครัวเรือน"),
        ("ชาย", 11, "หลาน"),
    ]


def test_income_below_the_line_fails_indicator_22(pho_sai):
    for h in pho_sai:
        income = h.get("รายได้เฉลี่ย (บาท/คน/ปี)") or h.get("รายได้ต่อคนต่อปี")
        answer = h.get("ข้อ 22 รายได้เฉลี่ยครัวเรือนต่อคนต่อปี") or h.get("ข้อ 22")
        assert (
            answer in (("1", "ผ่าน") if int(income.replace(",", "")) >= 38_000 else ("0", "ไม่ผ่าน")) if income else answer == "-"
        )


def test_all_states_and_dimensions_occur_among_the_certified(certified):
    for dimension in DIMENSIONS:
        assert {state(h, dimension) for h in certified} == {"deprived", "not_deprived", "no_data"}, dimension
    lacking = Counter(sum(state(h, d) == "deprived" for d in DIMENSIONS) for h in certified)
    assert set(lacking) >= {1, 2, 3, 4}


def test_citizen_ids_are_valid_unique_and_of_an_office_that_does_not_exist():
    ids = [m["เลขประจำตัวประชาชน"] for m in sheet_rows(CASES, "สมาชิก")]
    ids += [str(int(m["citizen id"])) for m in sheet_rows("วารินชำราบ 2565.xlsx", "สมาชิก")]
    assert len(ids) == len(set(ids)) > 100
    for number in ids:
        assert len(number) == 13 and number[1:5] == "0000"
        total = sum((13 - i) * int(digit) for i, digit in enumerate(number[:12]))
        assert int(number[12]) == (11 - total % 11) % 10


def test_house_codes_and_telephones_belong_to_nobody(pho_sai):
    assert all(len(h["รหัสประจำบ้าน"]) == 11 and h["รหัสประจำบ้าน"].startswith("0000") for h in pho_sai)
    assert all(h["เบอร์โทรศัพท์"].startswith("000-") for h in pho_sai if h["เบอร์โทรศัพท์"])


def test_household_ids_are_unique_in_a_register_year(pho_sai):
    for households in (pho_sai, csv_rows("โพธิ์ไทร 2564.csv")):
        assert len({h["รหัสครัวเรือน"] for h in households}) == len(households)


def test_every_row_of_the_case_workbook_belongs_to_a_household(pho_sai):
    ids = {h["รหัสครัวเรือน"] for h in pho_sai}
    for sheet in CalamineWorkbook.from_path(SAMPLE / CASES).sheet_names:
        assert {row.get("รหัสครัวเรือน") or row["household id"] for row in sheet_rows(CASES, sheet)} <= ids, sheet


def test_listed_members_are_as_many_as_the_register_says(pho_sai, certified):
    listed = Counter(m["รหัสครัวเรือน"] for m in sheet_rows(CASES, "สมาชิก"))
    assert all(int(western(h["จำนวนสมาชิก"])) == listed[h["รหัสครัวเรือน"]] for h in pho_sai if h["รหัสครัวเรือน"] in listed)
    assert {h["รหัสครัวเรือน"] for h in certified} <= set(listed)


def test_ages_follow_from_birth_dates():
    for m in sheet_rows(CASES, "สมาชิก"):
        born = a_date(m["วันเกิด"])
        assert m["อายุ (ปี)"] == DATA_DATE.year - born.year - ((DATA_DATE.month, DATA_DATE.day) < (born.month, born.day))


def test_events_end_on_the_date_of_the_data(pho_sai):
    headings = {"วันที่รับ", "วันที่ปรับปรุง", "started", "finished", "visit date"}
    sheets = (row for name in CalamineWorkbook.from_path(SAMPLE / CASES).sheet_names for row in sheet_rows(CASES, name))
    days = [a_date(cell) for row in sheets for heading, cell in row.items() if heading in headings]
    days += [a_date(h[heading]) for h in pho_sai for heading in ("วันที่รับรอง", "วันที่ปิดกรณี")]
    assert max(day for day in days if day) == DATA_DATE


def test_the_lao_ngam_house_is_short_of_12_bags_of_cement_and_of_nothing_else(certified):
    house = next(h["รหัสครัวเรือน"] for h in certified if h["รหัสหมู่บ้าน"] == "34210606")
    short: Counter[tuple[str, str]] = Counter()
    for sheet, sign in (("ความต้องการ", 1), ("สิ่งที่ได้รับ", -1)):
        for row in sheet_rows(CASES, sheet):
            if row["รหัสครัวเรือน"] == house:
                short[row["รายการ"], row["หน่วย"]] += sign * row["จำนวน"]
    assert {what: amount for what, amount in short.items() if amount > 0} == {("ปูนซีเมนต์", "ถุง"): 12}


def test_the_lao_ngam_house_has_four_steps_side_by_side_and_two_still_open(certified):
    house = next(h["รหัสครัวเรือน"] for h in certified if h["รหัสหมู่บ้าน"] == "34210606")
    steps = {int(s["step"]): s for s in sheet_rows(CASES, "ขั้นตอน") if s["household id"] == house}
    assert list(steps) == list(range(1, 13))
    on = date(2022, 8, 1)
    running = [n for n, s in steps.items() if a_date(s["started"]) <= on <= (a_date(s["finished"]) or DATA_DATE)]
    assert running == [6, 7, 9, 11]
    assert [n for n, s in steps.items() if not s["finished"]] == [11, 12]


def test_every_place_is_a_real_village(pho_sai):
    villages = {row["รหัสหมู่บ้าน"]: row["ชื่อหมู่บ้าน"] for row in csv_rows("หมู่บ้าน.csv")}
    assert Counter(code[:4] for code in villages) == {"3421": 71, "3426": 52, "3415": 192, "3419": 180}
    assert all(villages[h["รหัสหมู่บ้าน"]] == h["หมู่บ้าน"] for h in pho_sai)
    assert {h["รหัสหมู่บ้าน"][:6] for h in pho_sai} == {f"34210{n}" for n in range(1, 7)}


def test_the_year_before_certified_29_and_some_are_gone_since(pho_sai):
    before = csv_rows("โพธิ์ไทร 2564.csv")
    assert sum(h["ผลการรับรอง"] == "รับรองแล้ว" for h in before) == 29
    same = {h["รหัสครัวเรือน"] for h in before} & {h["รหัสครัวเรือน"] for h in pho_sai}
    assert 0 < len(same) < len(before)


def test_the_other_districts_certified_6_and_8():
    english = csv_rows("ทุ่งศรีอุดม 2565.csv")
    assert (len(english), sum(h["certification"] == "Certified" for h in english)) == (12, 6)
    workbook = sheet_rows("วารินชำราบ 2565.xlsx", "ครัวเรือน")
    assert (len(workbook), sum(h["ผลการรับรอง"] == "รับรองแล้ว" for h in workbook)) == (15, 8)


def test_phibun_has_eight_households_of_whom_six_are_certified():
    phibun = csv_rows("พิบูลมังสาหาร 2565.csv")
    assert (len(phibun), sum(h["ผลการรับรอง"] == "รับรองแล้ว" for h in phibun)) == (8, 6)
    assert {h["รหัสหมู่บ้าน"][:4] for h in phibun} == {"3419"}


def test_two_faults_are_planted():
    assert [h["income"] for h in csv_rows("ทุ่งศรีอุดม 2565.csv") if h["income"] and not h["income"].isdigit()] == ["ประมาณสองหมื่น"]
    villages = {row["รหัสหมู่บ้าน"]: row["ชื่อหมู่บ้าน"] for row in csv_rows("หมู่บ้าน.csv")}
    wrong = [h for h in sheet_rows("วารินชำราบ 2565.xlsx", "ครัวเรือน") if villages[str(int(h["รหัสหมู่บ้าน"]))] != h["หมู่บ้าน"]]
    assert [h["หมู่บ้าน"] for h in wrong] == ["บ้านสมมุติสุข"]


def test_making_the_sample_again_gives_the_same_bytes(tmp_path):
    subprocess.run([sys.executable, ROOT / "data" / "make_sample.py", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.suffix != ".md"}
    assert made == {name: content for name, content in kept.items() if name != "หมู่บ้าน.csv"}

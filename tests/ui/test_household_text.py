"""A household in words: the basis of its lights, what is short, and a text to copy that names nobody."""

import re

import pandas as pd
import pytest

from queries import DESK, Filters, ask
from ui.view import household_text

LIGHT = {"dimension": "income", "state": "deprived", "basis": "indicator", "checked_on": pd.NaT, "name_en": "Income"}
ROWS = [  # number, name, result, measured, threshold, unit
    (22, "รายได้เฉลี่ย", 0, 21_000, 38_000, "baht/person/year"),
    (21, "ผู้สูงอายุมีงานทำ", 1, None, None, None),
    (20, "วัยแรงงานมีงานทำ", None, None, None, None),
]


def light(*rows: tuple, **changed: object) -> pd.DataFrame:
    names = ("number", "name_th", "result", "measured", "threshold", "threshold_unit")
    return pd.DataFrame([LIGHT | dict(zip(names, row, strict=True)) | changed for row in rows])


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (light(*ROWS), "ข้อ 22 รายได้เฉลี่ย 21,000 < 38,000 บาท/คน/ปี"),
        (light((8, "บ้านมั่นคง", 0, None, None, None)), "ข้อ 8 บ้านมั่นคง: ไม่ผ่าน"),
        (light(*ROWS[1:], state="not_deprived"), "ผ่าน 1 จาก 2 ข้อ ที่เหลือไม่เกี่ยวข้องหรือไม่มีคำตอบ"),
        (light(*ROWS, basis="check", checked_on=pd.Timestamp("2022-09-15")), "15 ก.ย. 2565"),
        (light(*ROWS, basis="flag"), "ผลในทะเบียน"),
        (light(*ROWS, basis=None, state="no_data"), "ไม่มีทั้งตัวชี้วัด"),
    ],
)
def test_a_light_says_what_it_rests_on(part: pd.DataFrame, text: str) -> None:
    assert text in household_text.basis(part)


def test_lights_name_what_is_lacking_and_what_is_not_known() -> None:
    row = dict.fromkeys(("health", "living", "education", "income", "access"), "not_deprived")
    assert household_text.lights(row) == "ไม่ขาดแคลนในมิติที่มีข้อมูล"
    badges = household_text.lights(row | {"living": "deprived", "access": "no_data"})
    assert "<b>อ</b> ความเป็นอยู่" in badges and "ไม่มีข้อมูล: การเข้าถึงบริการรัฐ" in badges and "สุขภาพ" not in badges


def short(item: str = "ปูนซีเมนต์", needed: float = 80, given: float = 68) -> dict:
    return {"item": item, "unit": "ถุง", "needed": needed, "given": given, "short": max(needed - given, 0)}


def test_what_is_short_comes_first_and_what_is_enough_in_one_line() -> None:
    html = household_text.needs([short(), short("ทราย", 5, 5), short("ประตู", 2, 3)])
    assert html == "<ul><li>ปูนซีเมนต์ <b>ยังขาด 12 ถุง</b> (ได้ 68 จาก 80)</li><li>ครบแล้ว: ทราย, ประตู</li></ul>"


def test_a_need_cannot_bring_a_link() -> None:
    link = '<a href="http://evil">x</a>'
    for html in (household_text.needs([short(link)]), household_text.needs([short(link, 1, 1)])):
        assert "<a" not in html and "&lt;a href" in html


def test_a_plan_item_tells_owner_due_date_and_that_it_is_late() -> None:
    row = {"activity": "ซ่อม <b>บ้าน", "status": "planned", "owner": "พมจ.", "due_date": pd.Timestamp("2022-08-28"), "overdue": True, "reply": None}  # fmt: skip
    text = household_text.item(row)
    assert "<b>ซ่อม &lt;b&gt;บ้าน</b>" in text and "28 ส.ค. 2565" in text and "เกินกำหนด" in text
    assert "เกินกำหนด" not in household_text.item(row | {"overdue": False, "due_date": pd.NaT})


@pytest.fixture
def family(sample) -> dict:
    """The house-build household of Lao Ngam, as its page gets it."""
    chosen = Filters(year=("2565",), tambon=("342106",), dimension=("living",), certification=("certified",))
    ref = ask("households", chosen, DESK, limit=1)["ref"].iloc[0]
    parts = {name: ask(name, Filters(), DESK, household=ref) for name in ("lights", "plan", "shortages", "members")}
    return {"home": ask("household", Filters(), DESK, household=ref).iloc[0].to_dict(), **parts}


def test_the_text_to_copy_tells_the_case_and_nobody_by_name(family: dict) -> None:
    plan, shortages = (family[name].to_dict("records") for name in ("plan", "shortages"))
    text = household_text.text(family["home"], family["lights"], plan, shortages)
    assert "21,000 < 38,000 บาท/คน/ปี" in text and "ยังขาด 12 ถุง" in text and "ต.เหล่างาม" in text
    private = [family["home"][c] for c in ("head_first_name", "head_last_name", "house_no", "phone")]
    private += [value for c in ("first_name", "last_name", "citizen_id") for value in family["members"][c]]
    assert len(private) == 10 and not [value for value in private if str(value) in text]
    assert not re.search(r"\*\*|\\|&lt;|badge|<[a-z/]", text)


def test_members_are_shown_with_age_and_masked_id(family: dict) -> None:
    table = household_text.members(family["members"].to_dict("records"))
    assert table["อายุ"] == [55, 11]
    assert all(re.fullmatch(r"x-xxxx-xxxxx-\d\d-\d", text) for text in table["เลขประจำตัวประชาชน"])


def test_events_are_told_latest_first(family: dict) -> None:
    ref = family["home"]["ref"]
    rows = ask("timeline", Filters(), DESK, household=ref).to_dict("records")
    events = list(household_text.timeline(rows))
    assert events[0].startswith("<b>15 ก.ย. 2565</b>") and any("พิธียกเสาเอก" in event for event in events)

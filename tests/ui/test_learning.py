"""The learning office on its page and the solution bank on a household's: the seed's counts from an own count of the sample's file, who
is named to whom, and what the household's page offers, recounted from the registers."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Collection

import pytest

from queries import DESK, NATION, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.recount import MEANING, Household, households, sheet_rows
from tests.ui.test_pages import opened, panels
from ui.export import programme_file
from ui.programmes import learning_parts, solution_bank

FILE = "ตระการพืชผล สำนักงานแห่งการเรียนรู้.xlsx"
HERE = {"year": "2565", "all": "1", "office": "3411"}
SEED = {  # KM Challenge 2565, Trakan Phuet Phon
    "finance": 4, "coordination": 2, "communication": 5, "occupation": 6, "reconciliation": 5, "information": 3, "languages": 8,
    "environment": 6, "news": 8, "culture": 12, "technician": 4, "records": 5, "law": 5, "art": 3,
}  # fmt: skip
OFFICE = Filters.of({"district": ["3411"]})


def number(cell: object) -> str:
    return str(cell).removesuffix(".0")


def names() -> dict[str, str]:
    return {number(row["เลขที่บุคลากร"]): str(row["ชื่อบุคลากร"]) for row in sheet_rows(FILE, "บุคลากร")}


def test_the_sample_has_the_counts_of_the_seed() -> None:
    people = sheet_rows(FILE, "บุคลากร")
    assert Counter(row["ตำแหน่ง"] for row in people) == {
        "พัฒนาการอำเภอ": 1, "นักวิชาการพัฒนาชุมชน": 9, "อาสาพัฒนา": 1, "เจ้าหน้าที่กองทุนหมู่บ้าน": 1,
    }  # fmt: skip
    assert Counter(row["เพศ"] for row in people) == {"ชาย": 4, "หญิง": 8}
    skilled = sheet_rows(FILE, "ความเชี่ยวชาญ")
    assert sorted(Counter(row["ความเชี่ยวชาญ"] for row in skilled).values()) == sorted(SEED.values())
    lessons = sheet_rows(FILE, "บทเรียน")
    assert [row["เลขที่บทเรียน"] for row in lessons] == [f"4.{n}" for n in range(1, 26)]
    assert lessons[24]["ชื่อบทเรียน"].startswith("แนวโน้มการบริโภคสมุนไพร")
    assert {number(row["รหัสอำเภอ"]) for sheet in ("บุคลากร", "บทเรียน") for row in sheet_rows(FILE, sheet)} == {"3411"}


def test_the_matrix_counts_as_the_seed_and_names_what_only_two_can_do(sample: Warehouse) -> None:
    rows = sample.ask("learning_skills", OFFICE)
    assert {row["skill"]: row["people"] for row in rows} == SEED
    held = {(row["staff_no"], row["skill_th"]) for row in rows if row["is_held"]}
    assert len(held) == len(sheet_rows(FILE, "ความเชี่ยวชาญ")) == sum(SEED.values())
    able = [number(r["เลขที่บุคลากร"]) for r in sheet_rows(FILE, "ความเชี่ยวชาญ") if r["ความเชี่ยวชาญ"] == "ประสานงาน"]
    shown = panels(opened("learning", **HERE))
    few = shown[shown.index("การประสานงานกับเครือข่าย</b> มี 2 คน") :][:400]
    assert len(able) == 2 and all(names()[n] in few for n in able)


@pytest.mark.parametrize("task", ["visit", "debt", "otop", "data"])
def test_a_task_finds_the_colleague_with_most_of_its_skills(sample: Warehouse, task: str) -> None:
    words = {"finance": "การเงิน การบัญชี การตลาด", "law": "กฎหมาย", "reconciliation": "ปรองดองสมานฉันท์", "communication": "การสื่อสาร",
             "culture": "วัฒนธรรม", "occupation": "ส่งเสริมอาชีพ", "art": "ศิลปะและการออกแบบ", "information": "สารสนเทศ",
             "records": "งานสารบัญ", "news": "ประชาสัมพันธ์"}  # fmt: skip
    wanted = {"visit": ("communication", "reconciliation", "culture"), "debt": ("reconciliation", "finance", "law"),
              "otop": ("occupation", "finance", "art"), "data": ("information", "records", "news")}[task]  # fmt: skip
    fits: defaultdict[str, list[str]] = defaultdict(list)
    for row in sheet_rows(FILE, "ความเชี่ยวชาญ"):
        for skill in wanted:
            if row["ความเชี่ยวชาญ"] == words[skill]:
                fits[number(row["เลขที่บุคลากร"])].append(skill)
    rows = sample.ask("learning_tasks", OFFICE, task=task)
    assert {row["staff_no"]: sorted(row["has_skills"]) for row in rows} == {n: sorted(skills) for n, skills in fits.items()}
    assert [row["fits"] for row in rows] == sorted((len(skills) for skills in fits.values()), reverse=True)


def test_the_board_and_who_taught_whom_are_those_of_the_file(sample: Warehouse) -> None:
    meetings = sheet_rows(FILE, "การพบปะ")
    last = {number(row["เลขที่เรื่องที่เรียน"]): row for row in meetings}  # in the order of their days
    board = {row["path_no"]: row for row in sample.ask("learning_board", OFFICE)}
    steps = {"want": "เรียนได้เมื่ออยากเรียน", "learn": "อยากเรียนต้องได้เรียน", "use": "เรียนแล้วต้องนำไปใช้", "repeat": "ใช้ซ้ำจนใช้เก่ง",
             "teach": "เก่งแล้วต้องสอนได้"}  # fmt: skip
    assert {n: steps[row["learning_step"]] for n, row in board.items()} == {n: row["ขั้นการเรียนรู้"] for n, row in last.items()}
    assert len(board) == 8
    taught = sample.ask("learning_taught", OFFICE)
    assert len(taught) == sum(bool(row["เลขที่บุคลากรผู้สอน"]) for row in meetings) > 5
    assert all(names()[row["teacher"]] == row["teacher_name"] and row["teacher"] != row["learner"] for row in taught)


def test_an_earlier_month_shows_the_board_as_it_was(sample: Warehouse) -> None:
    begun = {number(r["เลขที่เรื่องที่เรียน"]) for r in sheet_rows(FILE, "การพบปะ") if str(r["วันที่พบปะ"]).endswith("/02/2565")}
    assert {row["path_no"] for row in sample.ask("learning_board", OFFICE, day="2022-02-28")} == begun
    shown = panels(opened("learning", **HERE, month="2022-02"))
    assert shown.count("ตั้งแต่ 24 ก.พ. 2565") == len(begun)


def test_the_committee_sees_skills_and_lessons_and_no_persons_name(sample: Warehouse) -> None:
    desk, committee = panels(opened("learning", **HERE)), panels(opened("learning", **HERE, meeting="1"))
    given = {name.split()[0] for name in names().values()}
    assert all(name in desk for name in given) and not any(name in committee for name in given)
    assert "การใช้ต้นกล้วยเพื่อเพิ่มความอุดมสมบูรณ์ของหน้าดิน" in committee and ">12<" in committee


def test_the_overview_has_a_line_where_an_office_is_kept_and_none_where_it_is_not(sample: Warehouse) -> None:
    assert "กำลังเรียนรู้ <b>8</b> เรื่อง" in panels(opened("overview", year="2565", all="1"))
    assert "กำลังเรียนรู้" not in panels(opened("overview", year="2565", district="3421"))


@pytest.fixture(scope="module")
def homes() -> list[Household]:
    """Every household of the sample's files, read without the project's own reading."""
    return households()


def some(homes: list[Household]) -> dict[tuple[str, ...], Household]:
    """Households of which something of the plan is done and something is not, one for each set of needs."""
    found: dict[tuple[str, ...], Household] = {}
    for home in homes:
        states = {MEANING[str(item["สถานะ"])] for item in home.items}
        if home.year == 2565 and home.certification == "certified" and home.lacking and "done" in states and len(states) > 1:
            found.setdefault(tuple(home.lacking), home)
    return found


def certified(sample: Warehouse, homes: list[Household]) -> str:
    """The address of one of them."""
    own = next(iter(some(homes).values()))
    return sample.ref(own.id, own.year)


def counted(homes: list[Household], own: Household) -> dict[tuple[str, str], tuple[int, int, int, int, int]]:
    """(aspect, activity) -> items done, households, cases closed, of how many a later year tells, how many are out of the need."""
    done: defaultdict[tuple[str, str], list[Household]] = defaultdict(list)
    for home in homes:
        if home.id != own.id and set(home.lacking) & set(own.lacking):
            for item in home.items:
                if MEANING[str(item["สถานะ"])] == "done":
                    done[MEANING[str(item["ด้าน 4ท"])], str(item["กิจกรรม"])].append(home)
    return {what: (len(of), *came({(h.year, h.id): h for h in of}.values(), homes, own)) for what, of in done.items()}


def came(of: Collection[Household], homes: list[Household], own: Household) -> tuple[int, int, int, int]:
    """How these households stand later in what they had lacked together with `own`."""
    told, out = 0, 0
    for home in of:
        later = max((h for h in homes if h.id == home.id and h.year > home.year), key=lambda h: h.year, default=None)
        shared = set(home.lacking) & set(own.lacking)
        states = {later.states[dimension] for dimension in shared} if later else set()
        told += bool(states & {"deprived", "not_deprived"})
        out += "not_deprived" in states and "deprived" not in states
    return len(of), sum(home.case() == "closed" for home in of), told, out


def test_what_helped_others_is_counted_as_the_files_count_it(sample: Warehouse, homes: list[Household]) -> None:
    columns, out = ("done", "helped_homes", "closed", "told_later", "got_out"), 0
    for own in some(homes).values():
        ref = sample.ref(own.id, own.year)
        rows = sample.ask("solutions", household=ref)
        assert {(r["aspect"], r["activity"]): tuple(r[c] for c in columns) for r in rows} == counted(homes, own)
        out += sum(row["got_out"] for row in rows)
        assert {row["ref"] for row in sample.ask("helped", household=ref)} == {
            sample.ref(h.id, h.year) for h in homes
            if h.id != own.id and set(h.lacking) & set(own.lacking) and any(MEANING[str(i["สถานะ"])] == "done" for i in h.items)
        }  # fmt: skip
    assert len(some(homes)) > 3 and out


def test_a_households_page_offers_what_helped_others_and_the_lessons(sample: Warehouse, homes: list[Household]) -> None:
    ref = certified(sample, homes)
    shown = panels(opened("household", year="2565", household=ref))
    assert "คลังทางแก้" in shown and "พ้นความขาดแคลนนั้น" in shown and "บทเรียน</h3>" in shown
    assert sum(f"household={row['ref']}" in shown for row in sample.ask("helped", household=ref)) == solution_bank.FEW


def test_an_item_of_a_plan_leads_to_what_helped_in_the_same(sample: Warehouse, homes: list[Household]) -> None:
    ref = certified(sample, homes)
    item = next(item for item in sample.ask("plan", household=ref) if item["status"] != "done")
    shown = panels(opened("household", year="2565", household=ref, item=item["thing"]))
    assert f"สำหรับเรื่อง: <b>{item['activity']}</b>" in shown
    assert "ทางแก้ที่เคยใช้" in shown
    board = panels(opened("promises", year="2565", district="3421", meeting="1"))
    assert "ทางแก้ที่เคยใช้" in board and "item=plan" in board


def test_the_bank_is_searched_by_words_without_spaces(sample: Warehouse) -> None:
    rows = sample.ask("lessons", about="อยากปลูกกล้วยให้ดินอุดมสมบูรณ์")
    titles = [str(row["lesson_title"]) for row in rows[:3]]
    assert "การใช้ต้นกล้วยเพื่อเพิ่มความอุดมสมบูรณ์ของหน้าดิน" in titles and all(row["score"] > 0 for row in rows)
    assert sample.ask("lessons", about="ยานอวกาศ") == []
    assert {row["lesson_need"] for row in sample.ask("lessons", need="health")} == {"health"}


def test_a_field_team_elsewhere_gets_neither_the_office_nor_households_of_others(sample: Warehouse) -> None:
    field = Reader("field", ("342106",))
    assert sample.ask("lessons", reader=field) == [] and sample.ask("learning_offices", reader=field) == []
    seen = {row["village_code"][:6] for row in sample.ask("helped", reader=field)}
    assert seen == {"342106"} and len(sample.ask("helped", reader=Reader("field", (NATION,)))) > len(
        sample.ask("helped", reader=field)
    )


@pytest.mark.parametrize(("form", "wanted"), [("csv", "ความเชี่ยวชาญ"), ("tidy", "skill")])
def test_the_file_of_skills_has_every_skill_of_everybody(sample: Warehouse, form: str, wanted: str) -> None:
    frame = learning_parts.held(OFFICE, DESK)
    rows = list(csv.DictReader(io.StringIO(getattr(programme_file, form)(frame).decode("utf-8-sig"))))
    assert sorted(Counter(row[wanted] for row in rows).values()) == sorted(SEED.values())


@pytest.mark.parametrize("form", ["csv", "tidy"])
def test_the_file_of_lessons_has_every_lesson_with_its_need_in_words(sample: Warehouse, form: str) -> None:
    frame = ask("lessons", OFFICE, DESK, limit=100)
    rows = list(csv.DictReader(io.StringIO(getattr(programme_file, form)(frame).decode("utf-8-sig"))))
    column, spelled = ("lesson_need", {"รายได้": "income", "สุขภาพ": "health"}) if form == "tidy" else ("ใช้กับความขาดแคลนด้าน", {})
    needs = [str(row["ใช้กับความขาดแคลนด้าน"]) for row in sheet_rows(FILE, "บทเรียน")]
    assert Counter(row[column] for row in rows) == Counter(spelled.get(need, need) for need in needs)


def test_where_no_office_is_kept_the_page_says_so_and_keeps_the_bank(warehouse) -> None:
    warehouse(household="household_id | income_flag\nH1 | 0", plan="household_id | activity | status\nH1 | เลี้ยงไก่ | done")
    shown = panels(opened("learning", year="2565", all="1"))
    assert "ยังไม่มีสำนักงานใดบันทึกบุคลากร" in shown and "เลี้ยงไก่" in shown

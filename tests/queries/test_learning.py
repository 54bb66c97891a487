"""The learning office and the solution bank, against counts in plain Python: the board on every day, what is found by its words, and
who sees what."""

import math
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from definitions.thai_words import words
from queries import NATION, Filters, Reader
from tests.drawn import Warehouse, loaded, pick, register, write_csv

FIRST = date(2022, 1, 20)
STEPS = pick("learning_step")
MEETING = st.tuples(st.integers(0, 200), st.sampled_from(STEPS), st.sampled_from(["", "1", "2"]))
PATH = st.lists(MEETING, max_size=6, unique_by=lambda meeting: meeting[0])
TEXTS = ("เลี้ยงไก่พื้นเมือง", "ปลูกผักสวนครัว", "ซ่อมห้องน้ำ", "ทำปุ๋ยหมักจากฟาง", "เลี้ยงปลาในบ่อดิน", "ปลูกกล้วย เลี้ยงไก่ ทำปุ๋ย")
K1, B = 1.2, 0.75


def built(folder, **texts: str) -> Warehouse:
    """One build of drawn registers."""
    texts = {"household": "household_id\nH1"} | texts
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items() if "\n" in text]
    return loaded(folder / "data", *files)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@given(paths=st.lists(PATH, min_size=4, max_size=4))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_the_board_is_right_on_every_day_around_a_meeting(tmp_path_factory, paths) -> None:
    meetings = "path_no | met_date | learning_step | teacher"
    for number, path in enumerate(paths, 1):
        meetings += "".join(f"\n{number} | {day(on)} | {step} | {teacher}" for on, step, teacher in path)
    known = "path_no | learner\n" + "\n".join(f"{n} | {n}" for n in range(1, len(paths) + 1))
    w = built(tmp_path_factory.mktemp("board"), staff="staff_no\n1\n2\n3\n4", learning_path=known, learning_meeting=meetings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        for on in sorted({at + more for path in paths for at, *_ in path for more in (-1, 0, 1)} | {250}):
            check_board(w, paths, on)
        check_months(w, paths)


def check_board(w: Warehouse, paths: list, on: int) -> None:
    """Every subject that had begun by a day, and nobody else's."""
    rows = {int(row["path_no"]): row for row in w.ask("learning_board", day=str(day(on)))}
    begun = {n: sorted(m for m in path if m[0] <= on) for n, path in enumerate(paths, 1) if any(m[0] <= on for m in path)}
    assert set(rows) == set(begun)
    for number, path in begun.items():
        row, (last, step, teacher) = rows[number], path[-1]
        run = [at for at, *_ in path]
        for at, other, _ in reversed(path):
            if other != step:
                break
            run = [at, *run] if at < run[0] else [at]
        moved = len(path) == 1 or path[-2][1] != step
        assert (row["learning_step"], row["position"]) == (step, STEPS.index(step) + 1)
        assert (row["met_date"], row["since"], row["meetings"]) == (day(last), day(run[0]), len(path)), (path, on)
        assert (row["moved"], row["teacher"] or "") == (moved, teacher)
        assert row["met_lately"] == ((day(last).year, day(last).month) == (day(on).year, day(on).month))
    assert [row["position"] for row in w.ask("learning_board", day=str(day(on)))] == sorted(
        (row["position"] for row in rows.values()), reverse=True
    )


def check_months(w: Warehouse, paths: list) -> None:
    """What came of each month, and each teaching once."""
    every = [(day(at), n, step, teacher) for n, path in enumerate(paths, 1) for at, step, teacher in path]
    rows = {row["month"]: row for row in w.ask("learning_months")}
    assert set(rows) == {f"{at:%Y-%m}" for at, *_ in every}
    moved: Counter[str] = Counter()
    for path in paths:
        before = -1
        for at, step, _ in sorted(path):
            moved[f"{day(at):%Y-%m}"] += STEPS.index(step) > before
            before = STEPS.index(step)
    for month, row in rows.items():
        here = [m for m in every if f"{m[0]:%Y-%m}" == month]
        said = (row["until"], row["meetings"], row["looked_at"], row["taught"], row["moved_on"])
        looked_at, taught = len({n for _, n, *_ in here}), sum(bool(t) for *_, t in here)
        assert said == (max(m[0] for m in here), len({m[0] for m in here}), looked_at, taught, moved[month])
    assert len(w.ask("learning_taught", day=str(day(250)))) == sum(bool(t) for *_, t in every)


def scores(texts: list[str], about: str) -> list[float]:
    """Okapi BM25 of each text, as the textbook has it."""
    cut = [words(text) for text in texts]
    average = sum(map(len, cut)) / len(cut)
    told = [0.0] * len(texts)
    for word in set(words(about)):
        having = sum(word in text for text in cut)
        rare = math.log(1 + (len(cut) - having + 0.5) / (having + 0.5))
        for place, text in enumerate(cut):
            times = text.count(word)
            told[place] += rare * times * (K1 + 1) / (times + K1 * (1 - B + B * len(text) / average)) if times else 0
    return told


@given(lessons=st.lists(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(" ".join), min_size=3, max_size=6))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_lessons_and_what_was_done_are_found_by_their_words_as_the_textbook_ranks_them(tmp_path_factory, lessons) -> None:
    lesson = "lesson_no | lesson_title\n" + "\n".join(f"{n} | {title}" for n, title in enumerate(lessons, 1))
    done = list(dict.fromkeys(lessons))
    plan = "household_id | activity | status\n" + "\n".join(f"H1 | {activity} | done" for activity in done)
    w = built(tmp_path_factory.mktemp("words"), lesson=lesson, plan=plan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        for about in ("ไก่", "ปุ๋ย ฟาง", "อยากเลี้ยงปลาและไก่", "ยานอวกาศ"):
            expected = {str(n): s for n, s in enumerate(scores(lessons, about), 1) if s}
            rows = w.ask("lessons", about=about)
            assert {row["lesson_no"]: row["score"] for row in rows} == pytest.approx(expected, abs=1e-6)
            assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
            of_done = {text: score for text, score in zip(done, scores(done, about), strict=True) if score}
            assert {r["activity"]: r["score"] for r in w.ask("solutions", about=about)} == pytest.approx(of_done, abs=1e-6)


NEEDS = """
household_id | register_year | village_code | health_flag | income_flag | education_flag | certification
me           | 2565          | 34210601     | 1           | 0           | 1              | certified
same         | 2564          | 34210602     | 1           | 0           | 1              | certified
same         | 2565          | 34210602     | 1           | 1           | 1              |
also         | 2564          | 34210101     | 0           | 0           | 1              | certified
also         | 2565          | 34210101     | 1           | 0           | 1              |
far          | 2565          | 34040101     | 1           | 0           | 1              | certified
other        | 2565          | 34210603     | 1           | 1           | 0              | certified
"""
PLANS = """
household_id | register_year | item_no | aspect   | activity              | status  | updated_date | reply
me           | 2565          | 1       | resource | ให้พันธุ์ไก่พื้นเมือง     | planned | 2022-08-01   |
me           | 2565          | 2       | skill    | สอนทอผ้า              | done    | 2022-08-01   |
same         | 2564          | 1       | resource | ให้พันธุ์ไก่            | done    | 2021-08-01   | ได้ไก่ 10 ตัว
same         | 2564          | 2       | skill    | สอนทำบัญชีครัวเรือน       | planned | 2021-08-01   |
also         | 2564          | 1       | resource | ให้พันธุ์ไก่            | done    | 2021-09-01   | ได้ไก่ 5 ตัว
far          | 2565          | 1       | skill    | สอนเลี้ยงไก่            | done    | 2022-06-01   |
other        | 2565          | 1       | way_out  | พากลับเข้าเรียน          | done    | 2022-07-01   |
"""


def test_the_bank_tells_what_was_done_in_the_same_need_how_often_and_what_came_of_it(warehouse) -> None:
    w = warehouse(household=NEEDS, plan=PLANS)
    rows = w.ask("solutions", household=w.ref("me"), about="ให้พันธุ์ไก่พื้นเมือง")
    assert [(r["activity"], r["done"], r["helped_homes"], r["told_later"], r["got_out"], r["reply"]) for r in rows] == [
        ("ให้พันธุ์ไก่", 2, 2, 2, 1, "ได้ไก่ 5 ตัว"),
        ("สอนเลี้ยงไก่", 1, 1, 0, 0, None),
    ]
    assert rows[0]["score"] > rows[1]["score"] > 0
    helped = w.ask("helped", household=w.ref("me"), about="ให้พันธุ์ไก่พื้นเมือง")
    assert [(r["ref"], r["came"]) for r in helped] == [
        (w.ref("same", 2564), "out"),
        (w.ref("also", 2564), "still"),
        (w.ref("far"), None),
    ]
    assert {r["activity"] for r in w.ask("solutions", need="education")} == {"พากลับเข้าเรียน"}
    assert {r["activity"] for r in w.ask("solutions", about="กลับเข้าเรียน")} == {
        "พากลับเข้าเรียน"
    }  # words of nobody find what fits alone
    assert [(r["ref"], r["total"]) for r in w.ask("helped", about="กลับเข้าเรียน")] == [(w.ref("other"), 1)]
    assert w.ask("solutions", about="ยานอวกาศ") == w.ask("helped", about="ยานอวกาศ") == []
    assert (
        len(w.ask("solutions", household=w.ref("me"), about="ยานอวกาศ")) == 2
    )  # of a household: the same need, the best fit first
    assert sum(r["done"] for r in w.ask("solutions")) == 5  # without a household or a need: everything that was done


def test_nobody_is_shown_households_outside_their_area(warehouse) -> None:
    w = warehouse(household=NEEDS, plan=PLANS)
    field = Reader("field", ("3421",))
    refs = {r["ref"] for r in w.ask("helped", reader=field, household=w.ref("me"))}
    assert refs == {w.ref("same", 2564), w.ref("also", 2564)}
    tambon = Reader("field", ("342106",))
    assert {r["ref"] for r in w.ask("helped", reader=tambon, household=w.ref("me"))} == {w.ref("same", 2564)}
    assert w.ask("helped", reader=Reader("field", ()), household=w.ref("me")) == []


OFFICE = {
    "household": "household_id | village_code\nH1 | 34210601\nH2 | 34040101",
    "staff": "district_code | staff_no | staff_name\n3421 | 1 | สมศรี ใจดี\n3404 | 1 | สมชาย ดีใจ",
    "lesson": "district_code | lesson_no | lesson_title | known_by\n3421 | 1 | เลี้ยงไก่ | 1\n3404 | 1 | เลี้ยงหมู | 1",
}


@pytest.mark.parametrize(
    ("areas", "seen"),
    [((NATION,), "3404 3421"), (("34",), "3404 3421"), (("3421",), "3421"), (("342106",), "3421"), (("34040101",), "3404"), (("33",), ""), ((), "")],
)  # fmt: skip
def test_an_office_is_seen_by_whoever_answers_for_it_for_more_or_for_a_place_in_it(warehouse, areas, seen) -> None:
    w = warehouse(**OFFICE)
    reader = Reader("field", areas)
    assert {r["district_code"] for r in w.ask("lessons", reader=reader)} == set(seen.split())
    assert {r["district_code"] for r in w.ask("learning_skills", reader=reader)} == set(seen.split())


def test_a_place_chosen_chooses_the_office_of_its_district(warehouse) -> None:
    w = warehouse(**OFFICE)
    for chosen in ({"district": ["3421"]}, {"tambon": ["342106"]}, {"village": ["34210601"]}):
        assert {r["district_code"] for r in w.ask("lessons", Filters.of(chosen))} == {"3421"}
    assert len(w.ask("lessons", Filters.of({"province": ["34"]}))) == 2


def test_a_name_is_the_committees_neither_to_read_nor_to_find(warehouse) -> None:
    w = warehouse(
        household="household_id | head_first_name | income_flag\nH1 | สมหมาย | 0\nH2 | สมใจ | 0",
        plan="household_id | activity | status\nH1 | ให้พันธุ์ไก่แก่สมหมาย | done",
    )
    committee = Reader("committee", (NATION,))
    assert [r["activity"] for r in w.ask("solutions", reader=committee, about="ไก่")] == ["ให้พันธุ์ไก่แก่ส…"]
    for reader in (committee, Reader("desk", (NATION,))):
        assert w.ask("solutions", reader=reader, about="สมหมาย") == w.ask("helped", reader=reader, about="สมหมาย") == []


def test_a_skill_of_nobody_and_a_meeting_of_no_subject_are_refused_by_name(warehouse) -> None:
    w = warehouse(
        household="household_id\nH1",
        staff="staff_no\n1",
        staff_skill="staff_no | skill\n1 | law\n2 | law",
        learning_path="path_no | learner\n1 | 1",
        learning_meeting="path_no | met_date\n1 | 2022-08-25\n7 | 2022-08-25",
    )
    assert {"unknown_staff", "unknown_learning_path"} <= w.faults()
    assert [r["people"] for r in w.ask("learning_skills") if r["skill"] == "law"] == [1]

"""The women's fund: what is owed on a day, against a count in plain Python, on every day around every instalment."""

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import DESK, Reader
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep, words

FIRST = date(2022, 1, 1)
VILLAGE = "34210601"
PROJECT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["revolving", "revolving", "grant"]),
        "received": st.one_of(st.none(), st.integers(0, 60)),
        "due": st.lists(st.tuples(st.integers(30, 120), st.integers(1, 900)), max_size=4),
        "paid": st.lists(st.tuples(st.integers(0, 150), st.integers(1, 1200)), max_size=4),
    }
)


def built(folder, projects: list[dict]) -> Warehouse:
    """One build of drawn projects, numbered from 1."""
    texts = {
        "household": "household_id\nH1",
        "fund_project": "project_no | village_code | fund_kind | approved_amount | received_date | group_name | guardian",
        "fund_instalment": "project_no | instalment_no | instalment_due | instalment_amount",
        "fund_repayment": "project_no | receipt_no | paid_date | paid_amount",
    }
    for number, one in enumerate(projects, 1):
        got = day(one["received"]) if one["received"] is not None else ""
        texts["fund_project"] += f"\n{number} | {VILLAGE} | {one['kind']} | {approved(one)} | {got} | กลุ่ม {number} | สมศรี ใจดี"
        for n, (due, amount) in enumerate(one["due"], 1):
            texts["fund_instalment"] += f"\n{number} | {n} | {day(due)} | {amount}"
        for n, (paid, amount) in enumerate(one["paid"], 1):
            texts["fund_repayment"] += f"\n{number} | {number}-{n} | {day(paid)} | {amount}"
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items() if "\n" in text]
    return loaded(folder / "data", *files)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def approved(one: dict) -> int:
    return sum(amount for _, amount in one["due"]) or 500


def owed(one: dict, on: int) -> tuple[int, int, int]:
    """(paid, outstanding, late) of a project on a day, as a book-keeper counts."""
    paid = sum(amount for when, amount in one["paid"] if when <= on)
    fallen_due = sum(amount for due, amount in one["due"] if due < on)
    return paid, max(0, approved(one) - paid), max(0, fallen_due - paid)


@given(projects=st.lists(PROJECT, min_size=6, max_size=6))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_what_is_owed_is_right_on_every_day_around_an_instalment(tmp_path_factory, projects) -> None:
    w = built(tmp_path_factory.mktemp("fund"), projects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        for on in sorted({due + more for one in projects for due, _ in one["due"] for more in (-1, 0, 1)} | {0, 151}):
            check(w, projects, on)


def check(w: Warehouse, projects: list[dict], on: int) -> None:
    """Every project and the sums on a day."""
    rows = {row["project_no"]: row for row in w.ask("fund_projects", day=str(day(on)))}
    here = {str(n): p for n, p in enumerate(projects, 1) if p["received"] is None or p["received"] <= on}
    assert set(rows) == set(here)
    for name, one in here.items():
        said = tuple(rows[name][column] for column in ("paid", "outstanding", "late"))
        assert said == ((None, None, None) if one["kind"] == "grant" else owed(one, on)), (on, one)
    late = [owed(one, on)[2] for one in here.values() if one["kind"] == "revolving"]
    total = w.ask("fund_totals", day=str(day(on)))[-1]
    assert (total["projects"], total["late"] or 0, total["late_projects"]) == (len(here), sum(late), sum(map(bool, late)))
    check_next(rows, here, on)


def check_next(rows: dict, here: dict, on: int) -> None:
    """What falls due next is the first instalment that repayments do not cover, and what is left of it."""
    for name, one in here.items():
        left, expected = owed(one, on)[0], None
        for due, amount in sorted(one["due"], key=lambda of: of[0]):
            still = max(0, amount - left)
            left = max(0, left - amount)
            if still and due >= on and expected is None:
                expected = day(due)
        assert rows[name]["next_due"] == (expected if one["kind"] == "revolving" else None)


# What is recorded of loans.

LOAN = {"kind": "revolving", "received": 0, "due": [(60, 500)], "paid": []}


@pytest.fixture
def w(tmp_path, monkeypatch) -> Warehouse:
    """One loan of 500 baht, due on day 60, of which nothing was done yet."""
    w = built(tmp_path, [LOAN, LOAN | {"kind": "grant", "due": []}])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    return w


def step(name: str, on: int, village: str = VILLAGE, **more) -> dict:
    about = more.pop("about", {"village": village})
    return event("loan_step", about=about, thing=more.pop("thing", "loan/2565/1"), on=str(day(on)), fund_step=name, **more)


def test_a_number_with_a_stroke_in_it_is_a_number(tmp_path, monkeypatch) -> None:
    text = f"project_no | village_code | fund_kind | approved_amount | received_date\n7/2565 | {VILLAGE} | revolving | 500 | {FIRST}"
    files = {"household": "household_id\nH1", "fund_project": text}
    w = loaded(tmp_path / "data", *(write_csv(tmp_path / f"{name}.csv", register(name, rows)) for name, rows in files.items()))
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    keep(step("follow_visited", 10, thing="loan/2565/7/2565"))
    assert [row["project_no"] for row in w.ask("fund_done", day=str(day(60)))] == ["7/2565"]


def reminders(w: Warehouse, on: int) -> list[tuple]:
    return [(row["tell"], row["told"]) for row in w.ask("fund_reminders", day=str(day(on)))]


def test_who_was_told_is_recorded_once_and_not_told_again_in_this_stage(w) -> None:
    assert reminders(w, 50) == [("follow_told_15", None)]
    assert words([step("follow_told_15", 50)]) == words([step("follow_told_15", 50)], who="another@example.go.th") == ["kept"]
    assert reminders(w, 50) == [("follow_told_15", day(50))]
    assert reminders(w, 55) == [("follow_told_7", None)]  # the next stage is told anew
    assert reminders(w, 49) == [("follow_told_15", None)]  # the day before nobody had been told
    done = w.ask("fund_done", day=str(day(60)))
    assert [(row["fund_step"], row["checked_date"]) for row in done] == [
        ("follow_told_15", day(50))
    ]  # two said it: it was done once
    times = {row["fund_step"]: row["times"] for row in w.ask("fund_steps", day=str(day(60)))}
    assert times["follow_told_15"] == 1 and sum(times.values()) == 1
    (project,) = (row for row in w.ask("fund_projects", day=str(day(60))) if row["project_no"] == "1")
    assert (project["prevented"], project["followed"], project["collected"]) == (0, 1, 0)


def test_what_was_recorded_by_mistake_is_taken_back(w) -> None:
    (entry,) = keep(step("follow_visited", 10, fund_result="ยังผลิตอยู่"))
    assert [row["fund_result"] for row in w.ask("fund_done", day=str(day(60)))] == ["ยังผลิตอยู่"]
    keep(event("withdrawn", about={"village": VILLAGE}, thing=entry, reason="ผิดกลุ่ม"))
    assert w.ask("fund_done", day=str(day(60))) == []


def test_a_step_that_the_register_has_as_well_was_done_once_and_what_is_recorded_survives_a_load(w, tmp_path) -> None:
    keep(step("follow_visited", 10), step("follow_visited", 11))
    text = f"project_no | check_no | checked_date | fund_step\n1 | 1 | {day(10)} | follow_visited"
    w = loaded(w.folder, write_csv(tmp_path / "fund_check.csv", register("fund_check", text)))
    done = [(row["checked_date"], row["entry"] is None) for row in w.ask("fund_done", day=str(day(60)))]
    assert done == [(day(11), False), (day(10), True)]


@pytest.mark.parametrize(
    ("more", "reader"),
    [({"thing": "loan/2565/9"}, DESK), ({"thing": "loan/2564/1"}, DESK), ({"village": "34210101"}, DESK),
     ({}, Reader("data_officer", ("342101",))), ({}, Reader("committee", ("3421",))), ({"thing": ""}, DESK)],
)  # fmt: skip
def test_a_step_of_no_project_of_the_village_or_by_whoever_may_not_is_refused(w, more, reader) -> None:
    assert words([step("follow_visited", 10, **more)], reader) == ["refused"]
    assert words([step("follow_visited", 10)], Reader("field", ("342106",))) == ["kept"]


def test_whoever_looks_elsewhere_sees_nothing_of_it(w) -> None:
    keep(step("follow_visited", 10))
    elsewhere = Reader("data_officer", ("342101",))
    assert w.ask("fund_done", reader=elsewhere, day=str(day(60))) == w.ask("fund_loans", reader=elsewhere) == []

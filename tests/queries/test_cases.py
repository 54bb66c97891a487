"""Cases a screen at a time: whole checklists, those furthest along first, closed ones last."""

import pytest

BEGUN = {"A": 1, "B": 4, "C": 3, "D": 5, "E": 2}  # household -> steps begun; D is closed
ORDER = ["B", "C", "E", "A", "D"]


@pytest.fixture
def cases(warehouse):
    homes = "\n".join(f"{h} | รับรอง | {'2022-08-01' if h == 'D' else ''}" for h in BEGUN)
    steps = [f"{h} | {step} | 2022-0{step}-01" for h, begun in BEGUN.items() for step in range(1, begun + 1)]
    return warehouse(
        household=f"household_id | certification | closed_date\n{homes}",
        step="\n".join(["household_id | step | started_date", *steps]),
    )


@pytest.mark.parametrize("at", [0, 2, 4, 6])
def test_a_screen_of_cases_holds_whole_checklists_in_their_order(cases, at):
    rows = cases.ask("steps", limit=2, offset=at)
    assert list(dict.fromkeys(row["household_id"] for row in rows)) == ORDER[at : at + 2]
    for household in ORDER[at : at + 2]:
        own = [row for row in rows if row["household_id"] == household]
        assert [row["step"] for row in own] == list(range(1, 13))
        assert sum(row["started_date"] is not None for row in own) == BEGUN[household]
    assert {row["total"] for row in rows} <= {len(ORDER)}


def test_one_household_has_its_own_checklist(cases):
    rows = cases.ask("steps", household=cases.ref("C"))
    assert {(row["household_id"], row["total"]) for row in rows} == {("C", 1)} and len(rows) == 12


def test_a_case_stalls_the_day_after_thirty_days_without_movement(warehouse):
    """What was last seen on 31 July, 1 July and 30 June, of data as of 31 July: 0, 30 and 31 days."""
    seen = {"A": "2022-07-31", "B": "2022-07-01", "C": "2022-06-30"}
    w = warehouse(
        household="household_id | certification\n" + "\n".join(f"{h} | รับรอง" for h in seen),
        step="household_id | step | started_date\n" + "\n".join(f"{h} | 1 | {date}" for h, date in seen.items()),
    )
    assert {h: (w.household(h)["days_still"], w.household(h)["case"]) for h in seen} == {
        "A": (0, "in_progress"),
        "B": (30, "in_progress"),
        "C": (31, "stalled"),
    }


def test_a_family_may_follow_several_templates_and_each_is_a_case_of_its_own(warehouse):
    w = warehouse(
        household="household_id | certification\nA | รับรอง\nB | รับรอง\nC | รับรอง\nD |",
        step="household_id | template | step | started_date\nA | สร้างบ้าน | 1 | 2022-03-01\nA | การศึกษา | 1 | 2022-03-02\n"
        "A | การศึกษา | 2 | 2022-03-03\nB | การศึกษา | 1 | 2022-03-02",
    )
    cases = [(r["household_id"], r["template"]) for r in w.ask("steps") if r["step"] == 1]
    assert cases == [("A", "schooling"), ("A", "house_build"), ("B", "schooling")]  # those furthest along first
    assert {r["template"]: r["cases"] for r in w.ask("checklists")} == {"house_build": 1, "schooling": 2}
    only = w.ask("steps", template="schooling", limit=1)
    assert {(r["household_id"], r["template"], r["total"]) for r in only} == {("A", "schooling", 2)} and len(only) == 8
    assert [r["ref"] for r in w.ask("no_checklist")] == [w.ref("C")]  # D is not certified, so it has no case


def test_a_step_that_runs_while_an_item_of_the_plan_is_late_is_late_itself(warehouse):
    """A has an item that is overdue, B one that is not yet; a step that is done or has not begun is none of the plan's business."""
    w = warehouse(
        household="household_id | certification\nA | รับรอง\nB | รับรอง",
        plan="household_id | item_no | due_date | status\nA | 1 | 2022-08-01 | planned\nB | 1 | 2022-10-01 | planned",
        step="\n".join(
            ["household_id | step | started_date | finished_date | due_date"]
            + [f"{h} | 1 | 2022-03-01 | 2022-04-01 | \n{h} | 2 | 2022-09-15 | |\n{h} | 3 | | | 2022-09-01" for h in "AB"]
        ),
    )
    late = {h: [r["step"] for r in w.ask("steps", household=w.ref(h)) if r["late"]] for h in "AB"}
    assert late == {"A": [2, 3], "B": [3]}
    assert {r["plan_late"] for r in w.ask("steps", household=w.ref("A"))} == {1}

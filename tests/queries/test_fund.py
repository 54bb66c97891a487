"""The women's fund: what is owed on a day, against a count in plain Python, on every day around every instalment."""

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.drawn import Warehouse, loaded, register, write_csv

FIRST = date(2022, 1, 1)
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
        texts["fund_project"] += f"\n{number} | 34150701 | {one['kind']} | {approved(one)} | {got} | กลุ่ม {number} | สมศรี ใจดี"
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

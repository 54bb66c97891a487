"""A team's work: what it owes, and as a mentor what is owed to its households; late, within 7, 15, 30 days, each once."""

from hashlib import sha256

import pytest

from queries import NATION, Filters, Reader
from tests.queries.test_board import promised
from tests.recount import households

BASE = {
    "household": "household_id | certification | mentor | village_code\nA | รับรอง | ทีมหนึ่ง | 34210601\nB | รับรอง | | 34210602",
    "plan": """
    household_id | item_no | owner    | due_date   | status
    A            | 1       | อบต.     | 2022-09-14 | planned
    A            | 2       | อบต.     | 2022-09-22 | planned
    A            | 3       | ทีมหนึ่ง    | 2022-09-23 | planned
    A            | 4       | กศน.     | 2022-10-15 | planned
    A            | 5       | กศน.     | 2022-10-16 | planned
    A            | 6       | กศน.     | 2022-09-01 | done
    B            | 1       | อบต.     |            | planned
    B            | 2       | ทีมหนึ่ง    | 2022-09-15 | planned
    """,
    "visit": "household_id | visit_date\nA | 2022-09-15\nB | 2022-09-15",
}  # the date of the data is 15 September 2022


def team(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:12]


def test_a_mentor_sees_all_of_its_households_and_an_agency_what_it_owes(warehouse) -> None:
    w = warehouse(**BASE)
    assert {(r["team"], r["owner"], r["items"], r["late"]) for r in w.ask("work_teams")} == {
        (team("ทีมหนึ่ง"), "ทีมหนึ่ง", 6, 1), (team("อบต."), "อบต.", 3, 1), (team("กศน."), "กศน.", 2, 0),
    }  # fmt: skip
    mine = w.ask("work", team=team("ทีมหนึ่ง"))
    assert [(r["due_date"] and str(r["due_date"]), r["owner"], r["grouped"]) for r in mine] == [
        ("2022-09-14", "อบต.", "late"), ("2022-09-15", "ทีมหนึ่ง", "7"), ("2022-09-22", "อบต.", "7"), ("2022-09-23", "ทีมหนึ่ง", "15"),
        ("2022-10-15", "กศน.", "30"), ("2022-10-16", "กศน.", "later"),
    ]  # fmt: skip
    counts = ("total", "late", "in_7", "in_15", "in_30", "later", "undated")
    assert {tuple(r[name] for name in counts) for r in mine} == {(6, 1, 2, 1, 1, 1, 0)}
    assert [r["grouped"] for r in w.ask("work", team=team("อบต."))] == ["late", "7", "none"]
    assert w.ask("work", team="000000000000") == []
    assert len(w.ask("work")) == 7  # everybody's, each once


@pytest.mark.parametrize("year", ["2564", "2565"])
def test_the_work_of_all_agencies_is_what_the_board_owes(sample, year: str) -> None:
    owed = [row for home in households() if str(home.year) == year for row in promised(home)]
    assert len(sample.ask("work", Filters.of({"year": [year]}))) == len(owed)
    of_agency = {
        r["owner"]: r["items"] for r in sample.ask("work_teams", Filters.of({"year": [year]})) if "พี่เลี้ยง" not in r["owner"]
    }
    assert of_agency == {
        name: n
        for name in {o for _, o, *_ in owed}
        if name and "พี่เลี้ยง" not in name and (n := sum(o == name for _, o, *_ in owed))
    }


def test_a_person_who_owes_something_is_masked_and_so_is_what_an_address_holds(warehouse) -> None:
    w = warehouse(
        household=BASE["household"],
        plan="household_id | item_no | owner | due_date | status\nA | 1 | นายใจดี มีสุข | 2022-09-14 | planned",
    )
    (open_, mentor) = sorted(w.ask("work_teams"), key=lambda r: r["owner"] == "ทีมหนึ่ง")
    masked = next(r for r in w.ask("work_teams", reader=Reader("committee", (NATION,))) if r["owner"] != "ทีมหนึ่ง")
    assert open_["owner"] == "นายใจดี มีสุข" and masked["owner"].startswith("นายใจ…") and masked["team"] != open_["team"]
    assert w.ask("work", team=open_["team"], reader=Reader("committee", (NATION,))) == []
    assert "ใจดี" not in str(w.ask("work", team=mentor["team"], reader=Reader("committee", (NATION,))))

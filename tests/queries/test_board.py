"""The promise board against a count of the sample files that a child could do; what is recorded moves it at once."""

from collections import Counter

import pytest

from queries import Filters, Reader
from tests.journal.recorded import event, keep
from tests.recount import MEANING, Household, a_date, households

FILTERS = [
    {},
    {"year": ["2565"], "district": ["3421"], "certification": ["certified"]},
    {"year": ["2564"]},
    {"tambon": ["342106"]},
    {"village": ["34210606"], "year": ["2565"]},
    {"tambon": ["999999"]},
]
COMMITTEE = Reader("committee", ("TH",))

Promise = tuple[str, str, object, str, bool, int | None]  # kind, owner, due, village, late, days


def promised(home: Household) -> list[Promise]:
    """What is owed one household, counted by hand: nothing once its case is closed."""
    if home.closed_on:
        return []
    rows: list[Promise] = []

    def add(kind: str, owner: object, due: object) -> None:
        day = a_date(due)
        days = (home.as_of - day).days if day and home.as_of else None
        rows.append((kind, str(owner or ""), day, home.village, days is not None and days > 0, days))

    for item in home.items:
        if MEANING[item["สถานะ"]] != "done":
            add("plan", item["หน่วยงานรับผิดชอบ"], item["กำหนดเสร็จ"])
    for step in home.steps:
        if not step["finished"] and (step["started"] or step["due date"]):
            add("step", step["owner"], step["due date"])
    given: Counter[tuple[str, str]] = Counter()
    for gift in home.gifts:
        given[gift["รายการ"], gift["หน่วย"]] += gift["จำนวน"] or 0
    for need in home.needs:
        if need["จำนวน"] > given[need["รายการ"], need["หน่วย"]]:
            rows.append(("need", "", None, home.village, False, None))
    return rows


@pytest.fixture(scope="module")
def counted() -> list[Household]:
    return households()


@pytest.fixture(params=FILTERS, ids=str)
def choice(request, counted) -> tuple[Filters, list[Promise]]:
    chosen = request.param
    values = {
        "year": lambda h: str(h.year), "district": lambda h: h.village[:4], "tambon": lambda h: h.village[:6],
        "village": lambda h: h.village, "certification": lambda h: h.certification,
    }  # fmt: skip
    homes = [h for h in counted if all(values[name](h) in wanted for name, wanted in chosen.items())]
    return Filters.of(chosen), [row for home in homes for row in promised(home)]


def test_the_board_is_what_the_files_owe(sample, choice) -> None:
    filters, expected = choice
    rows = sample.ask("board", filters)
    assert Counter(
        (r["kind"], r["owner"], r["due_date"], r["village_code"], r["overdue"], r["days_late"]) for r in rows
    ) == Counter(expected)
    if expected:
        assert {(r["total"], r["total_overdue"]) for r in rows} == {(len(expected), sum(late for *_, late, _ in expected))}


def test_late_comes_first_then_what_is_due_soonest_then_what_has_no_date(sample, choice) -> None:
    rows = sample.ask("board", choice[0], sort="due")
    order = [(not r["overdue"], r["due_date"] is None, str(r["due_date"])) for r in rows]
    assert order == sorted(order)


@pytest.mark.parametrize(("sort", "column"), [("owner", "owner"), ("village", "village_code")])
def test_groups_stand_together_with_their_counts_the_most_late_first(sample, choice, sort: str, column: str) -> None:
    filters, expected = choice
    rows, place = sample.ask("board", filters, sort=sort), 1 if sort == "owner" else 3
    items = Counter(row[place] for row in expected)
    late = Counter(row[place] for row in expected if row[4])
    groups = list(dict.fromkeys(row["grouped"] for row in rows))
    assert {row["grouped"]: (row["group_items"], row["group_overdue"]) for row in rows} == {
        name: (items[name], late[name]) for name in items
    }
    assert [row["grouped"] for row in rows] == [row["grouped"] for name in groups for row in rows if row["grouped"] == name]
    assert [late[name] for name in groups] == sorted((late[name] for name in groups), reverse=True)
    assert all(row["grouped"] == row[column] for row in rows)


def test_owners_are_counted_and_each_can_be_asked_for_alone(sample, choice) -> None:
    filters, expected = choice
    items, late = Counter(row[1] for row in expected), Counter(row[1] for row in expected if row[4])
    owners = sample.ask("board_owners", filters)
    assert {row["owner"]: (row["items"], row["late"]) for row in owners} == {name: (items[name], late[name]) for name in items}
    for name in items:
        rows = sample.ask("board", filters, owner=name)
        assert {row["owner"] for row in rows} == {name} and len(rows) == items[name]


def test_screens_put_together_are_the_whole_list(sample) -> None:
    for sort in ("due", "owner", "village"):
        whole = sample.ask("board", sort=sort)
        parts = [row for at in range(0, len(whole), 7) for row in sample.ask("board", sort=sort, limit=7, offset=at)]
        assert parts == whole


BASE = {
    "household": "household_id | certification | head_first_name\nH1 | certified | สมชาย\nH2 | certified | สมศรี",
    "plan": "household_id | item_no | activity | owner | due_date | status\nH1 | 1 | ซ่อมบ้านสมชาย | นายสมชาย ใจดี | 2022-08-31 | planned",
    "step": "household_id | step | started_date | finished_date | due_date\nH1 | 2 | 2022-02-05 | | 2022-06-30\nH1 | 3 | | | ",
    "need": "household_id | item | quantity | unit\nH1 | ปูนซีเมนต์ | 40 | ถุง",
    "contribution": "household_id | entry_no | given_date | kind | item | quantity | unit\nH1 | 1 | 2022-09-15 | material | ปูนซีเมนต์ | 10 | ถุง",
}  # fmt: skip


def things(w) -> list[str]:
    return sorted(row["thing"] for row in w.ask("board"))


def test_what_is_recorded_moves_the_board_by_the_names_that_it_gives(warehouse) -> None:
    w = warehouse(**BASE)
    rows = {row["thing"]: row for row in w.ask("board")}
    assert sorted(rows) == ["need/ปูนซีเมนต์/ถุง", "plan/1", "step/house_build/2"]
    assert (rows["plan/1"]["days_late"], rows["step/house_build/2"]["days_late"], rows["need/ปูนซีเมนต์/ถุง"]["short"]) == (
        15,
        77,
        30,
    )
    day = "2022-09-15"
    keep(event("plan_reply", "H1", on=day, thing="plan/1", reply="รับเรื่องแล้ว"))
    keep(event("step_finished", "H1", on=day, thing="step/house_build/2"))
    keep(event("gift", "H1", on=day, gift="material", item="ปูนซีเมนต์", quantity=30, unit="ถุง"))
    new = event("plan_new", "H2", on=day, aspect="skill", activity="เลี้ยงปลา", owner="ประมงอำเภอ", due_date="2022-09-01")
    keep(new)
    rows = {row["thing"]: row for row in w.ask("board")}
    assert sorted(rows) == sorted(["plan/1", f"plan/{new['id']}"])
    assert rows["plan/1"]["reply"] == "รับเรื่องแล้ว" and rows["plan/1"]["recorded_by"] == "field@example.go.th"
    assert rows[f"plan/{new['id']}"]["overdue"]
    keep(
        event("plan_status", "H1", on=day, thing="plan/1", status="done"), event("closed", "H2", on=day, close_reason="better")
    )
    assert things(w) == []


def test_a_name_is_masked_before_the_list_is_grouped_and_asked_by_it(warehouse) -> None:
    w = warehouse(**BASE)
    (row,) = [r for r in w.ask("board", reader=COMMITTEE, sort="owner") if r["kind"] == "plan"]
    assert "สมชาย" not in str(row) and row["owner"] == row["grouped"] == "นายส…"
    owners = [r["owner"] for r in w.ask("board_owners", reader=COMMITTEE)]
    assert "นายส…" in owners and len(w.ask("board", reader=COMMITTEE, owner="นายส…")) == 1
    assert len(w.ask("board", owner="นายสมชาย ใจดี")) == 1 and not w.ask("board", owner="นายส…")


def test_the_name_of_an_item_that_an_entry_began_is_whole_though_it_looks_like_a_citizen_id(warehouse) -> None:
    """Thirteen digits with strokes between them are a citizen ID anywhere else."""
    w = warehouse(**BASE)
    id_ = "a2345678-1234-4bcd-8bcd-1234567890ab"
    looks = "12345678-1234-4abc-8bcd-1234567890ab"
    for one in (id_, looks):
        keep(event("plan_new", "H2", id=one, aspect="skill", activity="เลี้ยงปลา"))
    assert {f"plan/{id_}", f"plan/{looks}"} <= set(things(w))
    assert {f"plan/{id_}", f"plan/{looks}"} == {row["thing"] for row in w.ask("plan", household=w.ref("H2"))}

"""What waits for review: what contradicts, waits, came under another's id, is proposed or perhaps double; and what is dealt with."""

import itertools
import random

import duckdb
import pytest

import definitions
from journal import store
from journal.project import Projection
from queries import DESK, NotAllowed, Reader, build, decide
from queries.waiting import differing, said_in, waiting
from tests.journal.recorded import event, keep, words

HOUSEHOLD = """
household_id | village_code | head_first_name | certification
H1           | 34210601     | สมชาย           | certified
H2           | 34210602     | สมศรี            | certified
"""
BASE = {
    "household": HOUSEHOLD,
    "plan": "household_id | item_no | activity | status\nH1 | 1 | สอนทอผ้า | planned",
    "visit": "household_id | visit_date | entry_no | checked_dimension | check_result\nH1 | 2022-09-01 | 1 | living | 0",
    "village": "village_code | village_name\n34210601 | บ้านหนึ่ง\n34210602 | บ้านสอง",
}
HERE, THERE = Reader("data_officer", ("34210601",)), Reader("data_officer", ("34210602",))
COMMITTEE = Reader("committee", ("TH",))


@pytest.fixture
def w(warehouse):
    return warehouse(**BASE)


def queues(w, reader: Reader = DESK) -> list[tuple[str, str]]:
    return [(row["queue"], row["kind"]) for row in w.ask("review", reader=reader)]


def test_nothing_waits_of_registers_alone(w) -> None:
    assert (w.ask("review"), w.ask("found"), waiting(DESK), differing(DESK)) == ([], [], [], [])


def test_a_fork_stands_with_both_its_sides_until_it_is_settled_by_recording_one_again(w) -> None:
    one, other = (event("plan_status", "H1", thing="plan/1", status=status) for status in ("done", "in_progress"))
    keep(one, other)
    rows = w.ask("review")
    assert [(r["queue"], r["said"], r["item"], r["total"]) for r in rows] == [
        ("fork", "done", "สอนทอผ้า", 1),
        ("fork", "in_progress", "สอนทอผ้า", 1),
    ]
    assert len({r["grouped"] for r in rows}) == 1 and queues(w, HERE) and not queues(w, THERE)
    said = said_in(one["id"], HERE)
    assert said == {"thing": "plan/1", "occurred_on": "2022-09-01", "body": {"status": "done"}}
    assert said_in(one["id"], THERE) is None and said_in("nobody", HERE) is None
    settled = event("plan_status", "H1", thing="plan/1", base=[one["id"], other["id"]], on=said["occurred_on"], **said["body"])
    keep(settled)
    assert w.ask("review") == [] and w.ask("plan", household=w.ref("H1"))[0]["status"] == "done"


def test_a_correction_waits_until_it_is_dealt_with_and_can_be_looked_at_again(w) -> None:
    (id_,) = keep(event("correction", "H1", correction="บ้านเลขที่ผิด"))
    assert queues(w) == [("correction", "correction")]
    decide(id_, "done")
    assert queues(w) == [] and [row["grouped"] for row in w.ask("review", state="decided")] == [id_]
    decide(id_, "open")
    assert queues(w) == [("correction", "correction")]


def test_the_same_day_and_dimension_or_the_same_gift_may_be_one(w) -> None:
    keep(event("visit", "H1", checked_dimension="living", check_result="0"))  # the register has one of that day
    keep(event("visit", "H1", checked_dimension="health", check_result="0"), event("visit", "H2", finding="x"))
    gift = {"gift": "material", "item": "ทราย", "quantity": 2, "unit": "คิว"}
    keep(event("gift", "H2", **gift), event("gift", "H2", **gift), event("gift", "H2", **gift | {"quantity": 3}))
    rows = w.ask("review", queue="double")
    assert [(r["kind"], bool(r["entry"])) for r in sorted(rows, key=lambda r: (r["kind"], r["entry"] or ""))] == [
        ("gift", True), ("gift", True), ("visit", False), ("visit", True),
    ]  # fmt: skip
    assert {row["total"] for row in rows} == {2}
    for group in {row["grouped"] for row in rows}:
        decide(group, "done")
    assert queues(w) == []
    keep(event("gift", "H2", **gift))  # a third one is news
    assert len(w.ask("review", queue="double")) == 3


def test_screens_hold_whole_groups(w) -> None:
    for day in ("2022-09-02", "2022-09-03", "2022-09-04"):
        keep(*(event("visit", "H2", on=day, finding="x") for _ in range(2)))
    screens = [w.ask("review", limit=1, offset=at) for at in range(3)]
    assert [len(screen) for screen in screens] == [2, 2, 2] and {row["total"] for s in screens for row in s} == {3}


def test_what_does_not_count_yet_says_why_to_whoever_it_concerns(w) -> None:
    new = event("plan_new", "H1", aspect="skill", activity="เลี้ยงปลา")
    status = event("plan_status", "H1", thing=f"plan/{new['id']}", status="done")
    assert words([event("note", "H9", note="x"), status]) == ["held", "held"]
    assert [(row["kind"], row["why_en"][:16]) for row in waiting(DESK)] == [
        ("note", "the household is"),
        ("plan_status", "what it builds o"),
    ]
    assert [row["kind"] for row in waiting(HERE)] == ["plan_status"] and waiting(THERE) == []
    keep(new)
    assert [row["kind"] for row in waiting(DESK)] == ["note"]
    decide(waiting(DESK)[0]["id"], "done")
    assert waiting(DESK) == [] and len(waiting(DESK, dealt_with=True)) == 1


def test_a_code_that_is_a_citizen_id_is_masked_where_an_entry_waits(w) -> None:
    words([event("note", "1000041187812", note="x")])
    assert [row["household_id"] for row in waiting(DESK)] == ["x-xxxx-xxxxx-81-2"]
    assert [row["household_id"] for row in waiting(COMMITTEE)] == [""]


def test_what_came_under_another_s_id_is_shown_within_the_areas_and_as_far_as_the_reader_sees(w) -> None:
    note = event("note", "H1", note="ฝนตก")
    assert words([note, {**note, "body": {"note": "นายสมชาย เลข 1000041187812"}}]) == ["kept", "differs"]
    (row,) = differing(HERE)
    assert (row["id"], row["kind"], row["fields"]) == (note["id"], "note", {"note": "นายสมชาย เลข x-xxxx-xxxxx-81-2"})
    assert row["first_who"] == "field@example.go.th" and differing(THERE) == []
    assert [one["fields"] for one in differing(COMMITTEE)] == [{}]
    decide(row["key"], "done")
    assert differing(HERE) == [] and len(differing(HERE, dealt_with=True)) == 1


FOUND = {"lacks": ["health", "living"], "first_name": "ทองดี", "last_name": "มีแก้ว", "house_no": "99/1",
         "finding": "บ้านของทองดี มีแก้ว หลังคารั่ว", "latitude": 15.7, "longitude": 105.3}  # fmt: skip


def of_village(code: str = "34210601", **more) -> dict:
    return event("found", about={"village": code}, **FOUND | more)


def test_a_family_found_is_a_proposal_and_no_row_of_the_register(w) -> None:
    before = len(w.ask("report"))
    keep(of_village())
    (row,) = w.ask("found")
    assert (row["village_th"], row["lacks"].tolist(), row["first_name"], row["house_no"], row["latitude"]) == (
        "บ้านหนึ่ง", ["health", "living"], "ทองดี", "99/1", 15.7,
    )  # fmt: skip
    assert len(w.ask("report")) == before
    assert len(w.ask("found", reader=HERE)) == 1 and w.ask("found", reader=THERE) == []


def test_who_was_found_is_masked_by_class(w) -> None:
    keep(of_village())
    (row,) = w.ask("found", reader=COMMITTEE)
    assert (row["first_name"], row["last_name"], row["house_no"], row["latitude"]) == ("ท…", "ม…", "xxx", None)
    assert row["finding"] == "บ้านของท… ม… หลังคารั่ว"


def test_a_family_found_that_is_withdrawn_or_dealt_with_goes(w) -> None:
    one, two = keep(of_village(), of_village(first_name="ทองใบ"))
    keep(event("withdrawn", about={"village": "34210601"}, thing=one, reason="ผิดบ้าน"))
    assert [row["first_name"] for row in w.ask("found")] == ["ทองใบ"]
    decide(two, "done")
    assert w.ask("found") == [] and len(w.ask("found", state="decided")) == 1


def test_every_order_of_arrival_makes_one_list_of_families_found(w) -> None:
    one, two = of_village(), of_village("34210602")
    keep(
        one, two, event("withdrawn", about={"village": "34210601"}, thing=one["id"], reason="x"), event("note", "H1", note="x")
    )
    path = w.folder / "warehouse" / f"{build().id}.duckdb"
    orders = itertools.permutations(store.store(w.folder).after(0))
    made = {projected(path, order, random.Random(number)) for number, order in enumerate(orders)}
    assert len(made) == 1


def projected(path, order, dice: random.Random) -> str:
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as warehouse (read_only)")
    connection.execute(definitions.script("masks"))
    projection = Projection(connection)
    numbered = [entry | {"seq": place} for place, entry in enumerate(order, 1)]
    parted = dice.randrange(len(order))
    for batch in (numbered[:parted], numbered[parted:]):
        projection.follow(batch)
    return str(sorted(map(str, connection.execute("from delta.found").fetchall())))


SECRETARY, FIELD = Reader("secretary", ("342106",)), Reader("field", ("342106",))


def test_the_secretary_is_asked_about_what_a_meeting_decides_and_settles_it(w) -> None:
    one, other = (event("certification", "H1", certification=said, meeting="1/2565") for said in ("certified", "refused"))
    keep(one, other)
    assert queues(w, SECRETARY) == queues(w, HERE) == [("fork", "certification")] * 2
    with pytest.raises(NotAllowed):
        w.ask("review", reader=FIELD)
    said = said_in(other["id"], SECRETARY)
    settled = event("certification", "H1", base=[one["id"], other["id"]], on=said["occurred_on"], **said["body"])
    assert words([settled], HERE) == ["refused"] and words([settled], SECRETARY) == ["kept"]
    assert queues(w, SECRETARY) == [] and w.ask("household", household=w.ref("H1"))[0]["certification"] == "refused"


def test_a_row_of_the_board_says_that_it_is_contradicted_and_only_that_row(w) -> None:
    one, other = (event("plan_status", "H1", thing="plan/1", status=status) for status in ("planned", "in_progress"))
    assert [row["forked"] for row in w.ask("board")] == [False]
    keep(one, other, event("plan_new", "H1", aspect="skill", activity="ทำขนม"))
    assert {row["activity"]: row["forked"] for row in w.ask("board")} == {"สอนทอผ้า": True, "ทำขนม": False}
    heads = [row for row in w.ask("heads", household=w.ref("H1")) if row["forked"]]
    assert {row["said"] for row in heads} == {"planned", "in_progress"}
    keep(event("plan_status", "H1", thing="plan/1", base=[one["id"], other["id"]], status="in_progress"))
    assert not any(row["forked"] for row in w.ask("board"))

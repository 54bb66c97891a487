"""What may be recorded of a meeting: by whom, where and when; what is refused is said."""

import itertools
import random

import duckdb
import pytest

import definitions
from field.forms import forms
from journal import store
from journal.kinds import OF_OFFICE, STATES, kinds, of_meetings
from journal.project import Projection
from queries import DESK, Reader, build
from queries.record import record
from tests.journal.recorded import event, keep, words
from tests.meeting.held import AREA, DIGEST, UNTIL, closed, held, item, new_id, of, opened, outcome, prepared, steps
from tests.queries.planted import filled
from ui.record import record_panel

HOUSEHOLD = """
household_id | village_code | head_first_name | certification
H1           | 34210601     | สมชาย           | proposed
H2           | 34210602     | สมหญิง          | proposed
H3           | 34210101     | สมศรี           | proposed
"""
ROLES = {row["role"]: row for row in definitions.table("roles")}
OF_A_MEETING = [kind for kind in kinds().values() if kind.within]


@pytest.fixture
def w(warehouse):
    return warehouse(household=HOUSEHOLD)


def made(name: str, meeting: str, one: str) -> dict:
    """A good event of a kind, of a meeting or its item; a household of no area is left out."""
    kind = kinds()[name]
    fields = {field.name: filled(field) for field in kind.fields.values() if field.type != "household"}
    return of(meeting, name, item=one if kind.of == "item" else "", **fields)


@pytest.mark.parametrize("state", STATES)
def test_a_meeting_takes_a_kind_in_the_states_that_its_row_says(w, state: str) -> None:
    for kind in OF_A_MEETING:
        meeting, one = new_id(), new_id()
        keep(*steps(meeting, one)[: UNTIL[state]])
        (verdict,) = record([made(kind.name, meeting, new_id())], Reader("desk", ("TH",)), "x")
        assert (verdict["verdict"] == "kept") == (state in kind.within), (kind.name, verdict)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_record_of_a_meeting_is_said_by_his_role_and_area(w, role: str) -> None:
    """Said a second time, from roles.csv and events.csv alone."""
    of_areas = [kind for kind in kinds().values() if "area" in kind.about and kind.of not in OF_OFFICE]  # those: test_record.py
    for kind, (areas, inside) in itertools.product(
        of_areas, ((("342106",), True), (("3421",), True), (("TH",), True), (("34210601",), False), (("342101",), False))
    ):
        meeting, one = new_id(), new_id()
        before = steps(meeting, one)[: UNTIL[sorted(kind.within, key=STATES.index)[0] if kind.within else "open"]]
        keep(*before)
        if kind.of == "entry":
            sent = event("withdrawn", about=AREA, thing=before[1]["id"], reason="ผิด")
        elif kind.of == "action":
            (action,) = keep(outcome(meeting, one, told="ซ่อมถนน"))
            sent = event("action_status", about=AREA, thing=f"action/{action}", status="done")
        else:
            sent = made(kind.name, meeting, one)
        right = "decides" if kind.of == "entry" else kind.right  # what is taken back needs the right of what it was
        (verdict,) = record([sent], Reader(role, areas), "x")
        assert (verdict["verdict"] == "kept") == (inside and ROLES[role][right] == "yes"), (kind.name, areas, verdict)


def test_a_batch_that_prepares_opens_and_closes_is_taken_in_its_order_and_known_when_it_comes_again(w) -> None:
    meeting, one = new_id(), new_id()
    batch = [prepared(meeting), item(meeting, one), opened(meeting), outcome(meeting, one, told="x"), closed(meeting)]
    assert words(batch) == ["kept"] * 5 and words(batch) == ["known"] * 5
    assert words([outcome(meeting, one, told="สาย")]) == ["refused"]


def test_nobody_takes_over_a_meeting_of_another_area(w) -> None:
    meeting, _ = held()
    elsewhere = {"area": "342101"}
    assert words([of(meeting, "meeting_closed", about=elsewhere, minutes=DIGEST)], Reader("secretary", ("342101",))) == [
        "refused"
    ]
    assert words(
        [of(new_id(), "meeting_prepared", about={"area": "3499"}, serial="1", held_on="2022-01-01", convenes="x")]
    ) == ["refused"]
    assert words([of(new_id(), "meeting_prepared", about={"area": "34"}, serial="1", held_on="2022-01-01", convenes="x")]) == [
        "refused"
    ]
    assert [row["state"] for row in w.ask("meetings", meeting=meeting)] == ["open"]


def test_an_outcome_names_households_of_the_area_alone(w) -> None:
    meeting, one = held()
    assert words([outcome(meeting, one, told="x", household=w.ref(home)) for home in ("H1", "H3")]) == ["kept", "refused"]
    assert words([outcome(meeting, one, told="x", household="0" * 16)]) == ["refused"]


def test_a_mistake_is_withdrawn_while_the_meeting_is_open_and_never_after(w) -> None:
    meeting, one = held()
    first, second = keep(outcome(meeting, one, told="ผิด"), outcome(meeting, one, told="ถูก"))
    keep(event("withdrawn", about=AREA, thing=first, reason="จดผิด"))
    assert [row["told"] for row in w.ask("outcomes", meeting=meeting)] == ["ถูก"]
    (end,) = keep(closed(meeting))
    assert words([event("withdrawn", about=AREA, thing=second, reason="x")]) == ["refused"]
    keep(event("withdrawn", about=AREA, thing=end, reason="ปิดก่อนเวลา"))
    assert w.ask("meetings", meeting=meeting)[0]["state"] == "open"


def test_a_certification_of_a_meeting_is_made_while_it_is_open_and_stands_among_its_outcomes(w) -> None:
    meeting, _ = held(agenda="proposed")
    said = {"certification": "certified", "meeting": "1/2565"}

    def certified(home: str, result: str = "certified") -> dict:
        made = event("certification", home, on="2022-09-20", **said | {"certification": result})
        made["body"] |= {"reason": "บ้านนายสมชายมีรายได้พอ"} if result == "refused" else {}
        return made | {"meeting": meeting}

    assert words([certified("H1"), certified("H2", "refused"), certified("H3")]) == ["kept", "kept", "refused"]
    assert w.household("H1")["certification"] == "certified" and w.household("H2")["certification"] == "refused"
    assert sorted(row["outcome"] for row in w.ask("outcomes", meeting=meeting)) == ["certified", "refused"]
    keep(closed(meeting))
    assert words([certified("H2")]) == ["refused"]


def test_120_orders_of_arrival_make_one_meeting(w) -> None:
    meeting, one = new_id(), new_id()
    first = outcome(meeting, one, told="ซ่อมบ้าน", household=w.ref("H1"), owner="อบต.", due_date="2022-10-20")
    keep(prepared(meeting), item(meeting, one), opened(meeting), first)
    left, right = (
        event("action_status", "H1", thing=f"action/{first['id']}", status=s, on="2022-10-01") for s in ("done", "in_progress")
    )
    keep(left, right)
    entries = store.store(w.folder).after(0)
    path = w.folder / "warehouse" / f"{build().id}.duckdb"
    dice = random.Random(1)
    orders = dice.sample(list(itertools.permutations(entries)), 120)
    assert len({projected(path, order, dice.randrange(len(order))) for order in orders}) == 1


def projected(path, order, parted: int) -> str:
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as warehouse (read_only)")
    connection.execute(definitions.script("masks"))
    projection = Projection(connection)
    numbered = [entry | {"seq": place} for place, entry in enumerate(order, 1)]
    for batch in (numbered[:parted], numbered[parted:]):
        projection.follow(batch)
    tables = ["meeting", "agenda", "outcome", "minutes_note", "record"]
    return str([sorted(map(str, connection.execute(f"from delta.{table}").fetchall())) for table in tables])


def test_two_states_of_an_action_that_know_nothing_of_each_other_are_shown_and_count_for_neither(w) -> None:
    meeting, one = held()
    (action,) = keep(outcome(meeting, one, told="x"))
    thing = f"action/{action}"
    done, planned = keep(*(event("action_status", about=AREA, thing=thing, status=s) for s in ("done", "in_progress")))
    (row,) = w.ask("outcomes", meeting=meeting)
    assert (row["status"], row["forked"]) == ("planned", False) or row["forked"]
    keep(event("action_status", about=AREA, thing=thing, status="done", base=[done, planned]))
    assert w.ask("outcomes", meeting=meeting)[0]["status"] == "done"


def test_actions_stand_on_the_board_at_once_and_are_carried_to_the_next_meeting_until_they_are_done(w) -> None:
    meeting, one = held()
    of_home = outcome(meeting, one, told="ซ่อมหลังคา", household=w.ref("H1"), owner="อบต.", due_date="2022-09-25")
    of_area = outcome(meeting, one, told="สำรวจใหม่", owner="พัฒนาการอำเภอ", due_date="2022-10-25")
    keep(of_home, of_area)
    assert [(r["kind"], r["activity"], r["owner"]) for r in w.ask("board", sort="due")] == [
        ("action", "ซ่อมหลังคา", "อบต."), ("action", "สำรวจใหม่", "พัฒนาการอำเภอ")
    ]  # fmt: skip
    keep(closed(meeting))
    then, _ = held("2/2565", "2022-10-20")
    carried = w.ask("carried", meeting=then)
    assert [(r["told"], r["status"], r["overdue"]) for r in carried] == [
        ("ซ่อมหลังคา", "planned", True), ("สำรวจใหม่", "planned", False)
    ]  # fmt: skip
    keep(event("action_status", "H1", thing=f"action/{of_home['id']}", status="done", on="2022-10-19"))
    assert [r["status"] for r in w.ask("carried", meeting=then)] == ["planned", "done"]
    assert [r["activity"] for r in w.ask("board", sort="due")] == ["สำรวจใหม่"]
    assert w.ask("meetings", meeting=then)[0]["before"] == meeting


def test_who_covers_a_part_of_the_area_sees_the_actions_of_his_households_and_nothing_else_of_the_meeting(w) -> None:
    meeting, one = held()
    keep(outcome(meeting, one, told="ซ่อมหลังคา", household=w.ref("H1")), outcome(meeting, one, told="ลับ"))
    village = Reader("field", ("34210601",))
    for question in ("meetings", "meeting", "outcomes", "carried"):
        assert w.ask(question, reader=village) == []
    assert [row["activity"] for row in w.ask("board", reader=village, sort="due")] == ["ซ่อมหลังคา"]


def test_what_somebody_wrote_of_a_household_does_not_name_it_to_the_committee(w) -> None:
    meeting, one = held()
    keep(outcome(meeting, one, told="สมชายขอรับถุงยังชีพ", household=w.ref("H1"), owner="นายประเสริฐ ใจดี"))
    (row,) = w.ask("outcomes", reader=Reader("committee", ("342106",)), meeting=meeting)
    assert "สมชาย" not in str(row) and "ประเสริฐ" not in str(row)


def test_corrections_of_minutes_are_entries_of_their_own(w) -> None:
    meeting, _ = held()
    keep(closed(meeting), of(meeting, "minutes_correction", correction="วาระที่ 2 ให้แก้เป็น 3 ครัวเรือน"))
    later, _ = held("2/2565", "2022-10-20")
    keep(of(meeting, "meeting_adopted", adopted_in=later))
    (row,) = w.ask("meetings", meeting=meeting)
    assert (row["state"], row["adopted_in"]) == ("adopted", later)
    assert [r["correction"] for r in w.ask("minutes_corrections", meeting=meeting)] == ["วาระที่ 2 ให้แก้เป็น 3 ครัวเรือน"]


def test_the_field_page_and_a_household_s_form_offer_nothing_of_a_meeting() -> None:
    assert not of_meetings() & {kind["kind"] for kind in forms(DESK)["kinds"]}
    assert not of_meetings() & {kind.name for kind in record_panel.offered(DESK)}


def test_ids_of_a_meeting_that_look_like_numbers_of_a_person_are_told_as_they_are(w) -> None:
    """A UUID may hold thirteen digits in a row, or what looks like a telephone: it is no text that a mask may change."""
    meeting, one = "08123456-7890-4123-8567-890123456789", "01234567-8901-4234-8678-901234567890"
    keep(prepared(meeting), item(meeting, one), opened(meeting), outcome(meeting, one, told="x"))
    for role in ("desk", "secretary", "committee"):
        reader = Reader(role, ("342106",))
        assert [(r["meeting_id"], r["item_id"]) for r in w.ask("outcomes", reader=reader)] == [(meeting, one)]
        assert [r["meeting_id"] for r in w.ask("meetings", reader=reader)] == [meeting]

"""A prepared meeting is edited by entries: what they say now counts, what they said stays, and opening it ends that."""

import itertools
import json

import pytest

from journal.store import store
from queries import DESK
from queries.deck import facts
from queries.record import record
from tests.journal.recorded import keep, words
from tests.meeting.held import AREA, closed, item, new_id, opened, prepared

HOUSEHOLD = "household_id | village_code | certification\nH1 | 34210601 | proposed"


@pytest.fixture
def w(warehouse):
    return warehouse(household=HOUSEHOLD)


def agenda(w, meeting: str) -> list[tuple[str, str | None]]:
    """The items in their order, as the meeting sees them."""
    told = facts(meeting, AREA["area"])["items"]
    assert [one["item"] for one in told] == [row["item_id"] for row in w.ask("meeting", meeting=meeting)]
    return [(one["agenda"], one["subject"]) for one in told]


def head(w, meeting: str, id_: str) -> str:
    """The entry that says how an item is now."""
    return next(row["entry"] for row in w.ask("meeting", meeting=meeting) if row["item_id"] == id_)


def test_day_place_and_who_is_invited_change_and_what_was_said_stays(w) -> None:
    meeting = new_id()
    keep(prepared(meeting, venue="ห้องประชุม 1", invited="นายอำเภอ"))
    (row,) = w.ask("meetings", meeting=meeting)
    keep(prepared(meeting, on="2022-09-27", venue="ห้องประชุม 2", base=[row["entry"]]))
    (now,) = w.ask("meetings", meeting=meeting)
    assert (str(now["held_on"])[:10], now["venue"], now["invited"], now["state"]) == (
        "2022-09-27",
        "ห้องประชุม 2",
        None,
        "prepared",
    )
    assert not now["forked"] and store(w.folder).position() == 2


def test_items_change_places_are_worded_anew_and_come_off(w) -> None:
    meeting, one, two, three = (new_id() for _ in range(4))
    keep(
        prepared(meeting), item(meeting, one, "informed", 1), item(meeting, two, "carried", 2), item(meeting, three, "other", 3)
    )
    keep(
        item(meeting, one, "informed", 2, base=[head(w, meeting, one)]),
        item(meeting, two, "carried", 1, base=[head(w, meeting, two)]),
    )
    assert [kind for kind, _ in agenda(w, meeting)] == ["carried", "informed", "other"]
    keep(item(meeting, three, "other", 3, subject="รถรับส่ง", base=[head(w, meeting, three)]))
    assert agenda(w, meeting)[2] == ("other", "รถรับส่ง")
    keep(item(meeting, one, "informed", 2, removed="yes", base=[head(w, meeting, one)]))
    assert [kind for kind, _ in agenda(w, meeting)] == ["carried", "other"]
    assert not any(row["forked"] for row in w.ask("meeting", meeting=meeting))


def test_two_who_edit_one_item_at_once_are_a_fork_that_is_said(w) -> None:
    meeting, one = new_id(), new_id()
    keep(prepared(meeting), item(meeting, one, "other", 1))
    base = [head(w, meeting, one)]
    keep(item(meeting, one, "other", 1, subject="ก", base=base), item(meeting, one, "other", 1, subject="ข", base=base))
    (row,) = w.ask("meeting", meeting=meeting)
    assert row["forked"]


def test_the_order_in_which_edits_arrive_means_nothing(w) -> None:
    orders = set()
    for arrival in itertools.permutations(range(3)):
        meeting, one = new_id(), new_id()
        first = item(meeting, one, "other", 1, subject="ก")
        second = item(meeting, one, "other", 1, subject="ข", base=[first["id"]])
        third = item(meeting, one, "other", 1, subject="ค", base=[second["id"]])
        keep(prepared(meeting))
        for place in arrival:
            assert words([[first, second, third][place]]) in (["kept"], ["held"])  # what comes too early waits
        orders.add(json.dumps(agenda(w, meeting), ensure_ascii=False))
    assert orders == {json.dumps([("other", "ค")], ensure_ascii=False)}


def test_an_open_meeting_keeps_its_day_and_a_closed_one_its_agenda(w) -> None:
    meeting, one = new_id(), new_id()
    keep(prepared(meeting), item(meeting, one), opened(meeting))
    (row,) = w.ask("meetings", meeting=meeting)
    (verdict,) = record([prepared(meeting, on="2022-09-28", base=[row["entry"]])], DESK, "x")
    assert verdict["verdict"] == "refused"
    keep(closed(meeting))
    (verdict,) = record([item(meeting, one, removed="yes", base=[head(w, meeting, one)])], DESK, "x")
    assert verdict["verdict"] == "refused"

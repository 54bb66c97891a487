"""Entries whose household is not certain, on the review page: who it may be is offered, and a tap says which."""

import pytest

from journal import store
from queries.waiting import candidates, unattached
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep
from tests.journal.test_attach import HERE, HOUSEHOLD, PERSON, SWAPPED, THERE, notes
from tests.ui.test_pages import opened
from tests.ui.test_promises import labelled


@pytest.fixture
def w(warehouse) -> Warehouse:
    """A register in which two numbers were swapped since something was recorded."""
    warehouse(household=HOUSEHOLD, person=PERSON)
    keep(event("note", "A1", note="ของสมชาย"), event("note", "A1", note="อีกเรื่อง"), event("note", "A2", note="ของมานี"))
    return warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))


def test_the_household_of_the_head_comes_first_and_a_tap_settles_all_of_the_family(w: Warehouse) -> None:
    app = opened("review")
    assert not app.exception and len(labelled(app, "This household")) == 4  # two families, two households each
    labelled(app, "This household")[0].click().run()
    assert not app.exception and notes(w, "A2") == ["ของสมชาย", "อีกเรื่อง"]
    (word,) = [entry for entry in store.store(w.folder).after(0) if entry["kind"] == "same_household"]
    assert word["household_id"] == "A2" and len(labelled(app, "This household")) == 2
    assert [entry["household_id"] for entry in unattached(HERE)] == ["A2"]


def test_any_household_of_the_village_can_be_chosen(w: Warehouse) -> None:
    app = opened("review")
    others = next(box for box in app.selectbox if (box.key or "").startswith("another_"))
    assert any("ปิติ" in name for name in others.options) and len(others.options) == 3
    others.set_value(w.ref("A3")).run()
    labelled(app, "This household")[2].click().run()
    assert not app.exception and notes(w, "A3") == ["ของสมชาย", "อีกเรื่อง"]


def test_what_is_none_of_them_leaves_the_list_and_can_be_looked_at_again(w: Warehouse) -> None:
    app = opened("review")
    labelled(app, "Not any of these")[0].click().run()
    assert not app.exception and len(labelled(app, "Not any of these")) == 1 and len(labelled(app, "Look again")) == 2


def test_candidates_are_those_of_the_reader_s_areas(w: Warehouse) -> None:
    (first, *_) = unattached(HERE)
    assert candidates(first["id"], HERE) == [w.ref("A2"), w.ref("A1")]
    assert candidates(first["id"], THERE) == [] and candidates("nobody", HERE) == []


TWICE = """
household_id | village_code | head_first_name | head_last_name | head_citizen_id | house_no
A1           | 34210601     | สมชาย           | ใจดี           | 1000041187812   | 1
A2           | 34210601     | สมชาย           | ใจดี           | 1000041187812   | 2
"""


def test_two_households_that_look_like_one_are_said_to_be_one_once(warehouse) -> None:
    w = warehouse(household=TWICE)
    keep(event("note", "A1", note="หนึ่ง"), event("note", "A2", note="สอง"))
    app = opened("duplicates")
    labelled(app, "One household")[0].click().run()
    assert not app.exception and not labelled(app, "One household")
    assert (notes(w, "A1"), notes(w, "A2")) == (["หนึ่ง"], ["สอง"])
    later = warehouse(household="\n".join(line for line in TWICE.splitlines() if not line.startswith("A2")))
    assert notes(later, "A1") == ["สอง", "หนึ่ง"] and unattached(HERE) == []

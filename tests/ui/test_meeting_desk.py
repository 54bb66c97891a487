"""The secretary's desk while another screen turns the deck: what was tapped for an item is recorded for that item, and nothing is turned back."""

import pytest

from journal import deck, frozen
from queries.deck import facts, packed
from tests.drawn import Warehouse
from tests.journal.recorded import keep
from tests.meeting.held import AREA, item, new_id, of, prepared
from tests.ui.test_pages import opened, panels
from ui.meeting.slides import STRIDE

HOUSEHOLD = "household_id | village_code | certification | head_first_name\nH1 | 34210601 | proposed | สมชาย"


@pytest.fixture
def held(warehouse) -> tuple[Warehouse, str, list[str]]:
    """A meeting that is open, with three items to be decided."""
    w = warehouse(household=HOUSEHOLD)
    meeting, ids = new_id(), [new_id() for _ in range(3)]
    keep(
        prepared(meeting),
        *(item(meeting, id_, "considered", place, subject=f"เรื่อง {place}") for place, id_ in enumerate(ids, 1)),
    )
    keep(of(meeting, "meeting_opened", frozen=frozen.keep(w.folder, packed(facts(meeting, AREA["area"])))))
    return w, meeting, ids


def test_a_tap_that_was_on_its_way_when_the_screen_followed_is_not_lost(held) -> None:
    w, meeting, ids = held
    deck.turn(w.folder, meeting, STRIDE)
    app = opened("meeting", year="2565", of=meeting)
    app.text_input(key=f"outcome_{ids[0]}_0_told").input("มติของเรื่อง 1")
    deck.turn(w.folder, meeting, 2 * STRIDE)  # the wall's key
    app.run()  # this screen follows
    assert "เรื่อง 2" in panels(app)
    app.button(key=f"outcome_{ids[0]}_0_save").click().run()
    assert not app.exception
    (row,) = w.ask("outcomes", meeting=meeting)
    assert (row["item_id"], row["told"]) == (ids[0], "มติของเรื่อง 1")


def test_a_screen_that_lags_behind_turns_nothing_back(held) -> None:
    w, meeting, _ = held
    app = opened("meeting", year="2565", of=meeting)
    app.button(key="deck_item_1").click().run()
    assert deck.slide(w.folder, meeting) == STRIDE
    deck.turn(w.folder, meeting, 3 * STRIDE)
    app.button(key="deck_item_2").click().run()  # tapped before this screen followed
    assert deck.slide(w.folder, meeting) == 2 * STRIDE
    deck.turn(w.folder, meeting, 3 * STRIDE)
    app.run()
    assert deck.slide(w.folder, meeting) == 3 * STRIDE and "เรื่อง 3" in panels(app)


def test_a_prepared_meeting_is_edited_on_its_page(warehouse) -> None:
    w = warehouse(household=HOUSEHOLD)
    meeting, one, two = (new_id() for _ in range(3))
    keep(prepared(meeting, venue="ห้อง 1"), item(meeting, one, "informed", 1), item(meeting, two, "other", 2))

    def tap(app, key: str):
        next(button for button in app.button if button.key and button.key.endswith(key)).click().run()
        assert not app.exception
        return app

    def items() -> list[str]:
        return [row["agenda"] for row in w.ask("meeting", meeting=meeting)]

    app = opened("meeting", year="2565", of=meeting)
    next(field for field in app.text_input if (field.key or "").endswith("_venue")).input("ห้อง 2")
    tap(app, next(b.key for b in app.button if b.key.startswith("edit_")))
    assert w.ask("meetings", meeting=meeting)[0]["venue"] == "ห้อง 2"
    tap(app, next(b.key for b in app.button if b.key.startswith(f"agenda_{one}") and b.key.endswith("_down")))
    assert items() == ["other", "informed"]
    tap(app, next(b.key for b in app.button if b.key.startswith(f"agenda_{one}") and b.key.endswith("_up")))
    assert items() == ["informed", "other"]
    tap(app, next(b.key for b in app.button if b.key.startswith(f"agenda_{two}") and b.key.endswith("_off")))
    assert items() == ["informed"]

"""While the journal cannot be reached the pages read on and say so; a form says that nothing was kept, and keeps what was filled in."""

import pytest
from streamlit.testing.v1 import AppTest

from journal import store
from queries import reach
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep
from tests.ui.test_pages import opened, panels
from ui.i18n import t

BASE = {"household": "household_id | village_code | head_first_name\nH1 | 34210601 | สมชาย"}


@pytest.fixture
def w(warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setattr(reach, "_reading_on", False)  # the frame says that it does; the next test is no server
    return warehouse(**BASE)


@pytest.fixture
def away(w: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A journal with a note in it that was read, and then its disk was gone."""
    keep(event("note", "H1", note="อ่านได้ก่อน"))
    assert w.ask("timeline", household=w.ref("H1"))

    def gone(*_: object) -> None:
        raise OSError("disk I/O error")

    for name in ("position", "after", "known", "take", "differing"):
        monkeypatch.setattr(store.Store, name, gone)
    return w


def warned(app: AppTest) -> bool:
    return any("ติดต่อสมุดบันทึกไม่ได้" in said.value for said in app.warning)


def test_pages_read_on_with_what_they_hold_and_say_since_when_something_may_be_missing(away: Warehouse) -> None:
    app = opened("household", year="2565", household=away.ref("H1"))
    assert not app.exception and warned(app) and "อ่านได้ก่อน" in panels(app)
    assert any("ตั้งแต่" in said.value for said in app.warning)


def test_no_page_warns_while_all_is_well(w: Warehouse) -> None:
    keep(event("note", "H1", note="x"))
    assert not warned(opened("overview", year="2565"))


def test_a_form_says_that_nothing_was_kept_and_keeps_what_was_filled_in(away: Warehouse) -> None:
    app = opened("household", year="2565", household=away.ref("H1"))
    next(group for group in app.button_group if group.key == "record_kind").set_value("note").run()
    next(field for field in app.text_area if (field.key or "").endswith("_note")).set_value("ฝนตก").run()
    next(button for button in app.button if (button.key or "").endswith("_save")).click().run()
    assert not app.exception and any(said.value.startswith("ยังไม่ได้บันทึก") for said in app.error)
    assert next(field for field in app.text_area if (field.key or "").endswith("_note")).value == "ฝนตก"


def test_the_review_claims_nothing_and_no_file_is_made(away: Warehouse) -> None:
    app = opened("review")
    assert not app.exception and [said.value for said in app.info] == [
        t("What waits cannot be listed until the journal can be reached again.", "th")
    ]
    app = opened("report", year="2565")
    assert not app.exception
    assert t("No file is made while the journal cannot be reached: it would lack what was recorded.", "th") in [
        said.value for said in app.info
    ]

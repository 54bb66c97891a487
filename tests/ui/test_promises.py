"""The promise board and the review on the screen: a tap records on the right base, once; nothing is offered to who may not."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from journal import place, store
from queries import DESK, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep
from tests.ui.test_pages import opened, panels
from ui.export import board_file
from ui.i18n import t
from ui.view import labels, promise_text

BASE = {
    "household": "household_id | village_code | certification | head_first_name | house_no\nH1 | 34210601 | certified | สมชาย | 99/8",
    "plan": "household_id | item_no | aspect | activity | owner | due_date | status\n"
    "H1 | 1 | skill | สอนทอผ้าให้สมชาย | กศน.โพธิ์ไทร | 2022-08-31 | planned\nH1 | 2 | resource | ขอเตียง | อบต. | 2022-10-31 | planned",
    "step": "household_id | step | started_date | due_date\nH1 | 2 | 2022-09-15 | 2022-12-30",
    "village": "village_code | village_name\n34210601 | บ้านหนึ่ง",
}  # fmt: skip


@pytest.fixture
def w(warehouse) -> Warehouse:
    return warehouse(**BASE)


@pytest.fixture
def board(w: Warehouse) -> Iterator[AppTest]:
    yield opened("promises", year="2565")


def labelled(app: AppTest, label: str) -> list:
    return [button for button in app.button if button.label == t(label, "th")]


def pick_and_save(app: AppTest, status: str) -> None:
    """Choose a state in the form that is open, and record it."""
    next(group for group in app.button_group if (group.key or "").endswith("_status")).set_value(status).run()
    next(button for button in labelled(app, "Record") if button.key.endswith("_save")).click().run()


def entries(w: Warehouse) -> list[dict]:
    return store.store(w.folder).after(0) if place.exists(w.folder) else []


def test_each_row_says_what_who_when_and_where(board: AppTest) -> None:
    shown = panels(board)
    for words in ("สอนทอผ้าให้สมชาย", "กศน.โพธิ์ไทร", "ช้า 15 วัน", "บ้านหนึ่ง", "household?"):
        assert words in shown, words
    assert "รับปากแล้วยังไม่เสร็จ 3 เรื่อง เกินกำหนด 1 เรื่อง" in re.sub("<[^>]+>", "", shown)


def test_a_new_state_is_a_tap_and_a_choice_away_and_is_recorded_once_on_what_was_seen(w: Warehouse, board: AppTest) -> None:
    (before,) = keep(event("plan_status", "H1", thing="plan/1", status="planned", on="2022-09-15"))
    board.run()
    labelled(board, "Record")[0].click().run()
    pick_and_save(board, "done")
    assert not board.exception
    made = entries(w)[1:]
    assert [(e["kind"], e["thing"], e["base"]) for e in made] == [("plan_status", "plan/1", f'["{before}"]')]
    assert "สอนทอผ้าให้สมชาย" not in panels(board)
    assert any("บันทึกแล้ว" in said.value for said in board.success)


def test_what_came_in_while_the_form_was_open_is_not_overwritten_but_a_fork(w: Warehouse, board: AppTest) -> None:
    labelled(board, "Record")[0].click().run()
    keep(event("plan_status", "H1", thing="plan/1", status="in_progress", on="2022-09-15"))
    pick_and_save(board, "done")
    assert [row["queue"] for row in w.ask("review")] == ["fork", "fork"]


def test_the_committee_sees_the_board_without_a_form_a_file_or_a_name(w: Warehouse) -> None:
    app = opened("promises", year="2565", meeting="1")
    assert "สอนทอผ้าให้ส…" in panels(app) and "สมชาย" not in panels(app)
    assert not labelled(app, "Record") and not labelled(app, "This board as CSV")


def test_the_text_for_line_names_nobody(w: Warehouse, board: AppTest) -> None:
    board.selectbox(key="board_owner").set_value("กศน.โพธิ์ไทร").run()
    text = next(element.proto.body for element in board.get("html") if 'class="copy"' in element.proto.body)
    assert "กศน.โพธิ์ไทร" in text and "สอนทอผ้าให้ส…" in text and "ช้า 15 วัน" in text
    assert not [word for word in ("สมชาย", "99/8", w.ref("H1")) if word in text]
    assert "ขอเตียง" not in panels(board)


def test_the_file_has_every_row_and_says_so_in_the_log(w: Warehouse, board: AppTest) -> None:
    labelled(board, "This board as CSV")[0].click().run()
    assert not board.exception and board.get("download_button")
    content = board_file.csv(ask("board", Filters(), DESK, limit=50)).decode("utf-8-sig").splitlines()
    assert len(content) == 4 and content[0].count('","') == len(board_file.headings()) - 1 and "สมชาย" in content[1]


def test_no_plan_kept_is_never_nothing_promised(warehouse) -> None:
    warehouse(household="household_id | certification\nH1 | certified")
    assert [i.value for i in opened("promises", year="2565").info] == [
        t("Plans, steps and needs are not kept here: nobody can tell who has promised what.", "th")
    ]


def test_a_month_and_a_need_are_said_in_words() -> None:
    assert labels.month("2022-09") == "กันยายน 2565"
    need = {"kind": "need", "item": "ปูนซีเมนต์", "short": 30.0, "unit": "ถุง"}
    assert promise_text.what(need) == "ปูนซีเมนต์ ยังขาด 30 ถุง"


def test_a_fork_is_settled_by_a_tap_on_both_ids(w: Warehouse) -> None:
    nothing = t("Nothing waits: no entry contradicts another, waits for something or has to be dealt with.", "th")
    assert nothing in [said.value for said in opened("review").info]
    ids = keep(*(event("plan_status", "H1", thing="plan/1", status=s) for s in ("done", "in_progress")))
    app = opened("review")
    labelled(app, "This one stands")[0].click().run()
    assert not app.exception and not labelled(app, "This one stands")
    last = entries(w)[-1]
    assert (last["kind"], last["thing"], last["body"]) == ("plan_status", "plan/1", '{"status":"done"}')
    assert last["base"] == '["' + '","'.join(sorted(ids)) + '"]' and w.ask("review") == []
    assert [said.value.split(":")[0] for said in app.subheader[1:]] == [
        t("Recorded and in no register yet", "th"), t("Record and register differ", "th"),
    ]  # fmt: skip


def test_of_two_that_are_one_the_one_that_is_taken_back_goes(w: Warehouse) -> None:
    keep(*(event("visit", "H1", finding="x") for _ in range(2)))
    app = opened("review")
    labelled(app, "Take this one back")[1].click().run()
    assert not app.exception and entries(w)[-1]["kind"] == "withdrawn" and w.ask("review") == []


def test_what_was_dealt_with_leaves_the_list_and_can_be_looked_at_again(w: Warehouse) -> None:
    keep(event("correction", "H1", correction="ผิด"), event("found", about={"village": "34210601"}, lacks=["health"]))
    app = opened("review")
    for _ in range(2):
        labelled(app, "Dealt with")[0].click().run()
    assert not app.exception and not labelled(app, "Dealt with") and len(labelled(app, "Look again")) == 2
    labelled(app, "Look again")[0].click().run()
    assert len(labelled(app, "Dealt with")) == 1


def test_what_is_contradicted_is_marked_on_the_board_and_at_the_household_with_both_sides_and_the_way(w: Warehouse) -> None:
    keep(*(event("plan_status", "H1", thing="plan/1", status=s) for s in ("planned", "in_progress")))
    for page in ("promises", "household"):
        for meeting in ({}, {"meeting": "1"}):
            app = opened(page, year="2565", household=w.ref("H1"), **meeting)
            assert not app.exception
            shown = panels(app) + "".join(element.proto.body for element in app.get("html"))
            assert t("still contradicting", "th") in shown and "“วางแผนแล้ว" in shown and "“กำลังดำเนินการ" in shown
            assert ('href="review?' in shown) != bool(meeting)
            assert ("ผู้ชี้ขาด: เจ้าหน้าที่ข้อมูล, เลขานุการที่ประชุม" in shown) == bool(meeting)
    ids = [entry["id"] for entry in entries(w)]
    keep(event("plan_status", "H1", thing="plan/1", status="planned", base=ids))
    app = opened("promises", year="2565")
    assert t("still contradicting", "th") not in panels(app) + "".join(element.proto.body for element in app.get("html"))


def test_of_what_a_meeting_decides_the_data_officer_is_told_who_settles_it(w: Warehouse, monkeypatch) -> None:
    keep(*(event("certification", "H1", certification=said, meeting="1/2565") for said in ("certified", "refused")))
    for role, may in (("data_officer", False), ("secretary", True)):
        monkeypatch.setattr("ui.auth.identity.DESK", Reader(role, ("TH",)))
        app = opened("review")
        assert not app.exception and bool(labelled(app, "This one stands")) == may
        assert any(said.value == "ผู้ชี้ขาด: เลขานุการที่ประชุม" for said in app.caption) != may
    labelled(app, "This one stands")[0].click().run()
    assert not app.exception and len(entries(w)) == 3 and w.ask("review") == []


def test_whoever_does_not_load_does_not_open_the_review(w: Warehouse) -> None:
    assert opened("review", meeting="1").subheader[0].value == t("This page is not for your role", "th")
    field = Reader("field", ("TH",))
    assert not field.may("loads") and not field.may("decides")


def test_a_need_that_is_recorded_anew_takes_the_place_of_the_one_before(w: Warehouse) -> None:
    """What it is of follows from its words, which are typed into the form that names what was seen."""
    keep(event("need", "H1", item="ปูนซีเมนต์", quantity=10, unit="ถุง"))
    app = opened("household", household=w.ref("H1"))
    next(group for group in app.button_group if group.key == "record_kind").set_value("need").run()
    for name, value in (("item", "ปูนซีเมนต์"), ("unit", "ถุง")):
        next(field for field in app.text_input if (field.key or "").endswith(f"_{name}")).set_value(value).run()
    app.number_input[0].set_value(12).run()
    next(button for button in labelled(app, "Record") if button.key.endswith("_save")).click().run()
    assert not app.exception and len(entries(w)) == 2 and w.ask("review") == []
    assert [row["needed"] for row in w.ask("shortages", household=w.ref("H1"))] == [12]

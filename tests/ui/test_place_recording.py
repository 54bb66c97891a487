"""What is recorded at the desk on the pages of the programmes: by whom, shown at once, taken back, listed on the review page and filed."""

import json

from queries import DESK, Filters, ask, deck
from tests.drawn import Warehouse, records
from tests.journal.recorded import keep
from tests.meeting.held import item, new_id, prepared
from tests.queries.test_debt_recording import ONE, left, step
from tests.queries.test_debts import built as funds
from tests.queries.test_debts import code
from tests.queries.test_learning import built as office
from tests.queries.test_learning_recording import MET, PATHS, STAFF, board, met
from tests.ui.test_pages import opened, panels


def tapped(app, ending: str, value: str) -> None:
    next(group for group in app.button_group if (group.key or "").endswith(ending)).set_value(value).run()


def villages(tmp_path, monkeypatch) -> Warehouse:
    w = funds(tmp_path, [ONE, ONE | {"problem": None, "repaid": []}])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    return w


def test_a_repayment_is_recorded_in_its_village_counts_and_is_taken_back(tmp_path, monkeypatch) -> None:
    w = villages(tmp_path, monkeypatch)
    app = opened("debts", on="today", lang="en")
    app.selectbox(key="debt_step_0_of").select(code(1)).run()
    assert not [field for field in app.number_input if field.key == "debt_step_0_action_amount"]  # nothing picked yet
    tapped(app, "_action_kind", "repaid")
    app.number_input(key="debt_step_0_action_amount").set_value(150).run()
    app.text_input(key="debt_step_0_action_result").input("คืนเงินสด").run()
    app.button(key="debt_step_0_save").click().run()
    assert not app.exception and "Recorded: what was done in a village" in [shown.value for shown in app.success]
    assert left(w) == (250, 0, 350) and "คืนเงินสด" in panels(app) and "✎ recorded" in panels(app)
    (entry,) = (row["entry"] for row in w.ask("debt_actions") if row["entry"])
    app.selectbox(key="debt_step_back_0_which").select(entry).run()
    app.text_input(key="debt_step_back_0_why").input("ผิดหมู่บ้าน").run()
    app.button(key="debt_step_back_0_save").click().run()
    assert not app.exception and left(w) == (100, 0, 500) and "คืนเงินสด" not in panels(app)


def test_without_its_amount_a_repayment_is_refused_in_words_and_stays_in_the_form(tmp_path, monkeypatch) -> None:
    w = villages(tmp_path, monkeypatch)
    app = opened("debts")
    app.selectbox(key="debt_step_0_of").select(code(1)).run()
    tapped(app, "_action_kind", "repaid")
    app.button(key="debt_step_0_save").click().run()
    assert not app.exception and "ต้องกรอก “จำนวนเงินที่รับคืน”" in [shown.value for shown in app.error]
    assert left(w) == (100, 0, 500) and app.selectbox(key="debt_step_0_of").value == code(1)


def test_the_committee_has_no_form(tmp_path, monkeypatch) -> None:
    villages(tmp_path, monkeypatch)
    app = opened("debts", meeting="1")
    assert not [box for box in app.selectbox if box.key == "debt_step_0_of"]


def test_a_step_of_the_learning_path_is_recorded_with_who_taught_and_is_corrected(tmp_path, monkeypatch) -> None:
    w = office(tmp_path, staff=STAFF, learning_path=PATHS, learning_meeting=MET, lesson="lesson_no\n1.1")
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    app = opened("learning", lang="en")
    for number, reached in enumerate(("learn", "use")):  # the second names the first as seen
        app.selectbox(key=f"learning_step_{number}_of").select("2").run()
        tapped(app, f"learning_step_{number}_learning_step", reached)
        (teachers,) = (box for box in app.selectbox if (box.key or "").startswith(f"learning_step_{number}_teacher"))
        assert len(teachers.options) == 2  # nobody is the own teacher
        teachers.select("1").run()
        app.button(key=f"learning_step_{number}_save").click().run()
        assert not app.exception and "Recorded: a step on the learning path" in [shown.value for shown in app.success]
    assert board(w) == {"1": "want", "2": "use"}
    assert [(row["teacher"], row["learner"]) for row in w.ask("learning_taught") if row["met_date"].year > 2022] == [("1", "2")]
    assert [row["filing"] for row in w.ask("place_entries", kind="learning_step")] == ["ready"]


def test_the_review_page_lists_what_is_in_no_register_and_offers_the_file(tmp_path, monkeypatch) -> None:
    villages(tmp_path, monkeypatch)
    keep(step(1, "repaid", 10, 150))
    app = opened("review", lang="en")
    said = "\n".join(element.value for element in [*app.subheader, *app.markdown, *app.caption])
    assert (
        "Of funds, debts, the office and forums, and in no register yet" in said and "Ready for the registers: 1 of 1" in said
    )
    assert "150" in said and [button for button in app.button if button.key == "make_xlsx"]
    (row,) = records(ask("place_entries", Filters(), DESK, limit=5))
    assert (row["amount"], row["code"], row["filing"]) == (150, code(1), "ready")


LENT = {  # a household of the poverty register that borrowed from its village's fund
    "household": f"household_id | village_code\nH1 | {code(1)}",
    "debt_fund": f"village_code\n{code(1)}",
    "debt_problem": f"village_code | amount_to_follow\n{code(1)} | 600",
    "debt_loan": f"village_code | debtor_household_id | loan_amount\n{code(1)} | H1 | 400",
    "debt_action": f"village_code | action_date\n{code(1)} | 2022-01-02",
}


def test_a_debtors_page_says_what_was_done_about_the_fund_last_recorded_or_of_the_register(warehouse) -> None:
    lent = LENT | {"household": LENT["household"] + f"\nH2 | {code(1)}"}
    w = warehouse(**lent)
    assert "last done about the fund" in panels(opened("household", lang="en", household=w.ref("H1")))
    keep(step(1, "repaid", 10, 150))
    shown = panels(opened("household", lang="en", household=w.ref("H1")))
    assert "Repayment, 11 Jan 2565" in shown and "150 baht" in shown and "✎ recorded" in shown
    assert "last done about the fund" not in panels(opened("household", lang="en", household=w.ref("H2")))


def test_the_agenda_of_a_meeting_shows_what_was_recorded(warehouse) -> None:
    warehouse(**LENT, learning_path="path_no | learner\n1 | 1", staff="staff_no\n1\n2")
    meeting, one, other = new_id(), new_id(), new_id()
    of = {"about": {"area": "3421"}}
    keep(prepared(meeting, **of), item(meeting, one, "village_funds", 1, **of), item(meeting, other, "learning", 2, **of))
    before = deck.facts(meeting, "3421", False)["items"]
    keep(step(1, "repaid", 10, 150), met("1", "teach", 20, "2"))
    after = deck.facts(meeting, "3421", False)["items"]
    assert "600" in json.dumps(before) and "450" not in json.dumps(before)
    figures, villages = after[0]["parts"]
    assert figures["rows"][0]["still_to_follow"] == villages["rows"][0]["still_to_follow"] == 450

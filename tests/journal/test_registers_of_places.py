"""What is recorded of funds, debts, offices and forums goes back as rows of their registers, and in again: no number changes, none twice."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import DESK, Filters, Reader
from queries.register_file import NothingToWrite, write
from queries.rights import NotAllowed
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep
from tests.journal.test_projection import built_of
from tests.journal.test_registers import differences, edited, exported, sheets, taken_in
from tests.queries.test_sufficiency import ITEMS, new_forum, scored

VILLAGE, OTHER = "34210601", "34210602"
SCORES = "\n".join(f"{VILLAGE} | {item} | {'main' if item <= 10 else 'other'} | {int(item < 6)} | 7" for item in ITEMS)
BASE = {
    "household": "household_id\nH1",
    "village": f"village_code | village_name\n{VILLAGE} | บ้านหนึ่ง\n{OTHER} | บ้านสอง",
    "fund_project": f"project_no | village_code | received_date\n1 | {VILLAGE} | 2022-01-01\n7/2565 | {OTHER} | 2022-01-01",
    "fund_instalment": "project_no | instalment_due\n1 | 2022-08-01",
    "fund_check": "project_no | check_no | checked_date | fund_step\n1 | 1 | 2022-02-01 | follow_visited",
    "debt_fund": f"village_code | fund_capital\n{VILLAGE} | 900\n{OTHER} | 800",
    "debt_problem": f"village_code | amount_to_follow\n{VILLAGE} | 600\n{OTHER} | 500",
    "debt_action": f"village_code | action_no | action_date | action_kind | action_amount\n{VILLAGE} | 1 | 2022-02-01 | repaid | 100",
    "staff": "staff_no\n1\n2",
    "learning_path": "path_no | learner\n1 | 1\n2 | 2",
    "learning_meeting": "path_no | met_date | learning_step | teacher | learning_note\n1 | 2022-02-01 | want | 2 | พูดคุย",
    "village_assessment": "village_code | assessed_date | stated_level | assessed_households\n" + f"{VILLAGE} | 2022-03-01 | below | 40",
    "village_score": f"village_code | item | item_main | item_score | item_households\n{SCORES}",
    "village_forum": f"village_code | forum_no | forum_date | forum_people\n{VILLAGE} | 1 | 2022-02-01 | 30",
}  # fmt: skip
DAYS = ["2022-02-01", "2022-07-15", "2022-09-10"]
ANY_DAY = st.sampled_from(DAYS)
HAPPENED = st.lists(
    st.one_of(
        st.tuples(st.just("loan"), st.sampled_from(["1", "7/2565"]), ANY_DAY, st.sampled_from(["follow_visited", "collect_met"])),
        st.tuples(st.just("repaid"), st.sampled_from([VILLAGE, OTHER]), ANY_DAY, st.integers(1, 400)),
        st.tuples(st.sampled_from(["visit", "settled"]), st.sampled_from([VILLAGE, OTHER]), ANY_DAY, st.none()),
        st.tuples(st.just("learn"), st.sampled_from(["1", "2"]), ANY_DAY, st.sampled_from(["learn", "use", "teach"])),
        st.tuples(st.just("forum"), st.sampled_from([VILLAGE, OTHER]), ANY_DAY, st.integers(0, 23)),
        st.tuples(st.just("begun"), st.just(OTHER), ANY_DAY, st.integers(1, 5)),
    ),
    min_size=1, max_size=6, unique_by=lambda one: one[:3],
)  # fmt: skip
QUESTIONS = ("fund_totals", "fund_projects", "fund_done", "fund_steps", "fund_reminders", "debt_totals", "debt_villages", "debt_causes", "debt_actions",
             "learning_board", "learning_months", "learning_taught", "learning_totals", "village_levels", "village_items", "village_totals",
             "village_forums")  # fmt: skip
OWN = {"entry", "recorded_by", "recorded_at", "action_no", "forum", "forum_no", "scored", "on_day", "latest", "carried",
       "forum_entry"}  # fmt: skip
LATE = {"day": "2022-12-31"}


def as_events(happened: list[tuple]) -> list[dict]:
    events: list[dict] = []
    for kind, of, on, what in happened:
        if kind == "loan":
            about = {"village": VILLAGE if of == "1" else OTHER}
            events.append(event("loan_step", about=about, thing=f"loan/2565/{of}", on=on, fund_step=what, fund_result="พบกลุ่ม"))
        elif kind == "learn":
            events.append(
                event("learning_step", about={"area": "3421"}, thing=f"learning/{on}/{of}", on=on, learning_step=what)
            )
        elif kind in ("forum", "begun"):
            mains = {"main_items": "1,2,3,4,5,6,7,8,9,10"} if what % 2 else {}
            id_, opened = new_forum(of, on, **mains)
            items = ITEMS if kind == "forum" else range(1, what)
            events += [opened, *(scored(id_, item, int(item <= what), of) for item in items)]
        else:
            amount = {"action_amount": what} if what else {}
            events.append(
                event(
                    "debt_step", about={"village": of}, thing="debt/2565", on=on, action_kind=kind, action_team="ทีม", **amount
                )
            )
    return events


def answers(w: Warehouse) -> dict[str, list]:
    """What is said of all programmes, without what tells an entry from a row."""
    from queries import questions

    said = {name: w.ask(name, **(LATE if "day" in questions()[name].parameters else {})) for name in QUESTIONS}
    return {name: sorted(str({k: v for k, v in row.items() if k not in OWN}) for row in rows) for name, rows in said.items()}


@given(happened=HAPPENED)
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_a_file_of_what_is_recorded_of_places_changes_no_number_when_it_is_loaded(tmp_path_factory, happened) -> None:
    with pytest.MonkeyPatch.context() as patch:
        w = built_of(tmp_path_factory.mktemp("places") / "w", BASE)
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        keep(*as_events(happened))
        before = answers(w)
        try:
            first = exported(w)
        except NothingToWrite:
            return
        assert not taken_in(w, first).get("replaced")
        assert differences(before, answers(w)) == {}
        assert [row for row in w.ask("place_entries") if row["filing"] == "ready"] == []
        with pytest.raises(NothingToWrite):
            exported(w, "อีกครั้ง.xlsx")
        everything = exported(w, "ทั้งหมด.xlsx", every=True)
        assert not [name for name in taken_in(w, everything).get("replaced", []) if name != first.name]
        assert differences(before, answers(w)) == {}


@pytest.fixture
def w(tmp_path, monkeypatch) -> Warehouse:
    made = built_of(tmp_path / "w", BASE)
    monkeypatch.setenv("BAAN_SUK_DATA", str(made.folder))
    return made


def filing(w: Warehouse, **more) -> list[tuple]:
    return sorted((row["kind"], row["filing"]) for row in w.ask("place_entries", **more))


def test_of_two_forums_of_one_day_the_same_counts_once_it_came_back(w) -> None:
    keep(*as_events([("forum", OTHER, DAYS[2], 12), ("forum", OTHER, DAYS[2], 20)]))
    before, waiting = answers(w), filing(w)
    assert sorted(waiting) == [("forum_opened", "overruled"), ("forum_opened", "ready")]
    taken_in(w, exported(w))
    assert differences(before, answers(w)) == {}
    assert sorted(filing(w)) == [("forum_opened", "filed"), ("forum_opened", "overruled")]


def repaid(amount: int, on: str = "2022-09-10") -> dict:
    return event(
        "debt_step", about={"village": VILLAGE}, thing="debt/2565", on=on, action_kind="repaid", action_amount=amount
    )  # fmt: skip


def left(w: Warehouse) -> float:
    return next(row["still_to_follow"] for row in w.ask("debt_villages") if row["village_code"] == VILLAGE)


def test_the_file_has_each_programme_in_its_registers_own_shape_and_the_people_of_a_forum(w) -> None:
    keep(
        *as_events([("loan", "1", DAYS[1], "collect_met"), ("learn", "2", DAYS[1], "use"), ("forum", OTHER, DAYS[2], 12)]),
        repaid(50),
    )
    assert filing(w, state="unentered") == [
        (kind, "ready") for kind in ("debt_step", "forum_opened", "learning_step", "loan_step")
    ]
    told = sheets(exported(w))
    assert len(told["คะแนนรายข้อของหมู่บ้าน"]) == 24 and len(told["ประเมินหมู่บ้านพอเพียง"]) == 2
    forum = dict(zip(*told["เวทีประชาคมประเมินหมู่บ้าน"], strict=True))
    assert (forum["จำนวนผู้เข้าร่วมเวที"], forum["วันที่จัดเวที"], forum["ปีที่ประเมิน"]) == (40, "10/09/2565", 2565)
    debt = dict(zip(*told["การแก้ไขปัญหาหนี้ กข.คจ."], strict=True))
    assert (debt["จำนวนเงินที่รับคืน"], debt["การแก้ไขปัญหา"]) == (50, "รับชำระคืน") and debt["การแก้ไขครั้งที่"] >= 10_000
    assert dict(zip(*told["การพบปะแลกเปลี่ยนเรียนรู้"], strict=True))["ขั้นการเรียนรู้"] == "เรียนแล้วต้องนำไปใช้"


def test_what_was_taken_back_after_it_came_into_a_file_counts_until_its_row_goes_and_is_listed(w) -> None:
    one = repaid(150)
    keep(one)
    assert left(w) == 350
    taken_in(w, exported(w))
    keep(event("withdrawn", about={"village": VILLAGE}, thing=one["id"], reason="ผิดหมู่บ้าน"))
    assert left(w) == 350 and filing(w, state="unentered") == [("debt_step", "withdrawn")]


def test_a_row_that_was_edited_counts_as_it_is_in_the_file(w) -> None:
    keep(repaid(150))
    path = exported(w)
    taken_in(w, path)
    edited(path, "การแก้ไขปัญหาหนี้ กข.คจ.", lambda row: row.update({"จำนวนเงินที่รับคืน": 200}))
    assert taken_in(w, path)["replaced"] == [path.name]
    assert left(w) == 300


def test_a_forum_that_is_scored_again_after_it_came_into_a_file_counts_as_it_is_scored_now(w) -> None:
    id_, opened = new_forum(OTHER, main_items="1,2,3,4,5,6,7,8,9,10")
    events = [opened, *(scored(id_, item, int(item <= 12), OTHER) for item in ITEMS)]
    keep(*events)
    taken_in(w, exported(w))
    passed = lambda: next(row["passed"] for row in w.ask("village_levels") if row["village_code"] == OTHER)  # noqa: E731
    assert passed() == 12 and filing(w, state="unentered") == []
    keep(scored(id_, 12, 0, OTHER, base=[events[12]["id"]]))
    assert passed() == 11 and filing(w, state="unentered") == [("forum_opened", "ready")]
    taken_in(w, exported(w, "ต่อมา.xlsx"))
    assert passed() == 11 and filing(w, state="unentered") == []
    (forum,) = (row for row in w.ask("village_forums") if row["village_code"] == OTHER)
    assert (forum["forum"], forum["forum_people"], forum["scored"]) == (id_, 40, 23)


def test_what_is_of_nothing_any_more_waits_and_is_not_written(w, tmp_path) -> None:
    keep(repaid(150))
    later = f"village_code | fund_capital\n{OTHER} | 800"
    w = loaded(w.folder, write_csv(w.folder.parent / "debt_fund.csv", register("debt_fund", later)))
    assert [row["village_code"] for row in w.ask("debt_funds")] == [OTHER]
    assert filing(w, state="unentered") == [("debt_step", "orphan")]
    with pytest.raises(NothingToWrite):
        write(Filters(), DESK)


def test_a_citizen_id_in_a_result_is_not_written_and_who_sees_masks_writes_nothing(w) -> None:
    keep(repaid(150) | {"body": {"action_kind": "visit", "action_result": "เลข 1000041187812"}})
    with pytest.raises(NothingToWrite, match="1 rows"):
        write(Filters(), DESK)
    for role in ("committee", "field", "viewer"):
        with pytest.raises(NotAllowed):
            write(Filters(), Reader(role, ("3421",)))

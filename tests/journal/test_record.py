"""Who may record what of whom, and what becomes of each event of a batch.

What the database decides (ids, order, texts it can hold, many at once) is asked of both, SQLite and PostgreSQL; rights, areas, days and
what is shown are decided before or after it, and asked of one.
"""

import json
import threading
import uuid

import pytest

import definitions
from audit import log
from installation.paths import data_folder
from journal import store, verify
from journal.kinds import OF_OFFICE, kinds
from queries import DESK, NATION, Reader
from queries.record import MOST, TooMany, record
from queries.waiting import unattached
from tests.field.sealing import another_secret
from tests.journal.recorded import event, keep, picture, stored, words
from tests.postgres import BOTH
from tests.queries.planted import ABOUT, THINGS, filled

HOUSEHOLD = "household_id | village_code\nH1 | 34210601\nH2 | 34210101"
PLAN = "household_id | item_no\nH1 | 1\nH2 | 1"
LOAN = "project_no | village_code\n1 | 34210601"
ROLES = {row["role"]: row for row in definitions.table("roles")}
PROGRAMMES = {  # what the kinds of the other programmes are of
    "debt_fund": "fiscal_year | village_code\n2565 | 34210601", "staff": "staff_no\n1\n2", "lesson": "lesson_no\n1",
    "learning_path": "path_no | learner\n1 | 1",
}  # fmt: skip
HERE, ELSEWHERE = ("342106",), ("342101",)


@pytest.fixture
def w(warehouse, kept_in):
    return warehouse(household=HOUSEHOLD, plan=PLAN, fund_project=LOAN, **PROGRAMMES)


def of_kind(name: str) -> dict:
    """A good event of a kind about H1, or its village."""
    kind = kinds()[name]
    made = event(name, "H1", on="2022-09-02", **{field.name: filled(field) for field in kind.fields.values()})
    if "household" not in kind.about:
        made["about"] = ABOUT.get(kind.of) or ABOUT[min(kind.about)]
    if kind.of in THINGS:
        made["thing"] = THINGS[kind.of]
    if kind.photos:
        made["photos"] = [stored(data_folder(), picture())]
    if kind.of in ("entry", "same"):
        made["thing"] = keep(event("note", "H1", note="ผิด"))[0]
    return made


@pytest.mark.parametrize("role", ROLES)
def test_a_role_records_the_kinds_it_has_the_right_for_in_its_own_area_and_no_others(w, role: str) -> None:
    """Said a second time, from roles.csv and events.csv alone."""
    for name, kind in kinds().items():
        if kind.within:
            continue  # of a meeting, and of its state: tests/meeting/test_kinds.py
        may = ROLES[role][kind.right] == "yes"
        for areas, inside in ((HERE, True), (("34210601",), True), (("34",), True), (ELSEWHERE, False), ((), False)):
            (verdict,) = record([of_kind(name)], Reader(role, areas), "x")
            whole = kind.of not in OF_OFFICE or areas == ("34",)  # an office is of its district, not of a part of it
            assert (verdict["verdict"] == "kept") == (may and inside and whole), (name, areas, verdict)
            assert (verdict["reason"] is None) == (verdict["verdict"] == "kept")


def test_nobody_withdraws_what_his_role_could_not_have_recorded(w) -> None:
    (closed,) = keep(event("closed", "H1", close_reason="better"))
    taken_back = event("withdrawn", "H1", thing=closed, reason="x")
    assert words([taken_back], Reader("field", HERE)) == ["refused"]
    assert words([taken_back], Reader("secretary", HERE)) == ["kept"]


def test_an_entry_is_withdrawn_where_it_is_and_a_withdrawal_is_not(w) -> None:
    (note,) = keep(event("note", "H1", note="x"))
    assert words([event("withdrawn", "H2", thing=note, reason="x")]) == ["refused"]
    (back,) = keep(event("withdrawn", "H1", thing=note, reason="x"))
    assert words([event("withdrawn", "H1", thing=back, reason="x")]) == ["refused"]


@BOTH
def test_one_id_is_taken_once(w) -> None:
    note = event("note", "H1", note="ฝนตก")
    assert words([note, note]) == ["kept", "known"]
    assert words([note, {**note, "body": {"note": "แดดออก"}}]) == ["known", "differs"]
    assert words([{**note, "about": {"household": w.ref("H1")}}]) == ["known"]  # however the household is called
    assert [row["told"] for row in w.ask("timeline", household=w.ref("H1"))] == ["ฝนตก"]


@BOTH
def test_what_builds_on_something_that_is_not_here_waits_for_it(w) -> None:
    new = event("plan_new", "H1", aspect="skill", activity="เลี้ยงปลา")
    done = event("plan_status", "H1", thing=f"plan/{new['id']}", status="done")
    assert words([done]) == ["held"] and len(w.ask("plan", household=w.ref("H1"))) == 1
    assert words([new]) == ["kept"]
    assert [row["status"] for row in w.ask("plan", household=w.ref("H1"))] == ["planned", "done"]
    assert words([event("plan_status", "H1", thing="plan/77", status="done")]) == ["held"]
    assert words([new, event("plan_reply", "H1", thing=f"plan/{new['id']}", reply="รับแล้ว")]) == ["known", "kept"]


def test_what_is_of_a_household_that_is_in_no_register_waits_until_it_is(w, warehouse) -> None:
    note = event("note", "H9", note="มาใหม่")
    assert words([note]) == ["held"]
    assert [entry["id"] for entry in unattached(DESK)] == [note["id"]]
    assert unattached(Reader("field", HERE)) == []  # recorded by somebody of the nation: nobody knows where it is
    later = warehouse(household="household_id | village_code\nH9 | 34210601")
    assert [row["told"] for row in later.ask("timeline", household=later.ref("H9"))] == ["มาใหม่"] and unattached(DESK) == []


BAD = [
    None, 7, [], {}, {"kind": "visit"}, {"kind": "note", "id": "1"}, {"id": str(uuid.uuid4()), "kind": "tea"},
    {**event("note", "H1", note="x"), "who": "boss"}, {**event("note", "H1", note="x"), "about": {"village": "34210601"}},
    {**event("note", "H1", note="x"), "about": {"household": "../../etc"}}, {**event("note", "H1", note="x"), "base": "x"},
    {**event("note", "H1", note="x"), "base": [str(uuid.uuid4())] * 51}, {**event("note", "H1", note="x"), "photos": ["x"]},
    event("note", "H1", note=""), event("note", "H1", note="x" * 2001), event("note", "H1", note="\ud800"), event("note", "H1", note="a\0b"),
    event("note", "H1", note=7), event("note", "H1", other="x"), event("note", "H1", on="2565-13-01", note="x"),
    event("visit", "H1"), event("visit", "H1", checked_dimension="living"), event("visit", "H1", check_result="1"),
    event("visit", "H1", checked_dimension="luck", check_result="1"), {**event("visit", "H1", finding="x"), "occurred_on": None},
    event("visit", "H1", on="2039-01-01", finding="x"), event("need", "H1", item="ไม้", quantity=-1, unit="ท่อน"),
    event("need", "H1", item="ไม้", quantity=float("nan"), unit="ท่อน"), event("need", "H1", item="ไม้", quantity=True, unit="ท่อน"),
    event("step_started", "H1", thing="step/house_build/99"), event("step_started", "H1"), event("plan_status", "H1", thing="plan/x", status="done"),
    {**event("found", lacks=["living"]), "about": {"village": "99999999"}}, {**event("found", lacks="living"), "about": {"village": "34210601"}},
]  # fmt: skip


@BOTH
def test_each_bad_event_is_refused_with_its_reason_in_thai_and_holds_up_nobody(w) -> None:
    good = event("note", "H1", note="ดี")
    verdicts = record([*BAD[:5], good, *BAD[5:]], DESK, "x")
    kept = verdicts.pop(5)
    assert (kept["id"], kept["verdict"]) == (good["id"], "kept")
    assert [(bad, v) for bad, v in zip(BAD, verdicts, strict=True) if v["verdict"] != "refused" or not v["reason"]] == []
    assert store.store(w.folder).position() == 1
    json.dumps(verdicts).encode()


def test_more_than_a_batch_is_refused_whole(w) -> None:
    with pytest.raises(TooMany):
        record([event("note", "H1", note="x")] * (MOST + 1), DESK, "x")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2022-09-14", "2022-09-14"),
        ("2565-09-14", "2022-09-14"),
        ("1479-09-14", "2022-09-14"),
        ("3666-01-01", ""),
        ("1900-01-01", ""),
    ],
)
def test_a_clock_of_another_era_is_put_right_and_one_that_means_nothing_is_left_out(w, said: str, kept: str) -> None:
    keep(event("visit", "H1", on=said, finding="x"))
    assert [entry["occurred_on"] for entry in store.store(w.folder).after(0)] == [kept]


def test_a_due_day_of_the_buddhist_era_is_the_same_day(w) -> None:
    keep(event("plan_due", "H1", thing="plan/1", due_date="2570-03-01"))
    assert str(w.ask("plan", household=w.ref("H1"))[0]["due_date"]) == "2027-03-01"


@BOTH
def test_a_changed_entry_a_missing_one_and_one_cut_off_are_found(w) -> None:
    keep(*(event("note", "H1", note=str(n)) for n in range(3)))
    assert list(verify.faults(w.folder)) == []
    journal = store.store(w.folder)
    for statement, english in (
        ("update entry set who = 'other' where seq = 2", "entry 2 was changed"),
        ("delete from entry where seq = 2", "the entry before 3 is missing"),
        ("delete from entry where seq = 3", "entries 2-3 stand in the audit log, not in the journal"),
    ):
        with journal.engine.execution_options(writes=True).begin() as connection:
            connection.exec_driver_sql(statement)
        assert english in [said for _, said in verify.faults(w.folder)], english


@BOTH
def test_entries_that_changed_places_are_found(w) -> None:
    """Order is part of what was said: a seal is over the number, too."""
    keep(*(event("note", "H1", note=str(n)) for n in range(2)))
    with store.store(w.folder).engine.execution_options(writes=True).begin() as connection:
        for old, new in ((1, -1), (2, 1), (-1, 2)):
            connection.exec_driver_sql(f"update entry set seq = {new} where seq = {old}")
    assert {"entry 1 was changed", "entry 2 was changed"} <= {said for _, said in verify.faults(w.folder)}


def test_a_secret_that_is_replaced_under_a_running_server_seals_at_once_and_the_former_one_proves_the_past(w) -> None:
    keep(event("note", "H1", note="before"))
    former = another_secret(w.folder)
    assert words([event("note", "H1", note="after")]) == ["held"]  # the build names households by the former one still
    assert [said for _, said in verify.faults(w.folder)] == ["entry 1 was changed"]
    (w.folder / "secret.former").write_text(former, "ascii")
    assert list(verify.faults(w.folder)) == []
    store._stores.clear()  # as a server that started since
    assert list(verify.faults(w.folder)) == []


def test_forty_that_record_at_once_lose_nothing_and_double_nothing(w) -> None:
    """Each sends what it has twice, as after a reply that was lost."""
    sent = [[event("note", "H1", note=f"{person}/{n}") for n in range(5)] for person in range(40)]
    said: list[str] = []

    def send(events: list[dict]) -> None:
        said.extend(words(events))
        said.extend(words(events))

    threads = [threading.Thread(target=send, args=(events,)) for events in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["kept"] * 200 + ["known"] * 200
    told = [row["told"] for row in w.ask("timeline", household=w.ref("H1"))]
    assert sorted(told) == sorted(one["body"]["note"] for events in sent for one in events)
    assert list(verify.faults(w.folder)) == []


@BOTH
def test_nothing_is_acknowledged_that_could_not_be_written_down(w, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise log.Unwritable("OSError")

    note = event("note", "H1", note="x")
    with monkeypatch.context() as patch:
        patch.setattr("journal.writer.log.write", full)
        with pytest.raises(log.Unwritable):
            record([note], DESK, "x")
    assert words([note]) == ["known"]  # it was on the disk; whoever sends it again is told so


def test_another_area_sees_nothing_of_it(w) -> None:
    keep(event("note", "H1", note="ลับ"))
    for areas, seen in ((HERE, True), (ELSEWHERE, False), ((NATION,), True)):
        reader = Reader("field", areas)
        told = [row["told"] for row in w.ask("timeline", reader=reader, household=w.ref("H1"))]
        assert (told == ["ลับ"]) == seen

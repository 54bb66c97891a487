"""What is past its time goes, and only that: what is left is sealed, counts for nothing, and verifies; pictures go with their entries."""

import dataclasses
import json
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sql

from audit import log
from backup import shared_journal
from journal import kinds as kinds_module
from journal import photos, retention, store, verify
from journal.__main__ import main
from queries import DESK
from queries.record import record
from tests.journal.recorded import event, keep, picture, stored, words
from tests.postgres import BOTH, Server

BASE = {
    "household": "household_id | village_code | head_first_name\nH1 | 34210601 | สมชาย\nH2 | 34210602 | สมศรี",
    "plan": "household_id | item_no | activity | status\nH1 | 1 | สอนทอผ้า | planned",
}
LATER = datetime.now(UTC) + timedelta(days=6 * 365)


@pytest.fixture
def w(kept_in: str, warehouse: Callable):
    return warehouse(**BASE)


@pytest.fixture
def years(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`years(visit=5)`: an office has said for how long these kinds are kept."""

    def said(**kept: int) -> None:
        table = {
            name: dataclasses.replace(kind, retention=str(kept[name])) if name in kept else kind
            for name, kind in kinds_module.kinds().items()
        }
        monkeypatch.setattr(retention, "kinds", lambda: table)

    return said


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six years have gone."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return LATER

    monkeypatch.setattr(retention, "datetime", Clock)


def aged(folder, *digests: str, days: int = 100) -> None:
    for digest in digests:
        path = folder / "journal" / "photos" / f"{digest}.jpg"
        os.utime(path, (time.time() - days * 86400,) * 2)


def test_nothing_goes_of_which_nobody_has_said_how_long_it_is_kept(warehouse: Callable, later) -> None:
    w = warehouse(**BASE)
    keep(event("visit", "H1", finding="x"), event("note", "H1", note="y"))
    assert {kind.retention for kind in kinds_module.kinds().values()} == {kinds_module.UNCONFIRMED}
    assert retention.due(w.folder) == retention.Due((), ())


@BOTH
def test_content_past_its_time_goes_and_that_an_entry_was_there_stays(w, years, later) -> None:
    digest = stored(w.folder, picture())
    visit, note = event("visit", "H1", finding="บ้านรั่วมาก", photos=[digest]), event("note", "H1", note="อยู่ต่อ")
    keep(visit, note)
    aged(w.folder, digest)
    years(visit=5)
    gone = retention.prune(w.folder, "console")
    assert ([entry["id"] for entry in gone.entries], gone.pictures, gone.by_kind) == ([visit["id"]], (digest,), {"visit": 1})
    first, second = store.store(w.folder).after(0)
    assert (first["id"], first["kind"], first["body"], first["photos"], first["household_id"]) == (
        visit["id"],
        "visit",
        "{}",
        "[]",
        "",
    )
    assert json.loads(second["body"]) == {"note": "อยู่ต่อ"} and photos.missing(w.folder, [digest]) == [digest]
    assert list(verify.faults(w.folder)) == []
    (line,) = log.entries(w.folder, action="journal_pruned")
    assert line["facts"]["entries"] == [1] and line["facts"]["kinds"] == {"visit": 1}
    assert words([visit]) == ["known"]  # an old outbox or export brings it back to nobody
    assert retention.prune(w.folder, "console").entries == ()


@BOTH
def test_what_is_left_is_sealed_too(w, years, later) -> None:
    keep(event("visit", "H1", finding="x"), event("note", "H1", note="y"))
    years(visit=5)
    retention.prune(w.folder, "console")
    engine = store.store(w.folder).engine
    for change in (
        sql.update(store.ENTRY).where(store.ENTRY.c.seq == 1).values(who="somebody@else"),
        sql.update(store.ENTRY).where(store.ENTRY.c.seq == 1).values(body='{"finding": "y"}'),
        sql.delete(store.PRUNED),
        sql.insert(store.PRUNED).values(seq=2, seal="0" * 64),
    ):
        with engine.connect() as connection, connection.begin() as trial:
            connection.execute(change)
            rows = [dict(row._mapping) for row in connection.execute(sql.select(store.ENTRY))]
            sealed = {row.seq: row.seal for row in connection.execute(sql.select(store.PRUNED))}
            assert not all(verify._sealed(store.store(w.folder).key(), row, sealed) for row in rows), change
            trial.rollback()


def test_nothing_that_counts_loses_its_ground(warehouse: Callable, years, later) -> None:
    """A plan item whose state is kept stays; what was taken back goes with its withdrawal and never comes again."""
    w = warehouse(**BASE)
    item = event("plan_new", "H1", aspect="skill", activity="ทำขนม")
    state = event("plan_status", "H1", thing=f"plan/{item['id']}", status="done")
    first = event("plan_status", "H1", thing="plan/1", status="in_progress")
    second = event("plan_status", "H1", thing="plan/1", status="done", base=[first["id"]])
    wrong = event("gift", "H1", gift="material", item="ทราย")
    back = event("withdrawn", "H1", thing=wrong["id"], reason="ผิดบ้าน")
    keep(item, state, first, second, wrong, back)
    before = [w.ask("plan", household=w.ref("H1")), w.ask("timeline", household=w.ref("H1"))]
    years(plan_new=5)
    assert retention.due(w.folder).entries == ()
    years(withdrawn=5)
    assert retention.due(w.folder).entries == ()
    years(gift=5)
    assert {entry["id"] for entry in retention.prune(w.folder, "x").entries} == {wrong["id"], back["id"]}
    from queries.warehouse import open_anew

    open_anew()
    assert [w.ask("plan", household=w.ref("H1")), w.ask("timeline", household=w.ref("H1"))] == before
    years(plan_new=5, plan_status=5)
    assert len(retention.prune(w.folder, "x").entries) == 4
    open_anew()
    assert [row["status"] for row in w.ask("plan", household=w.ref("H1"))] == ["planned"]
    assert w.ask("timeline", household=w.ref("H1")) == [] and list(verify.faults(w.folder)) == []


def test_the_words_are_in_no_file_any_more(warehouse: Callable, years, later) -> None:
    w = warehouse(**BASE)
    secret = "ความลับของครอบครัวนี้"
    keep(event("visit", "H1", finding=secret), event("note", "H1", note="y"))
    assert words([event("note", "H1", note=secret, id=event("x")["id"])]) == ["kept"]
    years(visit=5, note=5)
    retention.prune(w.folder, "console")
    left = b"".join(path.read_bytes() for path in (w.folder / "journal").rglob("*") if path.is_file())
    assert secret.encode() not in left and json.dumps(secret)[1:-1].encode() not in left
    assert sqlite3.connect(w.folder / "journal" / "journal.db").execute("pragma integrity_check").fetchall() == [("ok",)]


def test_pictures_that_nothing_shows_go_after_their_grace_and_no_other(warehouse: Callable) -> None:
    w = warehouse(**BASE)
    never, young, shown, held, taken_back, lately = (stored(w.folder, picture(number=40 * n)) for n in range(6))
    others = [event("visit", "H1", finding="x", photos=[digest]) for digest in (taken_back, lately)]
    keep(event("visit", "H1", finding="x", photos=[shown]), *others)
    assert words([event("visit", "nobody", finding="x", photos=[held])]) == ["held"]
    keep(event("withdrawn", "H1", thing=others[0]["id"], reason="ผิด"))
    aged(w.folder, never, shown, held, taken_back, lately)
    now = datetime.now(UTC)
    assert retention.due(w.folder, now).pictures == (never,), "the withdrawal is young"
    soon = now + timedelta(days=31)
    aged(w.folder, young, days=-31)
    keep(event("withdrawn", "H1", thing=others[1]["id"], reason="ผิด"))
    assert set(retention.due(w.folder, soon).pictures) == {never, taken_back, lately}
    stored(w.folder, picture(number=0))  # it is sent again: its entry is about to come
    assert never not in retention.due(w.folder, now).pictures


def test_the_verb_previews_and_prunes_and_refuses_what_is_not_whole(warehouse: Callable, years, later, capsys) -> None:
    w = warehouse(**BASE)
    keep(event("visit", "H1", finding="x"))
    years(visit=5)
    assert main(["prune", "--preview"]) == 0 and "จะลบ" in capsys.readouterr().out
    assert json.loads(store.store(w.folder).after(0)[0]["body"]) == {"finding": "x"}
    assert main(["prune"]) == 0 and main(["verify"]) == 0
    assert "1 บันทึกพ้นกำหนดเก็บ" in capsys.readouterr().out
    assert (
        main(["export", "--to", str(w.folder.parent / "all.jsonl")]) == 0 and (w.folder.parent / "all.jsonl").read_text() == ""
    )
    keep(event("visit", "H1", finding="y"))
    with store.store(w.folder).engine.begin() as connection:
        connection.execute(sql.update(store.ENTRY).where(store.ENTRY.c.seq == 2).values(who="x"))
    assert main(["prune"]) == 2 and main(["prune", "--faulty-too"]) == 0


def test_nothing_goes_that_could_not_be_written_down(warehouse: Callable, years, later, monkeypatch) -> None:
    w = warehouse(**BASE)
    keep(event("visit", "H1", finding="x"))
    years(visit=5)

    def full(*_: object, **__: object) -> None:
        raise log.Unwritable("OSError")

    monkeypatch.setattr(retention.log, "write", full)
    with pytest.raises(log.Unwritable):
        retention.prune(w.folder, "x")
    assert json.loads(store.store(w.folder).after(0)[0]["body"]) == {"finding": "x"}


@BOTH
def test_so_many_pictures_a_day_and_the_next_day_again(w) -> None:
    journal = store.store(w.folder)
    assert [journal.may_send("a", "2026-01-01", 2) for _ in range(3)] == [True, True, False]
    assert journal.may_send("b", "2026-01-01", 2) and journal.may_send("a", "2026-01-02", 2)
    with journal.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(sql.select(store.SENT))] == [("a", "2026-01-02", 1)]


def test_what_was_pruned_goes_through_a_backup_of_a_shared_journal(
    warehouse: Callable, shared: str, database_server: Server, tmp_path, monkeypatch, years, later
) -> None:
    w = warehouse(**BASE)
    keep(event("visit", "H1", finding="x"), event("note", "H1", note="y"))
    years(visit=5)
    retention.prune(w.folder, "x")
    shared_journal.export(tmp_path / "copy.db")
    monkeypatch.setenv(store.ADDRESS, database_server.database())
    shared_journal.fill(tmp_path / "copy.db")
    again = store.store(w.folder)
    assert list(again.pruned()) == [1] and list(verify.faults(w.folder)) == []
    again.engine.dispose()
    assert record([], DESK, "x") == []

"""A journal that cannot be reached: who is answered meanwhile, who is not, what they are told, and what becomes of it after."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sql
from sqlalchemy import event as sql_event

from journal import store
from journal.__main__ import main as journal
from journal.place import Unreachable
from queries import DESK, reach
from queries.__main__ import main as ask
from queries.record import record
from queries.waiting import differing, waiting
from tests.journal.recorded import event, keep, words
from tests.patience import patience
from tests.postgres import GROUP, Server
from tests.workers import two_ports

HOUSEHOLD = "household_id | village_code\nH1 | 34210601"


@pytest.fixture
def w(warehouse: Callable):
    return warehouse(household=HOUSEHOLD)


@pytest.fixture
def reading_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a server: its pages go on with what they hold."""
    monkeypatch.setattr(reach, "_reading_on", True)
    monkeypatch.setattr(reach, "PATIENCE", 0)
    monkeypatch.setattr(reach, "PAUSE", 0)


@pytest.fixture
def away(shared: str, database_server: Server) -> Callable[[bool], None]:
    """`away(True)`: the database takes no connection and has ended those there were, until `away(False)`."""
    name = sql.make_url(shared).database

    def goes(gone: bool) -> None:
        database_server.does("postgres", f"alter database {name} with allow_connections {str(not gone).lower()}")
        if gone:
            database_server.drop_connections(shared)

    return goes


def told(w) -> list[str]:
    return [row["told"] for row in w.ask("timeline", household=w.ref("H1"))]


def until_noticed(w) -> None:
    """A shared journal is looked at every half a second: what is asked within one is still answered."""
    end = time.monotonic() + patience(10)
    while reach.away() is None and time.monotonic() < end:
        told(w)


@GROUP
def test_pages_read_on_with_what_they_hold_and_catch_up_once_it_is_back(reading_on, away: Callable, w) -> None:
    keep(event("note", "H1", note="ก่อน"))
    assert told(w) == ["ก่อน"] and reach.away() is None
    since = reach._state().at
    away(True)
    until_noticed(w)
    assert told(w) == ["ก่อน"]
    gone = reach.away()
    assert gone is not None and gone.at is not None and since is not None and gone.at >= since
    note = event("note", "H1", note="ระหว่าง")
    with pytest.raises(store.FAULTS):
        record([note], DESK, "field@example.go.th")
    for asks in (waiting, differing):
        with pytest.raises(Unreachable):
            asks(DESK)
    with pytest.raises(Unreachable):
        reach.hold()
    away(False)
    assert words([note]) == ["kept"]  # nothing of it was kept before
    assert sorted(told(w)) == ["ก่อน", "ระหว่าง"] and reach.away() is None
    reach.hold()


@GROUP
def test_a_server_that_starts_meanwhile_reads_the_registers_and_says_that_nothing_recorded_is_shown(
    reading_on, away: Callable, w
) -> None:
    away(True)
    assert told(w) == [] and len(w.ask("report")) == 1
    assert (gone := reach.away()) is not None and gone.at is None
    away(False)
    assert told(w) == [] and reach.away() is None


@GROUP
def test_a_verb_gets_no_answer_that_would_lack_something_and_is_told_why(w, away: Callable, tmp_path: Path, capsys) -> None:
    keep(event("note", "H1", note="x"))
    file = tmp_path / "e.json"
    file.write_text(json.dumps([event("note", "H1", note="y")]), "utf-8")
    away(True)
    for verb in (
        lambda: ask(["report"]),
        lambda: journal(["record", str(file)]),
        lambda: journal(["unattached"]),
        lambda: journal(["verify"]),
        lambda: journal(["export", "--to", str(tmp_path / "all.jsonl")]),
    ):
        code, said = verb(), capsys.readouterr()
        assert code == 2 and said.out == "" and "สมุดบันทึก" in said.err and "journal" in said.err
    away(False)
    reach._reached.clear()  # another process
    assert ask(["report"]) == 0


@pytest.mark.parametrize("fault", [OSError("disk I/O error"), sql.exc.OperationalError("select", {}, OSError("disk is full"))])
def test_a_journal_on_a_disk_that_fails_is_away_too(w, reading_on, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    keep(event("note", "H1", note="ก่อน"))
    assert told(w) == ["ก่อน"]

    def fails(_: object) -> int:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "position", fails)
        assert told(w) == ["ก่อน"] and reach.away() is not None
    assert told(w) == ["ก่อน"] and reach.away() is None


def test_a_full_disk_takes_nothing_and_what_was_recorded_is_still_read(w, reading_on) -> None:
    """SQLite's own words for it: the file may not grow by a page."""
    keep(event("note", "H1", note="ก่อน"))
    engine = store.store(w.folder).engine

    def full(connection: sql.Connection) -> None:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
        connection.exec_driver_sql(f"pragma max_page_count = {pages}")

    sql_event.listen(engine, "begin", full)
    notes = [event("note", "H1", note="ย" * 2000) for _ in range(20)]
    try:
        with pytest.raises(store.FAULTS, match="full"):
            record(notes, DESK, "field@example.go.th")
        assert told(w) == ["ก่อน"] and reach.away() is None
    finally:
        sql_event.remove(engine, "begin", full)
        engine.dispose()
    assert words(notes) == ["kept"] * len(notes)


def test_a_database_that_does_not_answer_is_not_waited_for_at_every_question(w, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_reading_on", True)
    monkeypatch.setenv(store.ADDRESS, f"postgresql://postgres@127.0.0.1:{two_ports()}/journal")
    tried = []

    def tries(folder: Path) -> None:
        tried.append(folder)
        raise OSError("timed out")

    monkeypatch.setattr(store, "store", tries)
    monkeypatch.setattr(reach, "PAUSE", 60)
    for _ in range(5):
        assert len(w.ask("report")) == 1
    assert len(tried) == 1

"""The journal in a database that several servers share: numbers in the order of commits, nothing skipped, seen in time."""

import gzip
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sql
from sqlalchemy import event as sql_event

from backup import shared_journal
from installation.paths import PROJECT
from journal import frozen, store, verify
from journal.event import read
from journal.place import Unreachable
from journal.store import Entry, Store, entry_of
from tests.journal.recorded import event, keep, words
from tests.patience import patience
from tests.postgres import GROUP, Server
from tests.workers import two_ports

pytestmark = GROUP
SEEN = 2  # seconds until an entry of one process is shown by another
WHERE = {"ref": "0" * 16, "year": "2565", "household_id": "H1", "village": "34210601", "head": ""}
WRITING = """
import sys, time, uuid
from pathlib import Path
from journal.writer import writer
from tests.journal.test_postgres import entry

taking = writer(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    one = entry()
    (said,) = taking.take([one])
    print(said.word, said.seq, one["id"], time.time(), flush=True)
"""


def entry() -> Entry:
    """A note as it is kept, of an id of its own in whatever process."""
    about = {"household": WHERE["ref"]}
    note = {"id": str(uuid.uuid4()), "kind": "note", "about": about, "body": {"note": "x"}}
    return entry_of(read(note), WHERE, "b", "field@example.go.th", "field", ("342106",))


def follow(journal: Store, wanted: int) -> list[tuple[Entry, float]]:
    """So many entries as a server comes to know them, behind the last that it has, and when."""
    seen: list[tuple[Entry, float]] = []
    end = time.monotonic() + patience(20)
    while len(seen) < wanted and time.monotonic() < end:
        last = seen[-1][0]["seq"] if seen else 0
        if journal.position() > last:
            seen += [(one, time.time()) for one in journal.after(last)]
        time.sleep(0.02)
    return seen


def test_an_address_means_the_driver_that_we_pin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(store.ADDRESS, "postgresql://ann:secret@db.example/journal?sslmode=verify-full")
    engine = store._engine(tmp_path)
    assert (engine.dialect.name, engine.dialect.driver) == ("postgresql", "psycopg")
    assert (engine.url.password, engine.url.query) == ("secret", {"sslmode": "verify-full"}) and "secret" not in str(engine.url)


@pytest.mark.parametrize("level", ["read committed", "repeatable read"])  # whatever whoever set up the database likes
def test_a_transaction_that_began_first_and_ends_last_is_not_skipped(
    shared: str, database_server: Server, tmp_path: Path, level: str
) -> None:
    name = sql.make_url(shared).database
    database_server.does("postgres", f"alter database {name} set default_transaction_isolation = '{level}'")
    first, second, reading = (Store(tmp_path / "data") for _ in range(3))
    written, release = threading.Event(), threading.Event()

    @sql_event.listens_for(first.engine, "commit")
    def late(_: object) -> None:
        written.set()
        assert release.wait(patience(20))

    with ThreadPoolExecutor() as pool:
        followed = pool.submit(follow, reading, 2)
        one, other = entry(), entry()
        begun_first = pool.submit(first.take, [[one]])
        assert written.wait(patience(20))
        begun_second = pool.submit(second.take, [[other]])
        time.sleep(2 * store.PAUSE)  # the reader looks at least once while both are under way
        assert reading.position() == 0 and not begun_second.done()
        release.set()
        assert [begun_first.result()[0][0].seq, begun_second.result()[0][0].seq] == [1, 2]
        assert [(said["seq"], said["id"]) for said, _ in followed.result()] == [(1, one["id"]), (2, other["id"])]
    for opened in (first, second, reading):
        opened.engine.dispose()


def test_whoever_hangs_while_it_writes_holds_up_the_others_for_a_time_only(
    shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT", 1)
    hanging, other, one = Store(tmp_path / "data"), Store(tmp_path / "data"), entry()
    assert other.position() == 0
    with hanging.engine.begin() as connection:
        hanging._serialise(connection)
        with pytest.raises(sql.exc.DBAPIError):
            other.take([[one]])
    assert [said.word for said in other.take([[one]])[0]] == ["kept"]
    assert other.position() == 1, "at once where it was written"
    assert follow(hanging, 1)[0][0]["id"] == one["id"]
    for opened in (hanging, other):
        opened.engine.dispose()


def test_servers_that_start_at_once_on_an_empty_database_make_one_journal(shared: str, tmp_path: Path) -> None:
    """While one makes the tables the others wait: a second "create table" would fail."""
    making = store._shared(shared)
    with ThreadPoolExecutor() as pool:
        with making.begin() as connection:
            connection.execute(sql.text("select pg_advisory_xact_lock(:lock)"), {"lock": store.ADVISORY})
            opening = [pool.submit(Store, tmp_path / "data") for _ in range(3)]
            time.sleep(0.5)
            assert not any(one.done() for one in opening)
            store.ENTRY.metadata.create_all(connection)
        opened = [one.result() for one in opening]
    assert {one.position() for one in opened} == {0}
    for engine in (making, *(one.engine for one in opened)):
        engine.dispose()


def test_two_processes_write_one_journal_and_a_third_sees_each_entry_in_time(shared: str, tmp_path: Path) -> None:
    folder, each = tmp_path / "data", 30
    journal = store.store(folder)
    command = [sys.executable, "-P", "-c", WRITING, str(folder), str(each)]
    writing = [
        subprocess.Popen(command, cwd=PROJECT, env=environment(), stdout=subprocess.PIPE, encoding="utf-8") for _ in "ab"
    ]
    seen = follow(journal, 2 * each)
    told = [line.split() for process in writing for line in process.communicate(timeout=patience(20))[0].splitlines()]
    assert [process.returncode for process in writing] == [0, 0]
    assert [one["seq"] for one, _ in seen] == list(range(1, 2 * each + 1))
    assert {(int(seq), id_) for _, seq, id_, _ in told} == {(one["seq"], one["id"]) for one, _ in seen}
    acknowledged = {id_: float(when) for _, _, id_, when in told}
    assert max(when - acknowledged[one["id"]] for one, when in seen) < patience(SEEN / 2)  # which is never less than SEEN
    assert list(verify.faults(folder)) == []


def environment() -> dict[str, str]:
    """That of this process, with the project's modules."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}


def test_a_database_that_was_restarted_is_written_and_read_again(shared: str, database_server: Server, tmp_path: Path) -> None:
    journal = store.store(tmp_path / "data")
    first, second = entry(), entry()
    journal.take([[first]])
    database_server.drop_connections(shared)
    assert [said.word for said in journal.take([[first, second]])[0]] == ["known", "kept"]
    database_server.drop_connections(shared)
    assert [one["id"] for one in journal.after(0)] == [first["id"], second["id"]]


def test_while_the_database_is_away_nothing_is_answered_that_might_be_incomplete(
    warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = warehouse(household="household_id | village_code\nH1 | 34210601")
    assert len(w.ask("report")) == 1
    monkeypatch.setenv(store.ADDRESS, f"postgresql://postgres@127.0.0.1:{two_ports()}/journal")
    for asks in (lambda: w.ask("report"), lambda: words([event("note", "H1", note="x")])):
        with pytest.raises((sql.exc.DBAPIError, Unreachable)):
            asks()


def test_a_shared_journal_goes_through_a_backup_row_by_row(
    warehouse, shared: str, database_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = warehouse(household="household_id | village_code\nH1 | 34210601")
    (note,) = keep(event("note", "H1", note="ฝนตก"))
    assert words([event("note", "H1", note="แดดออก", id=note)]) == ["differs"]
    digest = frozen.keep(w.folder, "ที่ประชุมเห็น".encode())
    journal = store.store(w.folder)
    rows = journal.after(0), journal.differing()
    shared_journal.export(tmp_path / "copy.db")
    monkeypatch.setenv(store.ADDRESS, database_server.database())
    assert shared_journal.is_empty()
    shared_journal.fill(tmp_path / "copy.db")
    again = store.store(w.folder)
    assert (again.after(0), again.differing()) == rows and list(verify.faults(w.folder)) == []
    assert frozen.content(w.folder, digest).decode() == "ที่ประชุมเห็น"
    again.engine.dispose()


def test_what_a_meeting_saw_is_kept_once_by_several_servers_and_a_changed_byte_is_found(shared: str, tmp_path: Path) -> None:
    content = json.dumps({"rows": ["ม.6 บ้านเหล่างาม"] * 5_000}, ensure_ascii=False).encode()
    with ThreadPoolExecutor(4) as servers:
        digests = set(servers.map(lambda _: frozen.keep(tmp_path, content), range(8)))
    (digest,) = digests
    assert frozen.content(tmp_path, digest) == content
    journal = store.store(tmp_path)
    with journal.engine.begin() as connection:
        assert len(connection.execute(sql.select(store.FROZEN.c.digest)).all()) == 1
        connection.execute(sql.update(store.FROZEN).values(content=gzip.compress(content + b" ", mtime=0)))
    with pytest.raises(frozen.Changed):
        frozen.content(tmp_path, digest)

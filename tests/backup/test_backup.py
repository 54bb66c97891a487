"""A backup of an installation that is in use, and the way back: all that was acknowledged, verified, or nothing at all."""

import errno
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audit import log
from audit.verify import verify
from backup import __main__ as verbs
from backup import archive, contents, snapshot
from backup.refusal import Refused
from backup.restore import finish, restore
from backup.take import take
from etl.store import Store
from installation import private_files
from installation.paths import PROJECT
from journal import store
from journal import verify as journal
from queries import DESK
from queries.record import record
from tests.backup.quiet import QUIET, Quiet
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep, words
from tests.patience import patience

PASSPHRASE = b"three words nobody says"
WRITERS = 40


def back(file: Path, folder: Path):
    """Restore all the way."""
    return finish(restore(file, folder, PASSPHRASE, QUIET), folder, QUIET, lambda _: None)


def rows(folder: Path) -> dict[str, list[tuple]]:
    """The journal's tables as another program reads them."""
    connection = sqlite3.connect(folder / "journal" / "journal.db")
    found = {t: sorted(connection.execute(f"select * from {t}").fetchall()) for t in ("entry", "differing")}
    connection.close()
    return found


def held(folder: Path) -> dict[str, object]:
    """What a backup keeps of a folder, but the two that go on: the journal's file and the log."""
    said: dict[str, object] = {}
    for name in filter(contents.kept, contents.names(folder)):
        path = folder / name
        if not name.startswith(("audit", "journal/journal.db")):
            said[name] = json.loads(path.read_bytes()) if name.endswith(".json") else (path.read_bytes(), path.stat().st_size)
    return said


def test_what_is_restored_is_what_was_backed_up(office, tmp_path: Path, monkeypatch) -> None:
    w = office()
    old = w.folder / "signed_out" / ("c" * 64)
    os.utime(old, (1_700_000_000, 1_700_000_000))
    summary, build = w.ask("summary"), Store(w.folder).current()
    done = take(w.folder, tmp_path / "x.backup", PASSPHRASE, QUIET)
    assert (done.unknown, done.found.faults, done.found.entries, done.found.registers) == ((), (), 2, 2)
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    log_then = {path.name: path.read_bytes() for path in (w.folder / "audit").glob("*.jsonl")}

    new = back(done.path, tmp_path / "new")
    folder = tmp_path / "new"
    assert (new.found, new.build, Store(folder).current()) == (done.found, build, build)
    assert held(folder) == held(w.folder) and rows(folder) == rows(w.folder) and len(rows(folder)["differing"]) == 1
    assert (folder / "signed_out" / ("c" * 64)).stat().st_mtime == 1_700_000_000
    for name, lines in log_then.items():
        assert (folder / "audit" / name).read_bytes().startswith(lines)
    assert [line["action"] for line in log.entries(folder)][:2] == ["restored", "backed_up"] and verify(folder).whole
    open_ = [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert (open_, stat.S_IMODE(folder.stat().st_mode), contents.unknown(folder)) == ([], 0o700, [])

    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    assert Warehouse(folder, {}).ask("summary") == summary
    assert words([event("note", "H1", note="ไปต่อ")]) == ["kept"]  # it goes on from there
    assert list(journal.faults(folder)) == [] and verify(folder).whole
    assert not (w.folder / contents.WORK).exists()


def eventually(true: Callable[[], bool]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + patience(20)
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_backup_while_forty_write_has_all_that_was_acknowledged_before_it_began(warehouse, tmp_path: Path) -> None:
    w = warehouse(household="household_id | village_code\nH1 | 34210601")
    acknowledged: list[str] = []
    over = threading.Event()

    def writing() -> None:
        while not over.is_set():
            events = [event("note", "H1", note="x") for _ in range(3)]
            acknowledged.extend(v["id"] for v in record(events, DESK, "x") if v["verdict"] == "kept")

    class Meanwhile(Quiet):
        def step(self, *_: object) -> None:
            """Between any two steps, so also between the log's copy and the journal's, much is recorded."""
            enough = len(acknowledged) + WRITERS
            eventually(lambda: len(acknowledged) >= enough)

    writers = [threading.Thread(target=writing) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        eventually(lambda: len(acknowledged) >= WRITERS)
        before = list(acknowledged)
        done = take(w.folder, tmp_path / "x.backup", PASSPHRASE, Meanwhile())
    finally:
        over.set()
        for writer in writers:
            writer.join()
    new = back(done.path, tmp_path / "new")
    entries = store.store(tmp_path / "new").after(0)
    assert set(before) <= {entry["id"] for entry in entries} and len(entries) < len(acknowledged)  # they did write meanwhile
    assert new.found.faults == () and list(journal.faults(tmp_path / "new")) == [] and verify(tmp_path / "new").whole
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))


@pytest.fixture
def small(warehouse, tmp_path: Path) -> tuple[Path, Path]:
    """A data folder with one entry, and its backup."""
    w = warehouse(household="household_id | village_code\nH1 | 34210601")
    keep(event("note", "H1", note="x"))
    return w.folder, take(w.folder, tmp_path / "x.backup", PASSPHRASE, QUIET).path


def test_a_file_that_is_not_what_was_written_leaves_no_trace(small, tmp_path: Path) -> None:
    _, file = small
    good, there = file.read_bytes(), sorted(tmp_path.iterdir())
    size = len(good)
    flipped = [good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :] for n in (*range(0, size, size // 40), size - 1)]
    for bad in (*flipped, good[: size // 2], good[:-1], good[:20], b"", good + b"\0"):
        file.write_bytes(bad)
        with pytest.raises(Refused, match=" · "):
            restore(file, tmp_path / "new", PASSPHRASE, QUIET)
    file.write_bytes(good)
    with pytest.raises(Refused, match="passphrase is wrong"):
        restore(file, tmp_path / "new", b"another passphrase", QUIET)
    assert sorted(tmp_path.iterdir()) == there
    assert back(file, tmp_path / "new").found.entries == 1


def test_only_a_missing_or_empty_folder_is_restored_into(small, tmp_path: Path) -> None:
    folder, file = small
    before = held(folder)
    with pytest.raises(Refused, match="is not empty"):
        restore(file, folder, PASSPHRASE, QUIET)
    with pytest.raises(Refused, match="is no folder"):
        restore(file, file, PASSPHRASE, QUIET)
    assert held(folder) == before
    (tmp_path / "empty").mkdir(mode=0o755)
    assert back(file, tmp_path / "empty").found.faults == ()
    assert stat.S_IMODE((tmp_path / "empty").stat().st_mode) == 0o700


@pytest.mark.parametrize("made", [True, False])
def test_a_full_disk_leaves_the_folder_as_it_was(small, tmp_path: Path, made: bool) -> None:
    class Full(Quiet):
        steps = 0

        def step(self, *_: object) -> None:
            self.steps += 1

        def advance(self, _: int) -> None:
            if self.steps == 2:  # writing
                raise OSError(errno.ENOSPC, "No space left on device")

    if made:
        (tmp_path / "new").mkdir()
    with pytest.raises(OSError, match="space"):
        restore(small[1], tmp_path / "new", PASSPHRASE, Full())
    assert (tmp_path / "new").exists() == made and not list((tmp_path / "new").glob("*"))


KILLED = """
import os, signal, sys
from pathlib import Path
from backup import archive
from backup.progress import Progress
from backup.take import take

archive.COST, folder, to = 2, Path(sys.argv[1]), Path(sys.argv[2])

class Deadly(Progress):
    done, steps = 0, 0

    def step(self, thai, english, total=0):
        self.steps, self.done, self.total = self.steps + 1, 0, total
        self.advance(0)

    def advance(self, count):
        self.done += count
        if self.steps == at and self.done >= self.total * part:
            os.kill(os.getpid(), signal.SIGKILL)

for at, part in ((1, 0), (2, 0), (2, 0.5), (2, 1), (3, 0), (3, 0.5), (3, 1), (4, 0)):
    child = os.fork()
    if not child:
        take(folder, to, b"three words nobody says", Deadly())
        os._exit(0)
    print(os.waitpid(child, 0)[1], to.exists())
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is killed by a signal")
def test_a_backup_that_is_killed_has_no_name_and_the_next_one_clears_up(small, tmp_path: Path) -> None:
    """Killed while it copies, writes and reads back: none. Killed when it has its name: a whole one."""
    folder, to = small[0], tmp_path / "killed.backup"
    command = [sys.executable, "-P", "-c", KILLED, str(folder), str(to)]
    said = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, encoding="utf-8")
    assert said.stdout.split("\n")[:-1] == ["9 False"] * 7 + ["9 True"], said
    assert back(to, tmp_path / "new").found.entries == 1
    assert (folder / contents.WORK).exists() and contents.unknown(folder) == []
    to.unlink()
    assert take(folder, to, PASSPHRASE, QUIET).found.faults == ()
    assert not (folder / contents.WORK).exists() and sorted(tmp_path.glob("killed*")) == [to]


def test_what_is_wrong_is_found_when_the_backup_is_taken(small, tmp_path: Path) -> None:
    folder, _ = small
    (register,) = (path for path in (folder / "registers").iterdir() if path.name != "index.json")
    register.chmod(0o600)
    register.write_bytes(register.read_bytes() + b"\n")
    with sqlite3.connect(folder / "journal" / "journal.db") as connection:
        connection.execute("update entry set body = '{}'")
    found = take(folder, tmp_path / "y.backup", PASSPHRASE, QUIET).found
    assert [english for _, english in found.faults] == [
        "entry 1 was changed",
        f"register registers/{register.name} was changed or is damaged",
    ]
    register.unlink()
    (folder / "journal" / "journal.db").unlink()
    found = take(folder, tmp_path / "z.backup", PASSPHRASE, QUIET).found
    assert [english.split(",")[0] for _, english in found.faults] == [
        "there is no journal",
        f"register {register.stem} is missing",
    ]


def test_a_backup_waits_for_a_load_and_for_nothing_else_that_holds_on(small, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(snapshot, "WAIT_LOAD", 0)
    with Store(small[0]).lock(), pytest.raises(Refused, match="load of registers does not end"):
        take(small[0], tmp_path / "y.backup", PASSPHRASE, QUIET)
    monkeypatch.setattr(snapshot, "WAIT_LOAD", 60)
    begun = threading.Event()

    class Heard(Quiet):
        def step(self, _: str, english: str, total: int = 0) -> None:
            if "waiting for a load" in english:
                begun.set()

    done: list[object] = []
    with Store(small[0]).lock():
        taking = threading.Thread(target=lambda: done.append(take(small[0], tmp_path / "y.backup", PASSPHRASE, Heard())))
        taking.start()
        assert begun.wait(30) and not done
    taking.join()
    assert len(done) == 1


def test_a_place_that_is_no_place_for_a_backup_is_refused(small, tmp_path: Path, monkeypatch) -> None:
    folder, file = small
    for to, words_ in (
        (folder / "x", "outside the data folder"),
        (file, "is there already"),
        (tmp_path / "no" / "x", "make it first"),
    ):
        with pytest.raises(Refused, match=words_):
            take(folder, to, PASSPHRASE, QUIET)
    with pytest.raises(Refused, match="no installation"):
        take(tmp_path / "nowhere", tmp_path / "y", PASSPHRASE, QUIET)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(Refused, match="run this as the user"):
        take(folder, tmp_path / "y", PASSPHRASE, QUIET)
    assert not (tmp_path / "nowhere").exists() and not (tmp_path / "y").exists() and list(folder.glob("x")) == []


def test_the_journal_of_a_shared_database_comes_along_and_goes_back_into_an_empty_one(warehouse, tmp_path, monkeypatch) -> None:
    w = warehouse(household="household_id | village_code\nH1 | 34210601")
    monkeypatch.setenv(store.ADDRESS, f"sqlite:///{tmp_path / 'shared.db'}")
    keep(event("note", "H1", note="x"), event("note", "H1", note="y"))
    entries = store.store(w.folder).after(0)
    file = take(w.folder, tmp_path / "x.backup", PASSPHRASE, QUIET).path
    with pytest.raises(Refused, match="holds entries"):
        restore(file, tmp_path / "new", PASSPHRASE, QUIET)
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv(store.ADDRESS, f"sqlite:///{tmp_path / 'empty.db'}")
    assert back(file, tmp_path / "new").found.entries == 2
    assert store.store(tmp_path / "new").after(0) == entries and not (tmp_path / "new" / "journal" / "journal.db").exists()
    monkeypatch.delenv(store.ADDRESS)
    assert back(file, tmp_path / "alone").found.entries == 2 and store.store(tmp_path / "alone").after(0) == entries


@pytest.fixture
def shell(monkeypatch, capsys):
    """`shell("backup", …)`: exit code and what was said, as the verbs are called."""
    monkeypatch.setattr(private_files, "keep_private", lambda: None)  # the tests' own umask stays

    def run(*arguments: object) -> tuple[int, str]:
        code = verbs.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_verbs_say_what_they_did_and_end_with_their_codes(small, tmp_path: Path, monkeypatch, shell) -> None:
    folder, _ = small
    to = tmp_path / "y.backup"
    monkeypatch.setenv("BAAN_SUK_PASSPHRASE", "short")
    code, said = shell("backup", to, "--data", folder)
    assert code == 2 and "12 characters at least" in said and not to.exists()
    monkeypatch.delenv("BAAN_SUK_PASSPHRASE")
    code, said = shell("backup", to, "--data", folder)
    assert code == 2 and "set BAAN_SUK_PASSPHRASE" in said
    monkeypatch.setenv("BAAN_SUK_PASSPHRASE", PASSPHRASE.decode())
    code, said = shell("backup", to, "--data", folder)
    assert code == 0 and "1 entries of the journal" in said and "0 faults" in said and "reading it back" in said
    code, said = shell("restore", to, "--data", tmp_path / "new")
    assert code == 0 and "the build is the one that was current then" in said and "making the build again" in said
    code, said = shell("restore", to, "--data", tmp_path / "new")
    assert code == 2 and "is not empty" in said
    code, said = shell("restore", tmp_path / "no", "--data", tmp_path / "other")
    assert code == 2 and "there is no file" in said
    (folder / "notes.txt").touch()
    (tmp_path / "many").mkdir()
    code, said = shell("backup", tmp_path / "many", "--data", folder)
    assert code == 1 and "NOT in the backup" in said and "- notes.txt" in said and len(list((tmp_path / "many").iterdir())) == 1


def test_a_fault_that_came_along_is_said_after_the_restore(small, tmp_path: Path, monkeypatch, shell) -> None:
    folder, _ = small
    monkeypatch.setenv("BAAN_SUK_PASSPHRASE", PASSPHRASE.decode())
    with sqlite3.connect(folder / "journal" / "journal.db") as connection:
        connection.execute("update entry set body = '{}'")
    for call in (
        ("backup", tmp_path / "y.backup", "--data", folder),
        ("restore", tmp_path / "y.backup", "--data", tmp_path / "new"),
    ):
        code, said = shell(*call)
        assert code == 1 and "entry 1 was changed" in said
    assert next(log.entries(tmp_path / "new"))["facts"]["faults"] == 1


def test_a_passphrase_is_asked_for_twice_on_a_terminal(small, tmp_path: Path, monkeypatch, shell) -> None:
    monkeypatch.delenv("BAAN_SUK_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    answers = iter(["twelve letters", "twelve lettres", "twelve letters", "twelve letters", "twelve letters"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    code, said = shell("backup", tmp_path / "y.backup", "--data", small[0])
    assert code == 2 and "differ" in said
    assert shell("backup", tmp_path / "y.backup", "--data", small[0])[0] == 0
    assert shell("restore", tmp_path / "y.backup", "--data", tmp_path / "new")[0] == 0


def test_guessing_a_passphrase_is_made_dear() -> None:
    """OWASP: N = 2^17, r = 8, p = 1; the tests' own cost is another."""
    assert "COST = 2**17" in Path(archive.__file__).read_text("utf-8")

"""A build is all or nothing: whoever reads, whenever a load dies, sees one whole build."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from etl.build import Inputs
from etl.store import Store
from queries import DESK, Filters, ask
from tests.drawn import loaded

pytestmark = pytest.mark.builds  # what is held here is the building
ROOT = Path(__file__).parent.parent.parent
HEAD = "register_year,household_id,village_code,source"
KILLS = 10
KEPT = 3


@pytest.fixture
def desk(tmp_path, monkeypatch, built):
    """A data folder whose only register says how many households it has."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    file = register(tmp_path, 1)
    built("one household", lambda first: loaded(first, file), tmp_path / "data")
    return tmp_path


def register(folder: Path, households: int, name: str = "r.csv") -> Path:
    """A register of so many households; all of them are of the village of that number, so a mixture would show."""
    rows = "\n".join(f"2565,H{n},342106{1 + households % 50:02},tpmap" for n in range(households))
    (folder / name).write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    return folder / name


def start(desk: Path, *files: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "etl", "load", *map(str, files), "--data", str(desk / "data")]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def seen() -> int:
    """How many households a reader sees; the village must agree."""
    (row,) = ask("summary", Filters(), DESK, by="village").to_dict("records")
    assert row["code"] == f"342106{1 + row['households'] % 50:02}"
    return row["households"]


def leftovers(desk: Path) -> list[str]:
    return sorted(
        p.name for p in (desk / "data").rglob("*") if ".tmp" in p.name or ".wal" in p.name or p.name.startswith("work-")
    )


def test_a_load_killed_at_any_moment_leaves_one_whole_build(desk):
    chance = random.Random(7)
    for number in range(2, KILLS + 2):
        before = seen()
        load = start(desk, register(desk, number))
        time.sleep(chance.uniform(0.15, 1.6))
        load.send_signal(signal.SIGKILL)
        load.communicate()
        assert seen() in (before, number)
    last = start(desk, register(desk, KILLS + 20))
    assert (last.communicate()[0] is not None, last.returncode, seen()) == (True, 0, KILLS + 20)
    assert leftovers(desk) == []


def limited(desk: Path, *before: str, **limits: object) -> subprocess.CompletedProcess[str]:
    """A load of two households that `before` starts under other circumstances."""
    command = [*before, sys.executable, "-m", "etl", "load", str(register(desk, 2)), "--data", str(desk / "data")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", **limits)  # type: ignore[call-overload]


@pytest.mark.parametrize("most", [0, 4_096, 100_000, 400_000, 1_200_000])  # of 1.4 MB
def test_a_disk_that_is_full_at_any_moment_leaves_the_earlier_build_and_says_so(desk, most):
    resource = pytest.importorskip("resource")  # bytes a file may grow to: the same to a writer as a full disk
    done = limited(desk, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert (done.returncode, "ดิสก์เต็ม" in done.stderr, "Traceback" in done.stderr, seen()) == (2, True, False, 1), done.stderr
    assert leftovers(desk) == [] and loaded(desk / "data", desk / "r.csv") and seen() == 2


@pytest.mark.skipif(os.name == "nt", reason="folders have no such modes there")
def test_a_folder_that_may_not_be_written_is_said_and_nothing_changes(desk):
    folders = [desk / "data", desk / "data" / "warehouse", desk / "data" / "registers"]
    as_anybody = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []  # root writes anywhere
    for folder in folders:
        folder.chmod(0o500)
    try:
        done = limited(desk, *as_anybody)
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert (done.returncode, "สิทธิ์เขียน" in done.stderr, "Traceback" in done.stderr, seen()) == (2, True, False, 1), done.stderr


def test_what_a_killed_load_left_is_healed_by_the_next(desk):
    warehouse = desk / "data" / "warehouse"
    for name in ("deadbeef.duckdb.tmp", "deadbeef.duckdb.tmp.wal", "CURRENT.tmp"):
        (warehouse / name).write_bytes(b"half")
    (warehouse / "work-dead").mkdir()
    (warehouse / "work-dead" / "register.csv").write_text("somebody's name")
    registers = desk / "data" / "registers"
    (registers / "deadbeef.tmp").write_bytes(b"half a register")
    loaded(desk / "data", register(desk, 4))
    assert (seen(), leftovers(desk)) == (4, [])


def test_readers_during_loads_see_one_build_or_the_next(desk):
    found: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                found.append(seen())
            except Exception as fault:
                found.append(fault)
            time.sleep(0.005)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, 6):
        loaded(desk / "data", register(desk, number))
    done.set()
    for reader in readers:
        reader.join()
    assert set(found) <= {1, 2, 3, 4, 5} and 5 in {*found, seen()}


def test_of_two_loads_at_once_one_says_busy(desk):
    with Store(desk / "data").lock():
        load = start(desk, register(desk, 2))
        said = load.communicate()[1]
    assert (load.returncode, "another load is running" in said, seen()) == (2, True, 1)


def test_a_build_is_for_its_owner_to_read_only_and_three_are_kept(desk):
    for number in range(2, 6):
        w = loaded(desk / "data", register(desk, number))
    builds = sorted((desk / "data" / "warehouse").glob("*.duckdb"))
    assert len(builds) == 3 and {p.stat().st_mode & 0o777 for p in builds} == {0o400}
    assert (desk / "data" / "warehouse").stat().st_mode & 0o077 == 0
    assert (desk / "data" / "warehouse" / "CURRENT").stat().st_mode & 0o077 == 0
    assert w.report["build"] in {p.stem for p in builds} and seen() == 5


def test_a_register_that_was_replaced_is_not_kept_for_ever(desk, monkeypatch):
    monkeypatch.setattr("etl.store.KEPT_INPUTS", KEPT)  # ten in production, each a build here
    for number in range(2, KEPT + 4):
        loaded(desk / "data", register(desk, number))
    kept = {p.name for p in (desk / "data" / "registers").iterdir()} - {"index.json"}
    store = Store(desk / "data")
    assert kept == {file.path.name for entry in store.history() for file in store.files_of(entry)} and len(kept) == KEPT


def test_the_same_registers_give_the_same_build_and_another_secret_another(desk, tmp_path):
    first = Store(desk / "data").current()
    loaded(desk / "data", register(desk, 2))
    assert loaded(desk / "data", register(desk, 1)).report["build"] == first
    assert loaded(tmp_path / "elsewhere", register(desk, 1)).report["build"] != first


def test_an_upgrade_or_a_changed_definition_is_another_build():
    nothing = Inputs([], False, {})
    assert nothing.identity(b"a") == nothing.identity(b"a") != nothing.identity(b"b")


def test_no_temporary_file_is_readable_by_others(desk):
    os.umask(0o022)
    assert all(p.stat().st_mode & 0o077 == 0 for p in (desk / "data").rglob("*") if p.name != "lock")

"""A workbook with several big sheets is read by several processes: the same sheets come out, and none outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.files import child_processes, sheets
from etl.files.filetype import Unreadable, sheet_sizes
from etl.files.worksheets import shares
from installation.paths import PROJECT
from tests.registers.case import households
from tests.registers.files import xlsx

PAGES = {name: households(name.upper(), [["จำนวนสมาชิก"], *([float(n)] for n in range(20))]) for name in "abcd"}


def test_sheets_shared_between_processes_come_out_as_from_one(tmp_path, monkeypatch):
    book = tmp_path / "ทะเบียน.xlsx"
    book.write_bytes(xlsx(PAGES))
    alone = _read(book, tmp_path / "one")
    monkeypatch.setattr(sheets, "processes", lambda sizes: 3)
    shared = _read(book, tmp_path / "three")
    assert shared == alone
    assert [name for name, *_ in alone] == list("abcd")


def _read(book: Path, work: Path) -> list[tuple[str, int, list[str], str]]:
    work.mkdir()
    return [(s.sheet, s.rows, s.headings, s.path.read_text(encoding="utf-8")) for s in sheets.sheets(book, book.name, work)]


def test_the_largest_sheets_go_to_different_processes():
    assert shares(["a", "b", "c", "d"], {"a": 5, "b": 90, "c": 80, "d": 1}, 2) == [{1}, {0, 2, 3}]
    assert shares(["a", "b"], {}, 1) == [{0, 1}]


def test_only_several_big_sheets_are_worth_several_processes(tmp_path):
    book = tmp_path / "ทะเบียน.xlsx"
    book.write_bytes(xlsx(PAGES))
    assert len(sheet_sizes(book)) == 4
    assert sheets.processes(sheet_sizes(book)) == 1
    assert sheets.processes([sheets.BIG]) == 1


def test_the_first_process_that_fails_ends_the_others():
    waits = [sys.executable, "-c", "import time; time.sleep(600)"]
    fails = [sys.executable, "-c", "raise SystemExit('too_large|x')"]
    begin = time.monotonic()
    with pytest.raises(Unreadable) as reason:
        child_processes.run([fails, waits], 600)
    assert reason.value.reason == "too_large"
    assert time.monotonic() - begin < 300


def test_a_process_that_takes_too_long_is_ended():
    with pytest.raises(Unreadable) as reason:
        child_processes.run([[sys.executable, "-c", "import time; time.sleep(600)"]], 0.2)
    assert reason.value.reason == "too_slow"


CHILD = "import os, sys, time; from etl.files.child_processes import die_with_parent; {watch}; print(os.getpid(), file=open(sys.argv[1], 'w')); time.sleep(600)"
PARENT = "import sys; from etl.files import child_processes; child_processes.run([[sys.executable, '-c', {child!r}, p] for p in sys.argv[1:]], 600)"


@pytest.mark.parametrize(
    "watch", ["die_with_parent()", "sys.platform = 'other'; die_with_parent()"], ids=["kernel and pipe", "pipe alone"]
)
def test_children_end_when_their_parent_is_killed(tmp_path, watch):
    told = [tmp_path / "first", tmp_path / "second"]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(child=CHILD.format(watch=watch)), *map(str, told)], cwd=PROJECT
    )
    try:
        children = [_number(path) for path in told]
        assert all(_alive(child) for child in children)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert _until(lambda: not any(_alive(child) for child in children))
    finally:
        parent.kill()
        parent.wait()


def _number(path: Path) -> int:
    assert _until(lambda: path.exists() and path.read_text().strip() != "")
    return int(path.read_text())


def _alive(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked after is none."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _until(so: object, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if so():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False

"""What a run says at its end, and what a quick one begins with and leaves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patience
from tests.reporting import ROOT, rank

TESTS = """
import pytest
def test_good(): pass
@pytest.mark.parametrize("n", [1, 2])
def test_bare(n): pytest.skip("no moon tonight")
"""


def run(folder: Path, *arguments: str, more: str = "") -> subprocess.CompletedProcess:
    """A run of pytest over three small tests, with our plugin."""
    (folder / "conftest.py").write_text(f"import tests.reporting\n{more}", "utf-8")
    (folder / "test_some.py").write_text(TESTS, "utf-8")
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "tests.reporting", "--rootdir", str(folder), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=patience(60))


@pytest.mark.parametrize("processes", [("-p", "no:xdist"), ("-n", "2", "--dist", "loadgroup")], ids=["one", "two"])
def test_skipped_tests_are_counted_and_named_under_their_reason(tmp_path: Path, processes: tuple[str, ...]) -> None:
    said = run(tmp_path, *processes)
    assert said.returncode == 0 and "skipped: 2" in said.stdout and "2 because: no moon tonight" in said.stdout
    assert "test_some.py::test_bare[1]" in said.stdout and "test_some.py::test_bare[2]" in said.stdout


@pytest.mark.parametrize("processes", [("-p", "no:xdist"), ("-n", "2", "--dist", "loadgroup")], ids=["one", "two"])
def test_a_quick_run_ends_when_its_time_is_over_and_says_what_was_left(tmp_path: Path, processes: tuple[str, ...]) -> None:
    said = run(tmp_path, "--quick", *processes, more="tests.reporting.QUICK = -1")
    assert "left when the time was over: 3 tests in 1 files" in said.stdout and "    3 test_some.py" in said.stdout
    assert "passed" not in said.stdout


def test_what_a_quick_run_leaves_it_leaves_to_its_end(tmp_path: Path) -> None:
    """A test of one module is left and one of the next would still fit: nothing is torn down between them, so neither is begun."""
    kept = "import pytest\n@pytest.fixture(scope='module')\ndef room(): yield\ndef test_a(room): pass\ndef test_b(room): pass\n"
    for name in ("test_aa.py", "test_ab.py"):
        (tmp_path / name).write_text(kept, "utf-8")
    lasting = (
        "tests.reporting.Run.takes = lambda self, item: 1e9 if item.name == 'test_b' else 0.0\ntests.reporting.SLOW = 1e10"
    )
    result = run(tmp_path, "--quick", "-p", "no:xdist", "test_aa.py", "test_ab.py", more=lasting)
    assert "1 passed" in result.stdout and "error" not in result.stdout and "3 tests in 2 files" in result.stdout


@pytest.mark.parametrize(
    ("test", "changed", "expected"),
    [
        ("tests/ui/test_pages.py", ["tests/ui/test_pages.py"], 0),
        ("tests/ui/test_pages.py", ["ui/map/classes.py"], 1),
        ("tests/ui/test_pages.py", ["pages/map.py"], 1),
        ("tests/ui/test_pages.py", ["etl/store.py", "tests/patience.py"], 2),
        ("tests/test_manage.py", ["manage.py"], 1),
        ("tests/test_manage.py", ["tests/patience.py"], 2),
        ("tests/etl/test_tags.py", [], 2),
    ],
)
def test_changed_files_come_first_then_changed_rooms(test: str, changed: list[str], expected: int) -> None:
    assert rank(test, changed) == expected

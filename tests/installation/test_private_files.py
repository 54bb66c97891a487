"""Personal data lies where only its owner can read it, and a folder that others can open is refused."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from audit import log
from etl.__main__ import main as etl
from installation import private_files
from queries import decide
from tests.drawn import register, write_csv

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def easy_umask():
    """The machine makes files that all may read, as most do."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in [folder, *folder.rglob("*")] if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def test_whatever_lies_in_the_data_folder_after_a_load_and_a_decision_is_its_owners(
    tmp_path: Path, monkeypatch, easy_umask
) -> None:
    data = tmp_path / "data"
    file = write_csv(tmp_path / "household.csv", register("household", "household_id | house_no\n H1 | 5"))
    assert etl(["load", str(file), "--data", str(data)]) == 0
    monkeypatch.setenv("BAAN_SUK_DATA", str(data))
    decide("a:b", "different")
    made = {path.relative_to(data).parts[0] for path in data.rglob("*")}
    assert made >= {"warehouse", "registers", "audit", "audit.head", "secret.key", "decisions.jsonl"}
    assert made <= {*private_files.PRIVATE, "secret.lock", "decisions.lock"}  # what is new has to be thought of
    assert open_to_others(data) == []


@pytest.mark.parametrize("part", ["", "warehouse", "secret.key", "audit"])
def test_a_folder_that_others_can_open_is_refused_with_what_to_type(tmp_path: Path, part: str, capsys, easy_umask) -> None:
    data = tmp_path / "da ta"
    assert etl(["ensure", "--data", str(data)]) == 0
    (data / "audit").mkdir(mode=0o700, exist_ok=True)
    (data / part).chmod(0o755)
    assert etl(["ensure", "--data", str(data)]) == 2
    command = capsys.readouterr().err.splitlines()[-1].strip()
    assert command.startswith("chmod go-rwx '")
    subprocess.run(["sh", "-c", command], check=True)
    assert private_files.exposed(data) == [] and etl(["ensure", "--data", str(data)]) == 0


def test_the_dashboard_does_not_start_over_such_a_folder(tmp_path: Path, easy_umask) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    code = "from ui.server.first_build import make_ready; make_ready()"
    environment = {**os.environ, "BAAN_SUK_DATA": str(data), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 1 and "chmod go-rwx" in done.stderr and "Traceback" not in done.stderr


def test_a_live_folder_and_its_parts_are_both_looked_at(tmp_path: Path, easy_umask) -> None:
    (tmp_path / "live" / "warehouse").mkdir(parents=True)
    assert private_files.exposed(tmp_path / "live") == [tmp_path / "live", tmp_path / "live" / "warehouse"]
    assert private_files.exposed(tmp_path / "nowhere") == []


def test_whatever_comes_first_makes_the_live_folder_its_owner_s_alone(tmp_path: Path, easy_umask) -> None:
    """An entry of the log may be the first thing that an installation writes."""
    log.write(tmp_path / "data" / "live", "desk", "sign_in")
    assert private_files.exposed(tmp_path / "data" / "live") == []


@pytest.mark.parametrize("mode", [0o740, 0o720, 0o704])
def test_one_right_of_the_group_or_of_others_is_too_many(tmp_path: Path, mode: int) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live").chmod(mode)
    assert private_files.exposed(tmp_path / "live") == [tmp_path / "live"]

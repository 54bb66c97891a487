"""A build is asked by the rules it was made under, also by a process that has answered for longer than they exist."""

import subprocess
import sys
from pathlib import Path

import pytest

from queries import DESK, NATION, Reader, build
from tests.definitions.test_editing import add, rooms  # noqa: F401
from tests.drawn import Warehouse, loaded, write_csv

HEADINGS = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา", "ชื่อเล่น"]
COMMITTEE = Reader("committee", (NATION,))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A process that has answered of a register whose column "ชื่อเล่น" nobody knows."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "live"))
    file = write_csv(tmp_path / "r.csv", [HEADINGS, ["2565", "H1", "34210601", "tpmap", "กานารีเล่น"]])
    w = loaded(tmp_path / "live", file)
    for reader in (DESK, COMMITTEE):
        assert "nickname" not in w.ask("household", reader=reader, household=w.ref("H1"))[0]
    return w


@pytest.mark.parametrize(("personal", "told"), [("name", "ก…"), ("text", "กานารีเล่น"), ("shoe size", None), ("", "กานารีเล่น")])
def test_a_column_that_became_personal_is_masked_in_the_same_process(desk, rooms, tmp_path, personal, told) -> None:  # noqa: F811
    """The loader runs as a process of its own and knows the new row; this one was started before it was written."""
    add(rooms, "register_columns", f"household,nickname,text,,ชื่อเล่น,nickname,ชื่อเล่น,Nickname,,{personal},a test,,")
    before = build().id
    command = [sys.executable, "-P", "-m", "etl", "load", str(tmp_path / "r.csv"), "--blank-clears", "--data", str(desk.folder)]
    done = subprocess.run(
        command, cwd=rooms, env={"PYTHONPATH": str(rooms), "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert build().id != before
    ref = desk.ref("H1")
    assert desk.ask("household", reader=COMMITTEE, household=ref)[0]["nickname"] == told
    open_to_the_desk = None if told is None else "กานารีเล่น"  # a class that no role has a rule for is hidden from everybody
    assert desk.ask("household", household=ref)[0]["nickname"] == open_to_the_desk

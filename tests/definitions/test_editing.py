"""An officer adds a row to a definition, and no code is touched: the rooms are copied, the row added, a register loaded."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """A copy of the rooms that a load and a question need."""
    for room in ("access", "audit", "definitions", "etl", "installation", "journal", "queries", "data/geo"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def add(rooms: Path, table: str, row: str) -> None:
    with open(rooms / "definitions" / f"{table}.csv", "a", encoding="utf-8") as file:
        file.write(f"{row}\n")


def verb(rooms: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(rooms), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=rooms, env=environment, capture_output=True, encoding="utf-8", check=True
    )


def answers(rooms: Path, *arguments: str) -> list[dict]:
    return json.loads(verb(rooms, "queries", *arguments, "--format", "json", "--data", "data/live").stdout)["rows"]


def load(rooms: Path, name: str, text: str) -> list[dict]:
    (rooms / name).write_text(text, encoding="utf-8")
    verb(rooms, "etl", "load", name, "--data", "data/live", "--report", "report.json")
    return json.loads((rooms / "report.json").read_text(encoding="utf-8"))["files"]


HOUSEHOLD = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,ปีสำรวจ จปฐ."


def test_an_indicator_is_a_row(rooms):
    text = f"{HOUSEHOLD},ข้อ 99,ข้อ 27\n2565,A,34210601,tpmap,2564,ไม่ผ่าน,ผ่าน\n2565,B,34210601,tpmap,2565,ไม่ผ่าน,-\n"
    (problem,) = load(rooms, "household.csv", text)[0]["problems"]
    assert problem["found"] == "ข้อ 99"
    assert {r["household_id"]: r["access"] for r in answers(rooms, "report")} == {"A": "not_deprived", "B": "no_data"}
    add(rooms, "indicators", "2560-2564,99,เข้าถึงรถพยาบาล,reaches an ambulance,household,access,,,,a test,invented")
    assert load(rooms, "household.csv", text)[0]["problems"] == []
    assert {r["household_id"]: r["access"] for r in answers(rooms, "report")} == {"A": "deprived", "B": "no_data"}
    assert "99" in {r["code"] for r in answers(rooms, "rules") if r["kind"] == "indicator"}


def test_a_measured_indicator_a_heading_a_step_and_a_spelling_are_rows(rooms):
    add(rooms, "register_columns", "household,rooms,number,,จำนวนห้อง,rooms,จำนวนห้อง,Rooms,ห้อง,,a test")
    add(rooms, "indicators", "2560-2564,98,มีห้องพอ,enough rooms,household,living,rooms,2,rooms,a test,invented")
    add(rooms, "case_steps", "house_build,13,2,ขึ้นบ้านใหม่,House-warming,a test")
    add(rooms, "picklists", "source,walk_in,4,เดินเข้ามาเอง,Walked in,วอล์กอิน,a test")
    text = f"{HOUSEHOLD},จำนวนห้อง\n2565,A,34210601,วอล์กอิน,2564,๑\n2565,B,34210601,tpmap,2564,2\n"
    assert load(rooms, "household.csv", text)[0]["problems"] == []
    assert load(rooms, "step.csv", "ปีทะเบียน,รหัสครัวเรือน,แบบกรณี,ขั้นที่\n2565,A,สร้างบ้าน,13\n")[0]["problems"] == []
    states = {r["household_id"]: (r["living"], r["source"]) for r in answers(rooms, "report")}
    assert states == {"A": ("deprived", "walk_in"), "B": ("not_deprived", "tpmap")}
    assert [r["step"] for r in answers(rooms, "steps")] == list(range(1, 14))
    assert [r["household_id"] for r in answers(rooms, "report", "--source", "walk_in")] == ["A"]
    (light,) = [r for r in answers(rooms, "lights", "--household", ref(rooms)) if r["number"] == 98]
    assert (light["result"], light["measured"], light["threshold"]) == (0, 1, 2)


def ref(rooms: Path) -> str:
    return answers(rooms, "steps")[0]["ref"]

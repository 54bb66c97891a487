"""What a load says beforehand of what is recorded, held against what became of it when it was accepted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from etl import staging
from etl.store import Store
from queries import DESK, NATION, Reader
from queries.becoming import becoming, lines
from queries.waiting import unattached
from tests.drawn import Warehouse, register, write_csv
from tests.journal.recorded import event, keep, words
from tests.journal.test_attach import HERE, HOUSEHOLD, PERSON, THERE, notes

ROOT = Path(__file__).parents[2]
PLAN = "household_id | item_no | status | updated_date\nB1 | 1 | planned | 2022-03-01\nA3 | 1 | planned | 2022-03-01"
# A1 and A2 were swapped, the number of A3 was corrected, and its plan and that of B1 have news of October
AFTER = HOUSEHOLD.replace("A1  ", "A?  ").replace("A2  ", "A1  ").replace("A?  ", "A2  ").replace("A3 ", "C3 ")
LATER = PLAN.replace("2022-03-01", "2022-10-01").replace("A3", "C3")


@pytest.fixture
def w(warehouse) -> Warehouse:
    w = warehouse(household=HOUSEHOLD, person=PERSON, plan=PLAN)
    keep(event("note", "A1", note="ของสมชาย"), event("note", "A3", note="ของปิติ"), event("note", "B1", note="อยู่ที่เดิม"),
         event("plan_status", "B1", thing="plan/1", status="done"), event("plan_status", "A3", thing="plan/1", status="done"),
         event("plan_status", "B1", thing="plan/1", on="2022-01-01", status="in_progress"))  # fmt: skip
    assert words([event("note", "Z9", note="ไม่มี")]) == ["held"]
    return w


def files(folder: Path) -> list[Path]:
    folder.mkdir()
    tables = {"household": AFTER, "person": PERSON.replace("A1", "A2"), "plan": LATER}
    return [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in tables.items()]


def staged(w: Warehouse, paths: list[Path]) -> tuple[Store, str]:
    store, token = Store(w.folder), staging.new_token()
    with store.lock():
        assert staging.stage(store, paths, token, "th")["outcome"] == "built"
    return store, token


def test_what_is_said_before_is_what_becomes_of_it(w, tmp_path) -> None:
    store, token = staged(w, files(tmp_path / "later"))
    made = becoming(store.staged(token) / staging.BUILD, DESK)
    assert (made.stay, dict(made.anew), made.still) == (3, {"head": 2}, 1)
    assert [(row["household_id"], row["lost"]) for row in made.unattached] == [("A1", "head_elsewhere")]
    # the older of two that contradict each other on B1 does not speak; what both had seen is nothing
    assert made.overruled == 1
    here, there = (becoming(store.staged(token) / staging.BUILD, reader) for reader in (HERE, THERE))
    assert (here.stay, len(here.unattached), there.stay, there.unattached) == (0, 1, 3, [])
    assert notes(w, "A1") == ["ของสมชาย"]  # nothing has changed
    with store.lock():
        staging.accept(store, token)
    assert notes(w, "C3") == ["ของปิติ"] and notes(w, "A1") == notes(w, "A2") == []
    assert [row["household_id"] for row in unattached(DESK)] == ["A1", "Z9"]


def test_the_shell_says_it_too_and_leaves_nothing_behind(w, tmp_path) -> None:
    paths = [str(path) for path in files(tmp_path / "later")]
    store, token = staged(w, [Path(path) for path in paths])
    build = store.staged(token) / staging.BUILD
    said = subprocess.run(
        [sys.executable, "-m", "queries.becoming", str(build)], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "อยู่กับครัวเรือนเดิม 3" in said and "A1" in said and "สมชาย" not in said
    report = tmp_path / "report.json"
    report.write_text('{"outcome": "built"}', "utf-8")
    subprocess.run([sys.executable, "-m", "queries.becoming", str(build), "--report", str(report)], check=True)
    told = json.loads(report.read_text("utf-8"))
    assert told["outcome"] == "built" and {name: told["entries"][name] for name in ("stay", "anew", "still", "overruled")} == {
        "stay": 3,
        "anew": {"head": 2},
        "still": 1,
        "overruled": 1,
    }
    masked = lines(becoming(build, Reader("committee", (NATION,))))
    assert "A1" not in "".join(masked)


def test_nothing_recorded_is_nothing_said(warehouse, tmp_path) -> None:
    w = warehouse(household=HOUSEHOLD)
    assert lines(becoming(w.folder / "x.duckdb", DESK)) == []


def test_a_load_and_the_way_back_say_what_became_of_entries(w, tmp_path) -> None:
    """Through manage.py, as an officer types it: the load that was accepted, then the load before it."""

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments, "--data", str(w.folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT)
        assert done.returncode == 0, done
        return done.stdout

    before, report = Store(w.folder).current(), tmp_path / "report.json"
    said = manage("load", *map(str, files(tmp_path / "later")), "--report", str(report))
    assert "entries: 3 stay with their household, 2 come to another" in said and "1 have none" in said
    assert [row["household_id"] for row in json.loads(report.read_text("utf-8"))["entries"]["unattached"]] == ["A1"]
    assert "entries: 3 stay with their household, 3 come to another" in manage("use", before)

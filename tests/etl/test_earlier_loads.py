"""Earlier loads: when, who, how much, what would change against now; going back leaves the list in its order."""

import json
import shutil

import duckdb
import pytest

import etl.earlier_build
import etl.load
from etl import __main__ as verbs
from etl.load import load
from etl.staging import accept, new_token, stage
from etl.store import Store
from etl.wish import Officer
from tests.drawn import Warehouse

HEAD = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,ชื่อหัวหน้าครัวเรือน"


@pytest.fixture
def three(tmp_path, monkeypatch) -> Store:
    """Three loads of one list; the last by somebody who signed in."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    store = Store(tmp_path / "data")
    for households in (2, 3, 4):
        rows = "\n".join(f"2565,{chr(65 + n)},3421060{n + 1},tpmap,หัวหน้า{n}" for n in range(households))
        (tmp_path / "บ้าน.csv").write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
        with store.lock():
            if households < 4:
                load(store, [tmp_path / "บ้าน.csv"], "th")
            else:
                token, officer = new_token(), Officer("mali@example.go.th", "data_officer")
                stage(store, [tmp_path / "บ้าน.csv"], token, "th", officer=officer)
                accept(store, token, officer)
    shutil.rmtree(store.folder / "staging")  # made by this process, for anybody to read
    return store


def told(store: Store, capsys, *verb: str):
    capsys.readouterr()
    assert verbs.main([*verb, "--data", str(store.folder)]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_says_when_who_and_how_much(three, capsys):
    listed = told(three, capsys, "builds", "--json")
    assert [(e["households"], e["rows"], e["who"], e["current"]) for e in listed] == [
        (4, 4, "mali@example.go.th", True), (3, 3, "desk", False), (2, 2, "desk", False),
    ]  # fmt: skip
    assert all(e["made_at"].startswith("20") for e in listed)
    assert verbs.main(["builds", "--data", str(three.folder)]) == 0
    assert "2 ครัวเรือน · households, 2 แถว · rows, desk: บ้าน.csv" in capsys.readouterr().out


def test_what_would_change_is_said_before_and_nothing_changes(three, capsys):
    first = three.history()[-1]["build"]
    said = told(three, capsys, "compare", first)
    assert (said["kept"], said["change"]["before"], said["change"]["after"], said["change"]["gone"]) == (True, 4, 2, 2)
    assert [(v["village_code"], v["who"]) for v in said["leaving"]] == [("34210603", ["หัวหน้า2"]), ("34210604", ["หัวหน้า3"])]
    assert three.current() == three.history()[0]["build"]
    said = told(three, capsys, "compare", first, "--areas", "34210603", "--role", "committee")
    assert [(v["village_code"], v["who"]) for v in said["leaving"]] == [("34210603", [])]
    three.build_path(first).unlink()
    assert told(three, capsys, "compare", first) == {"kept": False}
    assert verbs.main(["compare", "nothing", "--data", str(three.folder)]) == 2


def test_a_build_that_cannot_be_asked_what_is_asked_today_is_made_anew(three, monkeypatch):
    """One that an earlier version made lacks a table, say: it is asked before it comes back."""
    made = []
    monkeypatch.setattr(etl.earlier_build, "ensure", lambda store, tell: made.append(store.current()))
    monkeypatch.setattr(etl.load, "probe", lambda path: duckdb.connect().execute("select * from fund_standing"))
    now, first = three.current(), three.history()[-1]["build"]
    etl.earlier_build.use(three, first)
    assert made == [now] and three.current() == now
    monkeypatch.setattr(etl.load, "probe", lambda path: None)
    etl.earlier_build.use(three, first)
    assert len(made) == 1 and three.current() == first


def test_going_back_leaves_each_row_where_it_was(three, capsys):
    before = told(three, capsys, "builds", "--json")
    for build in (before[-1]["build"], before[0]["build"]):
        assert verbs.main(["use", build, "--data", str(three.folder)]) == 0
        after = told(three, capsys, "builds", "--json")
        kept = ("build", "made_at", "who", "households")
        assert [[e[k] for k in kept] for e in after] == [[e[k] for k in kept] for e in before]
        assert [e["build"] for e in after if e["current"]] == [build]
    assert len(Warehouse(three.folder, {}).households()) == 4

"""`manage.py record` and `journal …` as somebody types them: what is printed, how they end, and what they say of a wrong file."""

import json

import pytest

from journal.__main__ import main
from tests.journal.recorded import event

HOUSEHOLD = "household_id | village_code\nH1 | 34210601\nH2 | 34210101"


@pytest.fixture
def run(warehouse, tmp_path, capsys):
    """Run a verb over a data folder with two families: its exit code, and what it said."""
    warehouse(household=HOUSEHOLD)

    def verb(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return verb


def written(path, events) -> str:
    path.write_text(json.dumps(events, ensure_ascii=False), "utf-8")
    return str(path)


def test_a_file_of_events_is_recorded_and_each_is_told_what_became_of_it(run, tmp_path) -> None:
    good, bad = event("note", "H1", note="ฝนตก"), {"kind": "visit"}
    file = written(tmp_path / "e.json", [good, bad])
    code, out, _ = run("record", file)
    assert code == 1 and [v["verdict"] for v in json.loads(out)] == ["kept", "refused"]
    assert "ไม่มี id" in json.loads(out)[1]["reason"] and "None" not in out
    assert run("record", written(tmp_path / "again.json", [good]))[0] == 0
    assert run("record", written(tmp_path / "bad.json", [bad]))[0] == 2
    assert (
        run("record", written(tmp_path / "far.json", [event("note", "H2", note="x")]), "--role", "field", "--area", "342106")[0]
        == 2
    )


@pytest.mark.parametrize(
    ("content", "says"), [(None, "อ่านไม่ได้"), (b"\xff\xfe\x00", "อ่านไม่ได้"), (b"not json", "ไม่ใช่ JSON"), (b"{}", "ต้องเป็นรายการ")]
)
@pytest.mark.parametrize("verb", [("record",), ("journal", "import")])
def test_a_file_that_is_none_is_said_in_thai_and_nothing_is_taken(run, tmp_path, content, says, verb) -> None:
    path = tmp_path / "e.json"
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(verb[-1], str(path))
    if verb[-1] == "import" and content == b"{}":
        assert code == 2 and '"refused": 1' in out  # a line that is an object is an event, and no good one
    else:
        assert code == 2 and says in err and out == ""


def test_an_export_that_comes_back_is_known_and_verify_is_content(run, tmp_path) -> None:
    events = [event("note", "H1", note="ฝนตก"), event("need", "H1", item="ไม้", quantity=3, unit="ท่อน")]
    assert run("record", written(tmp_path / "e.json", events))[0] == 0
    file = str(tmp_path / "all.jsonl")
    assert run("export", "--to", file)[0] == 0
    code, out, _ = run("import", file)
    assert code == 0 and json.loads(out)["known"] == 2
    assert run("verify")[0] == 0 and json.loads(run("unattached")[1]) == []

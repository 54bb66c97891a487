"""`manage.py record` and `journal …` as somebody types them: what is printed, how they end, and what they say of a wrong file."""

import json
import shutil
import zipfile

import pytest

from installation.paths import data_folder
from journal import photos
from journal.__main__ import main
from tests.journal.recorded import event, picture, stored

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


@pytest.mark.parametrize("to", ["parcel.zip", "parcel"])
def test_an_export_brings_its_pictures_to_another_installation(run, warehouse, tmp_path, monkeypatch, to) -> None:
    here = data_folder()
    bodies = {stored(here, body): body for body in (picture(number=40), picture(number=80))}
    visits = [event("visit", "H1", finding="x", photos=[digest]) for digest in bodies]
    assert run("record", written(tmp_path / "e.json", visits))[0] == 0
    assert "2 บันทึก 2 ภาพ" in run("export", "--to", str(tmp_path / to))[1]
    there = tmp_path / "there"
    shutil.copytree(here, there, ignore=shutil.ignore_patterns("journal", "audit*"))
    monkeypatch.setenv("BAAN_SUK_DATA", str(there))
    code, out, err = run("import", str(tmp_path / to))
    assert (code, json.loads(out)["kept"], err) == (0, 2, "")
    assert {digest: photos.read(there, digest) for digest in bodies} == bodies
    assert json.loads(run("import", str(tmp_path / to))[1])["known"] == 2


def test_a_picture_that_is_not_what_its_name_says_stays_outside_and_the_words_are_kept(run, tmp_path) -> None:
    digest = stored(data_folder(), picture(number=40))
    assert run("record", written(tmp_path / "e.json", [event("visit", "H1", finding="x", photos=[digest])]))[0] == 0
    assert run("export", "--to", str(tmp_path / "all"))[0] == 0
    (tmp_path / "all" / f"{digest}.jpg").write_bytes(picture(number=80))
    photos.remove(data_folder(), [digest])
    code, out, err = run("import", str(tmp_path / "all"))
    assert code == 0 and json.loads(out)["known"] == 1 and digest in err
    assert photos.missing(data_folder(), [digest]) == [digest]


@pytest.mark.parametrize("inside", [{}, {"../entries.jsonl": b"{}"}, {"entries.jsonl": b"\xff\xfe"}])
def test_a_parcel_that_is_none_is_said_and_nothing_is_written_outside(run, tmp_path, inside) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as made:
        for name, body in inside.items():
            made.writestr(name, body)
    before = sorted(path.name for path in tmp_path.iterdir())
    code, out, err = run("import", str(tmp_path / "p.zip"))
    assert (code, out) == (2, "") and ".zip" in err and sorted(path.name for path in tmp_path.iterdir()) == before
    (tmp_path / "bad.zip").write_bytes(b"PK no zip")
    assert run("import", str(tmp_path / "bad.zip"))[0] == 2
    assert run("export", "--to", str(tmp_path))[0] == 2  # a folder with something in it

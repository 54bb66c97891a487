"""A load is staged, compared, accepted or left; newer files replace, blanks keep, corrections return, earlier loads come back."""

import json
from pathlib import Path

import pytest

from etl import __main__ as verbs
from etl.earlier_build import use
from etl.load import load
from etl.staging import Stale, accept, leave, new_token, stage
from etl.store import Store
from etl.wish import Wish
from tests.drawn import Warehouse

HEAD = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,จำนวนสมาชิก,เบอร์โทรศัพท์,วันที่รับรอง,ผลการรับรอง"


class Desk:
    """A data folder and files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store(folder / "data")

    def file(self, name: str, *rows: str, head: str = HEAD) -> Path:
        (self.folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return self.folder / name

    def load(self, *files: Path, **wish) -> dict:
        with self.store.lock():
            return load(self.store, list(files), "th", Wish(**wish))

    def stage(self, *files: Path, **wish) -> tuple[str, dict]:
        token = new_token()
        with self.store.lock():
            return token, stage(self.store, list(files), token, "th", Wish(**wish))

    def column(self, name: str) -> dict:
        return Warehouse(self.folder / "data", {}).column(name)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    return Desk(tmp_path)


def test_nothing_changes_until_a_staged_load_is_accepted(desk):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,3,,,", "2565,B,34210601,tpmap,,,,", "2565,C,34210601,tpmap,,,,"))
    before = desk.store.current()
    token, said = desk.stage(
        desk.file("1.csv", "2565,A,34210602,tpmap,3,,,รับรอง", "2565,B,34210601,tpmap,,,,", "2565,D,34210601,tpmap,,,,")
    )
    assert (desk.store.current(), said["outcome"], said["replaced"]) == (before, "built", ["1.csv"])
    counted = {
        name: said["change"][name] for name in ("before", "after", "added", "gone", "moved", "recertified", "certified_after")
    }
    assert counted == {"before": 3, "after": 3, "added": 1, "gone": 1, "moved": 1, "recertified": 1, "certified_after": 1}
    (sheet,) = said["recognised"]
    assert {h["heading"]: h["column"] for h in sheet["headings"]}["เบอร์โทรศัพท์"] == "phone"
    assert list(desk.column("household_id")) == ["A", "B", "C"]
    with desk.store.lock():
        accept(desk.store, token)
    assert set(desk.column("household_id")) == {"A", "B", "D"} and not list(desk.store.folder.glob("staging/*"))


def test_leaving_removes_all_and_another_load_makes_a_staged_one_stale(desk):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,,,,"))
    token, _ = desk.stage(desk.file("2.csv", "2565,B,34210601,tpmap,,,,"))
    leave(desk.store, token)
    assert not list(desk.store.folder.glob("staging/*"))
    token, _ = desk.stage(desk.folder / "2.csv")
    desk.load(desk.file("3.csv", "2565,C,34210601,tpmap,,,,"))
    with desk.store.lock(), pytest.raises(Stale):
        accept(desk.store, token)
    assert verbs.main(["accept", token, "--data", str(desk.store.folder)]) == 2
    assert set(desk.column("household_id")) == {"A", "C"}


def test_a_newer_file_of_the_register_replaces_the_older_and_other_lists_stay(desk):
    rows = [f"2565,{name},34210601,tpmap,,,," for name in "ABCD"]
    desk.load(desk.file("มกราคม.csv", *rows), desk.file("สารภี.csv", "2565,S,34210501,tpmap,,,,"))
    assert desk.load(desk.file("กุมภาพันธ์.csv", *rows[:2], "2565,N,34210601,tpmap,,,,"))["replaced"] == ["มกราคม.csv"]
    assert set(desk.column("household_id")) == {"A", "B", "N", "S"}
    said = desk.load(desk.file("บางส่วน.csv", rows[0], "2565,O,34210601,tpmap,,,,"))  # one of three: not its newer version
    assert "replaced" not in said and [p["fault"] for f in said["files"] for p in f["problems"]] == ["repeated_key"]
    assert set(desk.column("household_id")) == {"A", "B", "N", "S", "O"}
    said = desk.load(desk.file("ทั้งหมด.csv", *rows), beside=True)
    assert "replaced" not in said and sum(f["rows_refused"] for f in said["files"]) == 2


def test_a_household_of_two_lists_is_one_of_both(desk):
    desk.load(desk.file("TPMAP.csv", "2565,A,34210601,tpmap,3,,,", "2565,B,34210601,tpmap,,,,"))
    said = desk.load(desk.file("Re X-ray.csv", "2565,A,34210602,outside,9,0812345678,,", "2565,C,34210601,นอก TPMAP,,,,"))
    assert [p["fault"] for f in said["files"] for p in f["problems"]] == ["in_both"]
    assert desk.column("source") == {"A": "both", "B": "tpmap", "C": "outside"}
    assert (desk.column("people")["A"], desk.column("village_code")["A"]) == (3, "34210601")
    assert sum(f["rows_kept"] for f in said["files"]) == 2


def test_a_blank_cell_keeps_the_older_value_unless_the_officer_wants_it_gone(desk):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,3,0812345678,15/03/2565,รับรอง", "2565,B,34210601,tpmap,2,,,"))
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,,,,", "2565,B,34210601,tpmap,5,,,"))
    assert desk.column("people") == {"A": 3, "B": 5} and desk.column("certification") == {"A": "certified", "B": None}
    desk.load(desk.file("2.csv", "2565,A,34210601,tpmap,,,,", "2565,B,34210601,tpmap,,,,"))
    assert desk.column("people") == {"A": 3, "B": 5}
    desk.load(desk.file("2.csv", "2565,A,34210601,tpmap,,,,รับรอง", "2565,B,34210601,tpmap,,,,"), blank_clears=True)
    assert desk.column("people") == {"A": None, "B": None}


def test_an_earlier_load_is_used_again_whole_also_when_its_file_is_gone(desk):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,,,,"), matched={"พี่เลี้ยงบ้าน": "mentor"})
    first = desk.store.current()
    for number in range(2, 7):
        desk.load(desk.file("1.csv", f"2565,A{number},34210601,tpmap,,,,"))
    assert not desk.store.build_path(first).exists()
    with desk.store.lock():
        use(desk.store, first)
    assert desk.store.current() == first and list(desk.column("household_id")) == ["A"]
    assert [f.name for f in desk.store.accepted()] == ["1.csv"]
    assert verbs.main(["use", "nothing", "--data", str(desk.store.folder)]) == 2


def test_a_heading_matched_once_is_remembered(desk):
    head = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,คนดูแล"
    said = desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,ทีม ก", head=head), matched={"คนดูแล": "mentor"})
    assert said["files"][0]["problems"] == []
    said = desk.load(desk.file("2.csv", "2565,B,34210601,tpmap,ทีม ข", head=head))
    kept = {name: Warehouse(desk.folder / "data", {}).household(name)["mentor"] for name in "AB"}
    assert said["files"][0]["problems"] == [] and kept == {"A": "ทีม ก", "B": "ทีม ข"}


def test_what_the_officer_says_for_all_rows_fills_what_the_file_does_not_say(desk):
    file = desk.file("1.csv", "A,34210601", head="รหัสครัวเรือน,รหัสหมู่บ้าน")
    assert desk.load(file)["outcome"] == "refused"
    report = desk.folder / "r.json"
    arguments = ["load", str(file), "--set", "register_year=2565", "--set", "source=tpmap", "--report", str(report)]
    assert verbs.main([*arguments, "--data", str(desk.store.folder)]) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["files"][0]["rows_kept"] == 1
    assert verbs.main([*arguments[:2], "--set", "register_year", "--data", str(desk.store.folder)]) == 2


def test_a_preview_says_what_would_change_and_changes_nothing(desk, capsys):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,,,,"))
    before = desk.store.current()
    file = desk.file("2.csv", "2565,B,34210601,tpmap,,,,")
    assert verbs.main(["load", str(file), "--preview", "--data", str(desk.store.folder)]) == 0
    assert "1 → 2: +1" in capsys.readouterr().out and desk.store.current() == before
    assert not list(desk.store.folder.glob("staging/*"))


def test_the_same_content_under_another_name_changes_nothing(desk):
    desk.load(desk.file("1.csv", "2565,A,34210601,tpmap,,,,"))
    assert desk.load(desk.file("สำเนา.csv", "2565,A,34210601,tpmap,,,,"))["outcome"] == "unchanged"

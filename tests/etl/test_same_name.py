"""Which file replaces which rests on what is in them, never on a name; who goes is named before."""

import json
import shutil
from pathlib import Path

import pytest

from etl import __main__ as verbs
from etl.load import ensure, load
from etl.staging import new_token, stage
from etl.store import Store
from etl.wish import Officer, Wish
from tests.drawn import Warehouse

NAME = "ทะเบียนครัวเรือน.csv"
HEAD = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,ชื่อหัวหน้าครัวเรือน,นามสกุลหัวหน้าครัวเรือน"
PLAN = "ปีทะเบียน,รหัสครัวเรือน,ลำดับ,ด้าน,กิจกรรม,สถานะ"


class Desk:
    """A data folder, and files that are all called alike."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store(folder / "data")

    def file(self, *rows: str, head: str = HEAD, name: str = NAME) -> Path:
        (self.folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return self.folder / name

    def load(self, *rows: str, head: str = HEAD, name: str = NAME, **wish) -> dict:
        with self.store.lock():
            return load(self.store, [self.file(*rows, head=head, name=name)], "th", Wish(**wish))

    def stage(self, *rows: str, officer: Officer) -> dict:
        with self.store.lock():
            return stage(self.store, [self.file(*rows)], new_token(), "th", officer=officer)

    @property
    def households(self) -> set[str]:
        return set(Warehouse(self.folder / "data", {}).households())

    @property
    def names(self) -> list[str]:
        return [file.name for file in self.store.accepted()]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    return Desk(tmp_path)


def rows(ids: str, tambon: str = "342106", source: str = "tpmap", year: int = 2565) -> list[str]:
    """A household of each letter, in villages of a subdistrict."""
    return [f"{year},{name},{tambon}{number:02},{source},หัวหน้า{name},สมมติ" for number, name in enumerate(ids, 1)]


def test_the_lists_of_two_subdistricts_under_one_name_stay_both(desk):
    desk.load(*rows("ABC"))
    said = desk.load(*rows("DEFG", "342105"))
    assert "replaced" not in said and said["kept_apart"] == {"ทะเบียนครัวเรือน (2).csv": NAME}
    assert desk.households == set("ABCDEFG") and desk.names == [NAME, "ทะเบียนครัวเรือน (2).csv"]
    said = desk.load(*rows("DEFH", "342105"))  # the second again, corrected: it takes the place of the second
    assert said["replaced"] == ["ทะเบียนครัวเรือน (2).csv"] and desk.households == set("ABCDEFH")
    assert desk.names == [NAME, "ทะเบียนครัวเรือน (2).csv"]
    assert desk.load(*rows("DEFH", "342105"))["outcome"] == "unchanged"


@pytest.mark.parametrize(
    "again",
    [rows("XYZ", year=2566), rows("XYZ", source="outside"), rows("XYZ", "342106")[:1]],
    ids=["of another year", "from another source", "of one of its three villages"],
)
def test_another_list_of_the_same_name_is_a_second_file(desk, again):
    desk.load(*rows("ABC"))
    assert "replaced" not in desk.load(*again)
    assert set("ABC") < desk.households and len(desk.names) == 2


@pytest.mark.parametrize(
    ("again", "left"),
    [(rows("ABD"), "ABD"), (rows("XYZ"), "XYZ"), (rows("XYZ") + rows("W", "342105"), "WXYZ")],
    ids=["corrected", "all ids corrected", "all ids corrected and another subdistrict beside"],
)
def test_a_newer_version_of_the_same_name_replaces(desk, again, left):
    desk.load(*rows("ABC"))
    assert desk.load(*again)["replaced"] == [NAME]
    assert desk.households == set(left) and desk.names == [NAME]


def test_a_list_of_which_most_rows_were_refused_is_replaced_by_its_correction(desk):
    wrong = [row.replace("tpmap", "ที่ไหนสักแห่ง") for row in rows("ABC")]
    desk.load(*wrong, *rows("D", "342105"))
    assert desk.load(*rows("ABC"), *rows("D", "342105"))["replaced"] == [NAME]
    assert desk.households == set("ABCD") and desk.names == [NAME]


def test_plans_of_one_name_are_told_apart_by_their_items(desk):
    desk.load(*rows("ABCD"), name="บ้าน.csv")
    desk.load("2565,A,1,ทักษะ,เลี้ยงไก่,วางแผน", head=PLAN)
    assert "replaced" not in desk.load("2565,B,1,ทักษะ,เลี้ยงปลา,วางแผน", head=PLAN)
    assert desk.load("2565,B,1,ทักษะ,เลี้ยงปลา,แล้วเสร็จ", head=PLAN)["replaced"] == ["ทะเบียนครัวเรือน (2).csv"]
    plans = {name: row["plan_items"] for name, row in Warehouse(desk.folder / "data", {}).households().items()}
    assert (plans["A"], plans["B"]) == (1, 1)


def test_who_goes_is_named_to_whoever_may_see_names(desk, capsys):
    desk.load(*rows("ABC"))
    said = desk.stage(*rows("A"), *rows("BX"), officer=Officer("x", "data_officer"))
    assert said["replaced"] == [NAME] and said["change"]["gone"] == 1
    assert [(v["village_code"], v["households"], v["who"]) for v in said["leaving"]] == [("34210603", 1, ["หัวหน้าC สมมติ"])]
    said = desk.stage(*rows("XBY"), officer=Officer("x", "committee"))
    assert [(v["village_code"], v["who"]) for v in said["leaving"]] == [("34210601", []), ("34210603", [])]
    file = desk.file(*rows("XBY"))
    shutil.rmtree(desk.store.folder / "staging")  # made by this process, for anybody to read
    capsys.readouterr()
    capsys.readouterr()
    assert verbs.main(["load", str(file), "--preview", "--data", str(desk.store.folder)]) == 0
    told = capsys.readouterr().out
    assert "households that the new files lack and that go: 2" in told and "หัวหน้าA สมมติ" in told and "34210603" in told
    assert desk.households == set("ABC")


def test_both_stay_where_the_officer_wants_it(desk):
    desk.load(*rows("ABC"))
    desk.load(*rows("ABD"), beside=True)
    assert desk.households == set("ABCD") and len(desk.names) == 2


def test_a_first_file_says_that_the_sample_goes(desk):
    with desk.store.lock():
        ensure(desk.store)
    said = desk.stage(*rows("A"), officer=Officer())
    assert said["sample_goes"] and "leaving" not in said and said["change"]["gone"] == 0
    assert desk.load(*rows("A"))["sample_goes"] and desk.households == {"A"}
    assert "sample_goes" not in desk.load(*rows("AB"))


def test_files_of_one_name_in_a_zip_are_all_read(desk):
    for tambon, ids in (("เหล่างาม", "ABC"), ("สารภี", "DEFG")):
        (desk.folder / "zip" / tambon).mkdir(parents=True)
        file = desk.file(*rows(ids, "342106" if ids == "ABC" else "342105"))
        shutil.copy(file, desk.folder / "zip" / tambon / NAME)
    shutil.make_archive(str(desk.folder / "all"), "zip", desk.folder / "zip")
    report = desk.folder / "r.json"
    assert verbs.main(["load", str(desk.folder / "all.zip"), "--report", str(report), "--data", str(desk.store.folder)]) == 0
    assert sum(s["rows_kept"] for s in json.loads(report.read_text(encoding="utf-8"))["files"]) == 7
    assert desk.households == set("ABCDEFG")

"""An officer of some areas changes what lies in them and nothing else, and gets back the rows that lie in them."""

import contextlib
import json
import os

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from audit import log
from etl import __main__ as verbs
from etl import report
from etl.compare.area_guard import Outside
from etl.earlier_build import use
from etl.staging import Stale, accept, new_token, stage
from etl.store import checksum
from etl.wish import Officer, Wish
from tests.drawn import loaded
from tests.etl.test_stage import HEAD, Desk

PEOPLE = "ปีทะเบียน,รหัสครัวเรือน,คนที่,ชื่อ"
VISITS = "ปีทะเบียน,รหัสครัวเรือน,ครั้งที่,วันที่เยี่ยม,สิ่งที่พบ"
PLANS = "ปีทะเบียน,รหัสครัวเรือน,ลำดับ,ด้าน,กิจกรรม,สถานะ"
VILLAGES = "รหัสหมู่บ้าน,ชื่อหมู่บ้าน"
HERE, THERE = "342106", "3405"
BOTH = ("2565,A,34210601,tpmap,3,,,รับรอง", "2565,B,34050101,tpmap,2,,,รับรอง", "2565,N,34210501,tpmap,2,,,รับรอง")

OURS, THEIRS = "2565,R,34210602,ที่ไหน,9,,,", "2565,S,34050102,ที่ไหน,9,,,"  # refused


@pytest.fixture
def desk(tmp_path, monkeypatch, built) -> Desk:
    """A province's list of two districts, with a person, a visit, a village and what was refused, in both."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    made = Desk(tmp_path)
    files = [
        made.file("สองอำเภอ.csv", *BOTH, OURS, THEIRS),
        made.file("คน.csv", "2565,A,1,ดี", "2565,B,1,งาม", head=PEOPLE),
        made.file("เยี่ยม.csv", "2565,A,1,2022-03-01,ดี", "2565,B,1,2022-03-01,ดี", head=VISITS),
        made.file("บ้าน.csv", "34210601,บ้านหนึ่ง", "34050101,บ้านสอง", head=VILLAGES),
    ]
    built("two districts", lambda first: loaded(first, *files, language="th"), tmp_path / "data")
    return made


def staged(desk: Desk, areas: tuple[str, ...] | None, name: str, *rows: str, head: str = HEAD) -> dict:
    token = new_token()
    with desk.store.lock():
        said = stage(desk.store, [desk.file(name, *rows, head=head)], token, "th", officer=Officer(areas=areas))
        if said["outcome"] == "built":
            accept(desk.store, token, officer=Officer(areas=areas))
    return said


@pytest.mark.parametrize(
    ("name", "head", "rows"),
    [
        ("ใหม่.csv", HEAD, ["2565,C,34210602,tpmap,1,,,"]),
        ("สองอำเภอ.csv", HEAD, [BOTH[0].replace(",3,", ",4,"), *BOTH[1:], THEIRS]),
        ("สองอำเภอ.csv", HEAD, [THEIRS, *BOTH[1:], OURS.replace("ที่ไหน", "ที่อื่น")]),
        ("เยี่ยม 2.csv", VISITS, ["2565,A,2,2022-09-01,ทั้งอำเภอมีวันที่ข้อมูลใหม่"]),
        ("คน.csv", PEOPLE, ["2565,A,1,ดี", "2565,A,2,ใหม่", "2565,B,1,งาม"]),
        ("แผน.csv", PLANS, ["2565,A,1,ทักษะ,แผนแรกของอำเภอ,วางแผนแล้ว"]),  # from now on N has none, which was not kept
        ("บ้าน.csv", VILLAGES, ["34210601,บ้านเปลี่ยน", "34050101,บ้านสอง"]),
    ],
)
def test_what_lies_in_the_areas_can_be_changed(desk, name, head, rows):
    before = desk.store.current()
    assert staged(desk, (HERE,), name, *rows, head=head)["outcome"] == "built"
    assert desk.store.current() != before


@pytest.mark.parametrize(
    ("name", "head", "rows", "households", "places", "waiting"),
    [
        ("ใหม่.csv", HEAD, ["2565,C,34050102,tpmap,1,,,"], 1, 1, 0),
        ("สองอำเภอ.csv", HEAD, [BOTH[0], OURS, THEIRS], 2, 1, 0),
        ("สองอำเภอ.csv", HEAD, [BOTH[0], BOTH[1].replace("รับรอง", "ไม่รับรอง"), BOTH[2], THEIRS], 1, 0, 0),
        ("สองอำเภอ.csv", HEAD, [BOTH[0].replace("34210601", "34210501"), *BOTH[1:], THEIRS], 1, 0, 0),
        ("สองอำเภอ.csv", HEAD, [BOTH[0], BOTH[1].replace("34050101", "34210601"), BOTH[2], THEIRS], 1, 0, 0),
        ("เยี่ยม 2.csv", VISITS, ["2565,B,2,2022-09-01,ใหม่"], 1, 0, 0),
        ("คน.csv", PEOPLE, ["2565,A,1,ดี", "2565,B,1,เปลี่ยน"], 1, 0, 0),
        ("บ้าน.csv", VILLAGES, ["34210601,บ้านหนึ่ง", "34050101,บ้านเปลี่ยน"], 0, 1, 0),
        ("สองอำเภอ.csv", HEAD, [*BOTH], 0, 0, 1),
        ("สองอำเภอ.csv", HEAD, [*BOTH, THEIRS.replace("ที่ไหน", "ที่อื่น")], 0, 0, 2),
        ("ใหม่.csv", HEAD, ["2565,C,34210602,tpmap,1,,,", "2565,D,34050102,ที่ไหน,1,,,"], 0, 0, 1),
    ],
)
def test_what_lies_outside_them_cannot(desk, name, head, rows, households, places, waiting):
    before, token = desk.store.current(), new_token()
    path = desk.file(name, *rows, head=head)
    with (
        desk.store.lock(),
        pytest.raises(Outside, match=rf"{households} households, .* of {places} places, and {waiting} rows"),
    ):
        stage(desk.store, [path], token, "th", officer=Officer(areas=(HERE,)))
    assert desk.store.current() == before and not desk.store.staged(token).exists()
    assert staged(desk, None, name, *rows, head=head)["outcome"] == "built"


def test_the_preview_tells_of_the_areas_only(desk):
    said = staged(desk, (HERE,), "ใหม่.csv", "2565,C,34210602,tpmap,1,,,")["change"]
    assert (said["before"], said["after"], [p["before"] for p in said["places"]]) == (1, 2, [1])
    whole = staged(desk, None, "อีก.csv", "2565,D,34210602,tpmap,1,,,")["change"]
    assert (whole["before"], whole["after"]) == (4, 5)


def test_the_report_of_a_load_tells_of_the_files_that_were_brought(desk):
    said = staged(desk, (HERE,), "ใหม่.csv", "2565,C,34210602,tpmap,1,,,", "2565,R,34210602,ที่ไหน,9,,,")
    told = {(sheet["file"], problem["found"]) for sheet in said["files"] for problem in sheet["problems"]}
    assert told == {("ใหม่.csv", "ที่ไหน")}


@pytest.mark.parametrize(
    ("areas", "rows"), [(None, [2, 3, 5, 6]), (("34",), [2, 3, 5, 6]), ((HERE,), [2, 5]), ((THERE,), [3, 6]), (("3401",), [])]
)
def test_the_report_tells_of_files_that_were_not_brought_what_lies_in_the_areas(desk, areas, rows):
    build = desk.store.current()
    said = report.of_build(desk.store.build_path(build), build, {"เยี่ยม.csv"}, {}, "th", areas)
    told = {(sheet["file"], problem["row"]) for sheet in said["files"] for problem in sheet["problems"]}
    assert told == {("สองอำเภอ.csv", row) for row in rows}


def test_a_row_that_its_household_brings_back_is_no_change_outside(desk):
    """A member of a province's list waits for the household; the officer of its district loads that."""
    wide = desk.file("คนทั้งจังหวัด.csv", "2565,A2,1,รอ", "2565,B,3,งาม", head=PEOPLE)
    desk.load(wide)
    assert staged(desk, (HERE,), "บ้านใหม่.csv", "2565,A2,34210602,tpmap,1,,,")["outcome"] == "built"
    with duckdb.connect(str(desk.store.build_path(desk.store.current())), read_only=True) as made:
        assert made.execute("select count(*) from refused where file = 'คนทั้งจังหวัด.csv'").fetchone() == (0,)
        assert made.execute("select count(*) from person where household_id = 'A2'").fetchone() == (1,)


def test_a_reference_that_was_used_brings_no_id_to_another_district(desk):
    """Whoever kept a workbook of one district has nothing of it in another, once the row was corrected there."""
    head = f"{HEAD},เลขประจำตัวประชาชนหัวหน้าครัวเรือน"
    desk.load(desk.file("ราษี.csv", "2565,P,34050101,tpmap,1,,,,", "2565,Q,34050101,ที่ไหน,1,,,,1000041187812", head=head))
    assert verbs.main(["refused", "--to", str(desk.folder / "old"), "--data", str(desk.store.folder), "--areas", THERE]) == 0
    heads, row = CalamineWorkbook.from_path(str(desk.folder / "old" / "ราษี แถวที่ไม่รับ.xlsx")).get_sheet_by_index(0).to_python()
    head, reference = f"{head},{heads[-1]}", row[-1]
    hidden = "x-xxxx-xxxxx-81-2"
    mine = f"2565,X,34210601,tpmap,1,,,,{hidden},{reference}"
    with pytest.raises(Outside):
        staged(desk, (HERE,), "ของเรา.csv", mine, head=head)
    desk.load(desk.file("แก้แล้ว.csv", f"2565,Q,34050101,tpmap,1,,,,{hidden},{reference}", head=head))
    assert staged(desk, (HERE,), "ของเรา.csv", mine, head=head)["outcome"] == "built"
    with duckdb.connect(str(desk.store.build_path(desk.store.current())), read_only=True) as made:
        found = dict(
            made.execute("select household_id, head_citizen_id from household where household_id in ('Q', 'X')").fetchall()
        )
    assert found == {"Q": "1000041187812", "X": None}


def test_going_back_to_headings_that_were_matched_otherwise_is_for_whoever_has_all_areas(desk):
    first = desk.store.current()
    with desk.store.lock():
        token = new_token()
        path = desk.file("ใหม่.csv", "2565,C,34210602,tpmap,1,,,,ทีม", head=f"{HEAD},คนดูแล")
        stage(desk.store, [path], token, "th", Wish(matched={"household\tคนดูแล": "mentor"}), officer=Officer(areas=(HERE,)))
        accept(desk.store, token, Officer(areas=(HERE,)))
        assert next(log.entries(desk.store.folder, action="load"))["facts"]["matched"] == ["mentor"]
        with pytest.raises(Outside, match="headings were matched by hand"):
            use(desk.store, first, officer=Officer(areas=(HERE,)))
        assert desk.store.by_hand() == {"household\tคนดูแล": "mentor"}
        use(desk.store, first)


def test_whoever_has_files_checked_is_written_down_whatever_comes_of_it(desk):
    """From what a load would change one can learn who is listed: nobody asks that unseen."""
    somebody = Officer("a@example.go.th", "data_officer", (HERE,))
    files = {
        "built": "2565,C,34210602,tpmap,1,,,",
        "refused": "2565,D,34210602,ที่ไหน,1,,,",
        "outside": "2565,E,34050102,tpmap,1,,,",
    }
    for outcome, row in files.items():
        path = desk.file(f"{outcome}.csv", row)
        with desk.store.lock(), contextlib.suppress(Outside):
            assert stage(desk.store, [path], new_token(), "th", officer=somebody)["outcome"] == outcome
        entry = next(log.entries(desk.store.folder))
        assert (entry["who"], entry["role"], entry["action"]) == ("a@example.go.th", "data_officer", "load_checked")
        assert entry["facts"] == {"areas": [HERE], "files": [checksum(path)[:16]], "outcome": outcome}
    desk.store.folder.joinpath("audit").rename(desk.store.folder / "gone")
    (desk.store.folder / "audit").write_text("")
    with desk.store.lock(), pytest.raises(log.Unwritable):
        stage(desk.store, [path], new_token(), "th", officer=somebody)


def test_a_citizen_id_in_a_problem_is_hidden_on_the_screen(desk):
    said = staged(desk, None, "คน 2.csv", "2565,A,2,ใหม่,1-0000-41187-81-2", head=f"{PEOPLE},เพศ")
    (problem,) = said["files"][0]["problems"]
    assert problem["found"] == "x-xxxx-xxxxx-81-2" and "41187" not in json.dumps(said)


def test_a_load_that_was_looked_at_for_some_areas_is_not_accepted_for_others(desk):
    token = new_token()
    with desk.store.lock():
        stage(desk.store, [desk.file("ใหม่.csv", "2565,C,34210602,tpmap,1,,,")], token, "th", officer=Officer(areas=(HERE,)))
        for others in (None, (THERE,), ("34",)):
            with pytest.raises(Stale):
                accept(desk.store, token, officer=Officer(areas=others))
        accept(desk.store, token, officer=Officer(areas=(HERE,)))


def test_going_back_changes_nothing_outside_either(desk):
    first = desk.store.current()
    staged(desk, (HERE,), "ใหม่.csv", "2565,C,34210602,tpmap,1,,,")
    mine = desk.store.current()
    staged(desk, None, "อีก.csv", "2565,D,34050102,tpmap,1,,,")
    with desk.store.lock():
        with pytest.raises(Outside):
            use(desk.store, mine, officer=Officer(areas=(HERE,)))
        use(desk.store, mine)
        use(desk.store, first, officer=Officer(areas=(HERE,)))
        assert desk.store.current() == first
        os.chmod(desk.store.build_path(mine), 0o600)
        desk.store.build_path(mine).unlink()
        with pytest.raises(Outside, match="kept no longer"):
            use(desk.store, mine, officer=Officer(areas=(HERE,)))
    assert desk.store.current() == first


@pytest.mark.parametrize(
    ("areas", "households"),
    [
        ("TH", ["R", "S"]),
        ("34", ["R", "S"]),
        (HERE, ["R"]),
        (THERE, ["S"]),
        ("3405,342106", ["R", "S"]),
        ("3401", []),
        ("", []),
    ],
)
def test_refused_rows_come_back_to_whoever_answers_for_them(desk, areas, households):
    to = desk.folder / "back"
    verb = ["refused", "--to", str(to), "--data", str(desk.store.folder), "--areas", areas]
    assert verbs.main(verb) == 0
    found = []
    for path in to.glob("*.xlsx"):
        found += [row[1] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]]
    assert found == households


def test_areas_that_are_none_are_refused(desk, capsys):
    with pytest.raises(SystemExit):
        verbs.main(["builds", "--json", "--data", str(desk.store.folder), "--areas", "34a"])
    assert "34a" in capsys.readouterr().err


def test_the_page_hears_in_words_why_it_was_not_loaded(desk, capsys, tmp_path):
    path, wish = desk.file("ใหม่.csv", "2565,C,34050102,tpmap,1,,,"), tmp_path / "wish.json"
    wish.write_text(json.dumps({}))
    verb = ["stage", str(path), "--token", new_token(), "--wish", str(wish), "--data", str(desk.store.folder), "--areas", HERE]
    assert verbs.main(verb) == 2
    said = capsys.readouterr().err
    assert "1 ครัวเรือน" in said and "1 households" in said and "Traceback" not in said

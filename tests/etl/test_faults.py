"""Every fault with its place in the officer's file, all at once, and nothing dropped in silence."""

import csv
import io
from collections import Counter

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawn import loaded

HEAD = "register year,household id,village code,source"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load one file of these bytes; its first sheet's part of the report."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))

    def made(content: bytes | str, name: str = "r.csv", language: str = "en"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return loaded(tmp_path / "data", tmp_path / name, language=language)

    return made


def places(w) -> list[tuple[str, int | None, str, str]]:
    return [(p["fault"], p["row"], p["column"], p["found"]) for p in w.problems()]


def sums(w) -> list[tuple[int, int, int]]:
    return [(f["rows_in"], f["rows_kept"], f["rows_refused"]) for f in w.report["files"]]


def test_all_faults_are_listed_at_once_with_place_and_severity(load):
    w = load(
        "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,จำนวนสมาชิก,รายได้ต่อคนต่อปี,วันที่รับรอง,ข้อ 8,ละติจูด,ลองจิจูด,รหัสบ้าน,ตำบล\n"
        "2565,A,34210601,tpmap,สอง,สามหมื่น,31/02/2565,อาจจะ,51,0,123,โพธิ์ไทร\n"
        "25,B,34210601,ที่ไหนสักแห่ง,,,,,,,,\n"
        "2565,,3421,tpmap,,,,,,,,\n"
        "2565,C,99999901,tpmap,,,,,,,,\n"
        "2565,A,34210601,tpmap,,,,,,,,\n"
    )
    assert [(p["row"], p["column"], p["fault"], p["severity"], p["found"]) for p in w.problems()] == [
        (2, "ข้อ 8", "not_a_flag", "warning", "อาจจะ"),
        (2, "จำนวนสมาชิก", "not_an_integer", "warning", "สอง"),
        (2, "ตำบล", "place_disagrees", "notice", "โพธิ์ไทร"),
        (2, "รหัสบ้าน", "not_that_many_digits", "warning", "123"),
        (2, "รายได้ต่อคนต่อปี", "not_a_number", "warning", "สามหมื่น"),
        (2, "ละติจูด", "outside_thailand", "warning", "51.0, 0.0"),
        (2, "วันที่รับรอง", "not_a_date", "warning", "31/02/2565"),
        (3, "ปีทะเบียน", "not_a_year", "error", "25"),
        (3, "แหล่งที่มา", "not_in_list", "error", "ที่ไหนสักแห่ง"),
        (4, "รหัสครัวเรือน", "missing_value", "error", ""),
        (4, "รหัสหมู่บ้าน", "not_that_many_digits", "error", "3421"),
        (5, "รหัสหมู่บ้าน", "unknown_village", "error", "99999901"),
        (6, "รหัสครัวเรือน", "repeated_key", "error", "2565 / A"),
    ]
    assert sums(w) == [(5, 1, 4)]


def test_a_message_says_what_where_what_was_expected_and_what_to_do(load):
    w = load("ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,รายได้ต่อคนต่อปี\n2565,A,34210601,tpmap,สามหมื่น\n", "ทะเบียน 2566.csv", "th")
    assert w.report["files"][0]["problems"][0]["message"] == (
        'ทะเบียน 2566.csv แถว 2 คอลัมน์ "รายได้ต่อคนต่อปี": พบ "สามหมื่น" ต้องเป็นตัวเลข — แก้เป็นตัวเลข หรือเว้นว่างถ้าไม่มีข้อมูล'
    )


def test_orphans_unknown_steps_and_repeated_keys_are_refused(warehouse):
    w = warehouse(
        household="household_id\nA",
        person="household_id | member_no | citizen_id\nA | 1 | 1000041187812\nA | 1 |\nZ | 1 | 1000041187813",
        step="household_id | step\nA | 1\nA | 13\nA | 0",
        village="village_code\n34210601\n34210601\n99999999",
    )
    assert [(p["register"], p["row"], p["fault"], p["found"]) for p in w.problems()] == [
        ("person", 3, "repeated_key", "2565 / A / 1"),
        ("person", 4, "not_a_citizen_id", "xxxxxxxxxx813"),
        ("person", 4, "unknown_household", "Z"),
        ("step", 3, "unknown_step", "13"),
        ("step", 4, "unknown_step", "0"),
        ("village", 3, "repeated_key", "34210601"),
        ("village", 4, "unknown_village", "99999999"),
    ]
    assert sums(w) == [(1, 1, 0), (3, 1, 2), (3, 1, 2), (3, 1, 2)]


def test_what_hangs_on_a_refused_household_is_refused_with_it(warehouse):
    w = warehouse(household="household_id | source\nA | tpmap\nB | nowhere", plan="household_id\nA\nB")
    assert [(p["register"], p["row"], p["fault"]) for p in w.problems()] == [
        ("household", 3, "not_in_list"), ("plan", 3, "unknown_household"),
    ]  # fmt: skip


def test_the_same_household_in_two_files_of_one_year_is_kept_once(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    files = [tmp_path / "TPMAP.csv", tmp_path / "Re X-ray.csv"]
    for file in files:
        file.write_text(f"{HEAD}\n2565,A,34210601,tpmap\n2565,{file.stem},34210601,tpmap\n", encoding="utf-8")
    w = loaded(tmp_path / "data", *files)
    assert [(p["file"], p["row"], p["fault"]) for p in w.problems()] == [("Re X-ray.csv", 2, "repeated_key")]


ROW = "2565,{},34210601,{}"
BAD = "nowhere"
SHAPES = {  # the bytes of a file whose household "bad" has no source that exists -> its row on paper
    "plain": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n", 3),
    "no line end": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}", 3),
    "crlf": (f"{HEAD}\r\n{ROW.format('A', 'tpmap')}\r\n{ROW.format('bad', BAD)}\r\n", 3),
    "byte order mark": (f"\ufeff{HEAD}\r\n{ROW.format('A', 'tpmap')}\r\n{ROW.format('bad', BAD)}\r\n", 3),
    "mixed line ends": (f"{HEAD}\r\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\r\n", 3),
    "old line ends": (f"{HEAD}\r{ROW.format('A', 'tpmap')}\r{ROW.format('bad', BAD)}\r", 3),
    "blank line": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n\n\n{ROW.format('bad', BAD)}\n", 5),
    "blank line at the top": (f"{HEAD}\n\n{ROW.format('bad', BAD)}\n{ROW.format('A', 'tpmap')}\n", 3),
    "blank lines at the end": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n\n\n", 3),
    "row of commas": (f"{HEAD}\n,,,\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n", 4),
    "line break in a cell": (f'{HEAD},house no\n{ROW.format("A", "tpmap")},"12\n34"\n{ROW.format("bad", BAD)},\n', 3),
    "line break and blank line": (f'{HEAD},house no\n{ROW.format("A", "tpmap")},"12\n34"\n\n{ROW.format("bad", BAD)},\n', 4),
    "heading over two lines": (f'{HEAD},"house\nno"\n{ROW.format("A", "tpmap")},1\n{ROW.format("bad", BAD)},\n', 3),
    "short row": (f"{HEAD},moo,house no\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n", 3),
    "semicolons": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n".replace(",", ";"), 3),
    "tabs": (f"{HEAD}\n{ROW.format('A', 'tpmap')}\n{ROW.format('bad', BAD)}\n".replace(",", "\t"), 3),
    "quotes": (f'{HEAD},house no\n{ROW.format("A", "tpmap")},"12 ""ก"", 3"\n{ROW.format("bad", BAD)},\n', 3),
    "quotes everywhere": (
        f"{HEAD}\n2565,A,34210601,tpmap\n2565,bad,34210601,{BAD}\n".replace(",", '","').replace("\n", '"\n"')[:-1],
        3,
    ),
}
SHAPES["quotes everywhere"] = ('"' + SHAPES["quotes everywhere"][0], 3)


def test_the_row_is_the_spreadsheets_row_whatever_the_file_looks_like(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    for number, (shape, (content, _)) in enumerate(SHAPES.items()):
        (tmp_path / f"{shape}.csv").write_bytes(content.replace("bad", f"bad{number}").replace("A", f"A{number}").encode())
    w = loaded(tmp_path / "data", *(tmp_path / f"{shape}.csv" for shape in SHAPES))
    found = {p["file"]: (p["fault"], p["row"], p["found"]) for p in w.problems()}
    assert found == {f"{shape}.csv": ("not_in_list", row, BAD) for shape, (_, row) in SHAPES.items()}
    assert sums(w) == [(2, 1, 1)] * len(SHAPES) and set(w.households()) == {f"A{n}" for n in range(len(SHAPES))}


def test_a_stray_comma_refuses_its_row_only(load):
    w = load(f"{HEAD}\n2565,A,34210601,tpmap,\n2565,B,34210601,tpmap,x\n2565,C,34210601,tpmap,,,,y\n2565,D,34210601,tpmap\n")
    assert [p[:2] for p in places(w)] == [("extra_cells", 3), ("extra_cells", 4)]
    assert (sums(w), set(w.households())) == ([(4, 2, 2)], {"A", "D"})


def test_many_stray_commas_refuse_their_row_only(load):
    w = load(f"{HEAD}\n2565,A,34210601,tpmap\n2565,B,34210601,tpmap,1,2,3,4,5,6,7\n")
    assert ([p[:2] for p in places(w)], sums(w)) == ([("extra_cells", 3)], [(2, 1, 1)])


def test_a_worksheet_counts_its_rows_as_the_officer_sees_them(tmp_path, load):
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        one, notes = book.add_worksheet("ครัวเรือน"), book.add_worksheet("หมายเหตุ")
        one.write_row(0, 0, [*HEAD.split(","), "สีที่ชอบ"])
        one.write_row(1, 0, [2565, "A", 34210601, "tpmap", "1\n2"])
        one.write_row(3, 0, [2565, "bad", 34210601, BAD, 2])
        one.write_row(5, 0, [2565, "B", 34210601, "tpmap", 3])
        one.write(5, 20, "ไกลออกไป")
        notes.write_row(0, 0, ["ผู้จัดทำ", "วันที่"])
        notes.write_row(1, 0, ["สมชาย", "วันนี้"])
        book.add_worksheet("ว่าง")
    w = load((tmp_path / "book.xlsx").read_bytes(), "book.xlsx")
    assert [(p["sheet"], p["fault"], p["row"]) for p in w.problems()] == [
        ("ครัวเรือน", "unknown_heading", None), ("ครัวเรือน", "not_in_list", 4), ("ครัวเรือน", "extra_cells", 6),
        ("หมายเหตุ", "unknown_register", None), ("ว่าง", "empty_sheet", None),
    ]  # fmt: skip
    assert [(f["sheet"], f["register"]) for f in w.report["files"]] == [
        ("ครัวเรือน", "household"),
        ("หมายเหตุ", None),
        ("ว่าง", None),
    ]
    assert sums(w) == [(3, 1, 2), (1, 0, 1), (0, 0, 0)]


YEARS = {"2565": True, "๒๕๖๕": True, "2565.0": True, "": False, "65": False, "ปีนี้": False}
SOURCES = {"tpmap": True, "นอกระบบ": True, "In both": True, "": True, BAD: False}  # "": not stated, which is a state of its own
VILLAGES = {"34210601": True, "34210602.0": True, "3421": False, "99999901": False, "-": False}
INCOMES = {"": True, "21,000": True, "มาก": True, "1e5": True}


@given(
    st.lists(
        st.tuples(*(st.sampled_from(list(c)) for c in (YEARS, SOURCES, VILLAGES, INCOMES)), st.integers(0, 50)).filter(
            lambda row: set(row[:4]) - {"", "-"}  # else it is no record
        ),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_rows_in_are_kept_plus_refused_as_a_child_would_count(tmp_path_factory, monkeypatch, rows):
    folder = tmp_path_factory.mktemp("counted")
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder / "data"))
    text = io.StringIO()
    csv.writer(text).writerows([[*HEAD.split(","), "income"], ["2565", "sure", "tpmap", "34210601", ""]])
    written = [("2565", "sure", "34210601", "tpmap", "")] + [(y, f"H{n}", v, s, i) for y, s, v, i, n in rows]
    text = io.StringIO()
    csv.writer(text).writerows([[*HEAD.split(","), "income"], *written])
    (folder / "r.csv").write_text(text.getvalue(), encoding="utf-8")
    w = loaded(folder / "data", folder / "r.csv")
    good = [h for y, h, v, s, _ in written if h == "sure" or (YEARS[y] and VILLAGES[v] and SOURCES[s])]
    kept = len(Counter(good))
    assert sums(w) == [(len(written), kept, len(written) - kept)]
    assert set(w.households()) == set(good)
    assert {p["row"] for p in w.problems() if p["severity"] == "error"} <= set(range(2, len(written) + 2))

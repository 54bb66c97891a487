"""The refused rows given back: which they are, what is wrong with them, and nothing of them changed, run or lost."""

import io
import re
import stat
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from etl.headings.recognise import Match, recognise
from etl.rejects import correction_workbook
from etl.store import Store
from tests.drawn import loaded

FILE, SHEET = "โพธิ์ไทร 2565.xlsx", "ครัวเรือน"
HEADINGS = ["ปีทะเบียน", "รหัสครัวเรือน", " รหัสหมู่บ้าน", "แหล่งที่มา", "รายได้เฉลี่ยต่อคนต่อปี"]
ROWS = {
    3: ["2565", "=1+1", "3421", "TPMAP", "หมื่น"],  # an error in the village code, a warning in the income
    7: ["2565", "00002267811", "34210601", None, None],  # the source is missing
}
PROBLEMS = [
    (3, "รหัสหมู่บ้าน", "error", 'พบ "3421" ต้องเป็นตัวเลข 8 หลัก — แก้รหัสให้ครบหลัก'),
    (3, "รายได้เฉลี่ยต่อคนต่อปี", "warning", 'พบ "หมื่น" ต้องเป็นตัวเลข — แก้เป็นตัวเลข'),
    (7, "แหล่งที่มา", "error", "ไม่มีค่า ต้องมีค่า — เติมค่าในช่องนี้"),
]


def build(rows=ROWS, problems=PROBLEMS, headings=HEADINGS, sheet=SHEET, said="") -> duckdb.DuckDBPyConnection:
    """The tables of a build that this room reads, with one sheet in them."""
    made = duckdb.connect()
    made.execute(
        f"create table sheet_heading (sheet_no int, file varchar, sheet varchar, register varchar, headings varchar[] {said})"
    )
    made.execute(
        'create table refused (file varchar, sheet varchar, sheet_no int, "row" bigint, reference varchar, cells varchar[])'
    )
    made.execute(
        """create table problem (file varchar, sheet varchar, register varchar, "row" bigint, "column" varchar, fault varchar,
           severity varchar, found varchar, expected varchar, message_th varchar, message_en varchar)"""
    )
    add(made, rows, problems, headings, sheet, 1)
    return made


def add(made: duckdb.DuckDBPyConnection, rows, problems, headings, sheet: str, number: int) -> None:
    made.execute(
        "insert into sheet_heading by name select ? as sheet_no, ? as file, ? as sheet, 'household' as register, ? as headings",
        [number, FILE, sheet, headings],
    )
    made.executemany(
        "insert into refused values (?, ?, ?, ?, ?, ?)",
        [[FILE, sheet, number, row, f"reference {number}:{row}", cells] for row, cells in rows.items()],
    )
    place = f' แผ่น "{sheet}"' if sheet else ""
    for row, column, severity, text in problems:
        where = f' คอลัมน์ "{column}"' if column else ""
        message = f"{FILE}{place} แถว {row}{where}: {text}"
        made.execute(
            "insert into problem values (?, ?, 'household', ?, ?, 'f', ?, '', '', ?, ?)",
            [FILE, sheet, row, column, severity, message, message],
        )


def read(path: Path, sheet: int | str = 0) -> list[list[str]]:
    book = CalamineWorkbook.from_path(str(path))
    found = book.get_sheet_by_index(sheet) if isinstance(sheet, int) else book.get_sheet_by_name(sheet)
    return found.to_python()


def xml(path: Path, name: str) -> str:
    return zipfile.ZipFile(path).read(f"xl/{name}.xml").decode()


def style(path: Path, cell: str) -> tuple[bool, bool, str]:
    """(bold, italic, fill colour) of one cell of the first sheet."""
    styles = xml(path, "styles")
    number = int(re.search(rf'<c r="{cell}" s="(\d+)"', xml(path, "worksheets/sheet1"))[1])
    form = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1])[number]
    font = re.findall(r"<font>.*?</font>", styles)[int(re.search(r'fontId="(\d+)"', form)[1])]
    fill = re.findall(r"<fill>.*?</fill>", styles)[int(re.search(r'fillId="(\d+)"', form)[1])]
    colour = re.search(r'fgColor rgb="(\w+)"', fill)
    return "<b/>" in font, "<i/>" in font, colour[1] if colour else ""


def test_only_the_refused_rows_stand_under_their_own_headings_with_reason_and_reference(tmp_path):
    out = tmp_path / "x.xlsx"
    assert correction_workbook.workbook(build(), FILE, out) == 2
    heads, first, second = read(out, SHEET)
    assert heads == [*HEADINGS, "เหตุผลที่ไม่รับ", "อ้างอิงแถวเดิม (ห้ามแก้)"]
    assert first == [*ROWS[3], 'รหัสหมู่บ้าน: พบ "3421" ต้องเป็นตัวเลข 8 หลัก — แก้รหัสให้ครบหลัก', "reference 1:3"]
    assert second == [*ROWS[7][:3], "", "", "แหล่งที่มา: ไม่มีค่า ต้องมีค่า — เติมค่าในช่องนี้", "reference 1:7"]


def test_the_loader_knows_the_sheet_again_and_our_two_columns(tmp_path):
    out = tmp_path / "x.xlsx"
    correction_workbook.workbook(build(), FILE, out)
    found = recognise(read(out)[0])
    assert isinstance(found, Match) and (found.register, found.unknown) == ("household", [])
    assert {"corrects", "reason"} <= set(found.places)


def test_faulty_cells_are_filled_bold_and_explained_and_doubtful_ones_look_otherwise(tmp_path):
    out = tmp_path / "x.xlsx"
    correction_workbook.workbook(build(), FILE, out)
    assert style(out, "C2") == style(out, "D3") == (True, False, "FFF8C9C4")
    assert style(out, "E2") == (False, True, "FFFFF1B8")
    assert style(out, "A2") == (False, False, "")
    notes = re.findall(r'<comment ref="(\w+)".*?<t(?: [^>]*)?>(.*?)</t>', xml(out, "comments1"), re.S)
    assert {cell: text[:7] for cell, text in notes} == {"C2": 'พบ "342', "E2": 'พบ "หมื', "D3": "ไม่มีค่"}


def test_a_row_with_no_faulty_cell_marks_the_reason_and_cells_too_many_stay_too_many(tmp_path):
    out = tmp_path / "x.xlsx"
    rows = {4: [*["2565", "H", "34210601", "TPMAP", "1"], None, "เกิน", None, None]}
    correction_workbook.workbook(build(rows, [(4, "", "error", "แถวนี้มีช่องมากกว่าหัวคอลัมน์: เกิน")]), FILE, out)
    heads, row = read(out)
    assert row[5:] == ["แถวนี้มีช่องมากกว่าหัวคอลัมน์: เกิน", "reference 1:4", "เกิน"] and heads[7:] == [""]
    assert style(out, "F2")[0] and style(out, "H2")[0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+66",
        "-5",
        "@SUM(A1)",
        "{=A1}",
        "http://x.th",
        "0812345678",
        "3.42E+12",
        "<r><t>x</r>",
        "<r>&</r>",
        "a\x01b",
        "  เว้น  ",
        "x" * 40_000,
    ],
)
def test_every_text_comes_back_as_it_was_and_nothing_runs(tmp_path, text):
    out = tmp_path / "x.xlsx"
    correction_workbook.workbook(build({3: ["2565", text, "3421", text, "1"]}), FILE, out)
    sheet = xml(out, "worksheets/sheet1")
    assert "<f>" not in sheet and "hyperlink" not in sheet and "<v>" not in sheet
    row = read(out)[1]
    assert row[1].strip() == row[3].strip() == text[:32_767].strip()


def test_our_columns_of_an_earlier_round_are_replaced(tmp_path):
    out = tmp_path / "x.xlsx"
    headings = [*HEADINGS, "เหตุผลที่ไม่รับ", "อ้างอิงแถวเดิม (ห้ามแก้)"]
    correction_workbook.workbook(build({2: [*ROWS[3], "เดิม", "ffffffffffff:1:9"]}, [], headings), FILE, out)
    heads, row = read(out)
    assert heads == headings and row[5:] == ["", "reference 1:2"]


def test_what_a_title_said_becomes_a_column(tmp_path):
    made = build(headings=HEADINGS[1:], rows={3: ROWS[3][1:]}, said=", said map(varchar, varchar)")
    made.execute("update sheet_heading set said = map {'register_year': '2565'}")
    correction_workbook.workbook(made, FILE, tmp_path / "x.xlsx")
    heads, row = read(tmp_path / "x.xlsx")
    assert (heads[4], row[4]) == ("ปีทะเบียน", "2565") and isinstance(recognise(heads), Match)


def test_each_source_sheet_has_its_own_and_names_are_made_to_fit(tmp_path):
    made = build(sheet="ทะเบียน: [ก/ข]? *" + "ย" * 30)
    add(made, ROWS, PROBLEMS, HEADINGS, "ทะเบียน  ก ข" + "ย" * 30, 2)
    correction_workbook.workbook(made, FILE, tmp_path / "x.xlsx")
    names = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).sheet_names
    assert len(names) == 3 and names[-1] == "คู่มือ" and all(len(name) <= 31 for name in names)
    assert [row[-1] for row in read(tmp_path / "x.xlsx", 1)[1:]] == ["reference 2:3", "reference 2:7"]


def test_a_csv_file_gets_a_sheet_named_after_its_register(tmp_path):
    correction_workbook.workbook(build(sheet=""), FILE, tmp_path / "x.xlsx")
    assert CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).sheet_names == ["ทะเบียนครัวเรือน", "คู่มือ"]
    assert read(tmp_path / "x.xlsx")[1][5].startswith('รหัสหมู่บ้าน: พบ "3421"')


def test_a_million_rows_go_on_in_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(correction_workbook, "LAST_ROW", 2)
    correction_workbook.workbook(build(dict.fromkeys(range(2, 7), ROWS[3]), []), FILE, tmp_path / "x.xlsx")
    names = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).sheet_names
    assert names == [SHEET, f"{SHEET} (2)", f"{SHEET} (3)", "คู่มือ"]
    assert [row[-1] for name in names[:3] for row in read(tmp_path / "x.xlsx", name)[1:]] == [
        f"reference 1:{n}" for n in range(2, 7)
    ]


def test_the_file_appears_whole_for_its_owner_only_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(
        tempfile, "tempdir", str(tmp_path / "elsewhere")
    )  # where the writing library would leave rows of people
    correction_workbook.workbook(build(), FILE, tmp_path / "x.xlsx")
    assert stat.S_IMODE((tmp_path / "x.xlsx").stat().st_mode) == 0o600
    broken = build()
    broken.execute("drop table problem")
    with pytest.raises(duckdb.Error):
        correction_workbook.workbook(broken, FILE, tmp_path / "y.xlsx")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["elsewhere", "x.xlsx"]


@pytest.mark.parametrize(
    "file, taken, name",
    [
        ("โพธิ์ไทร 2565.csv", (), "โพธิ์ไทร 2565 แถวที่ไม่รับ.xlsx"),
        ("ชุด.zip/ตำบล/เหล่างาม.v2.csv", (), "ชุด.zip ตำบล เหล่างาม.v2 แถวที่ไม่รับ.xlsx"),
        ("ก.csv", {"ก แถวที่ไม่รับ.xlsx"}, "ก แถวที่ไม่รับ 2.xlsx"),
        ("ก แถวที่ไม่รับ.xlsx", {"ก แถวที่ไม่รับ.xlsx"}, "ก แถวที่ไม่รับ 2.xlsx"),
        ("ก แถวที่ไม่รับ 2.xlsx", {"ก แถวที่ไม่รับ.xlsx", "ก แถวที่ไม่รับ 2.xlsx"}, "ก แถวที่ไม่รับ 3.xlsx"),
    ],
)
def test_a_workbook_of_bad_rows_never_bears_the_name_of_a_loaded_file(file, taken, name):
    assert correction_workbook.bad_rows_name(file, "th", taken) == name


def test_in_english_too(tmp_path):
    correction_workbook.workbook(build(), FILE, tmp_path / "x.xlsx", "en")
    assert read(tmp_path / "x.xlsx")[0][-2:] == ["Reason refused", "Row corrected (do not change)"]
    assert len(read(tmp_path / "x.xlsx", "Guide")) == len(correction_workbook.SENTENCES["en"])


def corrected(path: Path, mend) -> Path:
    """The workbook with the cells of its first sheet replaced, as a person would do it, and saved in place."""
    sheet = xml(path, "worksheets/sheet1")
    for old, new in mend.items():
        assert old in sheet
        sheet = sheet.replace(f">{old}</t>", f">{new}</t>")
    again = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else before.read(part))
    path.write_bytes(again.getvalue())
    return path


def test_corrected_and_loaded_again_it_completes_the_build_without_doubling_anything(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "ก.csv").write_text(
        "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา\n2565,A,34210601,tpmap\n2565,B,999,tpmap\n2565,C,34210602,ไหน\n2565,A,34210601,tpmap\n",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    assert list(loaded(data, tmp_path / "ก.csv").households()) == ["A"]
    for round_, mend in enumerate(({"999": "34210603"}, {"ไหน": "TPMAP"})):
        store = Store(data)
        made = correction_workbook.workbooks(store.build_path(store.current()), tmp_path / f"round {round_}")
        here = next(path for path in made if next(iter(mend)) in xml(path, "worksheets/sheet1"))
        after = loaded(data, corrected(here, mend))
    assert sorted(after.households()) == ["A", "B", "C"]


ID, OTHER = "1000041187812", "3410100000003"  # made up, with their check digits


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (ID, "x-xxxx-xxxxx-81-2"),
        ("1-0000-41187-81-2", "x-xxxx-xxxxx-81-2"),
        ("๑๐๐๐๐๔๑๑๘๗๘๑๒", "x-xxxx-xxxxx-๘๑-๒"),
        (f"ป่วย เลข {ID}", "ป่วย เลข x-xxxx-xxxxx-81-2"),
        ("34210012345", "34210012345"),
        ("0812345678", "0812345678"),
    ],
)
def test_a_whole_citizen_id_stands_in_no_cell_and_no_reason(tmp_path, cell, shown):
    told = (2, "รหัสครัวเรือน", "error", f'พบ "{cell}"')
    correction_workbook.workbook(build({2: ["2565", cell, "3421", "TPMAP", None]}, [told]), FILE, tmp_path / "x.xlsx")
    _, row = read(tmp_path / "x.xlsx")
    assert row[1] == shown and shown in row[5] and (shown == cell or cell not in str(row))


def ids(w) -> dict[str, str | None]:
    with duckdb.connect(str(w.folder / "warehouse" / f"{w.report['build']}.duckdb"), read_only=True) as made:
        return dict(made.execute("select household_id, head_citizen_id from household").fetchall())


def test_a_hidden_citizen_id_comes_back_with_its_row_through_every_round(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    data = tmp_path / "data"
    (tmp_path / "ก.csv").write_text(
        "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,เลขประจำตัวประชาชนหัวหน้าครัวเรือน,ข้อเท็จจริงโดยย่อ\n"
        f"2565,A,34210601,tpmap,{OTHER},\n2565,B,999,ไหน,{ID},เลข {ID}\n2565,C,999,tpmap,{ID[:-1]}0,\n2565,D,999,tpmap,{ID},\n",
        encoding="utf-8",
    )
    w = loaded(data, tmp_path / "ก.csv")
    for round_, mend in enumerate(({"999": "34210603"}, {"ไหน": "TPMAP"})):
        made = correction_workbook.workbooks(
            w.folder / "warehouse" / f"{w.report['build']}.duckdb", tmp_path / f"round {round_}"
        )
        here = next(path for path in made if next(iter(mend)) in xml(path, "worksheets/sheet1"))
        assert ID not in str([read(here, n) for n in range(2)]) and "x-xxxx-xxxxx-81-2" in str(read(here))
        w = loaded(data, corrected(here, mend))
    assert ids(w) == {"A": OTHER, "B": ID, "C": None, "D": ID}
    with duckdb.connect(str(w.folder / "warehouse" / f"{w.report['build']}.duckdb"), read_only=True) as made:
        assert made.execute("select circumstances from household where household_id = 'B'").fetchall() == [(f"เลข {ID}",)]


ROWS_OF = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,เลขประจำตัวประชาชนหัวหน้าครัวเรือน"


def test_only_a_reference_that_was_given_out_brings_an_id_back_and_only_into_its_own_register(tmp_path, monkeypatch):
    """Whoever knows a reference to one row of a file cannot make those of its other rows, refused or kept."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "ก.csv").write_text(
        f"{ROWS_OF}\n2565,A,34210601,tpmap,{OTHER}\n2565,B,999,tpmap,{ID}\n2565,C,999,tpmap,\n", encoding="utf-8"
    )
    w = loaded(tmp_path / "data", tmp_path / "ก.csv")
    (book,) = correction_workbook.workbooks(w.folder / "warehouse" / f"{w.report['build']}.duckdb", tmp_path / "back")
    of_b, of_c = (row[6] for row in read(book)[1:])
    assert of_b.split(":")[:3] == [*of_c.split(":")[:2], "3"]
    key = of_c.split(":")[3]
    made_up = [
        of_c.replace(":4:", ":3:"),
        of_c.replace(":4:", ":2:"),
        ":".join(of_b.split(":")[:3]),
        f"{of_b}0",
        of_b.replace(of_b.split(":")[3], ""),
    ]
    made_up += [of_b.replace(":1:", ":01:"), of_b[:-16] + key]
    rows = [f"2565,X{n},34210601,tpmap,x-xxxx-xxxxx-81-2,{made}" for n, made in enumerate(made_up)]
    rows += ["2565,Y,34210601,tpmap,x-xxxx-xxxxx-00-3," + made_up[1]]
    (tmp_path / "ข.csv").write_text("\n".join([f"{ROWS_OF},อ้างอิงแถวเดิม (ห้ามแก้)", *rows]), encoding="utf-8")
    visits = "ปีทะเบียน,รหัสครัวเรือน,เยี่ยมครั้งที่,วันที่เยี่ยม,เลขประจำตัวประชาชนหัวหน้าครัวเรือน,อ้างอิงแถวเดิม (ห้ามแก้)"
    (tmp_path / "ค.csv").write_text(f"{visits}\n2565,A,1,2022-03-01,x-xxxx-xxxxx-81-2,{of_b}\n", encoding="utf-8")
    w = loaded(tmp_path / "data", tmp_path / "ข.csv", tmp_path / "ค.csv")
    assert {name: id_ for name, id_ in ids(w).items() if id_} == {"A": OTHER}
    with duckdb.connect(str(w.folder / "warehouse" / f"{w.report['build']}.duckdb"), read_only=True) as made:
        assert made.execute('select "row" from refused order by all').fetchall() == [(3,), (4,)]
    assert ("ค.csv", 2, "not_a_citizen_id") in {(p["file"], p["row"], p["fault"]) for p in w.problems()}, (
        "it stayed hidden there"
    )


def test_a_row_without_a_reference_keeps_no_later_id_from_coming_back(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "ก.csv").write_text(
        f"{ROWS_OF}\n2565,A,34210601,tpmap,\n2565,B,999,tpmap,{ID}\n2565,C,999,tpmap,{OTHER}\n", "utf-8"
    )
    w = loaded(tmp_path / "data", tmp_path / "ก.csv")
    (book,) = correction_workbook.workbooks(w.folder / "warehouse" / f"{w.report['build']}.duckdb", tmp_path / "back")
    of_b, of_c = (row[6] for row in read(book)[1:])
    head = f"{ROWS_OF},อ้างอิงแถวเดิม (ห้ามแก้)"
    (tmp_path / "ข.csv").write_text(
        f"{head}\n2565,B,34210601,tpmap,x-xxxx-xxxxx-81-2,{of_b}\n2565,N,34210601,tpmap,,\n", "utf-8"
    )
    (tmp_path / "ค.csv").write_text(f"{head}\n2565,C,34210601,tpmap,x-xxxx-xxxxx-00-3,{of_c}\n", "utf-8")
    loaded(tmp_path / "data", tmp_path / "ข.csv")
    assert ids(loaded(tmp_path / "data", tmp_path / "ค.csv")) == {"A": None, "B": ID, "N": None, "C": OTHER}


def test_an_id_written_anew_is_taken_and_one_without_its_row_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "ก.csv").write_text(f"{ROWS_OF}\n2565,A,34210601,tpmap,\n2565,B,999,tpmap,{ID}\n", encoding="utf-8")
    w = loaded(tmp_path / "data", tmp_path / "ก.csv")
    (book,) = correction_workbook.workbooks(w.folder / "warehouse" / f"{w.report['build']}.duckdb", tmp_path / "back")
    reference = read(book)[1][6]
    (tmp_path / "ข.csv").write_text(
        f"{ROWS_OF},อ้างอิงแถวเดิม (ห้ามแก้)\n2565,B,34210601,tpmap,{OTHER},{reference}\n2565,E,34210601,tpmap,x-xxxx-xxxxx-81-2,{reference[:-1]}9\n",
        encoding="utf-8",
    )
    w = loaded(tmp_path / "data", tmp_path / "ข.csv")
    assert ids(w) == {"A": None, "B": OTHER, "E": None}
    assert [(p["file"], p["row"], p["fault"]) for p in w.problems() if p["severity"] == "warning"] == [
        ("ข.csv", 3, "not_a_citizen_id")
    ]

"""What a load leaves empty can be had back: with its original text, before anything is accepted, and corrected like a refused row."""

import duckdb
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from etl import __main__ as verbs
from etl.staging import new_token, stage
from etl.store import Store
from tests.drawn import Warehouse, loaded

HEAD = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา", "รายได้เฉลี่ยต่อคนต่อปี", "จำนวนสมาชิก"]
ROWS = [
    ["2565", "A", "34210601", "TPMAP", "สามหมื่น", "3"],
    ["2565", "B", "34210601", "TPMAP", "30000", "2"],
    ["2565", "C", "34210601", "ที่ไหน", "มาก", "2"],
]


def write(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("ครัวเรือน")
        for y, row in enumerate(rows):
            sheet.write_row(y, 0, row)
    return path


def sheet(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    return write(tmp_path / "บ้าน.xlsx", [HEAD, *ROWS])


def test_a_preview_gives_the_rows_back_and_changes_nothing(file, tmp_path):
    to, data = tmp_path / "back", tmp_path / "data"
    assert verbs.main(["load", str(file), "--preview", "--refused", str(to), "--data", str(data)]) == 1
    (book,) = to.glob("*.xlsx")
    head, *rows = sheet(book)
    assert [row[:6] for row in rows] == [ROWS[0], ROWS[2]]
    reasons = [row[head.index("เหตุผลที่ไม่รับ")] for row in rows]
    assert "สามหมื่น" in reasons[0] and "ที่ไหน" in reasons[1] and "มาก" not in reasons[1]
    assert Store(data).current() is None and not list((data / "staging").glob("*"))


def test_a_staged_load_gives_them_to_whoever_looked_at_it(file, tmp_path):
    store, token = Store(tmp_path / "data"), new_token()
    with store.lock():
        stage(store, [file], token, "th")
    asked = ["refused", "--token", token, "--data", str(store.folder), "--file", file.name, "--to"]
    assert verbs.main([*asked, str(tmp_path / "back")]) == 0
    assert len(sheet(next((tmp_path / "back").iterdir()))) == 3
    assert verbs.main([*asked, str(tmp_path / "others"), "--areas", "3405"]) == 2 and not (tmp_path / "others").exists()
    assert verbs.main([*asked[:2], "0" * 32, *asked[3:], str(tmp_path / "none")]) == 2


def test_a_cell_filled_in_again_takes_its_place_and_the_household_is_counted_once(file, tmp_path):
    w = loaded(tmp_path / "data", file)
    assert w.column("income_per_person") == {"A": None, "B": 30000}
    assert verbs.main(["refused", "--to", str(tmp_path / "back"), "--data", str(w.folder)]) == 0
    (book,) = (tmp_path / "back").iterdir()
    head, *rows = sheet(book)
    rows[0][4], rows[1][3], rows[1][4] = "30,500", "TPMAP", ""
    said = loaded(w.folder, write(tmp_path / "แก้แล้ว.xlsx", [head, *rows])).report
    assert sum(s["rows_refused"] for s in said["files"]) == 0
    assert Warehouse(w.folder, {}).column("income_per_person") == {"A": 30500, "B": 30000, "C": None}


def test_rows_of_a_text_file_are_read_again_with_their_own_text(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "บ้าน.csv").write_text("\n".join(",".join(row) for row in [HEAD, *ROWS]), encoding="utf-8")
    w = loaded(tmp_path / "data", tmp_path / "บ้าน.csv")
    with duckdb.connect(str(Store(w.folder).build_path(w.report["build"])), read_only=True) as made:
        assert made.execute('select "row", cells[5] from blanked').fetchall() == [(2, "สามหมื่น")]
        assert made.execute('select "row", cells[5] from refused').fetchall() == [(4, "มาก")]

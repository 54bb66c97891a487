"""Several tables on one sheet: whatever stands where, each row comes out once, of the table that it belongs to."""

import random

from hypothesis import given
from hypothesis import strategies as st

from etl.files.tables_on_sheet import tables
from etl.files.title_rows import inherited
from tests.registers.case import cells

HEAD = ["ลำดับ", "รหัสครัวเรือน", "หมู่ที่", "แหล่งที่มา"]
OTHER = ["ปีทะเบียน", "รหัสครัวเรือน", "คนที่", "ชื่อ"]


def read(rows: list[list[str]]) -> list[tuple[list[str], int, dict[str, str], list[list[str]]]]:
    return [(table.top.headings, table.first + 1, dict(table.top.constants), list(table.rows)) for table in tables(rows)]


def test_a_title_and_headings_begin_a_table_with_its_own_place_and_rows_on_paper():
    rows = cells(
        "ตำบลหนึ่ง ปี 2565 | | |\nลำดับ | รหัสครัวเรือน | หมู่ที่ | แหล่งที่มา\n1 | A | 6 | x\n | | |\nตำบลสอง | | |\nลำดับ | รหัสครัวเรือน | หมู่ที่ | แหล่งที่มา\n1 | B | 7 | x"
    )
    first, second = read(rows)
    assert (first[1], first[2], first[3]) == (3, {"register_year": "2565", "tambon_name": "หนึ่ง"}, [rows[2]])
    assert (second[1], second[2], second[3]) == (7, {"register_year": "2565", "tambon_name": "สอง"}, [rows[6]])


def test_headings_again_without_a_new_title_stay_where_they_are():
    rows = [HEAD, ["1", "A", "6", "x"], ["หน้า 2", "", "", ""], HEAD, ["2", "B", "6", "x"]]
    assert [(first, below) for _, first, _, below in read(rows)] == [(2, rows[1:])]


def test_a_total_above_the_next_title_stays_with_its_table():
    rows = [HEAD, ["1", "A", "6", "x"], ["รวม", "1", "", ""], ["ตำบลสอง", "", "", ""], HEAD, ["1", "B", "6", "x"]]
    assert [below for *_, below in read(rows)] == [rows[1:3], rows[5:]]


def test_a_first_table_with_fewer_headings_is_not_taken_for_titles():
    short = ["รหัสครัวเรือน", "หมู่ที่", "แหล่งที่มา", "ปีทะเบียน", "", ""]
    longer = ["ปีทะเบียน", "รหัสครัวเรือน", "คนที่", "ชื่อ", "นามสกุล", "เพศ"]
    rows = [short, ["A", "6", "x", "2565", "", ""], longer, ["2565", "A", "1", "ก", "ข", "ชาย"]]
    assert [below for *_, below in read(rows)] == [rows[1:2], rows[3:]]


def test_a_place_of_a_higher_level_ends_the_lower_ones():
    above = {"province_name": "ก", "district_name": "ข", "tambon_name": "ค", "register_year": "2565"}
    assert inherited(above, {"district_name": "ง"}) == {"province_name": "ก", "district_name": "ง", "register_year": "2565"}
    assert inherited(above, {"district_name": "ข", "tambon_name": "จ"}) == above | {"tambon_name": "จ"}


def test_a_sheet_without_rows_is_one_table_without_headings():
    assert read([]) == [([], 2, {}, [])]


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_no_record_is_lost_and_none_comes_twice(count: int, chance: random.Random):
    rows: list[list[str]] = []
    wanted: list[list[str]] = []
    for number in range(count):
        rows += [["", "", "", ""]] * chance.randint(0, 3)
        rows += [[f"ตำบลที่{'กขคง'[number]} ปี 2565", "", "", ""]] * chance.randint(0, 1)
        rows.append(chance.choice([HEAD, OTHER]))
        records = [[f"{number}{n}", f"K{number}{n}", "6", "ใน TPMAP"] for n in range(chance.randint(1, 40))]
        rows += records
        wanted += records
        rows += [["รวม", str(len(records)), "", ""]] * chance.randint(0, 1)
    found = read(rows)
    kept = [row for *_, below in found for row in below if len(row[1:2]) and row[1].startswith("K")]
    assert kept == wanted
    for _, first, _, below in found:
        assert below == rows[first - 1 : first - 1 + len(below)]


def test_several_villages_in_one_title_are_none():
    for words, moo in (("หมู่ที่ 6 บ้านก", "6"), ("หมู่ที่ 1-12", None), ("หมู่ 1, 2 และ 3", None), ("12 หมู่บ้าน", None), ("ม.๗", "๗")):
        rows = [[words, "", ""], ["ลำดับ", "รหัสครัวเรือน", "แหล่งที่มา"], ["1", "A", "x"]]
        assert read(rows)[0][2].get("moo") == moo, words


def test_a_note_that_names_a_place_begins_no_table():
    head = ["ลำดับ", "รหัสครัวเรือน", "แหล่งที่มา"]
    rows = [["ปี 2565 ตำบลก", "", ""], head, ["1", "A", "x"], ["หมายเหตุ ตำบลข ยังไม่ส่ง", "", ""], ["2", "B", "x"]]
    assert [below for *_, below in read(rows)] == [rows[2:]]


def test_a_title_of_two_places_ends_what_was_said_of_one():
    rows = [
        ["ปี 2565 ตำบลก", "", "", ""],
        HEAD,
        ["1", "A", "6", "x"],
        ["ตำบลข และตำบลค ปี 2566", "", "", ""],
        HEAD,
        ["1", "B", "6", "x"],
    ]
    assert [constants for _, _, constants, _ in read(rows)] == [
        {"register_year": "2565", "tambon_name": "ก"},
        {"register_year": "2566"},
    ]

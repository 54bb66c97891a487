"""The files for the province: nothing in them runs, nothing in them is lost, and their shape never changes by itself."""

import csv
import io
import json
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import definitions
from audit.formula_injection import RUNS
from queries import DESK, Filters, ask, csv_export
from ui.export import report_files

COLUMNS = [row["column"] for row in definitions.table("report_columns")]
FORMULAS = ["=1+1", "+66812345678", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"]
PHO_SAI = Filters(year=("2565",), district=("3421",), certification=("certified",))


@pytest.fixture
def report(sample) -> pd.DataFrame:
    return ask("report", PHO_SAI, DESK)


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_question_and_the_headings_name_the_same_columns_in_the_same_order(report: pd.DataFrame) -> None:
    assert list(report.columns) == COLUMNS
    assert read(report_files.csv(report))[0] == [row["name_th"] for row in definitions.table("report_columns")]
    assert read(report_files.tidy(report))[0] == COLUMNS


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str, report: pd.DataFrame) -> None:
    report.loc[:, "head_first_name"] = text
    for made in (report_files.csv, report_files.tidy):
        column = [row[COLUMNS.index("head_first_name")] for row in read(made(report))[1:]]
        assert set(column) == {"'" + text.replace("\r", "\n")}  # a lone CR would end the row in some readers


def test_numbers_and_telephones_survive() -> None:
    frame = pd.DataFrame({"change": [-1500.5, 3], "phone": ["0812345678", "-"], "note": ["ก=ข", None]})
    safe = csv_export.harmless(frame)
    assert list(safe["change"]) == [-1500.5, 3] and list(safe["phone"]) == ["0812345678", "'-"]
    assert safe["note"].iloc[0] == "ก=ข" and pd.isna(safe["note"].iloc[1])


def test_excel_on_an_office_machine_opens_the_csv_rightly(report: pd.DataFrame) -> None:
    raw = report_files.csv(report)
    assert raw.startswith("\ufeff".encode()) and raw.count(b"\r\n") == len(report) + 1 == 35
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("line", ["\r\n", "\n"])
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
def test_any_text_comes_back_from_the_csv_as_it_went_in(line: str, texts: list[str]) -> None:
    frame = pd.DataFrame({"n": range(len(texts)), "text": texts})
    raw = csv_export.harmless(frame).to_csv(index=False, lineterminator=line).encode("utf-8-sig")
    back = [row[1] for row in read(raw)[1:]]
    assert back == ["'" * bool(RUNS.match(text)) + text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]


def test_dates_are_buddhist_era_for_the_office_and_iso_for_the_portal(report: pd.DataFrame) -> None:
    place = COLUMNS.index("as_of")
    assert {row[place] for row in read(report_files.csv(report))[1:]} == {"15/09/2565"}
    assert {row[place] for row in read(report_files.tidy(report))[1:]} == {"2022-09-15"}


def test_codes_are_words_for_the_office_and_codes_for_the_portal(report: pd.DataFrame) -> None:
    place = COLUMNS.index("living")
    assert {row[place] for row in read(report_files.csv(report))[1:]} == {"ขาดแคลน", "ไม่ขาดแคลน", "ไม่มีข้อมูล"}
    assert {row[place] for row in read(report_files.tidy(report))[1:]} == {"deprived", "not_deprived", "no_data"}


def test_nobodys_citizen_id_leaves_unmasked(report: pd.DataFrame) -> None:
    ids = [row[COLUMNS.index("citizen_id")] for row in read(report_files.csv(report))[1:]]
    assert all(re.fullmatch(r"(x-xxxx-xxxxx-\d\d-\d)?", text) for text in ids) and any(ids)


def test_the_workbook_holds_text_and_numbers_but_no_formula_and_no_link(report: pd.DataFrame) -> None:
    report.loc[:, "head_first_name"] = "=1+1"
    report.loc[:, "head_last_name"] = "http://evil.example"
    raw = report_files.xlsx(report, PHO_SAI, "15 ก.ย. 2565")
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    first = dict(zip(COLUMNS, rows[1], strict=True))
    assert first["head_first_name"] == "'=1+1" and first["district_code"] == "3421" and isinstance(first["people"], float)
    assert len(rows) == 35 and len(first["house_code"]) == 11


def test_the_second_sheet_explains_columns_filter_and_date(report: pd.DataFrame) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_files.xlsx(report, PHO_SAI, "15 ก.ย. 2565")))
    words = dict(row[:2] for row in book.get_sheet_by_name("คำอธิบาย").to_python())
    assert words["ตัวกรอง"] == "ปี 2565 · อ.โพธิ์ไทร · รับรองแล้ว" and words["จำนวนแถว"] == "34"
    assert set(words) >= {row["name_th"] for row in definitions.table("report_columns")}


@pytest.mark.parametrize(
    ("filters", "as_of", "name"),
    [
        (PHO_SAI, pd.Timestamp("2022-09-15"), "baansuk_3421_2565-09_34.csv"),
        (Filters(), pd.NaT, "baansuk_all_unknown_34.csv"),
        (Filters(district=("3403", "3421")), pd.Timestamp("2022-01-01"), "baansuk_3403-3421_2565-01_34.csv"),
    ],
)
def test_the_file_name_tells_district_month_and_rows(filters: Filters, as_of: pd.Timestamp, name: str) -> None:
    assert report_files.file_name(filters, 34, as_of, "csv") == name


def areas(*figures: tuple[float, float]) -> pd.DataFrame:
    codes = [f"3421{n:02}" for n in range(1, len(figures) + 1)]
    frame = pd.DataFrame(figures, columns=["part", "whole"], index=codes).astype("Int64")
    return frame.assign(name_th="ก", name_en="A")


MEASURE = {"name_th": "ขาดแคลน", "unit_th": "ครัวเรือน", "whole_th": "ทั้งหมด"}


def test_numbers_that_leave_the_district_are_coarse() -> None:
    frame = areas((1, 4), (4, 20), (0, 3), (13, 87), (7, 8), (-3, 40), (-12, 41), (pd.NA, 0), (0, 50))
    rows = [row[3:] for row in read(report_files.areas_csv(frame, MEASURE))[1:]]
    assert rows == [
        ["น้อยกว่า 5", "น้อยกว่า 5", ""],
        ["น้อยกว่า 5", "20", ""],
        ["0", "น้อยกว่า 5", ""],
        ["15", "85", "17.6"],
        ["5", "10", "50.0"],
        ["น้อยกว่า 5", "40", ""],
        ["-10", "40", "-25.0"],
        ["", "0", ""],
        ["0", "50", "0.0"],
    ]
    outlines = {"features": [{"properties": {"code": code}} for code in frame.index]}
    properties = [f["properties"] for f in json.loads(report_files.areas_geojson(outlines, frame, {}))["features"]]
    assert [(p["part"], p["whole"], p["percent"]) for p in properties[:4]] == [
        ("<5", "<5", None),
        ("<5", 20, None),
        (0, "<5", None),
        (15, 85, 17.6),
    ]


@given(st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 300)), min_size=1, max_size=6))
def test_no_file_of_a_map_holds_a_number_from_one_to_four(figures: list[tuple[int, int]]) -> None:
    cells = [cell for row in read(report_files.areas_csv(areas(*figures), MEASURE))[1:] for cell in row[3:5]]
    assert all(cell in ("", "น้อยกว่า 5") or int(cell) % 5 == 0 for cell in cells)

"""Template workbooks: what they yield loads, what they offer is what the definitions say, nothing rests on colour alone."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

import definitions
from etl.files.worksheets import NOT_DATA
from etl.headings.columns import Column, columns, plain
from etl.headings.recognise import Match, recognise
from etl.templates import blank_workbook
from tests.drawn import loaded

LANGUAGES = ("th", "en")
FUND = [r for r in blank_workbook.set_of_registers() if "fiscal_year" in columns(r)]
SUFFICIENCY = ["village_assessment", "village_score", "village_forum", "model_family"]
OFFICE = [r for r in blank_workbook.set_of_registers() if "district_code" in columns(r) and "village_code" not in columns(r)]
HANG = [r for r in blank_workbook.set_of_registers() if "household_id" in columns(r) and "village_code" not in columns(r)]


def book(register: str, language: str = "th") -> io.BytesIO:
    made = io.BytesIO()
    blank_workbook.write(register, made, language)
    made.seek(0)
    return made


def part(made: io.BytesIO, name: str) -> str:
    """The text of one part of a workbook; sheet1 is the register's own."""
    return zipfile.ZipFile(made).read(f"xl/{name}.xml").decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "registers", [["household", "village", *HANG], ["member_list"], FUND, OFFICE, SUFFICIENCY], ids=lambda r: r[0]
)
def test_what_the_templates_yield_loads_without_a_problem(tmp_path, registers, language):
    files = [tmp_path / f"{name}.xlsx" for name in registers]
    for file in files:
        blank_workbook.write(file.stem, file, language, filled=True)
    meanings = loaded(tmp_path / "data", *files).report
    assert [(f["register"], f["rows_in"], f["rows_kept"]) for f in meanings["files"]] == [(name, 2, 2) for name in registers]
    assert [p["message"] for f in meanings["files"] for p in f["problems"]] == []


def test_every_register_is_among_those_that_were_loaded():
    assert {"household", "village", "member_list", *HANG, *FUND, *OFFICE, *SUFFICIENCY} == set(
        blank_workbook.set_of_registers()
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", blank_workbook.set_of_registers())
def test_every_heading_is_known_and_stands_alone_in_the_first_row(register, language):
    sheet = CalamineWorkbook.from_filelike(book(register, language)).get_sheet_by_index(0)
    (headings,) = sheet.to_python()
    found = recognise(headings)
    assert isinstance(found, Match) and (found.register, found.unknown) == (register, [])
    assert sheet.name == definitions.names("registers", "register", language)[register]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_that_are_no_data_are_told_by_their_names(language):
    sheets = CalamineWorkbook.from_filelike(book("household", language)).sheet_names
    assert [name.lower() in NOT_DATA for name in sheets] == [False, True, True, True]


def test_required_columns_come_first_bold_with_a_thick_line_and_a_note():
    made = book("household")
    cells = re.findall(r'<c r="([A-Z]+)1" s="(\d+)"', part(made, "worksheets/sheet1"))
    required = [c for c in blank_workbook.offered("household") if c.required]
    assert {style for _, style in cells[: len(required)]} != {style for _, style in cells[len(required) :]}
    styles = part(made, "styles")
    formats = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1])
    font, border = (int(re.search(rf'{what}Id="(\d+)"', formats[int(cells[0][1])])[1]) for what in ("font", "border"))
    assert "<b/>" in re.findall(r"<font>.*?</font>", styles)[font]
    assert 'bottom style="thick"' in re.findall(r"<border>.*?</border>", styles)[border]
    notes = re.findall(r"<comment .*?</comment>", part(made, "comments1"), re.S)
    assert [blank_workbook.word("yes", "th") in n for n in notes] == [
        bool(c.required) for c in blank_workbook.offered("household")
    ]


def test_codes_dates_telephones_and_house_numbers_are_text_and_numbers_are_not():
    made = book("household")
    styles = re.findall(r"<xf [^>]*>", part(made, "styles").split("<cellXfs")[1])
    ranges = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*?style="(\d+)"', part(made, "worksheets/sheet1"))
    places = {x for low, high, style in ranges if 'numFmtId="49"' in styles[int(style)] for x in range(int(low) - 1, int(high))}
    text = {c.name for x, c in enumerate(blank_workbook.offered("household")) if x in places}
    assert {"village_code", "head_citizen_id", "phone", "house_no", "survey_date", "household_id"} <= text
    assert not text & {"register_year", "members", "income_per_person", "latitude", "moo"}


def test_cells_are_chosen_from_lists_or_checked_as_they_are_typed():
    rules = re.findall(r"<dataValidation .*?</dataValidation>", part(book("household"), "worksheets/sheet1"))
    kinds = [re.search(r'type="(\w+)"', rule)[1] for rule in rules]
    offered = blank_workbook.offered("household")
    assert kinds.count("list") == sum(bool(blank_workbook.choices(c, "th")) for c in offered) > 40
    assert kinds.count("whole") == sum(c.type in ("integer", "year", "moo") for c in offered)
    assert kinds.count("textLength") == sum(c.type.startswith("digits") for c in offered)
    year = next(rule for rule in rules if ">2550<" in rule)
    assert ">2600<" in year and '2:A1048576"' in year


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_list_offers_is_what_the_loader_takes(language):
    made = book("household", language)
    lists = CalamineWorkbook.from_filelike(made).get_sheet_by_name(blank_workbook.LISTS[language]).to_python()
    at = {heads: [row[x] for row in lists[1:] if row[x]] for x, heads in enumerate(lists[0])}
    assert at["source"] == list(definitions.picklist("source", language).values())
    assert at["flag"] == [*definitions.picklist("flag", language).values(), "-"]


@pytest.mark.parametrize("register", blank_workbook.set_of_registers())
def test_the_guide_tells_every_column_and_every_value_in_both_languages(register):
    rows = CalamineWorkbook.from_filelike(book(register)).get_sheet_by_name("คู่มือ").to_python()
    meanings = {plain(row[0]): row for row in reversed(rows)}  # lists stand below
    for column in columns(register).values():
        if column.type != "aside" and column.name != "entries":  # that is written by this system alone
            row = meanings[plain(blank_workbook.heading(register, column.name, "th"))]
            assert row[1] and row[2] and row[5] and row[7], column.name
    cells = {cell for row in rows for cell in row}
    for column in blank_workbook.offered(register):
        assert {*blank_workbook.choices(column, "th").values(), *blank_workbook.choices(column, "en").values()} <= cells


def test_an_indicator_tells_its_meaning_in_every_survey_round():
    rounds = {r["survey_round"]: r["name_th"] for r in definitions.table("indicators") if r["number"] == "1"}
    means = blank_workbook.meanings("household", "th")["indicator_1"]["means"]
    assert means.splitlines() == [f"{name}: {meaning}" for name, meaning in rounds.items()] and len(rounds) == 2


def test_a_column_of_an_unknown_type_is_text():
    column = Column("shoe_size", "shoes:EU", "", ("ขนาดรองเท้า",), ("ขนาดรองเท้า",), "ขนาดรองเท้า", "Shoe size", "", "", ())
    assert (blank_workbook.choices(column, "th"), blank_workbook.holds(column, "th")) == ({}, "ข้อความ")


def test_templates_are_named_after_their_registers_all_or_some(tmp_path):
    (one,) = blank_workbook.templates(tmp_path / "one", ["village"], "en")
    assert (one.name, one.exists()) == ("Template Village list.xlsx", True)
    every = blank_workbook.templates(tmp_path / "all", [])
    assert len(every) == len(blank_workbook.set_of_registers()) and all(path.exists() for path in every)


def test_nobody_in_the_examples_can_be_taken_for_a_person():
    for register in blank_workbook.set_of_registers():
        for row in blank_workbook.examples(register, "th"):
            assert all(row[c][1:5] == "0000" for c in ("citizen_id", "head_citizen_id") if row.get(c))
            assert row.get("phone", "000").startswith("000") and row.get("house_code", "0000").startswith("0000")


def test_a_place_stands_in_the_name_of_the_file(tmp_path):
    (made,) = blank_workbook.templates(tmp_path, ["household"], "th", "เหล่างาม/โพธิ์ไทร")
    assert made.name == "แบบกรอก ทะเบียนครัวเรือน เหล่างาม โพธิ์ไทร.xlsx" and made.exists()

"""Words in code and words in the catalogue are one set, and numbers and dates read as an office writes them."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ui import i18n

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("ui", "pages", "queries")
PLACEHOLDER = re.compile(r"{(\w*)[^}]*}")
THAI = re.compile("[\u0e00-\u0e7f]")


def calls_of_t() -> list[tuple[str, ast.expr]]:
    """Where t(…) or rich(…) is called, and with what message."""
    files = [ROOT / "dashboard.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]
    calls = [
        (file, node) for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    return [
        (f"{file.relative_to(ROOT)}:{call.lineno}", call.args[0])
        for file, call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"t", "rich"} and call.args
    ]


def messages() -> set[str]:
    return {argument.value for _, argument in calls_of_t() if isinstance(argument, ast.Constant)}


def test_every_message_is_a_literal_so_that_it_can_be_found() -> None:
    assert [place for place, argument in calls_of_t() if not isinstance(argument, ast.Constant)] == []


def test_every_message_has_a_thai_translation() -> None:
    assert messages() - i18n.catalogue().keys() == set()


def test_no_translation_is_left_over() -> None:
    assert i18n.catalogue().keys() - messages() == set()


def test_no_message_stands_twice_or_is_marked_fuzzy() -> None:
    text = i18n.CATALOGUE.read_text("utf-8")
    with open(i18n.CATALOGUE, "rb") as file:
        entries = [m for m in read_po(file) if m.id]
    assert len(entries) == text.count("\nmsgid ") - 1
    assert [m.id for m in entries if m.fuzzy] == []


@pytest.mark.parametrize(("english", "thai"), i18n.catalogue().items())
def test_a_translation_is_thai_and_keeps_its_placeholders(english: str, thai: str) -> None:
    assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(thai))
    assert THAI.search(thai) or not re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", english))


def test_thai_is_spoken_where_no_reader_has_chosen() -> None:
    assert i18n.t("Year {years}", years="2565") == "ปี 2565"
    assert i18n.t("Year {years}", "en", years="2565") == "Year 2565"


def test_a_date_is_short_and_buddhist_era() -> None:
    assert i18n.thai_date(date(2022, 9, 15)) == "15 ก.ย. 2565"
    assert i18n.thai_date(date(2021, 2, 1)) == "1 ก.พ. 2564"
    assert i18n.thai_date(date(2022, 9, 15), "en") == "15 Sep 2565"


def test_thousands_are_separated() -> None:
    assert i18n.number(12_900_000) == "12,900,000"
    assert i18n.number(21_000.56, 1) == "21,000.6"

"""What an officer says of a whole column: what "ไม่มี" means in it, and whether its dates begin with the day or the month."""

import pytest

import definitions
from etl.load import load
from etl.report import OF_COLUMN
from etl.store import Store
from etl.wish import Wish
from tests.drawn import Warehouse, register, write_csv

INCOMES = """household_id | income_per_person
H1 | 52000
H2 | ไม่มี
H3 | -"""
DATES = """household_id | certified_date
H1 | 3/15/2565
H2 | 15/3/2565
H3 | 3/4/2565"""


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """Loads a drawn household register with what is said beside it."""

    def made(text: str, **said: str) -> Warehouse:
        monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
        store = Store(tmp_path / "data")
        with store.lock():
            path = write_csv(tmp_path / "household.csv", register("household", text))
            report = load(store, [path], "th", Wish({"": {name.replace("__", "."): value for name, value in said.items()}}))
        return Warehouse(tmp_path / "data", report)

    return made


@pytest.mark.parametrize(
    ("said", "state", "asked"),
    [
        ({}, "no_data", True),
        ({"income_per_person__none": "0"}, "deprived", False),
        ({"income_per_person__none": "unknown"}, "no_data", False),
        ({"income_per_person__none": "perhaps"}, "no_data", True),
    ],
)
def test_none_in_a_column_of_money_is_what_the_officer_says(loaded, said, state, asked):
    made = loaded(INCOMES, **said)
    assert made.column("income") == {"H1": "not_deprived", "H2": state, "H3": "no_data"}
    assert ("none_or_nought" in made.faults()) is asked


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ({}, ["2022-03-15", "2022-03-15", None]),
        ({"certified_date__first": "day"}, [None, "2022-03-15", "2022-04-03"]),
        ({"certified_date__first": "month"}, ["2022-03-15", None, "2022-03-04"]),
    ],
)
def test_the_order_of_dates_is_what_the_officer_says(loaded, said, dates):
    made = loaded(DATES, **said)
    found = [made.household(f"H{number}")["certified_date"] for number in (1, 2, 3)]
    assert [day and day.isoformat() for day in found] == dates
    assert ("mixed_dates" in made.faults()) is (not said)


def test_every_problem_that_asks_for_an_answer_of_a_column_has_its_answers_in_the_report(loaded):
    asking = {row["fault"] for row in definitions.table("faults") if "--set {expected}." in row["todo_en"]}
    assert asking == OF_COLUMN.keys()
    problems = {p["fault"]: p for s in loaded(INCOMES).report["files"] for p in s["problems"]}
    assert problems["none_or_nought"]["answers"] == ["income_per_person.none=0", "income_per_person.none=unknown"]

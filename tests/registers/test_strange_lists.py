"""The strange lists through the production load: what is sure is used, what may not be guessed is asked, and after the answers the
households and people are those that an officer would tell."""

from collections.abc import Mapping

import pytest

from etl.headings.columns import plain
from etl.headings.recognise import OF_REGISTER
from etl.load import load
from etl.store import Store
from etl.wish import NOTHING_MORE, Wish
from tests.drawn import Warehouse
from tests.registers.outcome import as_text, household_of, written
from tests.registers.strange import LISTS, Strange

USED = {"sure", "likely", "by hand"}


def whole(heading: str) -> str:
    """A heading as the account of columns names it."""
    return heading.replace(" › ", " ")


def loaded_with(one: Strange, folder, wish: Wish) -> Warehouse:
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "data")
    with store.lock():
        report = load(store, written(one.files(), folder / "files"), "th", wish)
    return Warehouse(folder / "data", report)


def degrees(report: Mapping) -> dict[str, tuple[str, str | None]]:
    """Heading as it is compared -> (degree, column), of all sheets."""
    return {plain(c["heading"]): (c["degree"], c["column"]) for s in report["files"] for c in s["columns"]}


@pytest.fixture(autouse=True)
def asked_here(tmp_path, monkeypatch):
    """Questions are asked of the folder that a test loads into."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.what)
def test_nothing_is_guessed_before_anybody_answers(one: Strange, tmp_path) -> None:
    report = loaded_with(one, tmp_path, NOTHING_MORE).report
    found = degrees(report) | {  # a number that runs down the list is taken for that once it is read
        plain(p["found"]): ("sure", "serial") for s in report["files"] for p in s["problems"] if p["fault"] == "running_number"
    }
    guessed = {
        h: found[plain(whole(h))] for h in [*one.asked, *one.aside] if found.get(plain(whole(h)), ("unknown",))[0] in USED
    }
    wrong = {
        h: found[plain(whole(h))]
        for h, column in one.sure.items()
        if found.get(plain(whole(h)), ("unknown", None))[0] == "sure" and not same(found[plain(whole(h))][1], column)
    }
    assert (guessed, wrong) == ({}, {})


def same(one: str | None, other: str) -> bool:
    """Whether both are one fact: a row's own name is its head's in a list of households, men and women are the members."""
    if other == "members" and one in ("members_male", "members_female"):
        return True
    return bool(one) and one.replace("row_", "head_") == other.replace("row_", "head_")


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.what)
def test_after_the_answers_the_truth_comes_out(one: Strange, tmp_path) -> None:
    matched = {f"{one.register}{OF_REGISTER}{whole(heading)}": column for heading, column in one.matched.items()}
    made = loaded_with(one, tmp_path, Wish({"": dict(one.answers)}, matched))
    assert made.report["outcome"] == "built", made.report
    wrong = [household for household in one.households if not stands(made, household)]
    wrong += [person for person in one.people if person not in people_of(made, person)]
    listed = [p for s in made.report["files"] for p in s["problems"] if p["row"]]
    assert not wrong or (one.or_listed and listed), wrong


def stands(made: Warehouse, household: Mapping[str, str]) -> bool:
    """Whether a household is there as it is told."""
    there = {row["household_id"] for row in made.ask("report")}
    return household["household_id"] in there and household_of(made, household) == household


def people_of(made: Warehouse, person: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The people of a person's household, each as far as the person is told."""
    there = {row["household_id"] for row in made.ask("report")}
    if person["household_id"] not in there:
        return []
    rows = made.ask("members", household=made.ref(person["household_id"]))
    return [as_text(person, row | {"household_id": person["household_id"]}) for row in rows]

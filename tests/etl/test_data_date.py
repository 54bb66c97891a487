"""The date of the data is robust: one mistyped date and news of a few families make nobody else late."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.load import load
from etl.store import Store
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.recount import date_of

FAMILIES = 40
LAST = date(2022, 9, 15)


def households(mistyped: str = "") -> list[list[str]]:
    """Forty certified families; the last's date may be another."""
    rows = [f"F{n} | certified | {LAST - timedelta(days=100 + n)}" for n in range(FAMILIES - 1)]
    rows.append(f"F{FAMILIES - 1} | certified | {mistyped or '2022-05-01'}")
    return register("household", "household_id | certification | certified_date\n" + "\n".join(rows))


def visits(first: int, last: int, day: date, apart: int = 1) -> list[list[str]]:
    """A visit to each of these families, `apart` days one before another."""
    rows = [f"F{n} | {day - timedelta(days=apart * (n - first))}" for n in range(first, last)]
    return register("visit", "household_id | visit_date\n" + "\n".join(rows))


def plans() -> list[list[str]]:
    """A promise of each family, due a week after the latest visit or sooner."""
    rows = [f"F{n} | {LAST + timedelta(days=7 - n)}" for n in range(FAMILIES)]
    return register("plan", "household_id | due_date\n" + "\n".join(rows))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Loads drawn files one after another into one folder."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))

    def bring(**files: list[list[str]]) -> Warehouse:
        return loaded(tmp_path / "data", *(write_csv(tmp_path / f"{name}.csv", rows) for name, rows in files.items()))

    return bring


def late(w: Warehouse, *, but: int = 0) -> dict[str, tuple]:
    """What is said of each family but the first ones: as of when, its case, whether it is overdue."""
    rows = w.households()
    return {
        h: (r["as_of"], r["case"], w.household(h)["overdue"], r["plan_overdue"]) for h, r in rows.items() if int(h[1:]) >= but
    }


def test_one_mistyped_year_moves_nothing_and_is_listed(office):
    usual = {"visit": visits(0, 30, LAST), "plan": plans()}
    before = late(office(household=households(), **usual))
    w = office(household=households("20/09/2566"), **usual)
    after = late(w)
    assert {h: said for h, said in after.items() if h != "F39"} == {h: said for h, said in before.items() if h != "F39"}
    assert after["F39"][0] == LAST == before["F39"][0]
    (listed,) = [p for p in w.problems() if p["fault"] == "late_date"]
    assert (listed["found"], listed["row"], listed["expected"]) == ("20/09/2566", 41, "2565")
    assert "ระหว่างนี้ไม่นับ" in listed["message_th"] and "counts for nothing" in listed["message_en"]


def test_one_mistyped_month_within_the_year_moves_nothing(office):
    usual = {"visit": visits(0, 30, LAST), "plan": plans()}
    before = late(office(household=households(), **usual))
    after = late(office(household=households("20/12/2565"), **usual))
    assert {h: said for h, said in after.items() if h != "F39"} == {h: said for h, said in before.items() if h != "F39"}


@pytest.mark.parametrize("newer", [3, 12], ids=lambda n: f"{n} of 40")
def test_a_newer_batch_for_some_families_makes_no_other_family_late(office, newer):
    first = {"household": households(), "visit": visits(0, 30, LAST), "plan": plans()}
    before = late(office(**first), but=newer)
    batch = [[*row[:-1], row[-1]] for row in visits(0, newer, date(2022, 12, 15))]
    batch = [[cell if head != "entry_no" else "9" for head, cell in zip(batch[0], row, strict=True)] for row in batch]
    batch = renumbered(batch)
    w = office(**{"visit-december": batch})
    assert late(w, but=newer) == before
    assert {r["as_of"] for h, r in w.households().items() if int(h[1:]) < newer} == {date(2022, 12, 15)}
    assert all(w.household(f"F{n}")["days_still"] >= 0 for n in range(newer))


def renumbered(rows: list[list[str]]) -> list[list[str]]:
    """The same visits as second ones of their families."""
    place = next(i for i, heading in enumerate(rows[0]) if "ครั้ง" in heading or "entry" in heading)
    return [rows[0], *([*row[:place], str(int(row[place]) + 500), *row[place + 1 :]] for row in rows[1:])]


def test_news_of_three_of_forty_in_the_same_file_moves_the_date_for_nobody(office):
    """They are told in one newer version of the file: a third of the families dates it, not three."""
    usual = {"household": households(), "plan": plans()}
    before = late(office(**usual, visit=visits(0, 30, LAST)), but=3)
    newer = visits(0, 30, LAST) + renumbered(visits(0, 3, date(2022, 12, 15)))[1:]
    w = office(**usual, visit=newer)
    assert late(w, but=3) == before
    (rests,) = w.ask("data_date")
    assert (rests["as_of"], rests["near"], rests["households"], rests["later"]) == (LAST, 30, 40, 3)


def test_an_old_file_loaded_again_is_what_it_was(office):
    old, new = visits(0, 30, date(2022, 8, 1)), visits(0, 30, LAST)
    first = late(office(household=households(), plan=plans(), visit=old))
    then = late(office(visit=new))
    again = late(office(visit=old))
    assert first == again != then
    assert {said[0] for said in first.values()} == {date(2022, 8, 1)} and {said[0] for said in then.values()} == {LAST}


def test_the_date_moves_when_a_third_of_the_families_have_news(office):
    w = office(household=households(), visit=visits(0, 30, LAST) + renumbered(visits(0, 14, date(2022, 12, 15)))[1:])
    assert set(w.column("as_of").values()) == {date(2022, 12, 15)}


def test_dates_after_the_register_year_count_where_others_stand_by_them(office):
    w = office(household=households(), visit=visits(0, 30, date(2023, 1, 20)))
    assert (set(w.column("as_of").values()), w.faults()) == ({date(2023, 1, 20)}, set())
    far = visits(0, 30, date(2026, 1, 20))
    w = office(visit=far)
    assert {p["fault"] for p in w.problems()} == {"late_date"} and len(w.problems()) == 30


@pytest.mark.parametrize("apart", [0, 3, 11, 45])
def test_the_date_is_what_a_committee_counts(office, apart):
    w = office(household=households(), visit=visits(0, 40, date(2022, 12, 20), apart))
    news = {f"F{n}": [date(2022, 12, 20) - timedelta(days=apart * n)] for n in range(FAMILIES)}
    for n in range(FAMILIES - 1):
        news[f"F{n}"].append(LAST - timedelta(days=100 + n))
    news[f"F{FAMILIES - 1}"].append(date(2022, 5, 1))
    assert set(w.column("as_of").values()) == {date_of(news, set())}


def test_a_build_says_the_same_twice(tmp_path):
    store = Store(tmp_path / "data")
    files = [write_csv(tmp_path / "household.csv", households()), write_csv(tmp_path / "visit.csv", visits(0, 30, LAST))]
    with store.lock():
        one, two = load(store, files, "en"), load(store, files, "en")
    assert one["build"] == two["build"]

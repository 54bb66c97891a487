"""What the build works out of the programmes' registers (fund, debts, levels) is what plain Python makes of their rows, on every day."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from queries.doors import WORKED_OUT, Doors

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
Row = dict
Rows = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def rows(sample_folder: Path) -> Iterator[Rows]:
    """The rows of a table of the sample's build."""
    build = next((sample_folder / "warehouse").glob("*.duckdb"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as warehouse (read_only)")

        def of(table: str) -> list[Row]:
            found = connection.execute(f"from warehouse.{table}")
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        yield of


def by(found: list[Row], *key: str) -> dict[tuple, list[Row]]:
    """Rows by their key."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in found:
        groups[tuple(row[column] for column in key)].append(row)
    return groups


PROJECT, FUND = ("fiscal_year", "project_no"), ("fiscal_year", "village_code")
ASSESSMENT = ("assessed_year", "village_code", "instrument", "assessment_round")


@pytest.mark.parametrize(("table", "key"), [("fund_standing", PROJECT), ("debt_standing", FUND), ("debt_late", FUND)])
def test_the_periods_of_a_key_are_all_days_each_once(rows: Rows, table: str, key: tuple[str, ...]) -> None:
    groups = by(rows(table), *key)
    assert groups
    for periods in groups.values():
        periods.sort(key=lambda row: row["from_day"])
        assert periods[0]["from_day"] == FIRST and periods[-1]["upto_day"] == LAST
        assert all(one["upto_day"] + timedelta(1) == after["from_day"] for one, after in pairwise(periods))


def test_every_key_of_a_register_has_its_periods(rows: Rows) -> None:
    assert by(rows("fund_standing"), *PROJECT).keys() == by(rows("fund_project"), *PROJECT).keys()
    assert by(rows("debt_standing"), *FUND).keys() == by(rows("debt_fund"), *FUND).keys()
    assert by(rows("debt_late"), *FUND).keys() == by(rows("debt_loan"), *FUND).keys()
    assert by(rows("village_level"), *ASSESSMENT).keys() == by(rows("village_assessment"), *ASSESSMENT).keys()
    assert len(rows("village_item")) == len(rows("village_score"))


def on_their_days(periods: list[Row], days: set[date]) -> Iterator[tuple[date, Row]]:
    """Each of these days, the day before and the day after, with the period that it lies in."""
    for on in sorted({day + timedelta(n) for day in days for n in (-1, 0, 1)}):
        yield on, next(row for row in periods if row["from_day"] <= on <= row["upto_day"])


def test_what_a_project_owes_is_what_its_rows_come_to_on_every_day(rows: Rows) -> None:
    periods, repaid = by(rows("fund_standing"), *PROJECT), by(rows("fund_repayment"), *PROJECT)
    due, checks = by(rows("fund_instalment"), *PROJECT), by(rows("fund_check"), *PROJECT)
    for project in rows("fund_project"):
        key = tuple(project[column] for column in PROJECT)
        payments, checked = repaid.get(key, []), checks.get(key, [])
        lent = project["fund_kind"] == "revolving"
        instalments = sorted(due.get(key, []), key=lambda i: (i["instalment_due"], i["instalment_no"])) if lent else []
        told = [project["received_date"], *(p["paid_date"] for p in payments), *(c["checked_date"] for c in checked)]
        days = {p["paid_date"] for p in payments} | {i["instalment_due"] for i in instalments} | {date(2022, 9, 15)}
        for on, row in on_their_days(periods[key], days):
            paid = sum(p["paid_amount"] for p in payments if p["paid_date"] <= on)
            left, late, ahead = paid, 0, []
            for instalment in instalments:
                owed = instalment["instalment_amount"] - min(left, instalment["instalment_amount"])
                left -= instalment["instalment_amount"] - owed
                late += owed if instalment["instalment_due"] < on else 0
                ahead += [(instalment["instalment_due"], owed)] if owed and instalment["instalment_due"] >= on else []
            assert row["told_on"] == max((day for day in told if day), default=None)
            assert row["last_paid"] == max((p["paid_date"] for p in payments if p["paid_date"] <= on), default=None)
            assert (row["next_due"], row["next_amount"]) == (min(ahead) if ahead else (None, None)), (key, on)
            sums = (paid, max(0, project["approved_amount"] - paid), late) if lent else (None, None, None)
            assert (row["paid"], row["outstanding"], row["late"]) == sums, (key, on)


def test_what_is_left_to_follow_is_what_was_done_by_every_day(rows: Rows) -> None:
    periods, done = by(rows("debt_standing"), *FUND), by(rows("debt_action"), *FUND)
    problems, loans, late = by(rows("debt_problem"), *FUND), by(rows("debt_loan"), *FUND), by(rows("debt_late"), *FUND)
    years = by(rows("debt_fund"), "village_code")
    for key, own in periods.items():
        actions, ledger = done.get(key, []), loans.get(key, [])
        owed = {id(loan): max(0, loan["loan_amount"] - (loan["loan_repaid"] or 0)) for loan in ledger}
        days = {a["action_date"] for a in actions} | {d for loan in ledger if (d := loan["loan_due"])} | {date(2022, 9, 15)}
        for on, row in on_their_days(own, days):
            by_then = [a for a in actions if a["action_date"] <= on]
            if key in problems:
                follow = problems[key][0]["amount_to_follow"]
                back = min(follow, sum(a["action_amount"] or 0 for a in by_then if a["action_kind"] == "repaid"))
                settled = min((a["action_date"] for a in by_then if a["action_kind"] == "settled"), default=None)
                assert (row["by_repayment"], row["settled_on"], row["actions"]) == (back, settled, len(by_then)), (key, on)
                assert row["by_settling"] == (follow - back if settled else 0)
                assert row["still_to_follow"] == (0 if settled else follow - back)
            else:
                assert {row[c] for c in ("by_repayment", "by_settling", "still_to_follow", "settled_on", "actions")} == {None}
            assert row["ledger_owed"] == (sum(owed.values()) if ledger else None)
            assert set(row["later_years"]) == {f["fiscal_year"] for f in years[key[1:]] if f["fiscal_year"] > key[0]}
            if ledger:
                passed = sum(owed[id(loan)] for loan in ledger if loan["loan_due"] and loan["loan_due"] < on)
                assert next(p["ledger_late"] for p in late[key] if p["from_day"] <= on <= p["upto_day"]) == passed, (key, on)


def test_a_level_counts_the_scores_of_its_assessment(rows: Rows) -> None:
    scores, items = by(rows("village_score"), *ASSESSMENT), by(rows("village_item"), *ASSESSMENT)
    pass_at = {row["instrument"]: row["pass_at"] for row in rows("definition.instruments")}
    for level in rows("village_level"):
        key = tuple(level[column] for column in ASSESSMENT)
        own = scores.get(key, [])
        assert sorted(i["item"] for i in items.get(key, [])) == sorted(s["item"] for s in own)
        least = float(pass_at[key[2]]) if pass_at[key[2]] else None
        assert (level["scored"] or 0) == len(own)
        assert (level["passed"] or 0) == sum(least is not None and s["item_score"] >= least for s in own), key
        if own:
            assert level["mean_score"] == pytest.approx(sum(s["item_score"] for s in own) / len(own))


def test_what_is_worked_out_has_a_door_and_its_table(rows: Rows) -> None:
    assert all(rows(table) and "village_code" in rows(table)[0] for table in WORKED_OUT)


def test_a_build_that_lacks_what_was_not_worked_out_yet_is_opened_without_the_doors_to_it(sample_folder: Path) -> None:
    build = next((sample_folder / "warehouse").glob("*.duckdb"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as warehouse (read_only)")
        assert "fund_standing" in Doors(connection).templates
    with duckdb.connect() as older:
        older.execute(f"attach '{build}' as now (read_only)")
        older.execute("attach ':memory:' as warehouse")
        older.execute("copy from database now to warehouse")
        older.execute("drop table warehouse.fund_standing")
        templates = Doors(older).templates
    assert not {"fund_standing", "fund_days", "chosen_fund_standings"} & templates.keys()
    assert {"chosen_fund_projects", "fund_checks", "debt_standing", "levels_now"} <= templates.keys()

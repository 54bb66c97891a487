"""Village funds: balances and what is left to follow, against a count in plain Python over drawn registers, on every day that matters."""

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import Filters
from tests.drawn import Warehouse, loaded, register, write_csv

FIRST = date(2022, 1, 1)
CAUSES = ["committee", "handover", "records", "continuity", "died"]
MONEY = st.one_of(st.none(), st.integers(0, 900))
VILLAGE = st.fixed_dictionaries(
    {
        "capital": st.integers(0, 2_000),
        "parts": st.tuples(MONEY, MONEY, MONEY),  # with households, in the bank, in cash; None is not told
        "balanced": st.booleans(),
        "problem": st.one_of(st.none(), st.tuples(st.sampled_from(CAUSES), st.integers(0, 1_000))),
        "repaid": st.lists(st.tuples(st.integers(0, 90), st.integers(1, 700)), max_size=3),
        "settled": st.lists(st.integers(0, 90), max_size=2),
        "loans": st.lists(st.tuples(st.integers(1, 500), st.integers(0, 600), st.integers(0, 90)), max_size=3),
    }
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def code(number: int) -> str:
    """Villages of two districts."""
    return f"34210{'1' if number % 2 else '2'}{number:02}" if number < 4 else f"341502{number:02}"


def capital(one: dict) -> int:
    """What a drawn village says it has: the sum of its parts where it is to balance."""
    return sum(one["parts"]) if one["balanced"] and None not in one["parts"] else one["capital"]


def built(folder, villages: list[dict]) -> Warehouse:
    """One build of drawn villages, numbered from 1."""
    texts = {
        "household": "household_id\nH1",
        "village": "village_code | village_name",
        "debt_fund": "fiscal_year | village_code | fund_capital | with_households | in_bank | in_cash",
        "debt_problem": "fiscal_year | village_code | debt_cause | amount_to_follow",
        "debt_action": "fiscal_year | village_code | action_no | action_date | action_kind | action_amount",
        "debt_loan": "fiscal_year | village_code | contract_no | loan_amount | loan_repaid | loan_due",
    }
    for number, one in enumerate(villages, 1):
        at = f"\n2565 | {code(number)} |"
        texts["village"] += f"\n{code(number)} | บ้านที่ {number}"
        parts = " | ".join("" if part is None else str(part) for part in one["parts"])
        texts["debt_fund"] += f"{at} {capital(one)} | {parts}\n2564 | {code(number)} | 77777 | 1 | 1 | 1"  # the year before
        if one["problem"]:
            texts["debt_problem"] += f"{at} {one['problem'][0]} | {one['problem'][1]}"
        done = [("repaid", when, amount) for when, amount in one["repaid"]] + [("settled", when, "") for when in one["settled"]]
        for n, (kind, when, amount) in enumerate(done, 1):
            texts["debt_action"] += f"{at} {n} | {day(when)} | {kind} | {amount}"
        for n, (lent, repaid, due) in enumerate(one["loans"], 1):
            texts["debt_loan"] += f"{at} {n} | {lent} | {repaid} | {day(due)}"
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items() if "\n" in text]
    return loaded(folder / "data", *files)


def followed(one: dict, on: int) -> tuple[int, int, int]:
    """(came back, settled otherwise, left) of a village with a problem on a day, as a book-keeper counts."""
    to_follow = one["problem"][1]
    back = min(to_follow, sum(amount for when, amount in one["repaid"] if when <= on))
    settled = any(when <= on for when in one["settled"])
    return back, to_follow - back if settled else 0, 0 if settled else to_follow - back


def missing_money(one: dict) -> int | None:
    return None if None in one["parts"] else capital(one) - sum(one["parts"])


@given(villages=st.lists(VILLAGE, min_size=6, max_size=6))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_balances_and_what_is_left_are_right_on_every_day_on_which_something_was_done(tmp_path_factory, villages) -> None:
    w = built(tmp_path_factory.mktemp("debts"), villages)
    days = {when + more for one in villages for when in [*(d for d, _ in one["repaid"]), *one["settled"]] for more in (-1, 0)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        for on in sorted(days | {0, 91}):
            check_villages(w, villages, on)
            check_waterfall(w, villages, on)


def check_villages(w: Warehouse, villages: list[dict], on: int) -> None:
    """Every village by itself: the latest report alone, its money, its ledger, what is left to follow."""
    rows = {row["village_code"]: row for row in w.ask("debt_villages", day=str(day(on)))}
    assert set(rows) == {code(n) for n in range(1, len(villages) + 1)}
    for number, one in enumerate(villages, 1):
        row = rows[code(number)]
        assert (row["fiscal_year"], row["fund_capital"], row["not_found"]) == (2565, capital(one), missing_money(one))
        expected = followed(one, on) if one["problem"] else (None, None, None)
        assert tuple(row[c] for c in ("by_repayment", "by_settling", "still_to_follow")) == expected, (on, one)
        owed = [(max(0, lent - repaid), due) for lent, repaid, due in one["loans"]]
        assert row["ledger_owed"] == (sum(left for left, _ in owed) if owed else None)
        assert row["ledger_late"] == (sum(left for left, due in owed if due < on) if owed else None)
    unbalanced = {row["village_code"] for row in w.ask("debt_villages", day=str(day(on)), state="unbalanced")}
    assert unbalanced == {
        code(n)
        for n, one in enumerate(villages, 1)
        if missing_money(one) != 0
        or (one["loans"] and sum(max(0, lent - back) for lent, back, _ in one["loans"]) != one["parts"][0])
    }


def check_waterfall(w: Warehouse, villages: list[dict], on: int) -> None:
    """By cause and in all: what was to follow is what came back, what was settled otherwise, and what is left."""
    rows = w.ask("debt_causes", day=str(day(on)))
    assert [row["debt_cause"] for row in rows] == CAUSES
    for row in rows:
        mine = [one for one in villages if one["problem"] and one["problem"][0] == row["debt_cause"]]
        back, otherwise, left = (
            (sum(part) for part in zip(*(followed(one, on) for one in mine), strict=True)) if mine else (0, 0, 0)
        )
        assert (row["by_repayment"], row["by_settling"], row["still_to_follow"]) == (back, otherwise, left), (on, row)
        assert row["to_follow"] == sum(one["problem"][1] for one in mine) == back + otherwise + left
        assert (row["villages"], row["settled"]) == (len(mine), sum(any(d <= on for d in one["settled"]) for one in mine))
    total = w.ask("debt_totals", day=str(day(on)))[0]
    for column in ("to_follow", "by_repayment", "by_settling", "still_to_follow", "settled"):
        assert (total[column] or 0) == sum(row[column] for row in rows)
    state_of = {
        "problem": "problems",
        "left": "unfinished",
        "settled": "settled",
        "open": "villages",
    }  # as the page counts them
    assert {s: len(w.ask("debt_villages", day=str(day(on)), state=s)) for s in state_of} == {
        s: total[c] for s, c in state_of.items()
    }
    gone = [missing_money(one) for one in villages]
    assert (total["unchecked"], total["unbalanced"]) == (gone.count(None), sum(g not in (None, 0) for g in gone))
    assert (total["not_found"] or 0) == sum(filter(None, gone))
    by_district = w.ask("debt_districts", day=str(day(on)))
    assert sum(row["villages"] for row in by_district) == len(villages) and len(by_district) == 2
    assert sum(row["still_to_follow"] for row in by_district) == (total["still_to_follow"] or 0)


def two_districts(warehouse) -> Warehouse:
    """Two districts with a point 1 each."""
    return warehouse(
        household="household_id\nH1",
        village="village_code | village_name\n34210601 | ก\n34210602 | ข\n34150201 | ค",
        debt_fund="village_code | book_bank | book_debtors | book_targets | book_status\n34210601 | current | missing | current | current\n34210602\n34150201",
        debt_problem="village_code | point_no\n34210601 | 1\n34210602 |\n34150201 | 1",
        debt_point="village_code | point_no | point_date\n34210602 | 1 | 2022-01-18\n34150201 | 1 | 2022-02-18",
    )  # fmt: skip


def test_a_point_is_its_district_s_and_a_village_without_one_hears_of_those_nearby(warehouse) -> None:
    rows = {row["village_code"]: row for row in two_districts(warehouse).ask("debt_round")}
    assert {code: row["place_code"] for code, row in rows.items()} == {
        "34210601": "34210602", "34210602": None, "34150201": "34150201",
    }  # fmt: skip
    assert (rows["34210602"]["near"], rows["34210601"]["near"]) == ("1", None)
    assert rows["34210601"]["papers"] == "book_debtors"  # the others are up to date
    assert rows["34210602"]["papers"] == "book_targets|book_status|book_bank|book_debtors"  # of which nothing is told


def test_a_village_that_has_no_fund_of_the_year_is_refused_by_name(warehouse) -> None:
    w = warehouse(
        household="household_id\nH1",
        village="village_code | village_name\n34210601 | ก\n34210602 | ข",
        debt_fund="village_code\n34210601",
        debt_problem="village_code\n34210601\n34210602",
    )
    assert w.faults() == {"unknown_debt_fund"} and len(w.ask("debt_villages", state="problem")) == 1


LEDGER = "village_code | contract_no | debtor_household_id | debtor_house_code | loan_amount | loan_repaid"


def test_a_loan_is_a_household_s_by_its_code_or_by_a_house_that_is_its_alone(warehouse) -> None:
    w = warehouse(
        household="household_id | village_code | house_code\nH1 | 34210601 | 00001234567\nH2 | 34210601 | 00001234568\n"
        "H3 | 34210601 | 00007654321\nH4 | 34210601 | 00007654321",
        debt_fund="village_code\n34210601",
        debt_loan=f"{LEDGER}\n34210601 | 1 | H1 | | 500 | 200\n34210601 | 2 | | 00001234568 | 700 | 700\n"
        "34210601 | 3 | | 00007654321 | 900 |\n34210601 | 4 | H2 | 00001234567 | 50 |",
    )
    owed = {
        h: {r["contract_no"]: r["still_owed"] for r in w.ask("debt_of_household", household=w.ref(h))}
        for h in ("H1", "H2", "H3", "H4")
    }
    assert owed == {"H1": {"1": 300}, "H2": {"2": 0, "4": 50}, "H3": {}, "H4": {}}  # whose the third is, nobody can tell


def test_a_year_chosen_is_the_report_of_that_year(warehouse) -> None:
    w = warehouse(
        household="household_id\nH1",
        debt_fund="fiscal_year | village_code | fund_capital\n2564 | 34210601 | 100\n2565 | 34210601 | 300\n2564 | 34210602 | 50",
    )
    capital = {year: w.ask("debt_totals", Filters(year=year))[0]["capital"] for year in ((), ("2564",), ("2565",))}
    assert capital == {(): 350, ("2564",): 150, ("2565",): 300}
    assert [(row["fiscal_year"], row["villages"]) for row in w.ask("debt_years")] == [(2565, 1), (2564, 2)]


@pytest.mark.parametrize(
    ("villages", "problems", "share", "cut"), [(82, 21, 25.61, 25.6), (3, 1, 33.33, 33.33), (3, 2, 66.67, 66.66)]
)
def test_a_share_is_rounded_and_beside_it_what_cutting_off_gives(warehouse, villages, problems, share, cut) -> None:
    codes = [f"3421{1 + n // 15:02}{1 + n % 15:02}" for n in range(villages)]
    w = warehouse(
        household="household_id\nH1",
        village="village_code | village_name\n" + "\n".join(f"{code} | บ้าน" for code in codes),
        debt_fund="village_code\n" + "\n".join(codes),
        debt_problem="village_code\n" + "\n".join(codes[:problems]),
    )
    total = w.ask("debt_totals")[0]
    assert (total["villages"], total["problems"], total["share"], total["share_cut"]) == (villages, problems, share, cut)

"""What a district does not keep is no "none": in its own figures, in sums over districts, and for whatever register is declared."""

import re
from pathlib import Path

import pytest

from definitions.registers import children
from queries import DESK, Filters, Reader, questions
from queries.questions import without_comments
from tests.drawn import NEUTRAL, Warehouse
from tests.queries.planted import UNPLANTED

HOUSEHOLDS = """
household_id | village_code | certification | certified_date | indicator_8
K1           | 34210601     | certified     | 2022-09-01     | 0
K2           | 34210601     | certified     | 2022-01-01     | 1
N1           | 34150203     | certified     | 2022-01-01     | 0
N2           | 34150203     | certified     | 2022-09-01     |
N3           | 34150203     | proposed      |                | 1
"""
KEEPS = {"plan": "household_id | due_date\nK1 | 2022-08-01", "visit": "household_id | visit_date\nK1 | 2022-09-15"}
THERE, ELSEWHERE = Filters(district=("3421",)), Filters(district=("3415",))


@pytest.fixture
def two_districts(warehouse) -> Warehouse:
    return warehouse(household=HOUSEHOLDS, **KEEPS)


def test_a_district_without_plans_or_cases_has_no_family_without_one(two_districts):
    said = {h: (r["plan"], r["case"], r["plan_items"]) for h, r in two_districts.households().items()}
    assert said == {
        "K1": ("planned", "in_progress", 1),
        "K2": ("none", "stalled", 0),
        "N1": ("not_kept", "not_kept", None),
        "N2": ("not_kept", "not_kept", None),
        "N3": ("not_kept", "none", None),
    }
    assert {row["household_id"] for row in two_districts.ask("attention")} == {"K1", "K2"}


def test_every_count_has_its_own_whole_also_in_a_sum_over_districts(two_districts):
    names = ("target_households", "planned", "plan_known", "helped", "help_known", "without_plan", "open_planned")
    names += ("overdue", "open_dated", "stalled", "open_followed")
    (here,), (there,), (both,) = (two_districts.ask("summary", f) for f in (THERE, ELSEWHERE, Filters()))
    assert [here[n] for n in names] == [2, 1, 2, 0, 2, 1, 2, 1, 2, 1, 2]
    assert [there[n] for n in names] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [both[n] for n in names] == [h + t for h, t in zip([here[n] for n in names], [there[n] for n in names], strict=True)]
    (road,) = two_districts.ask("road", ELSEWHERE)
    assert (road["certification_known"], road["verification_known"], road["plan_known"]) == (3, 0, 0)
    plan = two_districts.ask("aspects")
    assert all(row["not_kept"] == 2 and row["none"] + row["planned"] == 2 for row in plan)
    kept = {row["register"]: (row["households"], row["chosen"]) for row in two_districts.ask("kept")}
    assert {name for name, (n, _) in kept.items() if n} == {"plan", "visit"} and kept["plan"] == (2, 5)


def test_the_map_and_the_published_figures_have_no_nought_for_what_is_not_kept(two_districts):
    areas = {row["code"]: row for row in two_districts.ask("areas", by="district")}
    assert (areas["3421"]["planned"], areas["3421"]["plan_known"]) == (1, 2)
    assert (areas["3415"]["plan_known"], areas["3415"]["help_known"], areas["3415"]["open"]) == (0, 0, 0)
    coarse = {row["code"]: row for row in two_districts.ask("areas", reader=Reader("viewer", ("34",)), by="district")}
    assert (coarse["3415"]["planned"], coarse["3415"]["plan_known"], coarse["3415"]["certified"]) == (None, None, "<5")
    assert coarse["3421"]["plan_known"] == "<5"


def test_households_without_data_are_not_those_that_lack_nothing(two_districts):
    rows = {row["number"]: row["households"] for row in two_districts.ask("overlaps")}
    assert (rows[0], rows[1], rows[None]) == (2, 2, 1)
    assert two_districts.column("deprived")["N2"] is None


@pytest.mark.parametrize("register", [r.name for r in children()])
def test_a_register_counts_as_kept_from_its_first_record(warehouse, register):
    """Whatever register is declared: where no record of it is, it is not kept, and where one is, it is."""
    from etl.headings.columns import columns

    heads = ["household_id", *(c for c in NEUTRAL if c in columns(register) and c not in ("household_id", "register_year"))]
    row = ["K1", *(NEUTRAL[c].replace("#", "1") for c in heads[1:])]
    w = warehouse(household=HOUSEHOLDS, **{register: f"{' | '.join(heads)}\n{' | '.join(row)}"})
    kept = {r["register"]: r["households"] for r in w.ask("kept")}
    assert kept == {r.name: 2 * (r.name == register) for r in children()}, register
    assert list(w.household("K1")["kept"]) == sorted({register, "certification"})
    assert list(w.household("N1")["kept"]) == ["certification"]


NONE = re.compile(r"(?:<>|!=|=)\s*'none'|\bcoalesce\([^()]*(?:plan|helped|overdue)[^()]*,\s*(?:0|false|'none')\)")
SAID = {  # question -> why it may say "none" of what a household has
    "attention": "a household is listed for what is kept; overdue items add up steps and plan",
    "visit_round": "as attention: overdue items add up steps and plan, a household is visited whatever is kept",
    "households": "overdue items add up steps and plan; what is not kept has none that is late",
    "spots": "colours a point whose due dates are kept",
    "aspects": "counts 'none' beside 'not_kept'",
    "steps": "what is not kept has none that is late",
    "work": "'none' is a due date that nobody said; only what is kept is listed",
    "summary": "'none' is what is kept and empty; its whole is open_planned",
}


def test_a_question_that_takes_what_is_not_kept_for_none_is_known_by_name():
    """`plan <> 'none'` is true of "not kept", too: whoever writes it says here why that is right."""
    found = {name for name, q in questions().items() if NONE.search(without_comments(q.sql))}
    assert found - SAID.keys() == set(), f"says none of what is not kept: {sorted(found - SAID.keys())}"
    assert "<> 'none'" not in (Path(__file__).parents[2] / "queries" / "macros.sql").read_text(encoding="utf-8")


def test_each_share_of_target_households_is_of_those_where_it_is_kept():
    """A measure of what hangs on a household is never a share of all certified ones; `closed` stands in the household register."""
    import definitions

    of_all = {row["measure"] for row in definitions.table("measures") if row["whole"] in ("certified", "households", "listed")}
    assert of_all == {"households", "closed"}
    assert UNPLANTED is not None and DESK

"""What a household lacks and why: five states with their basis."""

import pytest

DIMENSIONS = ("health", "living", "education", "income", "access")


def lights(w, household: str) -> dict[str, tuple[str, str | None]]:
    """Dimension -> (state, basis) of one household."""
    return {row["dimension"]: (row["state"], row["basis"]) for row in w.ask("lights", household=w.ref(household))}


def test_one_failing_indicator_makes_a_dimension_deprived(warehouse):
    w = warehouse(
        household="""
        household_id | indicator_8 | indicator_9 | indicator_10 | indicator_11
        allpass      | 1           | 1           | 1            | 1
        onefail      | 1           | 1           | 0            | 1
        onlyone      | -           |             | -            | 0
        """
    )
    assert w.column("living") == {"allpass": "not_deprived", "onefail": "deprived", "onlyone": "deprived"}
    assert w.column("deprived") == {"allpass": 0, "onefail": 1, "onlyone": 1}


def test_no_data_is_never_not_poor(warehouse):
    w = warehouse(household="household_id | members\nA | 3")
    assert lights(w, "A") == dict.fromkeys(DIMENSIONS, ("no_data", None))
    assert [(d["deprived"], d["not_deprived"], d["no_data"]) for d in w.ask("dimensions")] == [(0, 0, 1)] * 5


def test_a_dash_is_not_a_fail(warehouse):
    w = warehouse(household="household_id | indicator_15 | indicator_16\nA | - | –\nB | - | 1")
    assert w.column("education") == {"A": "no_data", "B": "not_deprived"}


def test_missing_income_is_not_below_the_line(warehouse):
    w = warehouse(
        household="""
        household_id | income_per_person | indicator_22
        none         |                   |
        answered     |                   | 1
        words        | สามหมื่น            |
        """
    )
    assert w.column("income") == {"none": "no_data", "answered": "not_deprived", "words": "no_data"}


def test_income_at_the_line_passes_and_a_baht_below_fails(warehouse):
    w = warehouse(household="household_id | income_per_person\nat | 38,000\nbelow | 37,999.99\nabove | ๓๘๐๐๑")
    assert w.column("income") == {"at": "not_deprived", "below": "deprived", "above": "not_deprived"}


def test_a_measured_value_decides_over_the_answer_and_the_disagreement_is_listed(warehouse):
    w = warehouse(
        household="""
        household_id | income_per_person | indicator_22
        poor         | 21000             | 1
        rich         | 90000             | 0
        agrees       | 21000             | 0
        """
    )
    assert w.column("income") == {"poor": "deprived", "rich": "not_deprived", "agrees": "deprived"}
    assert [(p["fault"], p["row"], p["found"], p["expected"]) for p in w.problems()] == [
        ("measure_disagrees", 2, "21000.0", "38000"),
        ("measure_disagrees", 3, "90000.0", "38000"),
    ]


def test_a_flag_speaks_only_where_no_indicator_was_answered(warehouse):
    w = warehouse(
        household="""
        household_id | indicator_4 | health_flag | living_flag
        A            | 1           | 0           | 0
        B            | -           | 0           | 1
        """
    )
    assert lights(w, "A") | lights(w, "B") != {}
    assert (lights(w, "A")["health"], lights(w, "A")["living"]) == (("not_deprived", "indicator"), ("deprived", "flag"))
    assert (lights(w, "B")["health"], lights(w, "B")["living"]) == (("deprived", "flag"), ("not_deprived", "flag"))


def test_a_flag_that_disagrees_with_its_indicators_is_listed_and_nothing_is_refused(warehouse):
    w = warehouse(household="household_id | indicator_16 | มิติการศึกษา\nA | 0 | ผ่าน\nB | 0 | ไม่ผ่าน")
    (problem,) = w.problems()
    assert (problem["fault"], problem["severity"], problem["row"], problem["column"]) == (
        "flag_disagrees", "notice", 2, "มิติการศึกษา",
    )  # fmt: skip
    assert w.report["files"][0]["rows_kept"] == 2


def test_the_latest_dated_field_check_overrides_and_says_so(warehouse):
    w = warehouse(
        household="household_id | indicator_8 | living_flag | health_flag\nA | 0 | 0 | 0",
        visit="""
        household_id | visit_date | checked_dimension | check_result
        A            | 2022-08-01 | living            | 0
        A            | 2022-09-01 | ความเป็นอยู่         | ผ่าน
        A            | 2022-07-01 | living            | 0
        A            | 2022-09-09 | living            |
        """,
    )
    assert lights(w, "A")["living"] == ("not_deprived", "check")
    assert lights(w, "A")["health"] == ("deprived", "flag")
    living = next(row for row in w.ask("lights", household=w.ref("A")) if row["dimension"] == "living")
    assert living["checked_on"].isoformat() == "2022-09-01"


def test_of_two_field_checks_on_one_day_the_later_entry_stands(warehouse):
    w = warehouse(
        household="household_id\nA\nB",
        visit="""
        household_id | entry_no | visit_date | checked_dimension | check_result
        A            | 2        | 2022-09-01 | living            | 1
        A            | 1        | 2022-09-01 | living            | 0
        B            | 1        | 2022-09-01 | living            | 1
        B            | 2        | 2022-09-01 | living            | 0
        """,
    )
    assert w.column("living") == {"A": "not_deprived", "B": "deprived"}


@pytest.mark.parametrize("year", ["2559", "2570", ""])
def test_an_unknown_survey_round_gives_no_data(warehouse, year):
    w = warehouse(household=f"household_id | survey_year | indicator_8 | income_per_person\nA | {year} | 0 | 1000")
    assert set(lights(w, "A").values()) == {("no_data", None)}
    assert w.faults() == {"unknown_round" if year else "no_survey_year"}


def test_the_new_round_has_no_dimensions_yet_so_only_flags_speak(warehouse):
    w = warehouse(
        household="""
        household_id | survey_year | indicator_8 | income_per_person | income_flag
        A            | 2565        | 0           | 1000              |
        B            | 2569        | 0           | 1000              | 0
        """
    )
    assert w.column("deprived") == {"A": None, "B": 1}
    assert (w.column("income"), w.column("living")["A"]) == ({"A": "no_data", "B": "deprived"}, "no_data")


def test_lights_show_the_value_against_its_threshold(warehouse):
    w = warehouse(household="household_id | income_per_person\nA | 21000")
    shown = next(row for row in w.ask("lights", household=w.ref("A")) if row["number"] == 22)
    assert (shown["result"], shown["measured"], shown["threshold"]) == (0, 21_000, 38_000)


def test_registered_for_the_welfare_card_is_not_validated(warehouse):
    w = warehouse(
        household="""
        household_id | indicator_8
        deprived     | 0
        sound        | 1
        unlisted     | 0
        unknown      | 0
        """,
        person="""
        household_id | welfare_card
        deprived     | validated
        deprived     | registered
        deprived     | none
        deprived     |
        sound        | validated
        unknown      |
        """,
    )
    assert w.column("target_people") == {"deprived": 1, "sound": 0, "unlisted": None, "unknown": None}
    members = w.ask("members", household=w.ref("deprived"))
    assert [m["is_target"] for m in members] == [True, False, False, False]
    (summary,) = w.ask("summary")
    assert (summary["target_people"], summary["card_known"]) == (1, 2)


def test_people_are_the_registers_number_and_else_the_members_listed(warehouse):
    w = warehouse(
        household="household_id | members\nsaid | 5\nlisted |\nneither |\nagrees | 1",
        person="household_id\nsaid\nlisted\nlisted\nagrees",
    )
    assert w.column("people") == {"said": 5, "listed": 2, "neither": None, "agrees": 1}
    (problem,) = [p for p in w.problems() if p["fault"] != "running_number"]  # the members are drawn 1, 2, 3 … down the list
    assert (problem["fault"], problem["found"], problem["expected"]) == ("members_disagree", "5", "1")


def test_age_is_counted_in_whole_years_at_the_data_date(warehouse):
    w = warehouse(
        household="household_id | certified_date\nA | 15/09/2565",
        person="""
        household_id | birth_date | age
        A            | 15/09/2550 |
        A            | 16/09/2550 |
        A            | 31/12/2550 | 20
        A            | 01/01/2566 |
        """,
    )
    assert [m["age"] for m in w.ask("members", household=w.ref("A"))][:3] == [15, 14, 20]

"""Splink on the same rows: trained without labels (u from random pairs, m by expectation maximisation), scored within a village."""

from collections.abc import Callable
from typing import Any

import duckdb

from etl.duplicates import pairing

RANDOM_PAIRS = 2_000_000
LEAST_WEIGHT = -12.0  # log2 of the odds: far below any threshold that is good for anything
SEED = 2565
LIKENESS = [0.97, 0.92, 0.88, 0.84]  # Jaro–Winkler, below an equal name

Scored = list[tuple[str, str, float]]

NAMES = {"name": "{}", "bare": "bare_name({})", "sound": "sounded(bare_name({}))"}
ROWS = """create table record as
  select concat(p.household_id, '/', p.member_no) as unique_id, p.household_id, h.village_code, h.house_no, p.sex, p.birth_date,
         {first} as first_name, {last} as last_name, concat({first}, ' ', {last}) as whole_name
  from out.person p join out.household h on h.rowid = p.home"""
APART = "l.village_code = r.village_code and l.household_id <> r.household_id and"
BLOCKS = [
    f"{APART} l.house_no = r.house_no",
    f"{APART} l.birth_date = r.birth_date",
    f"{APART} l.first_name = r.first_name",
    f"{APART} l.last_name = r.last_name and substr(l.first_name, 1, 1) = substr(r.first_name, 1, 1)",
    f"{APART} substr(l.first_name, 1, 3) = substr(r.first_name, 1, 3) and substr(l.last_name, 1, 1) = substr(r.last_name, 1, 1)",
    f"{APART} substr(l.last_name, 1, 4) = substr(r.last_name, 1, 4) and substr(l.first_name, 1, 1) = substr(r.first_name, 1, 1)",
]

EXCLUDED = "coalesce(l.sex = r.sex, true) and coalesce(abs(year(l.birth_date) - year(r.birth_date)) <= 2, true)"
SCORED = "select unique_id_l, unique_id_r, match_weight from {}"
ONE_OF_A_HOUSEHOLD = """
  with pair as (select unique_id_l as a, unique_id_r as b, split_part(a, '/', 1) as h, split_part(b, '/', 1) as g, match_weight from {}),
  sided as (select if(h < g, a, b) as a, if(h < g, b, a) as b, least(h, g) as h, greatest(h, g) as g, match_weight from pair)
  select a, b, match_weight from sided
  qualify match_weight = max(match_weight) over (partition by a, g) and match_weight = max(match_weight) over (partition by b, h)"""


def linked(names: str, with_our_rules: bool = False) -> Callable[[duckdb.DuckDBPyConnection], Scored]:
    """Pairs scored by their match weight; `names` says how a name is given: as written, bared, or sounded by our macro.

    With our rules Splink is given what the build takes for certain, too: another sex or a birth three years apart is another person,
    1 January is an unknown day, and a person is one of a household at most.
    """

    def work(connection: duckdb.DuckDBPyConnection) -> Scored:
        for stage in pairing.SOUNDS:
            pairing.run(connection, stage)
        spelled = {part: NAMES[names].format(f"p.{part}_name") for part in ("first", "last")}
        connection.execute(ROWS.format(**spelled))
        scored = trained_and_scored(connection, with_our_rules)
        return connection.execute((ONE_OF_A_HOUSEHOLD if with_our_rules else SCORED).format(scored)).fetchall()

    return work


def trained_and_scored(connection: duckdb.DuckDBPyConnection, with_our_rules: bool) -> str:
    """Train a model on the table `record` and score the pairs of its blocks; the name of the table of scores."""
    from splink import DuckDBAPI, Linker, block_on

    linker = Linker(DuckDBAPI(connection=connection).register("record"), settings(with_our_rules))
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("village_code", "first_name", "last_name", "birth_date")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("village_code", "first_name", "last_name"))
    training.estimate_parameters_using_expectation_maximisation(block_on("village_code", "birth_date"))
    return linker.inference.predict(threshold_match_weight=LEAST_WEIGHT).physical_name


def settings(with_our_rules: bool) -> Any:
    """Names by Jaro–Winkler and by how common they are, birth dates, house number, sex."""
    import splink.comparison_library as compare
    from splink import SettingsCreator

    names = [
        compare.JaroWinklerAtThresholds(name, LIKENESS).configure(term_frequency_adjustments=True)
        for name in ("first_name", "last_name")
    ]
    dates = known_days() if with_our_rules else compare.DateOfBirthComparison("birth_date", input_is_string=False)
    sex = [] if with_our_rules else [compare.ExactMatch("sex")]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[f"{block} and {EXCLUDED}" for block in BLOCKS] if with_our_rules else BLOCKS,
        comparisons=[*names, dates, compare.ExactMatch("house_no"), *sex],
    )


def known_days() -> Any:
    """Birth dates as the build compares them: unknown, equal, two of three parts, another."""
    import splink.comparison_level_library as level
    import splink.comparison_library as compare

    unknown = "birth_date_l is null or birth_date_r is null or dayofyear(birth_date_l) = 1 or dayofyear(birth_date_r) = 1"
    parts = " + ".join(f"({part}(birth_date_l) = {part}(birth_date_r))::int" for part in ("year", "month", "day"))
    levels = [
        level.CustomLevel(unknown).configure(is_null_level=True),
        level.ExactMatchLevel("birth_date"),
        level.CustomLevel(f"{parts} >= 2", "two of day, month and year"),
        level.ElseLevel(),
    ]
    return compare.CustomComparison(levels, output_column_name="birth_date")

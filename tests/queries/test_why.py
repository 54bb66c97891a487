"""Why a number changed: who moved, and by what, against what the screens said at both moments."""

import itertools
import json
import os
import random
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from queries import DESK, NATION, Filters, NotAllowed, Reader
from queries.cause_words import sentence
from queries.headlines import headlines
from queries.moments import at, before_now, now
from queries.why import Move, MovedMeasure, why
from queries.why_verb import main
from tests.journal.recorded import event, keep
from tests.queries.histories import AT_ONCE, Pool, Rows, Seen, closed, history, pool

HISTORIES = int(os.environ.get("BAAN_SUK_HISTORIES", "100"))  # 1,000 takes an hour

COUNTS = {  # headline -> by how many one household counts in it: what its words in headlines.csv mean, said in Python
    "listed": lambda h: 1,
    "verified": lambda h: h["verification"] == "confirmed",
    "proposed": lambda h: h["certification"] == "proposed",
    "certified": lambda h: h["certification"] == "certified",
    "any": lambda h: any(h[d] == "deprived" for d in ("health", "living", "education", "income", "access")),
    **{d: (lambda h, d=d: h[d] == "deprived") for d in ("health", "living", "education", "income", "access")},
    "people": lambda h: h["people"] or 0,
    "target_people": lambda h: h["target_people"] or 0,
    "planned": lambda h: h["certification"] == "certified" and (h["plan_items"] or 0) > 0,
    "helped": lambda h: h["certification"] == "certified" and bool(h["helped"]),
    "closed": lambda h: h["certification"] == "certified" and h["closed_date"] is not None,
    "open": lambda h: h["certification"] == "certified" and h["closed_date"] is None,
    "overdue": lambda h: h["certification"] == "certified" and bool(h["overdue"]),
    "without_plan": lambda h: h["certification"] == "certified" and h["plan"] == "none" and h["closed_date"] is None,
    "stalled": lambda h: h["case"] == "stalled",
    "outside": lambda h: h["source"] == "outside",
}


def recounted(before: Rows, after: Rows) -> dict[str, tuple[int, int, dict[str, int]]]:
    """Headline -> its numbers and by how many each household moved it, household by household."""
    told = {}
    for name, counts in COUNTS.items():
        was, is_ = ({ref: int(counts(row)) for ref, row in rows.items()} for rows in (before, after))
        net = {ref: is_.get(ref, 0) - was.get(ref, 0) for ref in was.keys() | is_.keys()}
        told[name] = sum(was.values()), sum(is_.values()), {ref: by for ref, by in net.items() if by}
    return told


def moves(measure: MovedMeasure) -> dict[str, int]:
    by: Counter[str] = Counter()
    for move in measure.moved:
        by[move.household] += move.direction
    return dict(by)


def of(measures: list[MovedMeasure], name: str) -> MovedMeasure:
    return next(measure for measure in measures if measure.measure == name)


def test_every_headline_is_recounted():
    assert set(COUNTS) == set(headlines())


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Pool:
    (sample,) = (sample_folder / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(sample), read_only=True) as connection:
        of_districts = (
            "select min(code) as code from place where level = 'tambon' group by code[1:4] order by code limit $limit"
        )
        tambons = [code for (code,) in connection.execute(of_districts, {"limit": AT_ONCE}).fetchall()]
    return pool(tmp_path_factory.mktemp("pool"), 6, random.Random(22), tambons)


@pytest.mark.parametrize("number", range(HISTORIES // AT_ONCE))
def test_nothing_is_left_unexplained_in_random_histories(number, builds, tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    chance = random.Random(number)
    try:
        first, second = chance.sample(list(history(builds, folder, chance)), 2)
        explained_as_seen(builds, first, second)
    finally:
        closed(folder)


def explained_as_seen(builds: Pool, first: Seen, second: Seen) -> None:
    told = why(first.moment, second.moment, Filters(), DESK)
    expected = recounted(first.rows, second.rows)
    assert {m.measure: (m.before, m.after, moves(m)) for m in told} == expected
    assert {m.measure: m.remainder for m in told} == dict.fromkeys(expected, 0)
    for move in itertools.chain.from_iterable(measure.moved for measure in told):
        true_cause(builds, first, second, move)


def true_cause(builds: Pool, first: Seen, second: Seen, move: Move) -> None:
    """What is said can be seen: the entry was taken in between, the row of that file is of that household, the date is another."""
    from queries.moments import entries_until

    low, high = sorted((first.moment.position, second.moment.position))
    row = second.rows.get(move.household) or first.rows[move.household]
    if move.cause == "event":
        between = [e for e in entries_until(high) if e["seq"] > low and e["ref"] == move.household]
        assert move.source["kind"] in {e["kind"] for e in between}
    else:
        assert first.moment.build != second.moment.build and move.cause in ("file", "kept", "time"), move
    if move.cause == "file" and "row" in move.source:
        lines = [builds.lines[seen.moment.build].get(move.source["file"], []) for seen in (first, second)]
        assert any(len(of) >= move.source["row"] and row["household_id"] in of[move.source["row"] - 1] for of in lines), move
    if move.cause == "time":
        assert move.source["from"] != move.source["to"]


HOUSEHOLD = """
household_id | village_code | certification | source  | indicator_8 | income_per_person | members
H1           | 34210601     | certified     | tpmap   | 0           | 60000             | 3
H2           | 34210601     | certified     | tpmap   | 1           | 21000             | 2
H3           | 34210602     | proposed      | outside | 1           | 60000             | 1
"""

"""Why a number changed: who moved, and by what, against what the screens said at both moments."""

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from queries import DESK, NATION, Filters, NotAllowed, Reader
from queries.cause_words import sentence
from queries.headlines import headlines
from queries.moments import at, before_now, now
from queries.why import Move, MovedMeasure, named, why
from queries.why_verb import main
from tests.drawn import register, write_csv
from tests.journal.recorded import event, keep
from tests.queries.histories import AT_ONCE, Pool, Rows, Seen, closed, history, pool

ROOT = Path(__file__).parent.parent.parent
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
PLAN = "household_id | item_no | due_date | status | updated_date\nH1 | 1 | 2022-09-10 | planned | 2022-09-01"


def causes(measure: MovedMeasure) -> list[tuple[int, str, dict]]:
    return [(move.direction, move.cause, dict(move.source)) for move in measure.moved]


def test_an_entry_is_a_cause_with_its_day_and_who_recorded_it(warehouse):
    w = warehouse(household=HOUSEHOLD)
    before = now()
    (entry,) = keep(event("closed", "H1", on="2022-09-20", close_reason="better"))
    closed_ = of(why(before, now(), Filters(), DESK), "closed")
    by = {"kind": "closed", "on": "2022-09-20", "by": "field@example.go.th"}
    assert (closed_.before, closed_.after, closed_.remainder) == (0, 1, 0) and causes(closed_) == [(1, "event", by)]
    assert sentence(closed_, "th") == "0 → 1: ปิดกรณี +1" and closed_.moved[0].household == w.ref("H1")
    middle = now()
    keep(event("withdrawn", "H1", on="2022-09-21", thing=entry, reason="ผิดบ้าน"))
    assert causes(of(why(middle, now(), Filters(), DESK), "closed"))[0][2]["kind"] == "withdrawn"
    assert of(why(before, now(), Filters(), DESK), "closed").moved == ()


def test_of_several_entries_the_one_that_made_the_difference_is_named(warehouse):
    warehouse(household=HOUSEHOLD)
    before = now()
    keep(
        event("note", "H2", note="แวะไป"),
        event("visit", "H2", checked_dimension="health", check_result="0"),
        event("visit", "H2", on="2022-09-05", checked_dimension="living", check_result="0"),
        event("note", "H2", note="แวะไปอีก"),
    )
    told = why(before, now(), Filters(), DESK)
    assert [causes(of(told, d))[0][2]["on"] for d in ("health", "living")] == ["2022-09-01", "2022-09-05"]


def test_a_file_is_a_cause_with_its_row(warehouse):
    w = warehouse(household=HOUSEHOLD, plan=PLAN)
    before = now()
    changed = HOUSEHOLD.replace("0           | 60000             | 3", "1           | 60000             | 3").replace(
        "H3 ", "H4 "
    )
    w = warehouse(household=changed)
    told = why(before, now(), Filters(), DESK)
    file = {"register": "household", "file": "household.csv", "sheet": "", "row": 4}
    assert {move.household: (move.direction, dict(move.source)) for move in of(told, "listed").moved} == {
        w.ref("H3"): (-1, {"what": "went", "list": "outside", **file}),
        w.ref("H4"): (1, {"what": "came", "list": "outside", **file}),
    }
    assert causes(of(told, "living")) == [(-1, "file", {"what": "changed", "list": "tpmap", **file, "row": 2})]
    assert sentence(of(told, "listed"), "th") == "3 → 3: พบใหม่ (นอก TPMAP (Re X-ray)) +1, ไม่มีในรายชื่อแล้ว −1"
    back = of(why(now(), before, Filters(), DESK), "listed")
    assert {move.household: move.direction for move in back.moved} == {w.ref("H3"): 1, w.ref("H4"): -1} and not back.remainder


def test_a_due_date_that_passes_is_time(warehouse):
    late = "household_id | item_no | due_date | status | updated_date\nH1 | 1 | 2022-09-10 | planned | 2022-09-01\n"
    warehouse(household=HOUSEHOLD, plan=late)
    before = now()
    visits = "household_id | entry_no | visit_date\n" + "\n".join(f"H{n} | 1 | 2022-09-28" for n in (2, 3))
    warehouse(visit=visits)
    moved = of(why(before, now(), Filters(), DESK), "overdue")
    assert causes(moved) == [(1, "time", {"from": "2022-09-01", "to": "2022-09-28"})]


def test_a_register_that_a_district_begins_to_keep_is_a_cause(warehouse):
    warehouse(household=HOUSEHOLD)
    before = now()
    warehouse(plan=PLAN)
    assert causes(of(why(before, now(), Filters(), DESK), "without_plan")) == [(1, "kept", {"register": "plan"})]


def test_a_filter_that_a_household_comes_under_has_the_cause_of_that(warehouse):
    w = warehouse(household=HOUSEHOLD)
    before = now()
    warehouse(household=HOUSEHOLD.replace("34210602     | proposed", "34210601     | proposed"))
    moved = of(why(before, now(), Filters(tambon=("342106",), village=("34210601",)), DESK), "listed")
    assert [(m.household, m.direction, m.cause, m.source["what"]) for m in moved.moved] == [(w.ref("H3"), 1, "file", "changed")]


def test_a_changed_definition_is_a_cause(tmp_path, monkeypatch):
    rooms = copied(tmp_path / "rooms")
    data = tmp_path / "data"
    file = write_csv(tmp_path / "household.csv", register("household", HOUSEHOLD))
    monkeypatch.setenv("BAAN_SUK_DATA", str(data))
    loaded_by(rooms, file, data)
    before = now()
    table = rooms / "definitions" / "indicators.csv"
    table.write_text(table.read_text("utf-8").replace("income_per_person,38000,", "income_per_person,20000,"), "utf-8")
    loaded_by(rooms, file, data)
    income = of(why(before, now(), Filters(), DESK), "income")
    assert (income.before, income.after, income.remainder) == (1, 0, 0)
    ((_, cause, source),) = causes(income)
    assert (cause, source["table"]) == ("definition", "indicators") and "threshold 38000 → 20000" in source["rows"][0]


def test_roles_see_what_they_may(warehouse):
    w = warehouse(household=HOUSEHOLD)
    before = now()
    warehouse(household=HOUSEHOLD.replace("certified     | tpmap   | 0", "refused       | tpmap   | 0"))
    keep(event("closed", "H2", on="2022-09-20", close_reason="better"))
    committee = why(before, now(), Filters(), Reader("committee", (NATION,)))
    assert causes(of(committee, "closed")) == [(1, "event", {"kind": "closed", "on": "2022-09-20"})]
    assert causes(of(committee, "certified"))[0][2] == {"what": "changed", "register": "household", "list": "tpmap"}
    assert {row["head_first_name"] for row in named((now(),), [w.ref("H1")], Reader("committee", (NATION,))).values()} <= {None}
    viewer = why(before, now(), Filters(), Reader("viewer", (NATION,)))
    assert viewer and all(not measure.moved and isinstance(measure.after, str) for measure in viewer)
    assert of(viewer, "listed").after == "<5"
    with pytest.raises(NotAllowed):
        why(before, now(), Filters(plan=("none",)), Reader("viewer", (NATION,)))
    with pytest.raises(NotAllowed):
        why(before, now(), Filters(), Reader("auditor", (NATION,)))
    elsewhere = why(before, now(), Filters(), Reader("field", ("34210602",)))
    assert of(elsewhere, "certified").moved == () and of(elsewhere, "listed").before == 1


def test_a_build_of_an_earlier_version_has_no_rows_and_still_a_cause(warehouse):
    w = warehouse(household=HOUSEHOLD)
    before = now()
    earlier = shutil.copyfile(before.path, before.path.with_suffix(".earlier"))
    with duckdb.connect(str(earlier)) as connection:
        connection.execute("drop table origin; alter table build drop column program")
    os.replace(earlier, before.path)
    warehouse(household=HOUSEHOLD.replace("H3 ", "H4 "))
    gone = next(m for m in of(why(before, now(), Filters(), DESK), "listed").moved if m.household == w.ref("H3"))
    assert (gone.cause, gone.source) == ("file", {"what": "went", "register": "household", "list": "outside"})


def test_moments_by_name(warehouse):
    warehouse(household=HOUSEHOLD)
    first = now()
    keep(event("note", "H1", note="แวะไป"))
    warehouse(household=HOUSEHOLD.replace("H3 ", "H4 "))
    keep(event("note", "H1", note="แวะไปอีก"))
    assert str(before_now()) == f"{first.build}@1" == str(at(first.build))
    assert (str(at(now().build)), str(at(f"{first.build}@0"))) == (str(now()), f"{first.build}@0")
    for wrong in ("", "x" * 16, "0" * 16, f"{first.build}@", "../secret"):
        with pytest.raises(ValueError):
            at(wrong)


def test_the_verb_answers_as_promised(warehouse, capsys):
    w = warehouse(household=HOUSEHOLD)
    keep(event("closed", "H1", on="2022-09-20", close_reason="better"))
    assert main(["--format", "json", "--year", "2565", "--data", str(w.folder)]) == 0
    (answer,) = json.loads(capsys.readouterr().out).values()
    assert all(list(m) == ["measure", "before", "after", "remainder", "moved"] for m in answer)
    (move,) = next(m["moved"] for m in answer if m["measure"] == "closed")
    assert list(move) == ["household", "direction", "cause", "source"] and move["household"] == w.ref("H1")
    assert main(["--data", str(w.folder)]) == 0 and "ปิดกรณีแล้ว: 0 → 1: ปิดกรณี +1" in capsys.readouterr().out
    assert main(["--from", "0" * 16, "--data", str(w.folder)]) == 2
    assert main(["--role", "auditor", "--data", str(w.folder)]) == 2


def copied(rooms: Path) -> Path:
    """The rooms that a load needs."""
    for room in ("access", "audit", "definitions", "etl", "installation", "journal", "queries", "data/geo"):
        shutil.copytree(ROOT / room, rooms / room, ignore=shutil.ignore_patterns("__pycache__"))
    return rooms


def loaded_by(rooms: Path, file: Path, data: Path) -> None:
    """Load a file by the code and the definitions of a copy."""
    environment = {**os.environ, "PYTHONPATH": str(rooms), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "etl", "load", str(file), "--data", str(data)]
    subprocess.run(command, cwd=rooms, env=environment, check=True, capture_output=True)

"""What is recorded means what the same facts mean in a register: both ways to an answer, the loader's and the journal's, are compared."""

import itertools
import random
from pathlib import Path

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import definitions
from journal import project, store
from journal.project import Projection
from queries import Filters, build, questions
from queries.ask import BREAKDOWNS
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep, words
from tests.queries.planted import PLANTED, record_canaries

HOMES = ["H1", "H2", "H3", "H4"]
HOUSEHOLD = """
household_id | village_code | certification | certified_date | indicator_8 | indicator_22 | members | register_year
H1           | 34210601     | certified     | 2022-01-10     | 0           |              | 3       | 2565
H2           | 34210601     | certified     | 2022-01-10     | 1           | 1            | 2       | 2565
H3           | 34210602     | proposed      |                |             | 0            | 1       | 2565
H4           | 34210602     | certified     | 2022-01-10     | 0           |              | 4       | 2565
H1           | 34210602     |               |                | 1           |              | 3       | 2564
H1           | 34210601     |               |                | 1           |              | 3       | 2566
"""
LAST = "2022-09-30"  # every family has news on that day, so that both ways are as of it
BASE = {
    "household": HOUSEHOLD,
    "visit": "household_id | visit_date | entry_no\n" + "\n".join(f"{home} | {LAST} | 1" for home in HOMES),
    "plan": "household_id | item_no | aspect | activity | owner | due_date | status | updated_date\n"
    "H1 | 1 | skill | สอนทอผ้า | กศน. | 2022-08-31 | planned | 2022-03-01\nH4 | 1 | resource | ซ่อมห้องน้ำ | อบต. | | done | 2022-04-01",
    "step": "household_id | step | started_date | finished_date | due_date\nH1 | 1 | 2022-02-01 | 2022-02-03 |\nH1 | 2 | 2022-02-05 | | 2022-06-30",
    "need": "household_id | item | quantity | unit\nH1 | ปูนซีเมนต์ | 40 | ถุง",
    "contribution": "household_id | entry_no | given_date | kind | item | quantity | unit\nH1 | 1 | 2022-05-01 | material | ปูนซีเมนต์ | 10 | ถุง",
    "person": "household_id | member_no | first_name | welfare_card\nH1 | 1 | สมชาย | validated\nH1 | 2 | สมหญิง | none\nH2 | 1 | สมศรี | validated",
}  # fmt: skip
DAYS = ["2022-06-01", "2022-07-15", "2022-09-10", LAST]
LISTS = {"limit": 1000}
FREE = {
    "entry",
    "recorded_by",
    "recorded_at",
    "thing",
    "item_no",
    "number",
    "updated_date",
    "seen",
}  # what the two ways name apart
QUESTIONS = ("household", "lights", "plan", "shortages", "steps", "members")
COUNTS = ("summary", "road", "dimensions", "overlaps", "aspects", "areas", "scope", "attention", "households", "promises", "agencies",
          "shortfalls", "report", "area_change", "change")  # fmt: skip


def told(w: Warehouse) -> dict[str, list]:
    """Every answer, in no order of its own, without what the two ways name apart."""
    answers = {f"{q} {home}": w.ask(q, household=w.ref(home)) for q in QUESTIONS for home in HOMES}
    more = {
        q: w.ask(q, **({"level": "tambon"} if "level" in questions()[q].parameters else {})) for q in COUNTS if q in questions()
    }
    more |= {f"summary {by}": w.ask("summary", by=by) for by in BREAKDOWNS}
    return {
        name: sorted(str({k: v for k, v in row.items() if k not in FREE and k != "kept"}) for row in rows)
        for name, rows in (answers | more).items()
    }


FACTS = st.lists(
    st.one_of(
        st.tuples(st.just("visit"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["living", "income", "health"]), st.sampled_from("01")),
        st.tuples(st.just("plan"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["skill", "way_out"]), st.sampled_from(["planned", "in_progress", "done"])),
        st.tuples(st.just("step"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.integers(3, 5), st.booleans()),
        st.tuples(st.just("need"), st.sampled_from(HOMES), st.just(LAST), st.sampled_from(["ทราย", "ไม้"]), st.integers(1, 9)),
        st.tuples(st.just("gift"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["ปูนซีเมนต์", "ไม้"]), st.integers(1, 50)),
    ),
    max_size=7,
    unique_by=lambda fact: fact[:2] + ((fact[3],) if fact[0] in ("step", "need") else (fact[2], fact[3])),
)  # fmt: skip


def as_rows(facts: list[tuple]) -> dict[str, str]:
    """The facts as rows of the registers, behind those that are there."""
    more: dict[str, list[str]] = {name: [] for name in BASE}
    for number, (kind, home, day, what, value) in enumerate(facts, 50):
        if kind == "visit":
            more["visit"].append(f"{home} | {day} | {number} | {what} | {value}")
        elif kind == "plan":
            more["plan"].append(f"{home} | {number} | {what} | ปลูกผัก | | | {value} | {day}")
        elif kind == "step":
            more["step"].append(f"{home} | {what} | {day} | {day if value else ''} |")
        elif kind == "need":
            more["need"].append(f"{home} | {what} | {value} | มัด")
        else:
            more["contribution"].append(f"{home} | {number} | {day} | material | {what} | {value} | ถุง")
    texts = {name: "\n".join([text.strip(), *more[name]]) for name, text in BASE.items()}
    lines = texts["visit"].splitlines()
    checks = [line + " | |" * (line.count("|") == 2) for line in lines[1:]]
    texts["visit"] = "\n".join([lines[0] + " | checked_dimension | check_result", *checks])
    return texts


def as_events(facts: list[tuple]) -> list[dict]:
    """The facts as events."""
    events = []
    for kind, home, day, what, value in facts:
        if kind == "visit":
            events.append(event("visit", home, on=day, checked_dimension=what, check_result=value))
        elif kind == "plan":
            new = event("plan_new", home, on=day, aspect=what, activity="ปลูกผัก")
            events.append(new)
            if value != "planned":
                events.append(event("plan_status", home, on=day, thing=f"plan/{new['id']}", status=value))
        elif kind == "step":
            events.append(event("step_started", home, on=day, thing=f"step/house_build/{what}"))
            if value:
                events.append(event("step_finished", home, on=day, thing=f"step/house_build/{what}"))
        elif kind == "need":
            events.append(event("need", home, on=day, item=what, quantity=value, unit="มัด"))
        else:
            events.append(event("gift", home, on=day, gift="material", item=what, quantity=value, unit="ถุง"))
    return events


def contradicts(facts: list[tuple]) -> bool:
    """Two checks of one dimension on one day: the loader takes the later row, the journal neither (decision 83)."""
    checks = [fact[1:4] for fact in facts if fact[0] == "visit"]
    return len(checks) != len(set(checks))


@given(facts=FACTS.filter(lambda facts: not contradicts(facts)))
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_what_is_recorded_means_what_it_means_in_a_register(tmp_path_factory, facts) -> None:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("both")
        answers = []
        for name, texts in (("loaded", as_rows(facts)), ("recorded", BASE)):
            w = built_of(folder / name, texts)
            patch.setenv("BAAN_SUK_DATA", str(w.folder))
            if name == "recorded" and facts:
                keep(*as_events(facts))
            answers.append(told(w))
        assert {name: (rows, answers[1][name]) for name, rows in answers[0].items() if rows != answers[1][name]} == {}


def built_of(folder, texts: dict[str, str]) -> Warehouse:
    folder.mkdir()
    return loaded(folder / "data", *(write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items()))


def test_a_note_changes_no_number(warehouse) -> None:
    """Every household goes through the journal's own statements, and comes out as the loader made it."""
    w = warehouse(**BASE)
    before = told(w)
    keep(*(event("note", home, on=LAST, note="ไม่มีอะไรเปลี่ยน") for home in HOMES), event("note", "H1", year=2564, on=LAST, note="x"),
         event("note", "H1", year=2566, on=LAST, note="x"))  # fmt: skip
    after = told(w)
    assert {name for name in before if before[name] != after[name]} == set()


def test_120_orders_of_arrival_make_one_projection(warehouse) -> None:
    """Whatever comes first: an item and its state, a fork and what settles it, a gift; in as many batches as it comes."""
    w = warehouse(**BASE)
    new = event("plan_new", "H2", on="2022-09-10", aspect="skill", activity="เลี้ยงปลา")
    of_item = {"thing": f"plan/{new['id']}"}
    left, right = (
        event("plan_status", "H2", on=f"2022-09-1{d}", status=s, **of_item) for d, s in ((1, "done"), (2, "planned"))
    )
    both = [left["id"], right["id"]]
    settled = event("plan_status", "H2", on="2022-09-13", status="in_progress", base=both, **of_item)
    gift = event("gift", "H2", gift="money", item="เงิน", quantity=500, unit="บาท")
    assert set(words([new, left, right, settled, gift])) == {"kept"}
    entries = store.store(w.folder).after(0)
    path = w.folder / "warehouse" / f"{build().id}.duckdb"
    made = {projected(path, order, random.Random(number)) for number, order in enumerate(itertools.permutations(entries))}
    assert len(made) == 1


def projected(path: Path, order: tuple[dict, ...], dice: random.Random) -> str:
    """What a projection holds that took the entries in this order, in one batch or in two."""
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as warehouse (read_only)")
    connection.execute(definitions.script("masks"))
    projection = Projection(connection)
    parted = dice.randrange(len(order))
    numbered = [entry | {"seq": place} for place, entry in enumerate(order, 1)]
    for batch in (numbered[:parted], numbered[parted:]):
        projection.follow(batch)
    tables = ["household", "plan_item", "contribution", "record", "tally"]
    return str([sorted(map(str, connection.execute(f"from delta.{table}").fetchall())) for table in tables])


def test_what_a_batch_leaves_out_has_nothing_to_say(warehouse, monkeypatch) -> None:
    """An entry of every kind, in any order and a few at a time: by the scripts that they ask for, and by all of them each time."""
    w = warehouse(**PLANTED)
    record_canaries(w.folder)
    entries = store.store(w.folder).after(0)
    random.Random(1).shuffle(entries)
    batches = [entries[at : at + 4] for at in range(0, len(entries), 4)]
    path = w.folder / "warehouse" / f"{build().id}.duckdb"
    asked_for = held(path, batches)
    monkeypatch.setattr(
        project, "_scripts", lambda *_: (*project.HOUSEHOLDS, *project.VILLAGES, *project.MEETINGS, *project.OF_PLACES)
    )
    assert held(path, batches) == asked_for
    assert [table for table in ("found", *project.OF_MEETINGS) if not asked_for[table]] == []


def held(path: Path, batches: list[list[dict]]) -> dict[str, list[str]]:
    """Every table of a projection that took in some batches -> its rows, in no order."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as warehouse (read_only)")
        connection.execute(definitions.script("masks"))
        projection, places = Projection(connection), itertools.count(1)
        for batch in batches:
            projection.follow([entry | {"seq": next(places)} for entry in batch])
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'delta'").fetchall()
        return {table: sorted(map(str, connection.execute(f"from delta.{table}").fetchall())) for (table,) in tables}


def test_a_fork_is_shown_and_counts_for_nobody_until_it_is_settled(warehouse) -> None:
    w = warehouse(**BASE)
    first = event("plan_status", "H1", on="2022-09-01", thing="plan/1", status="in_progress")
    one, other = (
        event("plan_status", "H1", on="2022-09-02", thing="plan/1", status=s, base=[first["id"]]) for s in ("done", "planned")
    )
    keep(first, one, other)
    assert w.ask("plan", household=w.ref("H1"))[0]["status"] == "in_progress"  # what both had seen
    heads = w.ask("heads", household=w.ref("H1"))
    assert sorted((row["said"], row["forked"]) for row in heads) == [("done", True), ("planned", True)]
    keep(event("plan_status", "H1", on="2022-09-03", thing="plan/1", status="done", base=[one["id"], other["id"]]))
    assert w.ask("plan", household=w.ref("H1"))[0]["status"] == "done"
    assert [row["forked"] for row in w.ask("heads", household=w.ref("H1"))] == [False]


def test_two_that_say_the_same_are_no_conflict(warehouse) -> None:
    w = warehouse(**BASE)
    keep(*(event("step_finished", "H1", on="2022-09-02", thing="step/house_build/2") for _ in range(2)))
    assert [row["forked"] for row in w.ask("heads", household=w.ref("H1"))] == [False, False]
    assert w.household("H1")["steps_done"] == 2


def test_checks_of_one_day_that_contradict_each_other_are_no_result(warehouse) -> None:
    w = warehouse(**BASE)
    keep(*(event("visit", "H1", checked_dimension="living", check_result=r) for r in "01"))
    assert (w.household("H1")["living"], w.household("H1")["living_basis"]) == ("deprived", "indicator")
    keep(event("visit", "H1", on="2022-09-02", checked_dimension="living", check_result="1"))
    assert (w.household("H1")["living"], w.household("H1")["living_basis"]) == ("not_deprived", "check")


def test_what_a_register_knows_of_a_later_day_counts(warehouse) -> None:
    w = warehouse(**BASE)
    keep(event("plan_status", "H1", on="2022-02-01", thing="plan/1", status="done"))
    assert w.ask("plan", household=w.ref("H1"))[0]["status"] == "planned"  # updated on 1 March


def test_a_withdrawn_entry_is_as_if_it_had_never_been(warehouse) -> None:
    w = warehouse(**BASE)
    before = told(w)
    ids = keep(event("gift", "H2", gift="money", item="เงิน"), event("closed", "H1", close_reason="better"))
    assert told(w) != before
    keep(*(event("withdrawn", home, on=LAST, thing=id_, reason="ผิดบ้าน") for home, id_ in zip(("H2", "H1"), ids, strict=True)))
    assert told(w) == before


def test_closing_and_certifying_are_counted(warehouse) -> None:
    w = warehouse(**BASE)
    keep(
        event("closed", "H1", close_reason="better"), event("certification", "H3", certification="certified", meeting="3/2565")
    )
    (road,) = w.ask("road")
    assert (road["closed"], road["certified"]) == (1, 4)
    assert w.household("H1")["case"] == "closed" and w.household("H3")["meeting"] == "3/2565"


def test_it_survives_a_load_of_the_register(warehouse) -> None:
    w = warehouse(**BASE)
    keep(event("visit", "H1", on=LAST, finding="มุงหลังคาแล้ว"))
    again = warehouse(household=HOUSEHOLD.replace("| 3       | 2565", "| 5       | 2565"))
    assert again.household("H1")["members"] == 5
    assert "มุงหลังคาแล้ว" in [row["finding"] for row in w.ask("timeline", household=w.ref("H1"))]


@pytest.mark.parametrize("seed", range(3))
def test_a_row_recorded_today_is_of_its_own_day_and_makes_nobody_else_late(warehouse, seed) -> None:
    w = warehouse(**BASE)
    home = random.Random(seed).choice(HOMES)
    keep(event("visit", home, on="2026-11-01", finding="ยังอยู่"))
    dates = {row["household_id"]: str(row["as_of"]) for row in w.ask("report", Filters(year=("2565",)))}
    assert dates == {other: "2026-11-01" if other == home else LAST for other in HOMES}


def test_an_entry_that_names_one_which_has_not_come_waits_for_it(warehouse) -> None:
    """Whoever recorded it had seen the other: without that one nobody can say what it takes the place of."""
    w = warehouse(**BASE)
    first = event("plan_status", "H1", thing="plan/1", status="in_progress")
    then = event("plan_status", "H1", on="2022-09-02", thing="plan/1", status="done", base=[first["id"]])
    assert words([then]) == ["held"]
    assert w.ask("plan", household=w.ref("H1"))[0]["status"] == "planned"
    assert words([first]) == ["kept"]
    assert w.ask("plan", household=w.ref("H1"))[0]["status"] == "done"

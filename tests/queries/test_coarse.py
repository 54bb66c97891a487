"""Whoever may see coarse counts learns of a small number that it is small, and nothing more, whatever is asked and compared."""

import itertools
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import definitions
import etl
from queries import NATION, Filters, NotAllowed, Reader, ask, questions, twins
from queries.ask import forget
from queries.doors import Doors
from queries.warehouse import Build
from tests.drawn import Warehouse, records
from tests.queries.attacker import DIMENSIONS, PARTS, Attacker, knows_the_words, meant

TAMBONS = ("342101", "342106", "341511")
YEARS = (2564, 2565)
VIEWER = Reader("viewer", (NATION,))
MADE = ("household", "tally", "coarse")  # of the register that a test wants: each from the one before
SQL = Path(etl.__file__).parent / "tables"
SPELLED = {  # what a build spells out in them
    "{tally}": definitions.script("tally"),
    "{state}": "warehouse.state",
    "out.": "warehouse.",
    "{aspects}": ", ".join(f"plan_{row['aspect']}" for row in definitions.table("aspects")),
    "{small_cell}": str(definitions.rule("small_cell")),
    "{within_days}": str(definitions.rule("stalled_after")),
}
MEASURES = sorted({measure for pair in PARTS for measure in pair})
NUMBERS = itertools.count()
Counts = dict[tuple[int, str], dict[str, int]]  # (year, tambon) -> measure -> households or people


class Register:
    """A warehouse in memory whose households have just the counts that a test wants, asked through the one door."""

    def __init__(self, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(
            f"attach '{sample}' as made (read_only); attach ':memory:' as warehouse; create schema warehouse.definition"
        )
        tables = self.connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'made'"
        ).fetchall()
        for schema, table in tables:
            rows = "limit 0" if table in MADE else ""
            self.connection.execute(f"create table warehouse.{schema}.{table} as from made.{schema}.{table} {rows}")
        Doors(self.connection)
        self.number = next(NUMBERS)
        monkeypatch.setattr(
            sys.modules["queries.ask"], "current", lambda: (self.connection, Build(f"made{self.number}", datetime.now(), False))
        )

    def holds(self, counts: Counts) -> None:
        """Exactly these counts, each part within its whole: household number i has whatever counts more than i."""
        self.number = next(NUMBERS)  # an answer is kept by the build's id: no two registers may share one
        rows = [row for leaf, count in counts.items() for row in households(*leaf, count)]
        self.connection.execute("delete from warehouse.household")
        self.connection.register("rows_", pd.DataFrame(rows))
        self.connection.execute("insert into warehouse.household by name from rows_")
        for table in MADE[1:]:
            sql = (SQL / f"{table}.sql").read_text("utf-8")
            for word, text in SPELLED.items():
                sql = sql.replace(word, text)
            self.connection.execute(f"drop table warehouse.{table}; {sql}")


def households(year: int, tambon: str, count: dict[str, int]) -> Iterator[dict]:
    for i in range(count["households"]):
        yield {
            "register_year": year, "household_id": f"{tambon}/{i}", "village_code": f"{tambon}01", "tambon_code": tambon,
            "district_code": tambon[:4], "province_code": tambon[:2], "ref": f"{year}{tambon}{i}",
            "people": share(count["people"], count["households"], i),
            "listed_members": share(count["people_known"], count["households"], i),
            "target_people": share(count["target_people"], count["households"], i),
            "certification_kept": True, "certification": "certified" if i < count["certified"] else None, "helped": i < count["helped"],
            "plan": "planned" if i < count["planned"] else "none", "case": "closed" if i < count["closed"] else "none",
            **{d: "deprived" if i < count[d] else "not_deprived" if i < count[f"{d}_known"] else "no_data" for d in DIMENSIONS},
        }  # fmt: skip


def share(whole: int, among: int, i: int) -> int:
    return whole // among + (i < whole % among)


def everything(areas: tuple[str, ...] = (NATION,)) -> dict[tuple, list[dict]]:
    """Every question that a viewer may ask of counts, over sets of places, years and breakdowns; each reader has its own areas."""
    reader = Reader("viewer", areas)
    wheres = [{}, {"district": ("3421",)}, *({"tambon": some} for some in (TAMBONS[:1], TAMBONS[:2], TAMBONS[1:]))]
    whens = [(), ("2565",)]
    answers = {("choices",): records(ask("choices", Filters(), reader))}
    for when, where in itertools.product(whens, wheres if areas == (NATION,) else wheres[:1]):
        filters = Filters(year=when, **where)
        for question in ("scope", "dimensions"):
            answers[question, filters] = records(ask(question, filters, reader))
        answers["density", filters] = records(ask("density", filters, reader, size=0.3))  # two of the subdistricts in one
        for by in ("total", "tambon") if where else ("total", "year", "province", "district", "tambon"):
            answers["summary", filters, by] = records(ask("summary", filters, reader, by=by))
            answers["areas", filters, by] = records(ask("areas", filters, reader, by=by))
    for answer in answers.values():
        for row in answer:  # a list of years is an array, which has no equality of its own
            row.update({k: list(v) for k, v in row.items() if hasattr(v, "tolist")})
    return answers


@pytest.fixture
def register_of(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    (path,) = (sample_folder / "warehouse").glob("*.duckdb")
    return Register(path, monkeypatch)


@st.composite
def a_leaf(draw: st.DrawFn) -> dict[str, int]:
    """Counts of one subdistrict that hold together, small ones often."""
    some = st.one_of(st.integers(0, 8), st.integers(0, 40))
    count = {"households": max(1, draw(some))}
    for part, whole in sorted(PARTS, key=lambda pair: depth(pair[0])):
        if "people" not in part:
            count[part] = min(count[whole], draw(some))
    count["people"] = draw(st.integers(count["households"], count["households"] * 6))
    count["people_known"] = min(count["people"], draw(st.integers(0, count["people"])))
    lacking = max(count[d] for d in DIMENSIONS)
    count["target_people"] = draw(st.integers(0, min(count["people_known"], 6 * lacking)))
    return count


def depth(measure: str) -> int:
    whole = dict(PARTS).get(measure)
    return 0 if whole is None else 1 + depth(whole)


registers = st.dictionaries(st.tuples(st.sampled_from(YEARS), st.sampled_from(TAMBONS)), a_leaf(), min_size=1, max_size=4)
generated = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@given(counts=registers, small=st.integers(1, 4))
@generated
def test_two_registers_that_differ_in_their_small_numbers_only_answer_everything_alike(register_of, counts, small):
    """So each small number keeps its whole range of 1 to 4, for all that any attacker can ask or work out."""
    other = {leaf: {m: small if 0 < n < 5 else n for m, n in count.items()} for leaf, count in counts.items()}
    for count in other.values():  # a register that could be: parts within their wholes, no home of hundreds
        assert all(count[part] <= count[whole] for part, whole in PARTS)
    register_of.holds(counts)
    answers = [everything(areas) for areas in ((NATION,), ("3421",), ("342101", "341511"))]
    register_of.holds(other)
    assert [everything(areas) for areas in ((NATION,), ("3421",), ("342101", "341511"))] == answers


@given(counts=registers)
@generated
def test_every_larger_number_is_the_sum_of_published_ones(register_of, counts):
    """Counted again in Python from the single subdistricts as published: so no total tells more than its parts."""
    register_of.holds(counts)
    answers = everything()
    leaves = leaves_of(answers)
    for key, rows in answers.items():
        if key[0] not in ("summary", "areas"):
            continue
        question, filters, by = key
        for row in rows:
            summed = [leaf for leaf in leaves if within(leaf, filters) and slice_of(leaf, by) == row["code"]]
            summed = [leaf for leaf in summed if question == "summary" or leaf[0] == row["register_year"]]
            for measure, column in COLUMNS[question].items():
                figures = [figure(leaves[leaf][measure]) for leaf in summed if leaves[leaf].get(measure)]
                assert row[column] == (published(sum(figures)) if figures else None), (key, measure)


@given(counts=registers)
@generated
def test_an_attacker_who_knows_the_rule_narrows_no_small_number(register_of, counts):
    register_of.holds(counts)
    attacker = Attacker()
    leaves = leaves_of(everything())
    for leaf, figures in leaves.items():
        for measure, text in figures.items():
            attacker.published((*leaf, measure), *meant(text))
    knows_the_words(attacker, leaves)
    ranges = attacker.solve()
    for leaf, figures in leaves.items():
        for measure, text in figures.items():
            low, high = ranges[*leaf, measure]
            assert low <= counts[leaf][measure] <= high
            assert text != "<5" or (low, high) == (1, 4), (leaf, measure, counts[leaf])


def leaves_of(answers: dict) -> Counts:
    """What is published of each single subdistrict and year: the finest that can be had."""
    rows = answers["areas", Filters(), "tambon"]
    return {(r["register_year"], r["code"]): {m: r[c] for m, c in COLUMNS["areas"].items() if r[c]} for r in rows}


COLUMNS = {
    "areas": {m: m for m in MEASURES},
    "summary": {"certified": "target_households"}
    | {m: m for m in ("households", "people", "target_people", "people_known", "planned", "helped", "closed")},
}


def within(leaf: tuple[int, str], filters: Filters) -> bool:
    year, tambon = leaf
    places = filters.tambon or filters.district or filters.province
    return (not filters.year or str(year) in filters.year) and (not places or tambon.startswith(places))


def slice_of(leaf: tuple[int, str], by: str) -> str:
    year, tambon = leaf
    return {"total": "total", "year": str(year), "province": tambon[:2], "district": tambon[:4], "tambon": tambon}[by]


def figure(text: str) -> float:
    return 2.5 if text == "<5" else float(text.removeprefix("≈ "))


def published(total: float) -> str:
    return "0" if total == 0 else "<5" if total < 5 else f"≈ {5 * int(total / 5 + 0.5)}"


# The attacker works: against ways of publishing that look safe he finds the number.


def hidden_below_five(n: int) -> tuple[int, int]:
    return (1, 4) if 0 < n < 5 else (n, n)


def test_the_attacker_solves_hidden_cells_beside_exact_totals():
    """Naive suppression: cells below 5 hidden, totals exact. One hidden cell of a total, or two totals that differ by one."""
    true = {"a": 12, "b": 3, "c": 2}
    attacker = Attacker()
    for name, n in true.items():
        attacker.published((name,), *hidden_below_five(n))
    attacker.sums([("a",), ("b",), ("c",)], 17, 17)
    assert attacker.solve()["b",] == (1, 4)  # two hidden cells protect each other
    attacker.sums([("a",), ("b",)], 15, 15)  # until somebody asks for the two places alone
    assert (attacker.solve()["b",], attacker.solve()["c",]) == ((3, 3), (2, 2))


def test_the_attacker_solves_totals_that_were_rounded_after_adding():
    attacker = Attacker()
    for name in ("a", "b"):
        attacker.published((name,), 1, 4)
    attacker.sums([("a",), ("b",)], *meant("≈ 10"))  # 4 + 4 = 8, published as about 10
    assert attacker.solve() == {("a",): (4, 4), ("b",): (4, 4)}


def test_the_attacker_solves_a_whole_with_both_its_parts():
    attacker = Attacker()
    attacker.published(("whole",), *meant("≈ 5"))
    attacker.published(("part",), 1, 4)
    attacker.published(("rest",), 1, 4)
    attacker.sums([("part",), ("rest",)], 7, 7)
    assert attacker.solve()["part",] == (
        3,
        4,
    )  # "deprived" and "not deprived" of a given number are shown to no role with coarse counts


def test_the_attacker_solves_a_sum_of_overlapping_parts():
    """Why "deprived in any dimension" is not published: two small dimensions and about ten in all are four and four."""
    attacker = Attacker()
    for dimension in ("health", "living"):
        attacker.published((dimension,), 1, 4)
    attacker.published(("any",), *meant("≈ 10"))
    attacker.ties.append(({("any",): 1, ("health",): -1, ("living",): -1}, -100, 0))
    assert attacker.solve()["health",] == (4, 4)
    assert not {"any", "overdue", "open", "deprived_households"} & set(MEASURES)


def test_the_attacker_solves_homes_from_their_people():
    """Why people are counted only where homes are not few: sixty people do not live in three."""
    attacker = Attacker()
    attacker.published(("households",), 1, 4)
    attacker.published(("people",), *meant("≈ 60"))
    attacker.part(("people",), ("households",), 15)
    assert attacker.solve()["households",] == (4, 4)


def test_the_attacker_solves_the_sample_where_it_is_published_naively(sample):
    """The real questions, exact totals beside hidden small cells: most hidden numbers of the sample fall."""
    tambons = sample.ask("summary", by="tambon", filters=Filters(year=("2565",)))
    districts = {r["code"]: r for r in sample.ask("summary", by="district", filters=Filters(year=("2565",)))}
    attacker = Attacker()
    for measure in ("households", "target_households", "planned", "helped", "closed"):
        for row in tambons:
            attacker.published((row["code"], measure), *hidden_below_five(row[measure]))
        for code, row in districts.items():
            attacker.sums([(t["code"], measure) for t in tambons if t["code"][:4] == code], row[measure], row[measure])
    ranges = attacker.solve()
    hidden = [
        (r["code"], m)
        for r in tambons
        for m in ("households", "target_households", "planned", "helped", "closed")
        if 0 < r[m] < 5
    ]
    narrowed = [cell for cell in hidden if ranges[cell] != (1, 4)]
    assert len(narrowed) >= 5 and all(
        ranges[c][0] <= next(r[c[1]] for r in tambons if r["code"] == c[0]) <= ranges[c][1] for c in hidden
    )


# What a viewer can and cannot ask.


@pytest.mark.parametrize("name", ["village", "dimension", "plan", "case", "source", "certification"])
def test_a_filter_that_cuts_finer_is_refused_whatever_the_question(sample: Warehouse, name: str) -> None:
    value = {
        "village": "34210601",
        "dimension": "health",
        "plan": "none",
        "case": "none",
        "source": "tpmap",
        "certification": "certified",
    }
    for question in twins():
        with pytest.raises(NotAllowed, match=f"years and places down to the subdistrict, not {name}"):
            ask(question, Filters(**{name: (value[name],)}), VIEWER)


@pytest.mark.parametrize("by", ["village", "source", "certification", "plan", "case"])
def test_a_breakdown_that_cuts_finer_is_refused(sample: Warehouse, by: str) -> None:
    for question in ("summary", "areas"):
        with pytest.raises(NotAllowed, match=f"not {by}"):
            ask(question, Filters(), VIEWER, by=by)


def test_a_viewer_of_a_village_is_told_nothing_of_its_subdistrict(sample: Warehouse) -> None:
    for question in twins():
        for row in sample.ask(question, Filters(), Reader("viewer", ("34210601",))):
            assert not [v for c, v in row.items() if c != "dimension" and v is not None and len(v)], (question, row)


def test_a_question_without_a_twin_is_refused(sample: Warehouse) -> None:
    for question in sorted(q for q, question in questions().items() if "counts" in question.tells and q not in twins()):
        with pytest.raises(NotAllowed, match="it has exact numbers only"):
            ask(question, Filters(), VIEWER)


def test_no_exact_number_is_kept_beside_the_figures(sample: Warehouse) -> None:
    """The table that viewers' questions read holds 0, 2.5 and multiples of 5, so that no slip of a question can tell more."""
    forget()
    (path,) = (sample.folder / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        figures = {f for (f,) in connection.execute("select distinct figure from coarse").fetchall()}
        columns = [
            c for (c,) in connection.execute("select column_name from duckdb_columns() where table_name = 'coarse'").fetchall()
        ]
    assert figures and all(f == 2.5 or f % 5 == 0 for f in figures)
    assert columns == ["register_year", "province_code", "district_code", "tambon_code", "as_of", "measure", "figure"]


def test_the_committee_is_told_its_small_numbers(sample: Warehouse) -> None:
    rows = sample.ask(
        "dimensions", Filters(year=("2565",), tambon=("342106",), certification=("certified",)), Reader("committee", ("3421",))
    )
    assert {r["households"] for r in rows} == {4} and 1 in {r["deprived"] for r in rows}


def test_a_place_without_a_register_is_no_data_not_nought(sample: Warehouse) -> None:
    nowhere = Filters(tambon=("500101",))
    assert sample.ask("summary", nowhere, VIEWER) == sample.ask("areas", nowhere, VIEWER, by="tambon") == []
    assert sample.ask("scope", nowhere, VIEWER)[0]["households"] is None
    assert {r["households"] for r in sample.ask("dimensions", nowhere, VIEWER)} == {None}

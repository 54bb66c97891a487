"""Narrow doors tell what the widest tell: every question, any filters, any reader; and their text holds no value."""

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import definitions
from queries import NATION, Filters, Reader, ask, may_ask, questions
from queries.ask import DEFAULTS, forget
from queries.doors import Doors, shape, takes_all
from queries.filters import CHOICES
from queries.questions import BREAKDOWNS, without_comments
from queries.warehouse import _doors, current

ROLES = [row["role"] for row in definitions.table("roles")]
CHOSEN = {
    "year": ["2564", "2565"],
    "province": ["34"],
    "district": ["3421", "3404", "3415"],
    "tambon": ["342101", "342106"],
    "village": ["34210606", "34210101"],
    **{name: list(values) for name, values in CHOICES.items()},
}
FILTERS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(v), min_size=1, max_size=2) for name, v in CHOSEN.items()}
)
AREAS = [(NATION,), ("34",), ("3421",), ("342106", "3404"), ("34210606",)]


@given(
    name=st.sampled_from(sorted(questions())),
    chosen=FILTERS,
    role=st.sampled_from(ROLES),
    areas=st.sampled_from(AREAS),
    data=st.data(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_narrow_door_tells_what_the_widest_tells(sample, name, chosen, role, areas, data) -> None:
    reader, question = Reader(role, areas), questions()[name]
    if not may_ask(name, reader) or reader.counts != "exact":
        return
    given_ = {k: v for k, v in DEFAULTS.items() if k in question.parameters} | dict.fromkeys(
        {"limit"} & question.parameters, 50
    )
    if "by" in given_:
        given_["by"] = data.draw(st.sampled_from(sorted(BREAKDOWNS)))
    if "household" in given_:
        refs = list(ask("households", Filters(), Reader("desk", (NATION,)), limit=30)["ref"])
        given_["household"] = data.draw(st.sampled_from(["", *refs]))
    filters = Filters.of(chosen)
    forget()
    narrow = ask(name, filters, reader, **given_)
    forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Doors, "sql", lambda self, question, of: question.sql)
        widest = ask(name, filters, reader, **given_)
    forget()
    assert list(narrow.columns) == list(widest.columns)
    assert narrow.astype(str).values.tolist() == widest.astype(str).values.tolist()


def duckdb_of(sample) -> duckdb.DuckDBPyConnection:
    """A connection of its own to the sample's build."""
    connection = duckdb.connect()
    build = next((sample.folder / "warehouse").glob("*.duckdb"))
    connection.execute(f"attach '{build}' as warehouse (read_only)")
    return connection


def test_the_text_of_a_door_tells_whether_a_filter_is_set_and_never_to_what(sample) -> None:
    doors, question = _doors[id(current()[0])], questions()["summary"]
    reader = Reader("desk", ("3421",)).struct()
    one, other = (
        Filters.of({"tambon": [code], "plan": [plan]}).struct() for code, plan in (("342106", "none"), ("342101", "done"))
    )
    assert doors.sql(question, shape(one, reader)) == doors.sql(question, shape(other, reader))
    made = doors._texts(shape(one, reader), {"chosen_tallies", "placed_tallies", "visible_tallies"}, {"households"})
    assert not [code for code in ("3421", "342106", "none") if code in " ".join(made.values())]
    assert "is_in(r['areas'], village_code)" in made["visible_tallies"] and "f['plan']" in made["chosen_tallies"]
    assert "f['year']" not in made["placed_tallies"]


def test_whose_areas_are_less_than_the_nation_is_always_held_to_them(sample) -> None:
    doors = _doors[id(current()[0])]
    for name in questions():
        for areas in (("3421",), ()):
            of = shape(Filters().struct(), Reader("desk", areas).struct())
            assert of == (frozenset(), True, False)
            text = " ".join(doors._texts(of, set(doors.templates), {"home"}).values())
            assert text.count("warehouse.household where village_code between r['lowest']") == 1, name
            assert text.count("warehouse.tally where village_code between r['lowest']") == 1, name


def test_a_question_that_takes_all_columns_has_all_of_them() -> None:
    every = {name for name, question in questions().items() if takes_all(question, without_comments(question.sql))}
    assert {"household", "lights", "duplicates", "published"} <= every
    assert not every & {"summary", "road", "dimensions", "attention", "households", "scope", "aspects", "change", "areas"}


def test_a_build_keeps_so_many_narrow_doors_and_asks_through_the_widest_beyond(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    doors, question = Doors(duckdb_of(sample)), questions()["road"]
    monkeypatch.setattr("queries.doors.MOST", 1)
    reader = Reader("desk", (NATION,)).struct()
    one, other = (shape(Filters.of(chosen).struct(), reader) for chosen in ({"year": ["2565"]}, {"plan": ["none"]}))
    assert doors.sql(question, one) == doors.sql(question, one) != question.sql
    assert doors.sql(question, other) == question.sql

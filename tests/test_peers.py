"""The peers of `bench peers` show our figures: what is faster with other numbers is faster at another question."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.peers import in_datasette, in_streamlit, views
from benchmarks.peers.compared import differences
from queries import Filters

VIEWS = [
    Filters(year=("2565",), district=("3421",)),
    Filters(year=("2565",), district=("3421",), certification=("certified",)),
    Filters(year=("2565",), district=("3421",), tambon=("342106",), dimension=("living",)),
    Filters(year=("2565",), district=("3421", "3415"), dimension=("health", "income"), source=("tpmap",)),
]


@pytest.fixture(scope="module")
def database(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = next((sample_folder / "warehouse").glob("*.duckdb"))
    return in_datasette.exported(build, tmp_path_factory.mktemp("peers") / "overview.db")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.address()))
def test_every_canned_question_answers_as_ours(sample, database, view):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for question, ours in views.answered(view).items():
            asked = view.without("certification") if question in in_datasette.WHOLE else view
            rows = connection.execute(in_datasette.canned()[question], in_datasette.parameters(asked)).fetchall()
            assert differences(ours, [dict(row) for row in rows]) == [], question


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.address()))
def test_the_ordinary_page_shows_our_road(sample, view):
    page = AppTest.from_file(str(in_streamlit.PAGE), default_timeout=30).run()
    for label, name in in_streamlit.ASKED_BY.items():
        chosen = getattr(view, name)
        box = next(box for box in page.multiselect if box.label == label)
        box.set_value([int(value) for value in chosen] if name == "year" else list(chosen)).run()
    assert not page.exception
    numbers = [int(metric.value.replace(",", "")) for metric in page.metric]
    shown = dict(zip(in_streamlit.ROAD, numbers, strict=False))
    assert differences(views.answered(view)["road"], [shown]) == []


def test_other_figures_are_seen():
    assert differences([{"listed": 2, "closed": None}], [{"listed": 3, "closed": float("nan"), "more": 1}]) == [
        "listed: 3 for 2"
    ]
    assert differences([{"listed": 2}], []) == ["0 rows for 1"]
    assert differences([{"listed": 2}], [{"listed": 2.0}]) == []

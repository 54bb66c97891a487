"""A build is asked every question before it is published: once for each schema, and never less than what a first page asks."""

import shutil
from pathlib import Path

import duckdb
import pytest

import definitions
from queries import probing, questions, twins
from queries.warehouse import opened

EVERY = len(questions()) + len(twins())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The names of the questions of each probe, on a machine where nothing was probed yet."""
    monkeypatch.setenv("BAAN_SUK_CACHE", str(tmp_path / "cache"))
    kept, ask = [], probing._ask

    def noted(connection, questions):
        kept.append([question.name for question in questions])
        ask(connection, questions)

    monkeypatch.setattr(probing, "_ask", noted)
    return kept


def build_of(made) -> Path:
    (path,) = (made.folder / "warehouse").glob("*.duckdb")
    return path


def changed(path: Path, to: Path, sql: str) -> Path:
    """A copy of a build with something else in it."""
    shutil.copyfile(path, to)
    with duckdb.connect(str(to)) as connection:
        connection.execute(sql)
    return to


def test_other_rows_of_the_same_schema_are_asked_what_the_first_page_asks(warehouse, sample_folder, asked) -> None:
    drawn = build_of(warehouse(household="household_id\nH1"))
    (sample,) = (sample_folder / "warehouse").glob("*.duckdb")
    for path in (sample, drawn, sample):
        probing.probe(path)
    assert list(map(len, asked)) == [EVERY, len(probing.FIRST), len(probing.FIRST)]


@pytest.mark.parametrize(
    "sql",
    [
        "alter table household add column strange int",
        "alter table visit alter column entry_no type varchar",
        "update definition.register_columns set personal = 'name' where \"column\" = 'tambon_code' or \"column\" = 'village_code'",
        "update definition.rules set \"value\" = '4' where rule = 'small_cell'",
        "update definition.registers set parent = null where register = 'need'",
    ],
)
def test_whatever_decides_what_an_answer_looks_like_makes_another_schema(warehouse, asked, tmp_path, sql: str) -> None:
    path = build_of(warehouse(household="household_id\nH1"))
    other = changed(path, tmp_path / "other.duckdb", sql)
    assert opened(path).schema == opened(path).schema != opened(other).schema


def test_another_text_of_a_question_is_asked_and_so_are_all(warehouse, asked, monkeypatch) -> None:
    path = build_of(warehouse(household="household_id\nH1"))
    probing.probe(path)
    anew = {**questions(), "summary": questions()["road"]}
    monkeypatch.setattr(probing, "questions", lambda: anew)
    probing.probe(path)
    assert list(map(len, asked)) == [EVERY, EVERY]


def test_another_definition_has_all_asked_anew(warehouse, asked, monkeypatch) -> None:
    """What an officer wrote in a table of definitions is read as a question runs, and no column tells of it."""
    path = build_of(warehouse(household="household_id\nH1"))
    for edited in ("", "edited", "edited"):
        monkeypatch.setattr(definitions, "fingerprint", lambda edited=edited: edited)
        probing.probe(path)
    assert list(map(len, asked)) == [EVERY, EVERY, len(probing.FIRST)]


def test_what_cannot_be_answered_is_refused_every_time(warehouse, asked, tmp_path) -> None:
    path = build_of(warehouse(household="household_id\nH1"))
    broken = changed(path, tmp_path / "broken.duckdb", "alter table visit drop column finding")
    for _ in range(2):
        with pytest.raises(duckdb.Error, match="finding"):
            probing.probe(broken)
    assert list(map(len, asked)) == [EVERY, EVERY]


def test_a_machine_that_keeps_nothing_asks_everything_each_time(warehouse, asked, monkeypatch, tmp_path) -> None:
    path = build_of(warehouse(household="household_id\nH1"))
    monkeypatch.setattr(probing, "cache_folder", lambda: None)
    probing.probe(path)
    monkeypatch.setattr(probing, "cache_folder", lambda: path)  # a file: nothing can be kept in it
    probing.probe(path)
    assert list(map(len, asked)) == [EVERY, EVERY]

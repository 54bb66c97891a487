"""`manage.py ask` answers as the named role and area would see it, or says why not."""

import json
import subprocess
import sys

import pytest

from installation.paths import PROJECT
from queries.__main__ import main
from tests.drawn import Warehouse


@pytest.mark.parametrize("question", ["summary", "members", "duplicates", "shapes"])
def test_every_parameter_of_a_question_has_a_way_in(
    sample: Warehouse, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert main([question, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == question


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["household", "--role", "viewer"], 'The role "viewer" may not ask "household": it tells of single households.'),
        (["summary", "--role", "auditor"], 'The role "auditor" may not ask "summary"'),
        (["problems", "--role", "field"], "it tells of loaded files and their faulty rows"),
        (["summary", "--role", "viewer", "--certification", "certified"], "not certification"),
        (["summary", "--role", "field", "--area", "9999"], "area: 9999 is no place of this data"),
        (["summary", "--role", "field", "--area", "x"], "must be TH or 2, 4, 6 or 8 digits"),
    ],
)
def test_what_a_role_may_not_ask_is_said_in_a_sentence(
    sample: Warehouse, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err and captured.out == ""


def test_a_role_without_numbers_may_ask_what_words_mean(sample: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--role", "auditor", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] is None


def test_an_answer_is_the_role_s_and_the_area_s(sample: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    def answers(*arguments: str) -> list[dict]:
        assert main([*arguments, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)["rows"]

    assert answers("summary", "--role", "viewer", "--area", "3426")[0]["target_households"] == "≈ 10"
    names = {row["head_first_name"] for row in answers("households", "--role", "committee", "--area", "342106")}
    assert names and all(name.endswith("…") for name in names)
    assert {r["code"][:4] for r in answers("summary", "--role", "field", "--area", "3421", "--by", "tambon")} == {"3421"}


def test_a_table_that_is_written_to_a_file_runs_nowhere_and_stays_in_its_cells(warehouse, capsys) -> None:
    warehouse(household="household_id | head_first_name\nH1 | =1+1\nH2 | ก;=HYPERLINK(1)")
    assert main(["households", "--format", "csv"]) == 0
    written = capsys.readouterr().out
    assert '"\'=1+1"' in written and '"ก;=HYPERLINK(1)"' in written


def test_a_command_that_finds_no_journal_does_not_wait_for_its_database() -> None:
    """SQLAlchemy takes 0.2 CPU-seconds to import; every `load` and `ask` would pay it."""
    code = "import sys, queries; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "False"

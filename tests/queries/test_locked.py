"""Nothing that a reader types, taps or is granted becomes SQL, and the connection could do nothing with it if it did."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries import DESK, Filters, Reader, ask, questions
from queries.ask import BREAKDOWNS, DEFAULTS
from queries.filters import Filters as Choice
from queries.warehouse import current
from tests.drawn import Warehouse, whole

ROOT = Path(__file__).parent.parent.parent
ATTACKS = (
    "select * from read_csv('{file}')", "attach '{file}' as x", "copy (select 1) to '{file}'", "copy warehouse.household to '{file}'",
    "install httpfs", "load httpfs", "pragma database_list", "set enable_external_access = true", "set lock_configuration = false",
    "reset lock_configuration", "export database '{file}'", "import database '{file}'", "from glob('/*')", "from read_text('{file}')",
    "from read_blob('{file}')", "from '{file}'", "detach warehouse", "delete from warehouse.household", "checkpoint warehouse",
    "create secret (type s3)", "set temp_directory = '/tmp'", "from duckdb_secrets()", "from sniff_csv('{file}')", "vacuum warehouse",
)  # fmt: skip
HARMLESS = {"pragma database_list", "from duckdb_secrets()", "detach warehouse", "checkpoint warehouse", "vacuum warehouse"}
WRAPPED = ("{}", "'; {} --", "') ; {}; --", '"; {}; --', "' union all {} --", "$({})", "{{{}}}", "\0{}")
TEXTS = sorted(name for name, value in DEFAULTS.items() if isinstance(value, str))


def hostile(file: Path) -> st.SearchStrategy[str]:
    attack = st.sampled_from(ATTACKS).map(lambda sql: sql.format(file=file))
    wrapped = st.builds(lambda frame, sql: frame.format(sql), st.sampled_from(WRAPPED), attack)
    return st.one_of(wrapped, st.text(max_size=40))


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a not in HARMLESS])
def test_the_connection_itself_can_reach_nothing(sample: Warehouse, tmp_path: Path, attack: str) -> None:
    """Even where a statement reached it whole."""
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n", "utf-8")
    with pytest.raises(Exception, match=r"(?i)disabled|read-only|lock|cannot|permission|not allowed"):
        current()[0].cursor().execute(attack.format(file=file)).fetchall()
    assert [p.name for p in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize("question", [name for name, q in questions().items() if q.parameters & set(TEXTS)])
def test_hostile_parameters_get_a_value_error_or_an_answer_of_the_question(
    sample: Warehouse, tmp_path: Path, question: str
) -> None:
    here = sorted(set(TEXTS) & questions()[question].parameters)
    file = tmp_path / "secret.csv"
    file.write_text("canary\n1\n", "utf-8")
    usual = list(ask(question, Filters(), DESK, **whole(question)).columns)
    every = len(ask("report", Filters(), DESK))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(here), hostile(file), min_size=1))
    def fuzz(parameters: dict[str, str]) -> None:
        try:
            answer = ask(question, Filters(), DESK, **whole(question) | parameters)
        except ValueError:
            return
        assert list(answer.columns) == usual and "canary" not in answer.to_string()

    fuzz()
    assert [p.name for p in tmp_path.iterdir()] == ["secret.csv"] and len(ask("report", Filters(), DESK)) == every


@pytest.mark.parametrize("name", ["limit", "offset", "rows", "size"])
@pytest.mark.parametrize("value", ["1", "1; drop", -1, float("nan"), float("inf"), 2**40, True and "x", [1], {"a": 1}])
def test_numbers_are_numbers(sample: Warehouse, name: str, value: object) -> None:
    question = next(q for q, stated in questions().items() if name in stated.parameters)
    with pytest.raises(ValueError):
        ask(question, Filters(), DESK, **whole(question) | {name: value})


@given(st.text(max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_hostile_filters_areas_and_breakdowns_are_refused_or_mean_themselves(sample: Warehouse, text: str) -> None:
    for make in (
        lambda: Choice.of({"tambon": [text]}), lambda: Choice.of({"plan": [text]}), lambda: Reader("desk", (text,)), lambda: Reader(text, ()),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            make()
            assert not re.fullmatch(r"[0-9]{2,8}|TH", text)
            raise ValueError("a code like any other")
    if text not in BREAKDOWNS:
        with pytest.raises(ValueError):
            ask("summary", Filters(), DESK, by=text)
    assert isinstance(ask("report", Filters(tambon=(text,)), DESK), pd.DataFrame)


def test_no_query_is_built_from_what_a_reader_gives() -> None:
    """Every text given to DuckDB in queries/ is a file's, a constant, or put together from names that stand in those files.

    A call of execute may hold an f-string only over these; a new name in one makes this fail, and somebody has to look.
    """
    allowed = {
        "question.sql",
        "sql",
        "suffix",
        "replace",
        "int(rule)",
        "str(path).replace(chr(39), chr(39) * 2)",
        "word",
        "table",  # of definitions, or one of the tables of a walk
        "walk.start",  # `walks.begin` names them, of "old" and "new"
        "walk.end",
        "_differing(first.end, last.start)",  # of two tables of walks
        "_differing(was, now)",
    }
    interpolated = set()
    for path in (ROOT / "queries").glob("*.py"):
        for call in (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in (
                "execute",
                "executemany",
                "sql",
                "query",
                "from_query",
            ):
                parts = [n for n in ast.walk(call.args[0]) if isinstance(n, ast.FormattedValue)]
                interpolated |= {ast.unparse(part.value) for part in parts}
                assert not [n for n in ast.walk(call.args[0]) if isinstance(n, ast.Add | ast.Mod)], (
                    f"{path.name}: a query is added up"
                )
    assert interpolated == allowed
    pages = [p for room in ("ui", "pages") for p in (ROOT / room).rglob("*.py")]
    assert not [p.name for p in pages if re.search(r"(?<!build\.)\bduckdb\b|\.execute\(", p.read_text("utf-8"))]

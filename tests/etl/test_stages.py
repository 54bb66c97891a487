"""The flow of a build is what the first lines of its files say: which tables each stage reads, makes, and adds facts to.

Read here are the SQL files of the loader and the SQL in its Python files; what is put in for `{…}` is one `*` on both sides.
"""

import ast
import re
from pathlib import Path

import pytest

import etl
from etl import stages
from etl.load import load
from etl.store import Store
from tests.drawn import register, write_csv

ROOT = Path(etl.__file__).parent
NAME = r"[\w*]+(?:\.[\w*]+)*"
STATEMENT = re.compile(r"(?:\s|--[^\n]*\n|\()*(?:select|create|insert|with|from|update|alter|delete|drop)\b")
NO_TABLE = {"lateral", "select", "values", "unnest", "read_csv", "read_parquet", "range", "duckdb_tables", "set", "where", "as"}
AFTERWARDS = {"compare", "rejects/correction_workbook.py", "report.py", "load.py"}  # they read finished builds
FACTS = {
    "fault",
    "column_account",
    "non_record",
    "corrected_row",
    "given_back",
    "overlap",
    "official",
    "record_area",
    "sheet_span",
}


def sql_of(path: Path) -> str:
    """The SQL of a file, literals emptied and `*` for what is put in; of a Python file, every text that holds a statement."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return bare(re.sub(r"\{[^{}]*\}", "*", text))
    texts = []
    tree = ast.parse(text)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else "*" for p in node.values]
            texts.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (inside | described):
            texts.append(re.sub(r"\{[^{}]*\}", "*", node.value))
    return "\n;\n".join(bare(t) for t in texts if STATEMENT.match(t))


def bare(sql: str) -> str:
    """SQL without comments and literals, in small letters."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", sql)).lower()


def found(path: Path) -> dict[str, set[str]]:
    """What the SQL of a file reads, writes and appends to."""
    sql = sql_of(path)
    ctes = set(re.findall(r"(?:\bwith\s+|,\s*|\)\s*)(\w+)\s+as\s+(?:materialized\s*)?\(", sql))
    made = rf"create\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?({NAME})"
    writes = set(re.findall(made, sql)) | set(re.findall(rf"(?:\bupdate|alter\s+table|\bdelete\s+from)\s+({NAME})", sql))
    appends = set(re.findall(rf"insert\s+into\s+({NAME})", sql))
    sql = re.sub(r"delete\s+from|distinct\s+from", "", sql)
    reads = set(re.findall(rf"\b(?:from|join)\s+({NAME})(?![\w*.]|\s*\()", sql))
    for more in re.findall(rf"\bfrom\s+{NAME}(?:\s+(?:as\s+)?\w+)?((?:\s*,\s*{NAME}(?![\w*.]|\s*\()(?:\s+\w+)?)+)", sql):
        reads |= {one.split()[0] for one in more.split(",") if one.strip()}
    if path.suffix == ".py":
        text = path.read_text(encoding="utf-8")
        writes |= {f"*_{step}" for step in re.findall(r'"(\d+_[a-z]+)"', text)} | set(re.findall(r'\.register\("(\w+)"', text))
    return {"reads": wanted(reads - ctes), "writes": wanted(writes), "appends": wanted(appends)}


def wanted(names: set[str]) -> set[str]:
    return {re.sub(r"\*+", "*", name) for name in names} - NO_TABLE


def header(path: Path) -> dict[str, set[str]]:
    """What the first lines of a file say that it reads, writes and appends to."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines() if path.suffix == ".sql" else (ast.get_docstring(ast.parse(text)) or "").splitlines()
    told = {"reads": set(), "writes": set(), "appends": set()}
    for line in lines:
        if match := re.match(r"(?:-- )?(Reads|Writes|Appends): (.*)", line):
            told[match[1].lower()] |= {re.sub(r"<[^>]*>", "*", name.strip()) for name in match[2].rstrip(",").split(",")}
    return told


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def with_sql() -> list[Path]:
    files = [p for p in sorted(ROOT.rglob("*")) if p.suffix in {".sql", ".py"}]
    return [p for p in files if any(found(p).values())]


def of_build() -> list[Path]:
    return [p for p in with_sql() if not any(name_of(p) == a or name_of(p).startswith(f"{a}/") for a in AFTERWARDS)]


@pytest.mark.parametrize("path", [p for p in with_sql() if p.suffix == ".sql" or p in of_build()], ids=name_of)
def test_a_file_says_which_tables_it_reads_and_writes(path):
    assert header(path) == found(path)


@pytest.mark.parametrize("path", [p for p in with_sql() if p.suffix == ".sql"], ids=name_of)
def test_a_script_begins_with_its_thought(path):
    assert re.match(r"-- (?!Reads|Writes|Appends)\S", path.read_text(encoding="utf-8"))


def test_every_file_with_sql_has_its_place_in_the_order():
    assert sorted(stages.ORDER) == sorted(name_of(p) for p in of_build())


def test_no_two_stages_write_one_table_and_facts_alone_are_added_to():
    writers: dict[str, list[str]] = {}
    for path in of_build():
        for table in found(path)["writes"] - {"*_*", "out.*"}:
            writers.setdefault(table, []).append(name_of(path))
        assert {a for a in found(path)["appends"] if a not in FACTS} <= found(path)["writes"] | {"sheet", "heading"}, path
    assert {table: by for table, by in writers.items() if len(by) > 1} == {}


def test_no_table_is_changed_and_no_view_replaced():
    for path in of_build():
        sql = sql_of(path)
        assert not re.findall(r"\bupdate \w+ set|alter (?:table|view)|delete from|replace view|rename to", sql), name_of(path)


def matches(pattern: str, name: str) -> bool:
    return bool(re.fullmatch(re.escape(pattern).replace(r"\*", r"[\w*<>]+"), name))


def test_a_stage_reads_what_an_earlier_one_or_itself_wrote():
    written = {"was.*", "now.*", "out"}  # finished builds are attached under the first two names
    unwritten = {}
    for name in stages.ORDER:
        flow = found(ROOT / name)
        written |= flow["writes"] - {"*_*"}
        known = [r for r in flow["reads"] - {"*"} if any(matches(w, r) or matches(r, w) for w in written)]
        if left := flow["reads"] - {"*"} - set(known):
            unwritten[name] = left
    assert unwritten == {}


@pytest.mark.builds
def test_a_build_runs_its_scripts_in_that_order(tmp_path, monkeypatch):
    ran: list[str] = []
    run = stages.run

    def noted(connection, name, parameters=None, /, **spelled):
        ran.append(stages.SCRIPTS[name].relative_to(ROOT).as_posix())
        run(connection, name, parameters, **spelled)

    monkeypatch.setattr(stages, "run", noted)
    tables = {
        "household": "household_id | village_code | house_no | tambon_name | moo\n | | 1 | เหล่างาม | 1",
        "member_list": "house_no | relation\n7 | หัวหน้า",
        "person": "household_id | house_code\n | 34210000001",
        "step": "household_id\nH1",
        "published": "area_code | households\n3421 | 5",
    }
    store = Store(tmp_path / "data")
    with store.lock():
        load(store, [write_csv(tmp_path / f"{name}.csv", register(name, text)) for name, text in tables.items()], "en")
    first = [name for name in dict.fromkeys(ran) if name in stages.ORDER]
    assert first == [name for name in stages.ORDER if name in first]
    assert {n for n in stages.ORDER if n.endswith(".sql")} - set(first) <= {"tables/of_its_own.sql"}

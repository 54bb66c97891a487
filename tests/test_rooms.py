"""The rooms' one direction: who may import whom (design: the flow, one way)."""

import ast
import re
from pathlib import Path

import pytest

from benchmarks.questions import asked_by

ROOT = Path(__file__).parent.parent
ROOMS = {
    "access",
    "audit",
    "backup",
    "installation",
    "definitions",
    "field",
    "journal",
    "print",
    "etl",
    "queries",
    "ui",
    "pages",
    "benchmarks",
    "tests",
    "data",
    "manage",
    "dashboard",
}
MAY_IMPORT = {
    "dashboard.py": {"field", "ui"},
    "manage.py": set(),
    "ui": {"ui", "print", "queries", "definitions", "access", "audit", "installation", "journal"},
    "print": {"print", "queries", "definitions", "access", "audit", "installation"},
    "journal": {"journal", "definitions", "access", "audit", "installation"},
    "field": {"field", "queries", "journal", "definitions", "access", "audit", "installation", "ui"},
    "pages": {"ui", "queries"},
    "backup": {"backup", "journal", "audit", "access", "installation", "definitions", "etl", "queries"},
    "installation": {"installation"},
    "audit": {"audit", "definitions", "installation"},
    "access": {"access", "audit", "definitions", "installation"},
    "queries": {
        "queries",
        "definitions",
        "access",
        "audit",
        "installation",
        "journal",
    },  # an unmasking is written down by the query, before it is answered
    "definitions": {"definitions"},
    "etl": {
        "etl",
        "definitions",
        "access",
        "audit",
        "installation",
    },  # a load is written down by the loader; the secret is one of both rooms
}
EXCEPTIONS = {
    ("etl/load.py", "queries"),  # a finished build is probed with every question before it is published
    ("journal/__main__.py", "queries"),  # the verbs ask where a household stands, and record as everybody does
}
DRAWS = ("dashboard.py", "pages/", "ui/")
FILES = [p for room in MAY_IMPORT for p in sorted((ROOT / room).rglob("*.py") if (ROOT / room).is_dir() else [ROOT / room])]


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in the file."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) if not node.level}
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level], f"{path}: a relative import"
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_room_imports_only_what_the_flow_allows(path):
    here = path.relative_to(ROOT).as_posix()
    rooms = imported(path) & ROOMS
    assert {r for r in rooms if (here, r) not in EXCEPTIONS} <= MAY_IMPORT[here.split("/")[0]]
    assert "streamlit" not in imported(path) or here.startswith(DRAWS)


INNER = {  # the inner rooms of the two large ones in the order of their flow: each may import those before it
    "etl": (
        "stages", "store", "progress", "os_errors", "areas", "wish", "spelling", "headings", "files", "outlines", "typing", "engine",
        "declared", "duplicates", "clean", "templates", "report", "compare", "rejects", "tables", "build", "load_log", "file_plan", "load",
        "earlier_build",
        "staging", "__main__",
    ),
    "ui": (
        "streamlit_internals", "i18n", "static", "auth", "filters", "session", "view", "programmes", "record", "map", "export", "load", "admin", "meeting", "server", "frame",
    ),
}  # fmt: skip


def inner_rooms(room: str) -> dict[str, set[tuple[str, str]]]:
    """Inner room or file of `room` -> (inner room it imports, by which file)."""
    rooms: dict[str, set[tuple[str, str]]] = {}
    for path in sorted((ROOT / room).rglob("*.py")):
        inside = path.relative_to(ROOT / room)
        here = inside.parts[0].removesuffix(".py")
        rooms.setdefault(here, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == room:
                names = [alias.name for alias in node.names] if node.module == room else [node.module.split(".")[1]]
                rooms[here] |= {(name, inside.as_posix()) for name in names if name != here}
    rooms.pop("__init__", None)
    return rooms


@pytest.mark.parametrize("room", INNER)
def test_inner_rooms_import_what_the_flow_has_before_them(room):
    order, rooms = INNER[room], inner_rooms(room)
    assert sorted(rooms) == sorted(order), f"{room}: an inner room without a place in the flow"
    later = {
        (here, name, file) for here, names in rooms.items() for name, file in names if order.index(name) > order.index(here)
    }
    assert later == set()


def test_what_serves_without_an_environment_needs_only_the_standard_library():
    import sys

    assert imported(ROOT / "manage.py") <= set(sys.stdlib_module_names)


def test_pages_hold_no_sql():
    for path in (ROOT / "pages").glob("*.py"):
        texts = [
            n.value.lower()
            for n in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        assert not [t for t in texts if "select " in t and " from " in t], path.name


def test_a_question_is_short_and_says_its_grain_first():
    for path in (ROOT / "queries" / "sql").glob("*.sql"):
        lines = path.read_text(encoding="utf-8").splitlines()
        statement = [line for line in lines if not line.lstrip().startswith("--")]
        assert lines[0].startswith("-- ") and len(statement) <= 30, path.name


def test_the_benchmark_of_questions_can_stand_in_for_what_every_page_holds_in_a_name():
    for script in (*(ROOT / "pages").glob("*.py"), ROOT / "ui" / "filters" / "place_options.py"):
        assert asked_by(script, "0" * 16) is not None, script.name
    assert {one.question for one in asked_by(ROOT / "ui" / "filters" / "place_options.py", "")} == {"choices", "place"}


def test_a_file_that_code_names_is_there():
    """Comments and docstrings follow a file that moved."""
    named = re.compile(
        r"\b(?:etl|ui|queries|journal|access|audit|installation|definitions|tests|pages)/[a-z_/]+\.(?:py|sql|csv|js|css)\b"
    )
    rooms = [p for room in ("definitions", *MAY_IMPORT) for p in (ROOT / room).rglob("*") if p.suffix in (".py", ".sql", ".js")]
    gone = {(p.relative_to(ROOT).as_posix(), name) for p in rooms for name in named.findall(p.read_text("utf-8"))}
    assert {(place, name) for place, name in gone if not (ROOT / name).exists()} == set()

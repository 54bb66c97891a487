"""Nothing can be added that the guards do not know: what exists is compared with what is declared, by name.

tests/test_recipes.py shows that they work: it adds one of each and reads which name they call.
"""

import ast
from pathlib import Path

import pytest

import definitions
from definitions.registers import registers
from installation.paths import PROJECT
from queries import questions
from queries.reader import CLASSES
from tests.queries.planted import PLANTED, UNPLANTED, personal_columns

ROOMS = ("access", "audit", "backup", "definitions", "etl", "installation", "journal", "queries", "ui", "pages")
WRITERS = {"write", "write_entry", "tell", "note", "once", "log_before_names", "_write"}  # what puts an entry into the log
RIGHTS = ("cases", "loads", "exports", "reveal", "audit", "users", "records", "decides", "certifies")
PAGES = {row["page"]: row for row in definitions.table("pages")}


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert sorted(path.stem for path in (PROJECT / "pages").glob("*.py")) == sorted(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_by_a_question_or_by_a_right(page: str) -> None:
    row = PAGES[page]
    assert row["menu"] in ("main", "programmes", "more", "without_cases", "aside"), page
    assert row["filters"] in ("", "places", "kept", "none"), page
    assert bool(row["question"]) != bool(row["right"]), f"{page}: a question or a right, not both"
    assert row["question"] in ("", *questions()) and row["right"] in ("", *RIGHTS), page


@pytest.mark.parametrize("role", definitions.table("roles"), ids=lambda row: row["role"])
def test_a_role_says_of_every_class_and_every_right_what_it_has(role: dict[str, str]) -> None:
    assert set(role) == {"role", "name_th", "name_en", *CLASSES, "counts", *RIGHTS, "says_th", "says_en"}
    assert {kind: role[kind] for kind in CLASSES if role[kind] not in ("open", "masked", "hidden")} == {}, role["role"]
    assert {right: role[right] for right in RIGHTS if role[right] not in ("yes", "")} == {}, role["role"]
    assert role["counts"] in ("exact", "coarse", "none"), role["role"]


def test_every_class_of_personal_data_is_one_of_the_roles_columns() -> None:
    used = {
        (row["column"], row["personal"]) for name in ("register_columns", "derived_columns") for row in definitions.table(name)
    }
    assert {(column, kind) for column, kind in used if kind not in ("", *CLASSES)} == set()


def written_actions() -> dict[str, str]:
    """Action -> where it is put into the log, for every one that stands in the code as a word."""
    found: dict[str, str] = {}
    for path in (p for room in ROOMS for p in sorted((PROJECT / room).rglob("*.py"))):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            words = [a.value for a in call.args[:3] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in WRITERS and words and path.name != "sheets.py":
                found.setdefault(words[-1], f"{path.relative_to(PROJECT)}:{call.lineno}")
    return found


def test_every_action_that_is_logged_is_a_row_with_names_and_none_is_idle() -> None:
    actions = {row["action"] for row in definitions.table("audit_actions")}
    written = written_actions()
    assert {word: place for word, place in written.items() if word not in actions} == {}
    assert actions - set(written) == set()


@pytest.mark.parametrize("register", [name for name in registers() if name not in UNPLANTED])
def test_every_personal_column_of_a_register_has_a_canary(register: str) -> None:
    heads, *rows = [[cell.strip() for cell in line.split("|")] for line in PLANTED[register].strip().splitlines()]
    planted = {head for place, head in enumerate(heads) if any(len(row) > place and row[place] for row in rows)}
    assert [
        c.name for c in personal_columns(register) if c.name not in planted and c.type not in ("number", "degrees", "integer")
    ] == []


def test_no_list_on_a_page_is_cut_but_where_it_says_so() -> None:
    """`frame.head(n)` stands in ui/view/lists.py alone, which writes how many there are."""
    cut = []
    for path in (p for room in ("ui", "pages") for p in sorted((PROJECT / room).rglob("*.py"))):
        tree = ast.parse(path.read_text("utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
        calls = (call for call in calls if ast.unparse(call.func) != "labels.head")  # of a household
        cut += [
            f"{path.relative_to(PROJECT)}:{c.lineno}" for c in calls if c.func.attr in ("head", "tail", "nlargest", "nsmallest")
        ]
    assert [place for place in cut if not place.startswith("ui/view/lists.py")] == []


def test_pages_ask_and_draw_and_neither_join_nor_add_up() -> None:
    counted = {"agg", "merge", "pivot", "pivot_table", "melt", "cumsum"}
    for path in sorted((PROJECT / "pages").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = [n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
        assert set(names) & counted == set(), path.name


def test_a_file_s_stem_tells_it_from_every_other_in_its_room() -> None:
    for room in ("etl", "ui", "queries", "journal"):
        stems = [p.stem for p in (PROJECT / room).rglob("*.py") if p.stem not in ("__init__", "__main__")]
        assert sorted({stem for stem in stems if stems.count(stem) > 1}) == [], room


def test_paths_of_the_project_are_said_once() -> None:
    """installation/paths.py knows where the project lies; a room that counts parents again breaks when it moves."""
    files = [
        p for room in ("access", "audit", "etl", "journal", "queries", "ui") for p in sorted((PROJECT / room).rglob("*.py"))
    ]
    assert [p.name for p in files if "parent.parent" in Path(p).read_text("utf-8")] == []

"""Every question of every role, inside and outside its area, against the access table that people read."""

from pathlib import Path

import pytest

import definitions
from queries import NATION, Reader, may_ask, questions
from tests.drawn import Warehouse
from tests.queries.matrix import DOC, MASKED, REFUSED, ROLES, build_planted, cell, table, written

PLACES = {"place": {"within": "342106"}}  # a question about one place needs its code
INSIDE, OUTSIDE = "342106", "3415"
LABELS = ("number", "position", "dimension", "aspect", "register_years", "survey_years")  # say nothing of how many there are


@pytest.fixture(scope="module")
def planted_once(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return build_planted(tmp_path_factory.mktemp("matrix"))


@pytest.fixture
def w(planted_once: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("BAAN_SUK_DATA", str(planted_once.folder))
    return planted_once


def test_the_access_table_of_the_documents_is_what_the_program_does(w: Warehouse) -> None:
    assert written(DOC.read_text("utf-8")) == table(w), "python -m tests.queries.matrix writes it anew; read what changed"


@pytest.mark.parametrize("question", questions())
def test_the_planted_registers_give_every_question_something_to_tell(w: Warehouse, question: str) -> None:
    """Two empty answers are equal, and the table would say "all": a question without a row here is held by nothing."""
    chosen = {"household": w.ref("กานารีรหัส")} if "household" in questions()[question].parameters else {}
    assert w.ask(question, **PLACES.get(question, {}), **chosen), f"tests/queries/planted.py gives {question} no row"


def expected(role: dict[str, str], kinds: frozenset[str]) -> bool:
    """Said a second time, from the table of roles alone."""
    rules = {
        "cases": role["cases"] == "yes",
        "files": role["loads"] == "yes",
        "reviews": "yes" in (role["loads"], role["decides"]),
        "counts": role["counts"] in ("exact", "coarse"),
        "words": True,
    }
    return all(rules[kind] for kind in kinds)


@pytest.mark.parametrize("role", definitions.table("roles"), ids=lambda r: r["role"])
def test_a_role_is_refused_what_its_row_of_roles_does_not_give(w: Warehouse, role: dict[str, str]) -> None:
    for name, question in questions().items():
        twin = Path(__file__).parent.parent.parent / "queries" / "sql" / "coarse" / f"{name}.sql"
        hears = expected(role, question.tells) and (
            role["counts"] != "coarse" or "counts" not in question.tells or twin.exists()
        )
        assert (cell(w, name, role["role"]) != REFUSED) == hears == may_ask(name, Reader(role["role"], (NATION,))), name


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("question", [name for name, question in questions().items() if question.tells & {"cases", "counts"}])
def test_in_its_area_a_role_gets_its_answer_and_outside_nothing(w: Warehouse, question: str, role: str) -> None:
    inside, outside = (cell(w, question, role, (area,)) for area in (INSIDE, OUTSIDE))
    if inside == REFUSED:
        assert outside == REFUSED
        return
    assert inside == cell(w, question, role)
    chosen = {"household": w.ref("กานารีรหัส")} if "household" in questions()[question].parameters else {}
    rows = w.ask(question, reader=Reader(role, (OUTSIDE,)), **chosen)
    values = [v for row in rows for c, v in row.items() if c not in LABELS]
    assert not [v for v in values if isinstance(v, int | float) and v] and not [r for r in rows if r.get("ref")]
    assert not [v for v in values if isinstance(v, str) and ("กานารี" in v or (v[:1] in "<≈" and v))], rows


def test_masked_cells_are_where_the_table_of_classes_says_masked() -> None:
    masked = {role for role in ROLES if "masked" in {Reader(role, ()).sees(k) for k in ("name", "address", "phone", "text")}}
    rows = [
        line.strip("| ").split(" | ")
        for line in written(DOC.read_text("utf-8")).splitlines()
        if MASKED in line and "cases" in line
    ]
    assert rows and {ROLES[i - 2] for row in rows for i, text in enumerate(row) if text == MASKED} == masked == {"committee"}

"""Panels are made once for all who ask the same: they depend on nothing else, and what they are given stays letters."""

import ast
import gc
import weakref
from pathlib import Path
from types import FunctionType

import pytest
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

from queries import DESK, Filters, Reader
from tests.patience import patience
from ui.session.page_access import pages
from ui.view import markup, panel

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "ui" / "frame.py"]


def set_at_each_run(tree: ast.Module) -> set[str]:
    """Names that a script sets outside functions, but for constants in capitals, functions and imports."""
    stored = {
        name.id
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef)
        for name in ast.walk(statement)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }
    return {name for name in stored if not name.isupper()}


def reached(tree: ast.Module, name: str) -> list[ast.FunctionDef]:
    """A function of a script, and those of the script that it names, and so on."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found, waiting = [], [name]
    while waiting:
        if (function := functions.get(waiting.pop())) and function not in found:
            found.append(function)
            waiting += [node.id for node in ast.walk(function) if isinstance(node, ast.Name)]
    return found


def makers(tree: ast.Module) -> list[str]:
    """The functions that a script hands to panel(…) and made(…)."""
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"panel", "made"}
    ]
    return [call.args[0].id for call in calls if isinstance(call.args[0], ast.Name)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_panel_depends_on_what_it_is_given_alone(script: Path) -> None:
    tree = ast.parse(script.read_text("utf-8"))
    for maker in makers(tree):
        for function in reached(tree, maker):
            own = {argument.arg for argument in function.args.args}
            own |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)} - own
            assert read & set_at_each_run(tree) == set(), f"{script.name}: {function.name}"
            assert "st" not in read, f"{script.name}: {function.name} draws or looks at the session; it would do so once"


def test_that_guard_sees_a_panel_that_reads_its_page() -> None:
    tree = ast.parse("def a(filters, reader):\n    return b()\ndef b():\n    return chosen\nchosen = 1\npanel(a, 1, 2)")
    assert makers(tree) == ["a"] and set_at_each_run(tree) == {"chosen"}
    assert [function.name for function in reached(tree, "a")] == ["a", "b"]


def shown(page: str, **address: str) -> list[str]:
    """Everything of a page that is a panel."""
    app = AppTest.from_file(str(ROOT / "ui" / "frame.py"), default_timeout=patience(30))
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return [element.proto.body for element in app.get("html")]


@pytest.mark.parametrize("page", list(pages()))
@pytest.mark.parametrize(
    "other", [{"lang": "en"}, {"meeting": "1"}, {"tambon": "342106"}], ids=["language", "meeting", "place"]
)
def test_what_is_kept_for_one_is_not_shown_to_another(sample, page: str, other: dict[str, str]) -> None:
    """As drawn with an empty cache: first one address then another, then the first again."""
    here = {"year": "2565", "district": "3421"}
    panel.forget()
    first, changed = shown(page, **here), shown(page, **here, **other)
    assert shown(page, **here) == first
    panel.forget()
    assert shown(page, **here, **other) == changed
    assert first != changed  # at least what the links carry along


def test_words_are_escaped_wherever_they_come_in() -> None:
    evil = '<a href="http://evil.example">x</a>"\'{}**b**'
    html = [
        markup.rich("{n} people", n=evil),
        markup.heading(evil),
        markup.text(evil, "caption"),
        markup.figures([(evil, evil, evil)]),
        markup.listed([evil]),
        markup.columns(evil),
        markup.framed([evil]),
        markup.folded(evil, evil),
        markup.badge("red", evil),
        markup.table({evil: [evil]}, evil),
        markup.wide(Markup(""), evil),
        markup.dotted([evil, ""]),
        markup.bold(evil),
        markup.words(evil),
    ]
    for one in html:
        assert isinstance(one, Markup) and "<a" not in one and one.count("**b**") == str(one).count("&lt;a"), one


def test_a_message_is_bold_where_it_says_so() -> None:
    assert markup.rich("**{people}** people in the {households} households chosen · **{target} target poor people** (validated welfare card; members listed in {known} households)", people="<1", households=2, target=3, known=4).startswith("<b>&lt;1</b>")  # fmt: skip


def test_the_same_code_is_one_maker_and_another_is_another() -> None:
    def source(text: str):
        return panel.Maker(FunctionType(compile(text, "page.py", "exec").co_consts[0], {}))

    one = "def make(filters, reader):\n    return 'a'"
    assert (
        source(one) == source(one)
        and hash(source(one)) == hash(source(one))
        and source(one) != source(one.replace("'a'", "'b'"))
    )
    assert (DESK, Filters()) == (Reader(DESK.role, DESK.areas), Filters())  # the rest of the key is compared by value


def test_what_is_kept_does_not_keep_a_page_s_run(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function names the whole run of its page: frames, containers, what a session held."""
    monkeypatch.setattr(panel, "FRAME", ())

    class Run:
        """Something of a run."""

    space = {"held": Run(), "Markup": Markup}
    held = weakref.ref(space["held"])
    code = compile("def make(filters, reader):\n    return Markup('x')", "page.py", "exec").co_consts[0]
    assert panel.made(FunctionType(code, space), Filters(), DESK) == "x"
    del space
    gc.collect()
    assert held() is None

"""Every page's questions together over 375,000 households, uncached, as a page asks them."""

import ast
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, below, in_turns
from queries import DESK, Filters, ask, questions

ROOT = Path(__file__).parent.parent
ROUNDS = 5
EXPORTS = {"report"}  # made when the button is pressed, not when the page is drawn
VIEWS = {
    "the year": Filters(year=("2565",)),
    "one district": Filters(year=("2565",), district=("3421",)),
}


def asked_by(page: Path) -> list[str]:
    """The questions of a page: its ask("…") calls, so this list cannot drift from the page."""
    calls = [n for n in ast.walk(ast.parse(page.read_text(encoding="utf-8"))) if isinstance(n, ast.Call) and n.args]
    names = [
        c.args[0].value for c in calls if getattr(c.func, "id", "") in {"ask", "about"} and isinstance(c.args[0], ast.Constant)
    ]
    return [name for name in names if name in questions() and name not in EXPORTS]


def figures() -> Iterator[Figure]:
    """Milliseconds of each page's questions, of a whole province's year and of one district in it (aim 100 ms)."""
    from queries.ask import forget

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_build(folder / "data", register.make(folder))
        os.environ["BAAN_SUK_DATA"] = str(folder / "data")

        def page(names: list[str], filters: Filters) -> None:
            forget()
            for question in names:
                ask(question, filters, DESK)

        works: dict[str, Callable[[], object]] = {
            f"questions of {path.stem}, {view}": partial(page, asked_by(path), filters)
            for path in sorted((ROOT / "pages").glob("*.py"))
            for view, filters in VIEWS.items()
        }
        for label, seconds in in_turns(works, ROUNDS).items():
            yield below(label, seconds * 1000, "ms", 100)
        del os.environ["BAAN_SUK_DATA"]

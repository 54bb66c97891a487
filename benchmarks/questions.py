"""Every page's questions together over 375,000 households, uncached, as a page asks them."""

import ast
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, below, in_turns
from queries import DESK, Filters, ask, questions
from queries.ask import forget

ROOT = Path(__file__).parent.parent
ROUNDS = 5
VIEWS = {
    "the year": Filters(year=("2565",)),
    "one district": Filters(year=("2565",), district=("3421",)),
}
STAND_INS: dict[str, str | int] = {  # for what a page holds in a name
    "by": "tambon",
    "sort": "place",
    "search": "",
    "words": "certified",
    "limit": 30,
    "offset": 30,
    "rows": 20,
    "within": "342106",
    "queue": "fork",
    "day": "2022-09-15",
    "about": "เลี้ยงไก่ ซ่อมบ้าน",
    "need": "living",
    "task": "visit",
    "meeting": "",
    "instrument": "sufficiency_23",
    "forum": "",
    "every": "",
    "state": "open",
    "kind": "debt_step",
    "owner": "อบต.โพธิ์ไทร",
    "template": "house_build",
    "team": "8f7228daa3b3",  # the mentors of Pho Sai
}


class Call(NamedTuple):
    """One `ask("…")` of a page; `filtered` is no where it asks with `Filters()`, of one household or of everything."""

    question: str
    filtered: bool
    parameters: tuple[tuple[str, Any], ...]


def asked_by(script: Path, household: str) -> list[Call]:
    """The questions of a script: its ask("…") calls with their parameters, so this list cannot drift from the page."""
    calls = []
    for call in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)):
            continue
        door, name = getattr(call.func, "id", ""), call.args[0].value
        if door not in {"ask", "about"} or name not in questions():
            continue
        given = {k.arg: k.value.value if isinstance(k.value, ast.Constant) else None for k in call.keywords if k.arg}
        given |= {"household": None} if door == "about" else {}  # the household page's own short form
        if "rows" in questions()[name].parameters - set(given):
            continue  # an export, made when its button is pressed
        held = STAND_INS | {"household": household}
        parameters = tuple(sorted((k, held[k] if v is None else v) for k, v in given.items()))
        calls.append(Call(name, door == "ask" and not isinstance(call.args[1], ast.Call), parameters))
    return list(dict.fromkeys(calls))


def page(calls: list[Call], filters: Filters) -> None:
    """All questions of one page, none of them cached."""
    forget()
    for one in calls:
        ask(one.question, filters if one.filtered else Filters(), DESK, **dict(one.parameters))


def figures() -> Iterator[Figure]:
    """Milliseconds of each page's questions, of a whole province's year and of one district in it (aim 100 ms)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_build(folder / "data", register.make(folder))
        before = os.environ.get("BAAN_SUK_DATA")
        os.environ["BAAN_SUK_DATA"] = str(folder / "data")
        try:
            household = ask("attention", VIEWS["one district"], DESK, limit=1)["ref"].iloc[0]
            scripts = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "ui" / "filters" / "place_options.py"]
            works: dict[str, Callable[[], object]] = {
                f"questions of {script.stem}, {view}": partial(page, asked_by(script, household), filters)
                for script in scripts
                for view, filters in VIEWS.items()
            }
            for label, seconds in in_turns(works, ROUNDS).items():
                yield below(label, seconds * 1000, "ms", 100)
        finally:
            del os.environ["BAAN_SUK_DATA"]
            if before is not None:
                os.environ["BAAN_SUK_DATA"] = before

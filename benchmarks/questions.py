"""Every page's questions together over 375,000 households, uncached, as a page asks them; of the pages of the programmes those
that they ask as they open, together and each, over a province of each programme (programmes.py)."""

import ast
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from streamlit.testing.v1 import AppTest

import definitions
from benchmarks import programmes, register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, below, costs_in_turns, in_turns
from queries import DESK, Filters, Reader, ask, questions
from queries.ask import forget
from queries.questions import Question
from queries.warehouse import current
from ui.view import panel

ROOT = Path(__file__).parent.parent
ROUNDS = 5
VIEWS = {
    "the year": Filters(year=("2565",)),
    "one district": Filters(year=("2565",), district=("3421",)),
}
PLACES = {  # of what the pages of the programmes are opened
    "the province": {"province": "34"},
    "one district": {"district": "3415"},
}
FRAME = {"choices", "scope"}  # questions of the frame around every page: filters, and the date of the data
PATIENCE = 120  # seconds until a page is open
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


@dataclass(frozen=True)
class Asked:
    """One question that an open page asked and nobody had asked before."""

    question: Question
    filters: Filters
    reader: Reader
    values: dict[str, Any]

    def __call__(self) -> object:
        """Its answer, past every cache."""
        connection, build = current()
        return answering().answer_on(connection, build.id, self.question, self.filters, self.reader, self.values)


def answering() -> Any:
    """The module of `ask`, which the package hides behind the function of that name."""
    return sys.modules["queries.ask"]


def opened(page_: str, address: dict[str, str]) -> list[Asked]:
    """What a page asks as it opens at an address, in its order: itself and its panels, not the frame around it.

    The page is run, not read: its panels ask with what it has computed. Raises RuntimeError where it shows an error instead.
    """
    noted: list[Asked] = []
    module, answer = answering(), answering().answer_on

    def noting(connection: Any, build: str, *asked: Any) -> Any:
        noted.append(Asked(*asked))
        return answer(connection, build, *asked)

    forget()
    panel.forget()
    app = AppTest.from_file(str(ROOT / "ui" / "frame.py"), default_timeout=PATIENCE)
    app.query_params.update(address)
    app.switch_page(str(ROOT / "pages" / f"{page_}.py"))
    module.answer_on = noting
    try:
        app.run()
    finally:
        module.answer_on = answer
    if app.exception:
        raise RuntimeError(f"{page_} at {address}: {app.exception[0].message}")
    return [one for one in noted if one.question.name not in FRAME]


def of_programmes() -> Iterator[Figure]:
    """Milliseconds of all that each page of the programmes asks as it opens (aim 100 ms), and of each question."""
    pages = [row["page"] for row in definitions.table("pages") if row["menu"] == "programmes"]
    works: dict[str, Callable[[], object]] = {}
    for page_ in pages:
        for view, address in PLACES.items():
            again: Counter[str] = Counter()
            for one in opened(page_, address):
                again[one.question.name] += 1
                more = f" ({again[one.question.name]})" if again[one.question.name] > 1 else ""
                works[f"{page_}, {view}: {one.question.name}{more}"] = one
    seconds = costs_in_turns(works, ROUNDS)
    for page_ in pages:
        for view in PLACES:
            own = {label: costs for label, costs in seconds.items() if label.startswith(f"{page_}, {view}: ")}
            named = f"the page {page_} opens, {view}"
            yield below(f"{named}: {len(own)} questions", 1000 * sum(wall for wall, _ in own.values()), "ms", 100)
            yield below(f"{named}: CPU of them", 1000 * sum(cpu for _, cpu in own.values()), "ms", 100)
            yield from (Figure(f"- {label}, CPU", round(1000 * cpu, 2), "ms") for label, (_, cpu) in own.items())


def figures() -> Iterator[Figure]:
    """Milliseconds of each page's questions, of a whole province's year and of one district in it (aim 100 ms)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_build(folder / "data", [*register.make(folder), *programmes.make(folder)])
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
            yield from of_programmes()
        finally:
            del os.environ["BAAN_SUK_DATA"]
            if before is not None:
                os.environ["BAAN_SUK_DATA"] = before

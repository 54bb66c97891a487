"""The one door: ask(question, filters, reader). Rows are limited and columns masked inside the SQL that is run."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

import definitions
from queries.decisions import decided
from queries.filters import Filters
from queries.reader import DESK, Reader
from queries.warehouse import current, open_build

FOLDER = Path(__file__).parent / "sql"
SCREEN = 2_000  # rows: larger frames are exports, made once and not worth the memory of keeping
ANSWERS = 1_000  # frames kept; a screen of figures is some kB

BREAKDOWNS = {  # what `by` may name -> the household column it slices by
    "total": "total",
    "year": "register_year",
    "province": "province_code",
    "district": "district_code",
    "tambon": "tambon_code",
    "village": "village_code",
    "source": "source",
    "certification": "certification",
    "plan": "plan",
    "case": "case",
}
DEFAULTS = {  # parameters of single questions beside the filters, with the value a plain `ask` has
    "by": "total",
    "search": "",
    "sort": "place",
    "limit": 30,
    "offset": 0,
    "rows": None,  # of an export: all
    "household": "",
    "view": "97.3,5.5,105.7,20.6",  # west, south, east, north in degrees: Thailand
    "size": 0.1,
    "level": "tambon",
    "within": "",
    "state": "open",  # of possible duplicates: open or decided
}


@dataclass(frozen=True)
class Question:
    """One .sql file: what it says in its first line, its text, and the parameters that stand in it."""

    name: str
    says: str
    sql: str
    parameters: frozenset[str]


@cache
def questions() -> dict[str, Question]:
    """Every question by name."""
    found = {}
    for path in sorted(FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        says = sql.splitlines()[0].removeprefix("--").strip()
        found[path.stem] = Question(path.stem, says, sql, frozenset(re.findall(r"\$(\w+)", sql)))
    return found


@cache
def personal() -> dict[str, str]:
    """Column name -> class of personal data, for every column a question may return."""
    rows = {r["column"]: r["personal"] for r in definitions.table("register_columns") if r["personal"]}
    rows |= {f"other_{column}": kind for column, kind in rows.items()}  # of the second of two records side by side
    return rows | {"found": "name", "found_en": "name", "message_th": "name", "message_en": "name"}  # what a faulty cell held


class UnknownQuestion(ValueError):
    """No .sql file has this name; the text lists those that exist."""


def ask(question: str, filters: Filters, reader: Reader, **parameters: str | float | None) -> pd.DataFrame:
    """The answer as a small finished frame; its columns are said in the question's first lines.

    Raises UnknownQuestion, or ValueError for a parameter the question does not have or a breakdown that does not exist.
    """
    if question not in questions():
        raise UnknownQuestion(f'"{question}" is not one of: {", ".join(questions())}')
    asked = questions()[question]
    if strange := set(parameters) - asked.parameters:
        raise ValueError(f"{question} has no {', '.join(sorted(strange))}")
    if any(isinstance(value, int | float) and value < 0 for value in parameters.values()):
        raise ValueError(f"{question}: a number of rows cannot be negative")
    connection, build = current()
    values = tuple(sorted((name, parameters.get(name, DEFAULTS.get(name))) for name in asked.parameters & set(DEFAULTS)))
    if "decided" in asked.parameters:
        values += (("decided", ",".join(sorted(decided()))),)
    key = (build.id, question, filters, reader, values)
    return _kept(key, lambda: _run(connection, asked, filters, reader, dict(values)))


def _run(
    connection: duckdb.DuckDBPyConnection, asked: Question, filters: Filters, reader: Reader, values: dict
) -> pd.DataFrame:
    if "by" in values:
        if values["by"] not in BREAKDOWNS:
            raise ValueError(f'by: "{values["by"]}" is not one of {", ".join(BREAKDOWNS)}')
        values["by"] = BREAKDOWNS[values["by"]]
    bound = {"filters": filters.struct(), "reader": reader.struct(), **values}
    bound = {name: value for name, value in bound.items() if name in asked.parameters}
    cursor = connection.cursor()  # a connection shared between threads returns other people's rows
    try:
        masks = [
            f'mask_{kind}("{column}") as "{column}"'
            for column in _columns(cursor, asked, bound)
            if (kind := personal().get(column)) and reader.sees(kind) != "open"
        ]
        replace = f"replace ({', '.join(masks)})" if masks else ""
        return cursor.execute(f"select * {replace} from ({asked.sql})", bound).df()
    finally:
        cursor.close()


_known_columns: dict[str, list[str]] = {}


def _columns(cursor: duckdb.DuckDBPyConnection, asked: Question, bound: dict) -> list[str]:
    """The names a question returns: the same in every build, so looked up once."""
    if asked.name not in _known_columns:
        described = cursor.execute(f"select * from ({asked.sql}) limit 0", bound).description
        _known_columns[asked.name] = [column[0] for column in described]
    return _known_columns[asked.name]


_answers: OrderedDict[tuple, pd.DataFrame] = OrderedDict()
_lock = threading.Lock()


def _kept(key: tuple, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The answer for this key, made once; the oldest goes first. A new build has new keys, so nothing needs emptying."""
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key].copy(deep=False)
    frame = make()
    if len(frame) <= SCREEN:
        for cell in (cell for name, kind in frame.dtypes.items() if str(kind) == "object" for cell in frame[name]):
            if isinstance(cell, np.ndarray):  # a list in a cell is shared by all who asked: nobody may write in it
                cell.setflags(write=False)
        with _lock:
            _answers[key] = frame
            while len(_answers) > ANSWERS:
                _answers.popitem(last=False)
    return frame.copy(deep=False)


def forget() -> None:
    """Let go of all kept answers, for measurements of what an answer costs."""
    with _lock:
        _answers.clear()


def as_of(filters: Filters, reader: Reader) -> date | None:
    """The date of the data behind these filters: the latest event, None when no event is dated."""
    latest = ask("scope", filters, reader)["as_of_last"].iloc[0]
    return None if pd.isna(latest) else latest.date()


def probe(path: Path) -> None:
    """Ask every question of a finished build file, about one village; raises duckdb.Error when one cannot be answered."""
    with open_build(path) as connection:
        village = connection.execute("select min(village_code) from warehouse.household").fetchone()[0]
        reader = Reader(DESK.role, (village or "",)).struct()
        for asked in questions().values():
            known = {**DEFAULTS, "by": BREAKDOWNS["total"], "decided": "", "filters": Filters().struct(), "reader": reader}
            connection.execute(asked.sql, {name: known[name] for name in asked.parameters}).fetchall()

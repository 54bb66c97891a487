"""Query API: ask(question, filters, reader), with row-level security and column masking in SQL, and an answer cache."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import duckdb
import numpy as np
import pandas as pd

from definitions.thai_words import words
from queries.columns import OPEN, UNCLASSED, Classes, class_of, classes
from queries.decisions import decided
from queries.filters import Filters
from queries.questions import BREAKDOWNS, Question
from queries.reader import NATION, Reader
from queries.rights import answering, hold_coarse
from queries.warehouse import current, narrowed, recorded, schema_of

SCREEN = 2_000  # rows: larger frames are exports, made once and not worth the memory of keeping
DESCRIBED = 400  # questions whose columns are cached: those of some three schemas
ANSWERS = 1_000  # frames kept; a screen of figures is some kB

DEFAULTS = {  # parameters of single questions beside the filters, with the value a plain `ask` has
    "by": "total",
    "search": "",
    "sort": "place",
    "offset": 0,
    "rows": None,  # of an export: all
    "household": "",
    "view": "97.3,5.5,105.7,20.6",  # west, south, east, north in degrees: Thailand
    "size": 0.1,
    "level": "tambon",
    "within": "",
    "state": "open",  # of possible duplicates, and of what waits for review: open or decided
    "owner": None,  # of promises: all; "" is nobody
    "words": "",  # of the households behind a figure: what they count as, joined by |; all
    "template": "",  # of steps: all
    "team": "",  # whose work: everybody's
    "meeting": "",  # of meetings: all
    "every": "",  # of the rows of a register that would be written back: "" those with something new in them, else all
    "day": "",  # of what is owed a fund or a village: the latest of which it tells
    "about": "",  # of lessons and what was done: words, cut before they are bound; whatever there is
    "need": "",  # of the same: a dimension; any
    "task": "",  # of who can do it: all
    "instrument": "sufficiency_23",  # by which villages were assessed
    "forum": "",  # of forums that assess a village: all
    "kind": "",  # of what is recorded of places: all
    "queue": "",  # of what waits for review: fork, correction or double; all
}
REQUIRED = {"limit"}  # how many rows of a list at most: whoever asks says so, and shows `total` beside
ALL = 2**31 - 1  # rows: the whole list
MOST_ASKED = 4_000  # letters of words that are searched for: a whole plan has some 300
DEGREES = r"-?\d{1,3}(\.\d{1,17})?"
WORDS = re.compile(r"([a-z0-9_]{1,40}(\|[a-z0-9_]{1,40}){0,9})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
VIEW = re.compile(rf"{DEGREES},{DEGREES},{DEGREES},{DEGREES}", re.ASCII)


def ask(name: str, filters: Filters, reader: Reader, **parameters: str | float | None) -> pd.DataFrame:
    """The answer as a small finished frame, no more than this reader may see; its grain and columns stand in the .sql file.

    Raises UnknownQuestion, NotAllowed for what the role may not ask, or ValueError for areas that do not exist, a parameter the
    question does not have, cannot take or cannot do without (`limit`), and a breakdown that does not exist.
    """
    question = answering(name, reader)
    if strange := set(parameters) - question.parameters:
        raise ValueError(f"{name} has no {', '.join(sorted(strange))}")
    if missing := (question.parameters & REQUIRED) - set(parameters):  # no list is cut by somebody who did not say so
        raise ValueError(f"{name} needs {', '.join(sorted(missing))}")
    values = {
        name: taken(name, parameters.get(name, DEFAULTS.get(name)))
        for name in sorted(question.parameters & {*DEFAULTS, *parameters})
    }
    hold_coarse(question, filters, values.get("by"), reader)
    connection, build = current()
    if "decided" in question.parameters:
        values["decided"] = ",".join(sorted(decided()))
    hold_areas(build.id, reader.areas)
    key = (
        build.id,
        recorded(connection),
        question.name,
        filters,
        reader,
        tuple(values.items()),
    )  # a reader is a role and areas: what may be seen
    return _kept(key, lambda: answer_on(connection, build.id, question, filters, reader, values))


def taken(name: str, value: object) -> object:
    """Validate one parameter, as its question takes it; raises ValueError before DuckDB sees it."""
    if name == "by" and value not in BREAKDOWNS:
        raise ValueError(f'by: "{value}" is not one of {", ".join(BREAKDOWNS)}')
    if name in ("limit", "offset") or (name == "rows" and value is not None):
        if not isinstance(value, int | np.integer) or not 0 <= value < 2**31:
            raise ValueError(f'{name}: "{value}" must be a whole number of rows, 0 or more')
        return int(value)
    if name == "size":
        if not isinstance(value, int | float) or not 0 < value < 180:
            raise ValueError(f'size: "{value}" must be degrees between 0 and 180')
        return float(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be a text")
    if name == "words" and not WORDS.fullmatch(value or ""):
        raise ValueError(f'words: "{value}" must be words of figures, joined by |')
    if name == "day" and value and not DAY.fullmatch(value or ""):
        raise ValueError(f'day: "{value}" must be a day like 2022-09-15')
    if name == "about":
        return "|".join(dict.fromkeys(words(value or "")))[:MOST_ASKED]
    if name == "view" and not VIEW.fullmatch(value or ""):
        raise ValueError(f'view: "{value}" must be west,south,east,north in degrees')
    return value


@lru_cache(maxsize=1024)
def hold_areas(build_id: str, areas: tuple[str, ...]) -> None:
    """Raise ValueError for areas that are no place of this build: a mistyped one must fail, not show an empty district."""
    cursor = current()[0].cursor()
    places = cursor.execute(
        "select code from warehouse.place where list_contains($areas, code)", {"areas": list(areas)}
    ).fetchall()
    if strange := sorted(set(areas) - {NATION} - {code for (code,) in places}):
        raise ValueError(f"area: {', '.join(strange)} is no place of this data")


def answer_on(
    connection: duckdb.DuckDBPyConnection, build_id: str, question: Question, filters: Filters, reader: Reader, values: dict
) -> pd.DataFrame:
    """The answer of one build's connection, past every cache; whoever asks has held the reader's rights and the values."""
    values = {name: BREAKDOWNS[value] if name == "by" else value for name, value in values.items()}
    chosen, areas = filters.struct(), reader.struct()
    sql = narrowed(connection, question, chosen, areas)
    bound = {"filters": chosen, "reader": areas, **values}
    bound = {name: value for name, value in bound.items() if name in question.parameters}
    cursor = connection.cursor()  # a connection shared between threads returns other people's rows
    try:
        columns = _columns(schema_of(connection) or build_id, cursor, question, bound)
        masks = [mask for column, (type_, kind) in columns.items() if (mask := _mask(column, type_, kind, reader))]
        replace = f"replace ({', '.join(masks)})" if masks else ""
        return cursor.execute(f"select * {replace} from ({sql})", bound).df()
    finally:
        cursor.close()


def _mask(column: str, type_: str, kind: str, reader: Reader) -> str:
    """Column masking: SQL for one column as the role sees it, "" where it is open, else the Thai mask or null.

    What is written freely may hold an ID in any column: a household's code is its head's ID where a list has no other.
    """
    if kind == OPEN:
        return ""
    sees = "hidden" if kind == UNCLASSED else reader.sees(kind)
    if sees == "hidden" or (sees == "masked" and type_ != "VARCHAR"):  # the masks are of texts
        return f'nullif("{column}", "{column}") as "{column}"'
    if sees == "masked":
        return f'mask_{"title" if column.endswith("title") else kind}("{column}") as "{column}"'
    if type_ == "VARCHAR" and kind == "health" and reader.sees("text") != "open":
        return f'mask_text("{column}") as "{column}"'
    if column == "thing" and reader.sees("citizen_id") != "open":  # an entry's own id may hold thirteen digits in a row
        return "if(regexp_full_match(thing, '(plan|action)/[0-9a-f-]{36}'), thing, without_ids(thing)) as thing"
    if type_ == "VARCHAR" and kind != "citizen_id" and reader.sees("citizen_id") != "open":
        return f'{"code_without_id" if column.endswith("household_id") else "without_ids"}("{column}") as "{column}"'
    return ""


Columns = dict[str, tuple[str, str]]  # name -> type, class of personal data
_described: OrderedDict[tuple[str, str, bool], Columns] = OrderedDict()


def _columns(schema: str, cursor: duckdb.DuckDBPyConnection, question: Question, bound: dict) -> Columns:
    """What a question returns: looked up once for all builds of one schema, for another may have other columns, or call them
    personal."""
    key = (schema, question.name, question.coarse)
    columns = _described.get(key)
    if columns is None:
        by_definition = _classes_of(schema, cursor)
        described = cursor.execute(f"select * from ({question.sql}) limit 0", bound).description
        columns = {name: (str(type_), class_of(name, question, by_definition)) for name, type_, *_ in described}
        with _lock:
            _described[key] = columns
            while len(_described) > DESCRIBED:
                _described.popitem(last=False)
    return columns


_classes: dict[str, Classes] = {}


def _classes_of(schema: str, cursor: duckdb.DuckDBPyConnection) -> Classes:
    """The classes of one schema, read once; of those before the last two nobody asks any more."""
    if schema not in _classes:
        for old in list(_classes)[:-1]:
            _classes.pop(old, None)
        _classes[schema] = classes(cursor)
    return _classes[schema]


_answers: OrderedDict[tuple, pd.DataFrame] = OrderedDict()
_lock = threading.Lock()


def _kept(key: tuple, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """LRU cache: the answer for this key, made once. A new build has new keys, so nothing needs invalidation."""
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
    """Clear the answer cache, for measurements of what an answer costs."""
    with _lock:
        _answers.clear()


def as_of(filters: Filters, reader: Reader) -> date | None:
    """The date of the data behind these filters: the latest event, None when no event is dated."""
    latest = ask("scope", filters, reader)["as_of_last"].iloc[0]
    return None if pd.isna(latest) else latest.date()

"""What a meeting sees: the answers behind each item of its agenda, as whoever looks at the wall may see them, as JSON.

The wall is read by everybody in the room: names, addresses, telephones, health, and what somebody tells of a family go, whoever projects
it; organisations and what is to be done stay. A row of agenda.csv is a kind of item, its columns are rows of agenda_columns.csv.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pandas as pd

import definitions
from installation.paths import data_folder
from journal import frozen
from queries.ask import ask
from queries.cause_words import sentence
from queries.filters import Filters
from queries.moments import Moment, at, now
from queries.questions import questions
from queries.reader import Reader
from queries.warehouse import NoBuild, current, state
from queries.why import why

GROUPS = 3  # causes of a change that the wall names; what is left is told as one number
ROWS = 60  # of a list that a meeting sees at most; it says of how many
ROLE = "committee"  # as whom the wall reads
SAID = {"task", "organisation", "promise"}  # types of columns that somebody wrote and a meeting must read
PLACED = ("village_code", "village_th", "village_en", "tambon_th", "tambon_en")  # by which a household is named on the wall
PROMISED = ("kind", "template", "step", "aspect")  # by which a promise is named
IDENTIFYING = re.compile(
    r"x-xxxx-xxxxx-\S{2}-\S|xxx-xxx-xx\S{2}"
)  # an ID and a telephone as masks leave them: their ends tell, too
# an age with its word, and one whose word a mask took for a surname
AGE = re.compile(r"(อายุ|วัย)\s*[0-9๐-๙]+(\s*(ปี|ขวบ))?|(?<=…)\s*[0-9๐-๙]+\s*(ปี|ขวบ)")
Facts = dict[str, Any]


def projected(area: str) -> Reader:
    """Who looks at the wall of a meeting of an area."""
    return Reader(ROLE, (area,))


def filters_of(area: str) -> Filters:
    """What a meeting looks at: its area in the latest year."""
    place = {"district": (area,)} if len(area) == 4 else {"tambon": (area,)}
    within = Filters.of(place)
    choices = ask("choices", within, projected(area))
    years = choices.loc[choices["filter"] == "year", "code"].sort_values().tail(1)
    return Filters.of({**place, "year": tuple(years)})


def facts(meeting: str, area: str, why_changed: bool = True) -> Facts:
    """All that a meeting sees: build, position, definitions, day of the data, filters, its items with their answers, and what moved its
    figures since the meeting before, which a preview of every moment does without."""
    reader, filters = projected(area), filters_of(area)
    rows = ask("meeting", Filters(), reader, meeting=meeting).to_dict("records")
    _, build = current()
    as_of = ask("scope", filters, reader)["as_of_last"].iloc[0]
    return {
        "meeting": meeting,
        "area": area,
        "build": build.id,
        "position": int(state().rpartition("@")[2]),
        "definitions": definitions.fingerprint(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "data_as_of": None if pd.isna(as_of) else as_of.date().isoformat(),
        "sample": bool(build.sample),
        "filters": filters.address(),
        "items": [item(row, meeting, filters, reader) for row in rows],
        "since": since(meeting, filters, reader) if why_changed else None,
    }


def since(meeting: str, filters: Filters, reader: Reader) -> Facts | None:
    """What moved the figures of the agenda since the meeting before, in words without a name; none where that saw a build that is kept no
    longer, or where there was none."""
    before = _before(meeting, reader)
    if before is None:
        return None
    row, moment = before
    drawn = {one["headline"] for one in definitions.table("agenda_columns")} - {""}
    try:
        moved = [measure for measure in why(moment, now(), filters, reader) if measure.measure in drawn]
    except NoBuild:
        return None
    said = [
        {"measure": one.measure, "before": one.before, "after": one.after}
        | {language: sentence(one, language, GROUPS) for language in ("th", "en")}
        for one in moved
        if one.moved
    ]
    return {"serial": row["serial"], "held_on": row["held_on"].date().isoformat(), "measures": said}


def _before(meeting: str, reader: Reader) -> tuple[dict[str, Any], Moment] | None:
    """The meeting before, and the moment that it saw; none where that is not kept."""
    rows = ask("meetings", Filters(), reader, meeting=meeting, limit=1).to_dict("records")
    before = ask("meetings", Filters(), reader, meeting=rows[0]["before"], limit=1).to_dict("records") if _has(rows) else []
    if not before or not isinstance(before[0]["frozen"], str):
        return None
    try:
        seen = json.loads(frozen.content(data_folder(), before[0]["frozen"]))
        return before[0], at(f"{seen['build']}@{seen['position']}")
    except (ValueError, KeyError):  # changed, of another form, or of a build that is not kept
        return None


def _has(rows: list[dict[str, Any]]) -> bool:
    return bool(rows) and isinstance(rows[0]["before"], str)


def item(row: dict[str, Any], meeting: str, filters: Filters, reader: Reader) -> Facts:
    """One item of the agenda with the answers that it draws."""
    kind = next((one for one in definitions.table("agenda") if one["agenda"] == row["agenda"]), None)
    subject, note = (_without_ends(row[name]) if isinstance(row[name], str) else "" for name in ("subject", "note"))
    drawn = [_part(kind, "figures", meeting, filters, reader), _part(kind, "list", meeting, filters, reader)] if kind else []
    said = {"item": row["item_id"], "agenda": row["agenda"]} | {"subject": subject, "note": note}
    return {**said, "parts": [part for part in drawn if part]}


def _part(kind: dict[str, str], what: str, meeting: str, filters: Filters, reader: Reader) -> Facts | None:
    name = kind[what]
    if not name:
        return None
    more = dict(one.split("=") for one in filter(None, kind["filters"].split("|"))) if what == "list" else {}
    chosen = Filters.of({**filters.address(), **{key: (value,) for key, value in more.items()}})
    if questions()[name].fiscal:  # the register's year is not theirs
        chosen = chosen.without("year")
    asked: dict[str, Any] = {"meeting": meeting} | {"limit": ROWS}
    given = {key: value for key, value in asked.items() if key in questions()[name].parameters}
    frame = ask(name, chosen, reader, **given)
    columns = [row for row in definitions.table("agenda_columns") if row["question"] == name]
    rows = [_row(row, columns) for row in json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False))]
    total = int(frame["total"].iloc[0]) if len(frame) and "total" in frame else len(frame)
    heads = [{key: row[key] for key in ("column", "type", "headline", "name_th", "name_en")} for row in columns]
    return {"question": name, "as": what, "filters": chosen.address(), "columns": heads, "rows": rows, "total": total}


def _row(row: dict[str, Any], columns: Iterable[dict[str, str]]) -> dict[str, Any]:
    """What the wall shows of one row of an answer: the columns that the definitions name, and nothing that tells who it is."""
    kept = dict(_cells(row, columns))
    if any(one["type"] == "promise" for one in columns):
        kept |= {name: row.get(name) for name in PROMISED}
    return kept


def _cells(row: dict[str, Any], columns: Iterable[dict[str, str]]) -> Iterator[tuple[str, Any]]:
    for one in columns:
        name, value = one["column"], row.get(one["column"])
        if one["type"] == "place":
            yield from ((part, row.get(part)) for part in ("ref", *PLACED))
        elif one["type"] == "dimensions":
            yield from ((row_["dimension"], row.get(row_["dimension"])) for row_ in definitions.table("dimensions"))
        elif isinstance(value, str) and one["type"] in SAID:
            yield name, _without_ends(value)
        else:
            yield name, value


def _without_ends(text: str) -> str:
    """A text without what is left of a number that identifies, and without ages."""
    return AGE.sub(r"\1 …", IDENTIFYING.sub("…", text))


def packed(told: Facts) -> bytes:
    """Facts as they are frozen: the same facts are the same bytes."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

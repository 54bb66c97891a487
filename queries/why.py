"""Why a number changed: between two moments, the households that each headline gained and lost, each with its cause.

`why(before, after, filters, reader)` is the one way to it, for a shell, a page, a load that waits and a meeting. Who moved is found by
sets of households; why by going from the one moment to the other in the order in which it happened: what was recorded until the load,
the load, what was recorded since. An entry is the cause where the household counts otherwise with it than without.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import duckdb

from journal.place import Entry
from queries.ask import answer_on, hold_areas
from queries.causes import Cause, Loaded, rules
from queries.filters import Filters
from queries.headlines import headlines
from queries.inputs import inputs
from queries.moments import STATEMENTS, Moment, builds, entries_until, position_on, view
from queries.questions import BREAKDOWNS, read, twins
from queries.reader import Reader
from queries.rights import answering, hold_coarse
from queries.walks import Counts, Walk, begin, go
from queries.warehouse import build

KEPT = 64  # answers, some 100 kB each
UNEXPLAINED = "unexplained"
NAMED = read(STATEMENTS / "named.sql", False)  # masked as every question is
PUBLISHED = {
    "listed": "households",
    "certified": "target_households",
    **{n: n for n in ("people", "target_people", "planned", "helped", "closed")},
}


@dataclass(frozen=True)
class Move:
    """One household that a headline gained or lost: its address, by how many it moved the number (of households 1 or -1), the cause
    (`file`, `event`, `definition`, `kept`, `time`, `program`, or `unexplained`) and the source as far as the reader may see it."""

    household: str
    direction: int
    cause: str
    source: Mapping[str, Any]


@dataclass(frozen=True)
class MovedMeasure:
    """One headline: its number before and after, what of the difference no cause explains, and who moved."""

    measure: str
    before: int | str
    after: int | str
    remainder: int
    moved: tuple[Move, ...]


def why(before: Moment, after: Moment, filters: Filters, reader: Reader) -> list[MovedMeasure]:
    """Every headline of definitions/headlines.csv between two moments, for the households chosen, as this reader may see them.

    A reader of coarse counts gets published figures as texts and no household. Raises NotAllowed for a role without counts, NoBuild
    for a build that this version cannot read, ValueError for an area that does not exist.
    """
    question = answering("summary", reader)
    hold_coarse(question, filters, None, reader)
    hold_areas(build().id, reader.areas)
    return list((_published if question.coarse else _answered)(before, after, filters, reader))


@lru_cache(maxsize=KEPT)
def _answered(before: Moment, after: Moment, filters: Filters, reader: Reader) -> tuple[MovedMeasure, ...]:
    """Moments do not change, so what was found of two is kept."""
    with duckdb.connect() as compared, ExitStack() as open_views:
        way = _way(before, after, filters, reader, compared, open_views)
        totals, net = _moved(way)
        moves = list(_explained(way, net, filters, reader)) if net and reader.may("cases") else []
    return tuple(_measure(name, totals[name], [m for of, m in moves if of == name]) for name in headlines())


def forget() -> None:
    """Clear the cache, for measurements of what an answer costs."""
    _answered.cache_clear()


def _measure(name: str, totals: tuple[int, int], moves: list[Move]) -> MovedMeasure:
    explains = sum(move.direction for move in moves if move.cause != UNEXPLAINED)
    return MovedMeasure(name, *totals, totals[1] - totals[0] - explains, tuple(moves))


@dataclass
class Way:
    """How one came from the earlier position to the later: what was recorded in the one build, the load, what was recorded in the
    other. `back` where it is told the other way round."""

    first: Walk
    last: Walk | None
    loaded: Loaded | None
    back: bool


def _way(
    before: Moment, after: Moment, filters: Filters, reader: Reader, compared: duckdb.DuckDBPyConnection, open_views: ExitStack
) -> Way:
    """Go it, in the order of the journal."""
    back = before.position > after.position
    early, late = (after, before) if back else (before, after)
    entries, load = entries_until(late.position), _loaded_at(early, late)
    old = open_views.enter_context(view(early, filters, reader))
    first = begin(old, compared, "old", _between(entries, 0, early.position))
    go(first, old, _between(entries, early.position, load))
    if before.path == after.path:
        return Way(first, None, None, back)
    new = open_views.enter_context(view(late, filters, reader))
    last = begin(new, compared, "new", _between(entries, 0, load))
    other = compared.execute(f"select distinct ref from (({_differing(first.end, last.start)}))").fetchall()
    refs = sorted(ref for (ref,) in other)
    was, now = (new, old) if back else (old, new)
    loaded = Loaded(inputs(was, refs), inputs(now, refs), rules(was), rules(now), filters) if refs else None
    return Way(first, go(last, new, _between(entries, load, late.position)), loaded, back)


def _between(entries: list[Entry], low: int, high: int) -> list[Entry]:
    return [entry for entry in entries if low < entry["seq"] <= high]


def _differing(was: str, now: str) -> str:
    """SQL of the households that count otherwise in one table than in another, and by how many."""
    return (
        f"select ref, headline, coalesce(n.number, 0) - coalesce(w.number, 0) as net"
        f" from {was} w full join {now} n using (ref, headline) where net <> 0"
    )


def _moved(way: Way) -> tuple[dict[str, tuple[int, int]], Counts]:
    """Headline -> its number at both moments; and by how many each household moved each of them."""
    ends = [way.first.start, (way.last or way.first).end]
    was, now = reversed(ends) if way.back else ends
    compared = way.first.compared
    sums = [
        dict(compared.execute(f"select headline, cast(sum(number) as bigint) from {table} group by headline").fetchall())
        for table in (was, now)
    ]
    rows = compared.execute(f"{_differing(was, now)} order by ref, headline").fetchall()
    totals = {name: (sums[0].get(name, 0), sums[1].get(name, 0)) for name in headlines()}
    return totals, {(ref, name): int(net) for ref, name, net in rows}


def _explained(way: Way, net: Counts, filters: Filters, reader: Reader) -> Iterator[tuple[str, Move]]:
    """Headline and move, each with its cause: that of the step of the way by which the household came to count so."""
    pairs: list[tuple[str, str, Walk | None]] = [(way.first.start, way.first.end, way.first)]
    if way.last:
        pairs += [(way.first.end, way.last.start, None), (way.last.start, way.last.end, way.last)]
    sign = -1 if way.back else 1
    steps = [(_steps(way, start, end), through) for start, end, through in pairs]
    for key, by in net.items():
        told = [(sign * of.get(key, 0), through) for of, through in steps]
        for step, through in _telling(told, by, headlines()[key[1]].sums):
            cause = (
                _recorded(through.by.get(key), reader) if through else _read(way.loaded, key, (key[0], "listed") in net, reader)
            )
            yield key[1], Move(key[0], step, *(cause or (UNEXPLAINED, {})))


def _steps(way: Way, start: str, end: str) -> Counts:
    rows = way.first.compared.execute(_differing(start, end)).fetchall()
    return {(ref, name): int(net) for ref, name, net in rows}


def _telling(steps: list[tuple[int, Walk | None]], by: int, sums: bool) -> list[tuple[int, Walk | None]]:
    """The steps that are told: of people each that moved any; of a household, which is in or out, the last that made it so."""
    if sums:
        return [step for step in steps if step[0]]
    return [[step for step in steps if step[0] == by][-1]]


def _loaded_at(early: Moment, late: Moment) -> int:
    """The position of the journal at which the later of two builds came; within the two moments."""
    if early.path == late.path or early.file or late.file:
        return late.position
    came = [datetime.fromisoformat(entry["made_at"]) for entry in builds() if entry["build"] in (early.build, late.build)]
    return (
        min(max(position_on(max(came)), early.position), late.position)
        if came and early.position < late.position
        else late.position
    )


def _recorded(entry: Entry | None, reader: Reader) -> Cause | None:
    """An entry as a cause: its kind, the day it tells of, and who recorded it for whoever sees names."""
    if entry is None:
        return None
    by = {"by": entry["who"]} if reader.sees("name") == "open" else {}
    return "event", {"kind": entry["kind"], "on": entry["occurred_on"] or entry["received_at"][:10], **by}


def _read(loaded: Loaded | None, key: tuple[str, str], chosen: bool, reader: Reader) -> Cause | None:
    """What a load brought as a cause; its file is named to whoever may see files."""
    cause = loaded.cause(key[0], headlines()[key[1]], chosen) if loaded else None
    if not cause or reader.may("loads"):
        return cause
    return cause[0], {name: said for name, said in cause[1].items() if name not in ("file", "sheet", "row")}


def _published(before: Moment, after: Moment, filters: Filters, reader: Reader) -> Iterator[MovedMeasure]:
    """The published figures of both builds, which what is recorded does not move."""
    was, now = (_figures(moment, filters, reader) for moment in (before, after))
    for name in (name for name in headlines() if name in was or name in now):
        yield MovedMeasure(name, was.get(name) or "–", now.get(name) or "–", 0, ())


def _figures(moment: Moment, filters: Filters, reader: Reader) -> dict[str, str]:
    """Headline -> its published figure."""
    with view(moment, filters, reader) as seen:
        ask = {n: twins()[n] for n in ("summary", "dimensions")}
        frames = {
            name: answer_on(
                seen.doors.connection,
                moment.build,
                of,
                filters,
                reader,
                {"by": BREAKDOWNS["total"]} if "by" in of.parameters else {},
            )
            for name, of in ask.items()
        }
    rows = frames["summary"].to_dict("records")
    lights = {row["dimension"]: row["deprived"] for row in frames["dimensions"].to_dict("records")}
    return {**{name: rows[0][column] for name, column in PUBLISHED.items() if rows}, **lights}


def named(moments: Sequence[Moment], refs: Sequence[str], reader: Reader) -> dict[str, dict[str, Any]]:
    """Who the households are that moved, by address, as the reader may see them: as the first of the moments has them that does."""
    found: dict[str, dict[str, Any]] = {}
    for moment in moments:
        if missing := sorted(set(refs) - found.keys()):
            with view(moment, Filters(), reader) as seen:
                rows = answer_on(seen.doors.connection, moment.build, NAMED, Filters(), reader, {"refs": missing})
            found |= {row["ref"]: row for row in rows.to_dict("records")}
    return found

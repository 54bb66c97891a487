"""Why a number changed: between two moments, the households that each headline gained and lost, each with its cause.

`why(before, after, filters, reader)` is the one way to it, for a shell, a page, a load that waits and a meeting. Who moved is found by
sets of households; why by going from the one moment to the other in the order in which it happened: what was recorded until the load,
the load, what was recorded since. An entry is the cause where the household counts otherwise with it than without.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import duckdb

from journal.place import Entry
from queries.ask import answer_on, hold_areas
from queries.causes import Cause, Loaded
from queries.filters import Filters
from queries.headlines import headlines
from queries.moments import Moment, builds, entries_until, position_on, view
from queries.questions import BREAKDOWNS, twins
from queries.reader import Reader
from queries.rights import answering, hold_coarse
from queries.walks import Counts, Walk, standings, walk
from queries.warehouse import build

KEPT = 64  # answers, some 100 kB each
UNEXPLAINED = "unexplained"
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
    totals, net = moved(before, after, filters, reader)
    moves = list(explained(before, after, net, filters, reader)) if net and reader.may("cases") else []
    return tuple(_measure(name, totals[name], [m for of, m in moves if of == name]) for name in headlines())


def _measure(name: str, totals: tuple[int, int], moves: list[Move]) -> MovedMeasure:
    explains = sum(move.direction for move in moves if move.cause != UNEXPLAINED)
    return MovedMeasure(name, *totals, totals[1] - totals[0] - explains, tuple(moves))


def moved(before: Moment, after: Moment, filters: Filters, reader: Reader) -> tuple[dict[str, tuple[int, int]], Counts]:
    """Headline -> its number at both moments; and by how many each household moved each of them."""
    with duckdb.connect() as compared:
        for side, moment in (("was", before), ("now", after)):
            with view(moment, filters, reader) as seen:
                seen.take(entries_until(moment.position))
                compared.register(side, standings(seen))
        sums = compared.execute(
            "select headline, sum(w), sum(n) from (select headline, number as w, 0 as n from was"
            " union all select headline, 0, number from now) group by headline"
        ).fetchall()
        rows = compared.execute(
            "select ref, headline, coalesce(now.number, 0) - coalesce(was.number, 0) as net"
            " from was full join now using (ref, headline) where net <> 0 order by ref, headline"
        ).fetchall()
    totals = {name: (int(was), int(now)) for name, was, now in sums}
    return {name: totals.get(name, (0, 0)) for name in headlines()}, {(ref, name): int(net) for ref, name, net in rows}


def explained(before: Moment, after: Moment, net: Counts, filters: Filters, reader: Reader) -> Iterator[tuple[str, Move]]:
    """Headline and move, each with its cause, by going the way it went: in the one build to the load, through it, on in the other."""
    refs = sorted({ref for ref, _ in net})
    load = _loaded_at(before, after)
    first = walk(before, load, load, refs, filters, reader)
    last = walk(replace(after, position=load), after.position, load, refs, filters, reader) if _other(before, after) else None
    loaded = Loaded(first.inputs, last.inputs, first.rules, last.rules, filters) if last else None
    for key, by in net.items():
        steps: list[tuple[int, Walk | None]] = [(_step(first.start, first.end, key), first)]
        if last:
            steps += [(_step(first.end, last.start, key), None), (_step(last.start, last.end, key), last)]
        for step, through in _telling(steps, by, headlines()[key[1]].sums):
            cause = _recorded(through.by.get(key), reader) if through else _read(loaded, key, (key[0], "listed") in net, reader)
            yield key[1], Move(key[0], step, *(cause or (UNEXPLAINED, {})))


def _step(start: Counts, end: Counts, key: tuple[str, str]) -> int:
    return end.get(key, 0) - start.get(key, 0)


def _telling(steps: list[tuple[int, Walk | None]], by: int, sums: bool) -> list[tuple[int, Walk | None]]:
    """The steps that are told: of people each that moved any; of a household, which is in or out, the last that made it so."""
    if sums:
        return [step for step in steps if step[0]]
    return [[step for step in steps if step[0] == by][-1]]


def _other(before: Moment, after: Moment) -> bool:
    return before.path != after.path


def _loaded_at(before: Moment, after: Moment) -> int:
    """The position of the journal at which the later of two builds came; within the two moments."""
    if not _other(before, after) or after.file:
        return after.position
    came = [datetime.fromisoformat(entry["made_at"]) for entry in builds() if entry["build"] in (before.build, after.build)]
    low, high = sorted((before.position, after.position))
    return min(max(position_on(max(came)), low), high) if came and low < high else low


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

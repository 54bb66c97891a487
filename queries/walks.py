"""From one position of the journal to a later one in one build: how the households counted, and which entry changed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from journal.place import Entry
from queries.headlines import headlines
from queries.moments import View

ROUNDS = 12  # at most, each a projection of all that changed; more entries of one household than that are taken some at a time

Key = tuple[str, str]  # household, headline
Counts = dict[Key, int]  # 1 or its people; absent is 0


@dataclass
class Walk:
    """How the households counted at both ends, as tables of the connection `compared` (ref, headline, number), and the entry by which
    each that changed did so last."""

    compared: duckdb.DuckDBPyConnection
    start: str
    end: str
    by: dict[Key, Entry] = field(default_factory=dict)


def begin(seen: View, compared: duckdb.DuckDBPyConnection, name: Literal["old", "new"], entries: Sequence[Entry]) -> Walk:
    """Let the entries count that were there before, and look."""
    walk = Walk(compared, f"{name}_start", f"{name}_end")
    seen.take(entries)
    compared.register("looked", seen.table("standings", refs=None, headlines=list(headlines())))
    compared.execute(f"create table {walk.start} as from looked")
    compared.unregister("looked")
    return walk


def go(walk: Walk, seen: View, entries: Sequence[Entry]) -> Walk:
    """Let the entries that came meanwhile count, one of each household at a time."""
    touched = sorted({entry["ref"] for entry in entries if entry["ref"]})
    now = some(seen, touched) if touched else {}
    for taken in rounds(entries):
        seen.take(taken)
        last = {entry["ref"]: entry for entry in taken}
        was, now = now, {key: n for key, n in now.items() if key[0] not in last} | some(seen, sorted(last))
        walk.by |= {key: last[key[0]] for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    walk.compared.execute(
        f"create table {walk.end} as from {walk.start} where ref not in (select unnest($touched))", {"touched": touched}
    )
    if now:
        walk.compared.executemany(f"insert into {walk.end} values (?, ?, ?)", [(*key, n) for key, n in now.items()])
    return walk


def some(seen: View, refs: Sequence[str]) -> Counts:
    """How some households count now."""
    rows = seen.table("standings", refs=list(refs), headlines=list(headlines())).to_pylist()
    return {(row["ref"], row["headline"]): row["number"] for row in rows}


def rounds(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries in rounds: in each the next one of every household, or the next few where one has many."""
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry["ref"]:
            of.setdefault(entry["ref"], []).append(entry)
    most = max(map(len, of.values()), default=0)
    size = max(1, -(-most // ROUNDS))
    for start in range(0, most, size):
        yield [entry for own in of.values() for entry in own[start : start + size]]

"""From one position of the journal to another in one build: how some households counted, and which entry changed it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from journal.place import Entry
from queries.causes import Rules, rules
from queries.filters import Filters
from queries.headlines import headlines
from queries.inputs import Inputs, inputs
from queries.moments import Moment, View, entries_until, view
from queries.reader import Reader

ROUNDS = 12  # at most, each a projection of all that moved; more entries of one household than that are taken some at a time

Counts = dict[tuple[str, str], int]  # (household, headline) -> 1 or its people; absent is 0


@dataclass
class Walk:
    """How the households counted at both ends, what they rested on at one of them, under which rules, and the entry by which each last
    changed."""

    start: Counts
    end: Counts
    inputs: Inputs
    rules: Rules
    by: dict[tuple[str, str], Entry] = field(default_factory=dict)


def standings(seen: View, refs: Sequence[str] | None = None) -> pa.Table:
    """How the chosen households count: ref, headline, number."""
    return seen.table("standings", refs=list(refs) if refs is not None else None, headlines=list(headlines()))


def counts(seen: View, refs: Sequence[str]) -> Counts:
    """The same of some households."""
    rows = standings(seen, refs).to_pylist()
    return {(row["ref"], row["headline"]): row["number"] for row in rows}


def walk(moment: Moment, end: int, rested: int, refs: Sequence[str], filters: Filters, reader: Reader) -> Walk:
    """From a moment to another position of its build, forth or back; `rested` is that of the two at which inputs are wanted."""
    low, high = sorted((moment.position, end))
    mine = set(refs)
    entries = [entry for entry in entries_until(high) if entry["ref"] in mine]
    with view(moment, filters, reader) as seen:
        seen.take([entry for entry in entries if entry["seq"] <= low])
        before = now = counts(seen, refs)
        first = inputs(seen, refs) if rested == low else None
        by: dict[tuple[str, str], Entry] = {}
        for some in rounds([entry for entry in entries if entry["seq"] > low]):
            seen.take(some)
            last = {entry["ref"]: entry for entry in some}
            was, now = now, counts(seen, list(last)) | {key: n for key, n in now.items() if key[0] not in last}
            by |= {key: last[key[0]] for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        found, under = first or inputs(seen, refs), rules(seen)
    start, last_counts = (before, now) if low == moment.position else (now, before)
    return Walk(start, last_counts, found, under, by)


def rounds(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries in rounds: in each the next one of every household, or the next few where one has many."""
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        of.setdefault(entry["ref"], []).append(entry)
    most = max(map(len, of.values()), default=0)
    size = -(-most // ROUNDS)
    return [[entry for own in of.values() for entry in own[start : start + size]] for start in range(0, most, size or 1)]

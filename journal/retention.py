"""How long what is recorded is kept: each kind by its years in events.csv; then only that an entry was there is left of it.

Whatever nobody has confirmed stays. An entry that one builds on which is still kept stays with it, and a withdrawal goes with what it
took back: so nothing that counts loses its ground, and nothing that was taken back comes again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import definitions
from audit import log
from journal import photos, verify
from journal.event import UUID
from journal.kinds import kinds
from journal.place import Entry
from journal.store import Store, seal_of_rest, store


class Faulty(Exception):
    """The journal is not whole: to remove something of it would remove evidence."""


@dataclass(frozen=True)
class Due:
    """What is past its time: entries, and the digests of pictures that nothing shows any more."""

    entries: tuple[Entry, ...]
    pictures: tuple[str, ...]

    @property
    def by_kind(self) -> dict[str, int]:
        """How many entries of each kind."""
        return {name: n for name in kinds() if (n := sum(entry["kind"] == name for entry in self.entries))}


def due(folder: Path, now: datetime | None = None) -> Due:
    """What of a journal is past its time."""
    now, journal = now or datetime.now(UTC), store(folder)
    gone, entries = journal.pruned(), journal.after(0)
    there = [entry for entry in entries if entry["seq"] not in gone]
    past = _past(
        {entry["id"]: entry for entry in there}, {entry["id"] for entry in entries if entry["seq"] in gone}, now.date()
    )
    left = [entry for entry in there if entry["id"] not in past]
    return Due(tuple(entry for entry in there if entry["id"] in past), tuple(_unshown(folder, journal, left, now)))


def prune(folder: Path, who: str, faulty_too: bool = False) -> Due:
    """Take away what is past its time, after that was written down; returns it.

    Raises Faulty when the journal is not whole, unless `faulty_too`; log.Unwritable, or what the store raises.
    """
    faults = len(list(verify.faults(folder)))
    if faults and not faulty_too:
        raise Faulty
    journal, what = store(folder), due(folder)
    if what.entries or what.pictures:
        key = journal.key()
        seals = verify.digest_of([seal_of_rest(key, entry) for entry in what.entries])
        numbers = [entry["seq"] for entry in what.entries]
        facts = {"entries": numbers, "kinds": what.by_kind, "seals": seals, "pictures": len(what.pictures), "faults": faults}
        log.write(folder, who, "journal_pruned", **facts)
    if what.entries:
        journal.prune(what.entries)
    photos.remove(folder, what.pictures)
    return what


def _past(there: Mapping[str, Entry], gone: set[str], today: date) -> set[str]:
    """Ids of the entries that may go: old enough, and nothing that stays builds on them."""
    aged = {id_ for id_, entry in there.items() if entry["kind"] != "withdrawn" and _old(entry, today)}
    while named := aged & {one for id_, entry in there.items() if id_ not in aged for one in _builds_on(entry)}:
        aged -= named
    taken_back = {id_ for id_, entry in there.items() if entry["kind"] == "withdrawn" and entry["thing"] in aged | gone}
    return aged | taken_back


def _old(entry: Entry, today: date) -> bool:
    years = kinds()[entry["kind"]].years if entry["kind"] in kinds() else None
    if years is None:
        return False
    came = date.fromisoformat(entry["received_at"][:10])
    last = came.replace(year=came.year + years, day=min(came.day, 28))
    return last < today


def _builds_on(entry: Entry) -> set[str]:
    """Ids of the entries on which one builds; a withdrawal builds on nothing, it goes with what it took back."""
    if entry["kind"] == "withdrawn":
        return set()
    return {*json.loads(entry["base"]), *(part for part in entry["thing"].split("/") if UUID.fullmatch(part))} - {entry["id"]}


def _unshown(folder: Path, journal: Store, left: Iterable[Entry], now: datetime) -> Iterator[str]:
    """Digests of the pictures that no entry shows and none will, after the days of rule `photo_grace`: one that was never named may
    wait for its entry in an outbox, and one whose entry was taken back may be asked for again."""
    before = now - timedelta(days=definitions.rule("photo_grace"))
    left = list(left)
    over = {
        (entry["ref"], entry["thing"])
        for entry in left
        if entry["kind"] == "withdrawn" and datetime.fromisoformat(entry["received_at"]) < before
    }
    shown = {one for entry in left if (entry["ref"], entry["id"]) not in over for one in json.loads(entry["photos"])}
    shown |= {one for row in journal.differing() for one in json.loads(row["content"]["photos"])}
    yield from (digest for digest, came in photos.there(folder) if digest not in shown and came < before)


def as_counted(entries: Sequence[Entry], gone: Mapping[int, str]) -> list[Entry]:
    """Entries as a projection takes them: one whose content is gone is there for those that name it, and says nothing."""
    return [{**entry, "kind": "withdrawn"} if entry["seq"] in gone else entry for entry in entries]

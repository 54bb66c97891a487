"""What waits for whoever looks after the data: entries that do not count yet, and what came under the id of another.

Each is shown to readers whose areas it is of, its personal fields as their role sees them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from installation.paths import data_folder
from journal import place, store
from journal.claim import REASONS, claim_of
from journal.event import Reason
from journal.kinds import kinds
from journal.place import Entry
from journal.project import Waiting
from queries import reach, warehouse
from queries.decisions import decided
from queries.reader import Reader
from queries.record import address_of, areas_of, missing_reason
from queries.warehouse import current, located

SHOWN = ("id", "kind", "ref", "year", "household_id", "village", "occurred_on", "who", "received_at")


def unattached(reader: Reader) -> list[dict[str, str]]:
    """Entries whose household is in no register now, or no more for certain, that this reader recorded or whose areas are his: id, kind,
    about what, when it happened and came, by whom, and why."""
    return [row for row in waiting(reader) if row["lost"]]


def waiting(reader: Reader, dealt_with: bool = False) -> list[dict[str, str]]:
    """Entries that are kept and do not count, as `unattached` bounds them: id, kind, ref, year, household_id, village, when it
    happened and came, by whom, and why in both languages; `lost` is the reason's name where the household is what lacks, `family` one for the entries of a family. Raises Unreachable."""
    if not place.exists(data_folder()):
        return []
    done = decided()
    found = {one.id: one for one in warehouse.waiting() if (one.id in done) == dealt_with}
    reach.hold()  # a process that reads on would list what waited before
    mine = [entry for entry in _entries(tuple(found)) if all(reader.covers(area) for area in areas_of(entry))]
    return [told(entry, reader, found[entry["id"]].why, list(_why(found[entry["id"]]))) for entry in mine]


def told(entry: Entry, reader: Reader, lost: str, why: Sequence[Reason]) -> dict[str, str]:
    """An entry that does not count, as a reader of its area is told of it."""
    return {
        **{name: entry[name] for name in SHOWN},
        "household_id": _open_to(reader, "address", entry["household_id"]),
        "lost": lost,
        "family": "/".join(claim_of(entry).node),
        "why": " / ".join(thai for thai, _ in why),
        "why_en": " / ".join(english for _, english in why),
    }


@lru_cache(maxsize=8)
def _entries(ids: tuple[str, ...]) -> list[Entry]:
    """Some entries in the order of their ids; an entry never changes, so they are read once."""
    known = _known(ids)
    return [known[id_] for id_ in ids]


def _why(one: Waiting) -> Iterator[Reason]:
    if one.why:
        yield REASONS[one.why]
    if one.missing:
        yield missing_reason(one.missing)
    if one.nowhere:
        yield ("ไม่พบหมู่บ้านนี้ในข้อมูลชุดนี้", "the village is none of this data")


def candidates(id_: str, reader: Reader) -> list[str]:
    """The addresses of households of this reader's areas that an entry may be of, likeliest first: whose head has the name of its head, that
    have its number now or another of the same house, or had it a year before or after. Names are compared by their marks alone."""
    entry = _known([id_]).get(id_)
    if entry is None or not reader.may("cases") or not all(reader.covers(area) for area in areas_of(entry)):
        return []
    refs = [*warehouse.headed(claim_of(entry)), entry["ref"]]
    if entry["year"] and entry["household_id"]:
        house = SECOND.sub("", entry["household_id"])
        years = [int(entry["year"]) + years for years in (0, 1, -1)]
        refs += [
            address_of(year, code) for year in years for code in (entry["household_id"], house, f"{house}-2", f"{house}-3")
        ]
    here = located(refs)
    return [ref for ref in dict.fromkeys(refs) if ref in here and reader.covers(here[ref].village)]


SECOND = re.compile(r"-[0-9]{1,2}$")  # of a second household in a house (etl/clean/household_ids.sql)


def differing(reader: Reader, dealt_with: bool = False) -> list[dict[str, Any]]:
    """What came under the id of another entry, of this reader's areas: key, id, kind, ref, village, when it came and by whom, what it
    says (`fields`: name -> value, as far as the reader sees its class), and of the entry that has the id: who and when."""
    if not place.exists(data_folder()):
        return []
    done = decided()
    rows = [
        row
        for row in reach.asked(lambda: store.store(data_folder()).differing())
        if (_key(row) in done) == dealt_with and all(reader.covers(area) for area in areas_of(row | row["content"]))
    ]
    named = _known(sorted({row["id"] for row in rows}))
    return [
        {
            "key": _key(row),
            "id": row["id"],
            **{name: row["content"][name] for name in ("kind", "ref", "village", "occurred_on")},
            **{name: row[name] for name in ("who", "received_at")},
            "fields": dict(_fields(row["content"], reader)),
            "first_who": named[row["id"]]["who"],
            "first_at": named[row["id"]]["received_at"],
        }
        for row in rows
    ]


def _known(ids: Sequence[str]) -> dict[str, Entry]:
    """Those of some ids that are entries; raises Unreachable."""
    return reach.asked(lambda: store.store(data_folder()).known(ids))


def _key(row: Entry) -> str:
    """What one that came under the id of another is called."""
    return f"{row['id']}/{row['digest'][:16]}"


def said_in(id_: str, reader: Reader) -> dict[str, Any] | None:
    """What an entry of this reader's areas says, to record it again: thing, occurred_on, body; None for what is not his to see."""
    entry = _known([id_]).get(id_) if place.exists(data_folder()) else None
    if entry is None or not reader.may("cases") or not all(reader.covers(area) for area in areas_of(entry)):
        return None
    return {"thing": entry["thing"], "occurred_on": entry["occurred_on"] or None, "body": json.loads(entry["body"])}


def _fields(content: Mapping[str, Any], reader: Reader) -> Iterator[tuple[str, object]]:
    """The fields of an entry whose class the reader sees open, without citizen IDs in them."""
    for name, value in json.loads(content["body"]).items():
        personal = kinds()[content["kind"]].fields[name].personal
        if not personal or reader.sees(personal) == "open":
            yield name, _open_to(reader, personal, value) if isinstance(value, str) else value


def _open_to(reader: Reader, personal: str, text: str) -> str:
    """A text for whoever sees its class, an ID in it masked for whoever may not see those; nothing for others."""
    if personal and reader.sees(personal) != "open":
        return ""
    if not text or reader.sees("citizen_id") == "open":
        return text
    masked = "select code_without_id($text)" if personal == "address" else "select without_ids($text)"
    cursor = current()[0].cursor()
    try:
        return str(cursor.execute(masked, {"text": text}).fetchall()[0][0])
    finally:
        cursor.close()

"""What waits for whoever looks after the data: entries that do not count yet, and what came under the id of another.

Each is shown to readers whose areas it is of, its personal fields as their role sees them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from installation.paths import data_folder
from journal import place, store
from journal.event import Event
from journal.kinds import kinds
from journal.place import Entry
from journal.retention import as_counted
from queries import reach
from queries.decisions import decided
from queries.reader import Reader
from queries.record import is_village, located, why_held
from queries.warehouse import current


def unattached(reader: Reader) -> list[dict[str, str]]:
    """Entries whose household is in no register now, that this reader recorded or whose recorder's areas are his: id, kind, about
    what, when it happened and came, by whom."""
    if not place.exists(data_folder()):
        return []
    entries = [entry for entry in _entries() if entry["ref"] and (entry["thing"] or entry["kind"] != "withdrawn")]
    refs = sorted({entry["ref"] for entry in entries})
    here = located(refs)
    shown = ("id", "kind", "ref", "year", "household_id", "village", "occurred_on", "who", "received_at")
    return [
        {name: entry[name] for name in shown}
        for entry in entries
        if entry["ref"] not in here and all(reader.covers(area) for area in _areas(entry))
    ]


def waiting(reader: Reader, dealt_with: bool = False) -> list[dict[str, str]]:
    """Entries that are kept and do not count, as `unattached` bounds them: id, kind, ref, year, household_id, village, when it
    happened and came, by whom, and why in both languages: no such household, or what it builds on is not here."""
    if not place.exists(data_folder()):
        return []
    named = {entry["id"]: entry for entry in _entries()}
    taken_back = {(entry["ref"], entry["thing"]) for entry in named.values() if entry["kind"] == "withdrawn"}
    refs = sorted({entry["ref"] for entry in named.values()} - {""})
    places = located(refs)
    shown = ("id", "kind", "ref", "year", "household_id", "village", "occurred_on", "who", "received_at")
    rows, done = [], decided()
    for entry in named.values():
        if entry["kind"] == "withdrawn" and not entry["thing"]:
            continue  # its content is gone
        over = (entry["ref"], entry["id"]) in taken_back or (entry["kind"] == "withdrawn" and entry["thing"] in named)
        why = [] if over else list(why_held(_event(entry), entry, named, {}, places))
        if entry["kind"] == "found" and not over and not is_village(entry["village"]):
            why.append(("ไม่พบหมู่บ้านนี้ในข้อมูลชุดนี้", "the village is none of this data"))
        if why and (entry["id"] in done) == dealt_with and all(reader.covers(area) for area in _areas(entry)):
            said = {"why": " / ".join(thai for thai, _ in why), "why_en": " / ".join(english for _, english in why)}
            code = _open_to(reader, "address", entry["household_id"])
            rows.append({name: entry[name] for name in shown} | {"household_id": code} | said)
    return rows


def differing(reader: Reader, dealt_with: bool = False) -> list[dict[str, Any]]:
    """What came under the id of another entry, of this reader's areas: key, id, kind, ref, village, when it came and by whom, what it
    says (`fields`: name -> value, as far as the reader sees its class), and of the entry that has the id: who and when."""
    if not place.exists(data_folder()):
        return []
    done = decided()
    rows = [
        row
        for row in reach.asked(lambda: store.store(data_folder()).differing())
        if (_key(row) in done) == dealt_with and all(reader.covers(area) for area in _areas(row | row["content"]))
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


def _entries() -> list[Entry]:
    """Every entry; one whose content is gone as a withdrawal of nothing. Raises Unreachable."""
    journal = reach.asked(lambda: store.store(data_folder()))
    return reach.asked(lambda: as_counted(journal.after(0), journal.pruned()))


def _known(ids: Sequence[str]) -> dict[str, Entry]:
    """Those of some ids that are entries; raises Unreachable."""
    return reach.asked(lambda: store.store(data_folder()).known(ids))


def _key(row: Entry) -> str:
    """What one that came under the id of another is called."""
    return f"{row['id']}/{row['digest'][:16]}"


def said_in(id_: str, reader: Reader) -> dict[str, Any] | None:
    """What an entry of this reader's areas says, to record it again: thing, occurred_on, body; None for what is not his to see."""
    entry = _known([id_]).get(id_) if place.exists(data_folder()) else None
    if entry is None or not reader.may("cases") or not all(reader.covers(area) for area in _areas(entry)):
        return None
    return {"thing": entry["thing"], "occurred_on": entry["occurred_on"] or None, "body": json.loads(entry["body"])}


def _event(entry: Entry) -> Event:
    """An entry as the event that it was, as far as it decides whether it waits."""
    day = date.fromisoformat(entry["occurred_on"]) if entry["occurred_on"] else None
    return Event(entry["id"], entry["kind"], {}, entry["thing"], tuple(json.loads(entry["base"])), day, {}, ())


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


def _areas(entry: Entry) -> list[str]:
    """Where an entry is of: its village where that was known, else all areas of who recorded it."""
    return [entry["village"]] if entry["village"] else entry["areas"].split()

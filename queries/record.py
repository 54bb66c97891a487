"""Recording: the one way into the journal. Whoever may, of a household or village of his own areas, in the fields of the kind.

Each event of a batch gets its own verdict; one that cannot be taken never holds up the others. An entry that somebody was told is
kept is on the disk and in the audit log.
"""

import hashlib
import hmac
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

import definitions
from installation import secret
from installation.paths import data_folder
from journal import photos, store
from journal.event import UUID, Event, Reason, Unacceptable, read
from journal.kinds import kinds
from journal.place import Entry
from journal.store import entry_of
from journal.writer import writer
from queries.ask import ask
from queries.filters import Filters
from queries.meeting_states import Meetings, households, of_meeting
from queries.reader import DESK, NOBODY, Reader
from queries.unmasked import sealed
from queries.warehouse import current

MOST = 500  # events of one batch
LOCATED = 20_000  # households that are looked up once, some 300 bytes each
Verdict = dict[str, Any]


class TooMany(ValueError):
    """More events than one batch may have."""


def record(events: Sequence[object], reader: Reader, who: str) -> list[Verdict]:
    """Verdicts on some events, in order: id, verdict (kept, known, differs, held, refused), seq, reason and reason_en.

    Raises TooMany, NoBuild, log.Unwritable or sqlalchemy.exc.DBAPIError; then nothing is acknowledged.
    """
    if len(events) > MOST:
        raise TooMany(f"ส่งได้ครั้งละไม่เกิน {MOST} บันทึก · at most {MOST} events at once")
    read_: list[Event | Unacceptable] = [_read(event) for event in events]
    build = current()[1].id
    good = [event for event in read_ if isinstance(event, Event)]
    places = _places(good)
    named = store.store(data_folder()).known(_named(good)) if good else {}
    meetings = Meetings(good, named)
    here = {event.id: event for event in good}
    verdicts: list[Verdict] = []
    waiting: list[tuple[int, Entry, tuple[Reason, ...]]] = []
    for place, event in enumerate(read_):
        if isinstance(event, Unacceptable):
            verdicts.append(_verdict(_id(events[place]), "refused", None, event.reasons))
            continue
        where = _where(event, places)
        refused = [*_refused(event, where, reader, named, here, places), *meetings.refused(event, where, reader, places)]
        verdicts.append(_verdict(event.id, "refused", None, refused))
        if not refused:
            entry = entry_of(event, where, build, who, reader.role, reader.areas)
            held = (*why_held(event, where, named, here, places), *_unseen(event))
            waiting.append((place, entry, held))
    if waiting:
        said = writer(data_folder()).take([entry for _, entry, _ in waiting])
        for (place, entry, held), verdict in zip(waiting, said, strict=True):
            word = "held" if held and verdict.word == "kept" else verdict.word
            reasons = held if word == "held" else DIFFERS if word == "differs" else ()
            verdicts[place] = _verdict(entry["id"], word, verdict.seq, reasons)
    return verdicts


DIFFERS: tuple[Reason, ...] = (
    ("มีบันทึกอื่นใช้รหัสนี้แล้ว เก็บไว้ให้เจ้าหน้าที่ข้อมูลตรวจ", "another entry has this id; this one is kept for review"),
)


def address_of(year: int | str, household_id: str) -> str:
    """The opaque address of a household, as a build has it (macro `keyed_address`)."""
    key = secret.secret(data_folder())
    return hmac.new(key, f"{year}/{household_id}".encode(), hashlib.sha256).hexdigest()[:16]


def _read(event: object) -> Event | Unacceptable:
    try:
        return read(event)
    except Unacceptable as fault:
        return fault


def _id(event: object) -> str:
    given = event.get("id") if isinstance(event, dict) else None
    return given if isinstance(given, str) and UUID.fullmatch(given) else ""


def _verdict(id_: str, word: str, seq: int | None, reasons: Iterable[Reason]) -> Verdict:
    reasons = list(reasons)
    return {
        "id": id_,
        "verdict": word,
        "seq": seq,
        "reason": " / ".join(thai for thai, _ in reasons) or None,
        "reason_en": " / ".join(english for _, english in reasons) or None,
    }


def _places(events: Iterable[Event]) -> dict[str, Mapping[str, Any]]:
    """Address -> where its household stands; whoever asks is told nothing of this."""
    return located({ref for event in events for ref in (_ref(event), *households(event))} - {""})


def located(refs: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Address -> where its household stands in the current build: looked up once, since a build never changes."""
    build = current()[1].id
    with _lock:
        known = {ref: _located[build, ref] for ref in refs if (build, ref) in _located}
    if strange := sorted(set(refs) - known.keys()):
        rows = sealed("located", Filters(), DESK, refs=strange).to_dict("records")
        known |= {row["ref"]: row for row in rows}
        with _lock:
            if len(_located) > LOCATED:
                _located.clear()
            _located.update({(build, row["ref"]): row for row in rows})
    return known


_located: dict[tuple[str, str], Mapping[str, Any]] = {}
_lock = threading.Lock()


def _ref(event: Event) -> str:
    about = event.about
    if "village" in about or "area" in about:
        return ""
    return about["household"] if "household" in about else address_of(about["year"], about["household_id"])


def _where(event: Event, places: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The household, village or area of an event as an entry keeps it, with the mark of its head, by which it is known again."""
    ref = _ref(event)
    found = places.get(ref)
    if found is None:
        about = event.about
        of = {"year": str(about.get("year", "")), "household_id": about.get("household_id", "")}
        return {"ref": ref, **of, "village": about.get("village") or about.get("area", ""), "head": ""}
    mark = hmac.new(secret.key(data_folder(), "head"), str(found["head"]).encode(), hashlib.sha256).hexdigest()[:16]
    of = {"year": str(found["register_year"]), "household_id": found["household_id"]}
    return {"ref": ref, **of, "village": found["village_code"], "head": mark if found["head"] else ""}


def _named(events: Iterable[Event]) -> list[str]:
    """The entries that some events speak of, and those of them that are of a meeting: what is here already is not taken again."""
    events = list(events)
    things = {part for event in events for part in event.thing.split("/") if UUID.fullmatch(part)}
    again = {event.id for event in events if of_meeting(event)}
    return sorted(things | again | {one for event in events for one in event.base})


def _refused(
    event: Event,
    where: Mapping[str, str],
    reader: Reader,
    named: Mapping[str, Entry],
    here: Mapping[str, Event],
    places: Mapping[str, Mapping[str, Any]],
) -> Iterable[Reason]:
    """Why this reader may not record this."""
    kind = kinds()[event.kind]
    if not reader.may(kind.right):
        role = next(row for row in definitions.table("roles") if row["role"] == reader.role)
        yield (
            f"บทบาท “{role['name_th']}” บันทึก “{kind.name_th}” ไม่ได้",
            f'the role "{reader.role}" may not record "{kind.name}"',
        )
    if where["village"] and not reader.covers(where["village"]):
        yield ("อยู่นอกพื้นที่ของท่าน", "outside your area")
    if event.kind == "withdrawn" and (target := _entry(event.thing, named, here, places)):
        of_kind, ref, village = target
        if (ref, village if not ref else "") != (where["ref"], where["village"] if not where["ref"] else ""):
            yield ("บันทึกที่ถอนเป็นของครัวเรือนอื่น", "the entry to be withdrawn is of another household")
        if of_kind == "withdrawn":
            yield ("การถอนบันทึกถอนอีกไม่ได้ ให้บันทึกใหม่", "a withdrawal cannot be withdrawn; record it anew")
        elif not reader.may(kinds()[of_kind].right):
            yield (f"ถอน “{kinds()[of_kind].name_th}” ไม่ได้", f'may not withdraw "{of_kind}"')
    if not where["ref"] and not is_village(where["village"]):
        yield (f"ไม่มีพื้นที่รหัส {where['village']}", f"{where['village']} is no place of this data")


def why_held(
    event: Event,
    where: Mapping[str, str],
    named: Mapping[str, Entry],
    here: Mapping[str, Event],
    places: Mapping[str, Mapping[str, Any]],
) -> Iterable[Reason]:
    """Why an entry waits: it is kept, and counts as soon as what it builds on is here."""
    if where["ref"] and where["ref"] not in places:
        yield ("ยังไม่พบครัวเรือนนี้ในทะเบียน", "the household is in no register yet")
    missing = [one for one in event.base if not _entry(one, named, here, places)]
    of, _, name = event.thing.partition("/")
    if event.kind == "withdrawn" and not _entry(event.thing, named, here, places):
        missing.append(event.thing)
    if of == "plan" and event.kind != "plan_new":
        known = where["ref"] in places and event.thing in _things(places[where["ref"]])
        if not known and not (UUID.fullmatch(name) and _entry(name, named, here, places)):
            missing.append(event.thing)
    if missing:
        yield ("บันทึกที่อ้างถึงยังมาไม่ถึง", f"what it builds on is not here yet: {', '.join(missing)}")


def _unseen(event: Event) -> Iterable[Reason]:
    """A picture that has not come: what was written counts, and the picture is shown as soon as it is here. An entry that is read from a
    file brings none, and must not be lost for it."""
    if absent := photos.missing(data_folder(), event.photos):
        yield ("ภาพยังมาไม่ถึง ข้อความนับแล้ว", f"pictures are not here yet, what was written counts: {', '.join(absent)}")


def _things(place: Mapping[str, Any]) -> list[str]:
    """The items of a register's plan; a frame has no number where there are none."""
    return list(place["things"]) if isinstance(place["things"], Sequence | np.ndarray) else []


def _entry(
    id_: str, named: Mapping[str, Entry], here: Mapping[str, Event], places: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str, str] | None:
    """Kind, address and village of an entry that is here, or comes in the same batch."""
    if id_ in named:
        return named[id_]["kind"], named[id_]["ref"], named[id_]["village"]
    if id_ in here:
        where = _where(here[id_], places)
        return here[id_].kind, where["ref"], where["village"]
    return None


def is_village(code: str) -> bool:
    """Whether a code is a place of this data."""
    return bool(len(ask("place", Filters(), NOBODY, within=code)))

"""Recording: the one way into the journal. Whoever may, of a household or village of his own areas, in the fields of the kind.

Each event of a batch gets its own verdict; one that cannot be taken never holds up the others. An entry that somebody was told is
kept is on the disk and in the audit log.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import definitions
from installation import secret
from installation.paths import data_folder
from journal import photos, store
from journal.attach import SAME
from journal.claim import REASONS, SHORT, Attached, Claim, Household, claim_of, head_seen, seen
from journal.event import REF, UUID, Event, Reason, Unacceptable, read
from journal.kinds import kinds
from journal.place import Entry
from journal.store import entry_of
from journal.writer import writer
from queries.ask import ask
from queries.filters import Filters
from queries.meeting_states import Meetings, households, of_meeting
from queries.reader import DESK, NOBODY, Reader
from queries.warehouse import attached, current, located

MOST = 500  # events of one batch
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
    wheres, known = _known(good, reader)
    meetings = Meetings(good, known.named)
    of = iter(zip(good, wheres, strict=True))
    verdicts: list[Verdict] = []
    waiting: list[tuple[int, Entry, tuple[Reason, ...]]] = []
    for place, read_one in enumerate(read_):
        if isinstance(read_one, Unacceptable):
            verdicts.append(_verdict(_id(events[place]), "refused", None, read_one.reasons))
            continue
        event, where = next(of)
        refused = [*_refused(event, where, reader, known), *meetings.refused(event, where, reader, known.places)]
        verdicts.append(_verdict(event.id, "refused", None, refused))
        if not refused:
            entry = entry_of(event, where, build, who, reader.role, reader.areas)
            waiting.append((place, entry, (*_held(event, where, known), *_unseen(event))))
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


def seen_of(refs: Sequence[str]) -> list[str]:
    """What a client is given of some households, to be given back as `about.seen`: whom it saw there."""
    key, here = secret.key(data_folder(), "head"), located(refs)
    return [seen(key, here[ref].head) if ref in here and here[ref].head else "" for ref in refs]


def called(ref: str) -> str:
    """How a `same_household` names a household of the register: its address, with the mark of its head where that is known."""
    (mark,) = seen_of([ref])
    return f"{ref}/{mark[-SHORT:]}" if mark else ref


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


@dataclass(frozen=True)
class Known:
    """What is known of a batch; whoever sends it is told nothing of this.

    `places` are the households of the addresses that it names, `named` the entries that it speaks of, `targets` those and its own:
    kind and where; `attached` where each of those, and each of its own events, belongs.
    """

    places: Mapping[str, Household]
    named: Mapping[str, Entry]
    targets: Mapping[str, Mapping[str, str]]
    attached: Mapping[Claim, Attached]

    def home(self, where: Mapping[str, str]) -> Attached:
        """Where an event or entry belongs."""
        return self.attached[claim_of(where)]


def _known(events: Sequence[Event], reader: Reader) -> tuple[list[dict[str, str]], Known]:
    """Where each event is about, as an entry keeps it, and what is known of the batch."""
    key, areas = secret.key(data_folder(), "head"), " ".join(reader.areas)
    called = {ref for event in events if event.kind == SAME and REF.fullmatch(ref := event.thing.partition("/")[0])}
    places = located({ref for event in events for ref in (_ref(event), *households(event))} | called)
    wheres = [_where(event, places, reader, key) | {"areas": areas} for event in events]
    targets: dict[str, Mapping[str, str]] = {
        event.id: where | {"kind": event.kind} for event, where in zip(events, wheres, strict=True)
    }
    named = store.store(data_folder()).known(_named(events)) if events else {}
    targets |= named
    found = attached({claim_of(one) for one in [*wheres, *targets.values()]})
    return wheres, Known(places | located({one.ref for one in found.values()}), named, targets, found)


def _ref(event: Event) -> str:
    about = event.about
    if "village" in about or "area" in about:
        return ""
    return about["household"] if "household" in about else address_of(about["year"], about["household_id"])


def _where(event: Event, places: Mapping[str, Household], reader: Reader, key: bytes) -> dict[str, str]:
    """The household or village of an event as an entry keeps it, with the marks of its people, by which it is known again: those of
    whom its client saw there, where the number means another family by now."""
    ref, about = _ref(event), event.about
    head = head_seen(key, about.get("seen", ""))
    here = places.get(ref)
    if here is None:
        of = {"year": str(about.get("year", "")), "household_id": about.get("household_id", "")}
        return {"ref": ref, **of, "village": about.get("village") or about.get("area", ""), "head": head}
    of = {"ref": ref, "year": here.year, "household_id": here.household_id}
    if head in ("", here.head) or not here.people:
        return {**of, "village": here.village, "head": here.marks}
    return {**of, "village": here.village if reader.covers(here.village) else "", "head": head}


def _named(events: Iterable[Event]) -> list[str]:
    """The entries that some events speak of, and those of them that are of a meeting: what is here already is not taken again."""
    events = list(events)
    things = {part for event in events for part in event.thing.split("/") if UUID.fullmatch(part)}
    again = {event.id for event in events if of_meeting(event)}
    return sorted(things | again | {one for event in events for one in event.base})


def _refused(event: Event, where: Mapping[str, str], reader: Reader, known: Known) -> Iterable[Reason]:
    """Why this reader may not record this."""
    kind = kinds()[event.kind]
    if not reader.may(kind.right):
        role = next(row for row in definitions.table("roles") if row["role"] == reader.role)
        yield (
            f"บทบาท “{role['name_th']}” บันทึก “{kind.name_th}” ไม่ได้",
            f'the role "{reader.role}" may not record "{kind.name}"',
        )
    if where["village"] and not reader.covers(where["village"]):
        yield OUTSIDE
    if event.kind == "withdrawn" and (target := known.targets.get(event.thing)):
        yield from _not_withdrawn(target, where, reader, known)
    if event.kind == SAME:
        yield from _not_the_same(event, where, reader, known)
    if missing := _not_of_programme(event, kind.of, where["village"]):
        yield missing
    elif not where["ref"] and not is_place(where["village"]):
        yield (f"ไม่มีพื้นที่รหัส {where['village']}", f"{where['village']} is no place of this data")


OUTSIDE = ("อยู่นอกพื้นที่ของท่าน", "outside your area")


def _not_of_programme(event: Event, of: str, place: str) -> Reason | None:
    """Why an event is of nothing that the registers of its programme have in this place."""
    if of == "loan" and not is_loan(event.thing, place):
        return "ไม่มีโครงการกองทุนนี้ในหมู่บ้านนี้", f"{event.thing} is no project of the fund in this village"
    if of == "debt" and not is_debt(event.thing, place):
        return "ไม่มีกองทุน กข.คจ. ปีนี้ในหมู่บ้านนี้", f"{event.thing} is no report of a village fund in this village"
    if of == "learning":
        return not_learned(event, place)
    return None


def _not_withdrawn(target: Mapping[str, str], where: Mapping[str, str], reader: Reader, known: Known) -> Iterable[Reason]:
    """Why an entry may not be taken back: it must be of this household, by its number then or as it is called now."""
    of, now = kinds()[target["kind"]], known.home(target).ref
    same = target["ref"] == where["ref"] and (target["ref"] or target["village"] == where["village"])
    if not same and not (now and now == known.home(where).ref):
        yield ("บันทึกที่ถอนเป็นของครัวเรือนอื่น", "the entry to be withdrawn is of another household")
    elif not all(reader.covers(area) for area in (target["village"], known.places[now].village if now else "") if area):
        yield OUTSIDE
    if of.name == "withdrawn":
        yield ("การถอนบันทึกถอนอีกไม่ได้ ให้บันทึกใหม่", "a withdrawal cannot be withdrawn; record it anew")
    elif not reader.may(of.right):
        yield (f"ถอน “{of.name_th}” ไม่ได้", f'may not withdraw "{of.name}"')


def _not_the_same(event: Event, where: Mapping[str, str], reader: Reader, known: Known) -> Iterable[Reason]:
    """Why this reader may not say that an entry, or a household by its address, is of this household: both must be his to look after."""
    ref = event.thing.partition("/")[0]
    target = known.targets.get(event.thing)
    here = known.places.get(ref)
    if target and not target["ref"]:
        yield ("บันทึกนั้นเป็นของหมู่บ้าน ไม่ใช่ของครัวเรือน", "that entry is of a village, not of a household")
    elif target and not all(reader.covers(area) for area in areas_of(target)):
        yield OUTSIDE
    elif REF.fullmatch(ref) and here is None:
        yield (
            "ครัวเรือนนั้นไม่อยู่ในทะเบียน ให้อ้างบันทึกของครัวเรือนนั้นแทน",
            "that household is in no register; name an entry of it instead",
        )
    elif here and not reader.covers(here.village):
        yield OUTSIDE
    elif event.thing == where["ref"]:
        yield ("เป็นครัวเรือนเดียวกันอยู่แล้ว", "it is this very household")


def areas_of(entry: Mapping[str, str]) -> list[str]:
    """Where an entry is of: its village where that was known, else all areas of who recorded it."""
    return [entry["village"]] if entry["village"] else entry["areas"].split()


def _held(event: Event, where: Mapping[str, str], known: Known) -> Iterable[Reason]:
    """Why an entry waits: it is kept, and counts as soon as what it builds on is here."""
    home = known.home(where)
    if where["ref"] and not home.ref:
        yield REASONS[home.why]
    missing = [one for one in event.base if one not in known.targets]
    of, _, name = event.thing.partition("/")
    if event.kind in ("withdrawn", SAME) and UUID.fullmatch(event.thing) and event.thing not in known.targets:
        missing.append(event.thing)
    if of == "plan" and event.kind != "plan_new":
        there = home.ref and event.thing in known.places[home.ref].things
        if not there and not (UUID.fullmatch(name) and name in known.targets):
            missing.append(event.thing)
    if missing:
        yield missing_reason(missing)


def missing_reason(missing: Sequence[str]) -> Reason:
    """Why an entry waits that builds on others."""
    return ("บันทึกที่อ้างถึงยังมาไม่ถึง", f"what it builds on is not here yet: {', '.join(missing)}")


def _unseen(event: Event) -> Iterable[Reason]:
    """A picture that has not come: what was written counts, and the picture is shown as soon as it is here. An entry that is read from a
    file brings none, and must not be lost for it."""
    if absent := photos.missing(data_folder(), event.photos):
        yield ("ภาพยังมาไม่ถึง ข้อความนับแล้ว", f"pictures are not here yet, what was written counts: {', '.join(absent)}")


def is_loan(thing: str, village: str) -> bool:
    """Whether a thing is a project of the women's fund that a village has."""
    _, year, number = thing.split("/", 2)  # a number may have a stroke of its own: 7/2564
    return number in set(ask("fund_loans", Filters(year=(year,), village=(village,)), DESK, limit=MOST)["project_no"])


def is_debt(thing: str, village: str) -> bool:
    """Whether a thing is the report of a year of the fund of a village."""
    years = ask("debt_years", Filters(village=(village,)), DESK)["fiscal_year"]
    return thing.partition("/")[2] in {str(year) for year in years}


def not_learned(event: Event, district: str) -> Reason | None:
    """Why an office has no such subject, or nobody or no lesson by the numbers that an event names."""
    here = Filters(district=(district,))
    paths = ask("learning_subjects", here, DESK, limit=MOST).set_index("path_no")["learner"] if len(district) == 4 else {}
    if (path := event.thing.split("/", 2)[2]) not in paths:
        return "ไม่มีเรื่องที่เรียนนี้ในสำนักงานนี้", f"{path} is no subject that somebody learns in this office"
    teacher, lesson = event.body.get("teacher"), event.body.get("drawn_lesson")
    if teacher and teacher == paths[path]:
        return "ผู้เรียนสอนตนเองไม่ได้", "nobody is the own teacher"
    if teacher and teacher not in set(ask("learning_skills", here, DESK)["staff_no"]):
        return f"ไม่มีบุคลากรเลขที่ {teacher}", f"{teacher} is nobody of the staff"
    if lesson and lesson not in set(ask("lessons", here, DESK, limit=MOST)["lesson_no"]):
        return f"ไม่มีบทเรียนเลขที่ {lesson}", f"{lesson} is no lesson of the office"
    return None


def is_place(code: str) -> bool:
    """Whether a code is a place of this data."""
    return bool(len(ask("place", Filters(), NOBODY, within=code)))

"""How far the meetings are that a batch of events is of: what may still be recorded in them, and what is over.

A meeting goes from prepared to open to closed to adopted by the entries that lead there (`while` and `leads` of events.csv); a batch that
prepares and opens one is taken in its order.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import definitions
from journal.claim import Household
from journal.event import UUID, Event, Reason
from journal.kinds import kinds
from journal.place import Entry
from queries.filters import Filters
from queries.reader import DESK, Reader
from queries.unmasked import sealed
from queries.warehouse import current, recorded


def of_meeting(event: Event) -> str:
    """The id of the meeting that an event is of: by its thing, or, of a certification, by what it says; "" of none."""
    return _meeting(event.thing) if kinds()[event.kind].within else _said(event.kind, event.device.get("meeting"))


def _meeting(thing: str) -> str:
    of, _, rest = thing.partition("/")
    return rest.partition("/")[0] if of == "meeting" else ""


def _said(kind: str, meeting: object) -> str:
    return str(meeting) if kind == "certification" and isinstance(meeting, str) and UUID.fullmatch(meeting) else ""


def households(event: Event) -> list[str]:
    """The addresses of households that an event names in its fields."""
    fields = kinds()[event.kind].fields
    return [value for name, value in event.body.items() if fields[name].type == "household"]


class Meetings:
    """The states of the meetings of one batch, which follow what the batch does."""

    def __init__(self, events: Sequence[Event], named: Mapping[str, Entry]) -> None:
        self.named = named
        self.here: dict[str, tuple[str, str, str]] = {}  # id -> kind, meeting and area, of this batch's own
        targets = {_of_entry(named[event.thing]) for event in events if event.thing in named}
        ids = sorted(({of_meeting(event) for event in events} | targets) - {""})
        self.states: dict[str, tuple[str, str]] = _states(ids) if ids else {}

    def refused(
        self, event: Event, where: Mapping[str, str], reader: Reader, places: Mapping[str, Household]
    ) -> Iterator[Reason]:
        """Why the meeting that an event is of does not take it now; what it takes, it has taken after this."""
        if event.id in self.named:
            return
        reasons = [*self._untimely(event, where), *_strange_household(event, where, reader, places)]
        yield from reasons
        if not reasons and (id_ := of_meeting(event)):
            self.here[event.id] = event.kind, id_, where["village"]
            state = kinds()[event.kind].leads
            self.states |= {id_: (where["village"], state)} if state else {}

    def _untimely(self, event: Event, where: Mapping[str, str]) -> Iterable[Reason]:
        """What may not be recorded in the state that its meeting has; a withdrawal where what it takes back could still be recorded,
        or has led to the present state."""
        kind, id_ = event.kind, of_meeting(event)
        if kind == "withdrawn" and event.thing in self.here | dict(self.named):
            target = self.here.get(event.thing) or _told(self.named[event.thing])
            kind, id_ = target[:2]
        if not id_:
            return ()
        area, state = self.states.get(id_, ("", "new"))
        within = kinds()[kind].within or frozenset({"open"})  # a certification of a meeting
        if event.kind == "withdrawn" and kinds()[kind].leads:
            within = frozenset({kinds()[kind].leads})
        if (area and not where["ref"] and where["village"] != area) or (where["ref"] and not where["village"].startswith(area)):
            return [("การประชุมนี้เป็นของพื้นที่อื่น", "the meeting is of another area")]
        if state not in within:
            return [
                (
                    f"การประชุม{_named(state, 'th')} จึงบันทึก “{kinds()[kind].name_th}” ไม่ได้",
                    f"the meeting is {_named(state, 'en')}",
                )
            ]
        return ()


def _strange_household(
    event: Event, where: Mapping[str, str], reader: Reader, places: Mapping[str, Household]
) -> Iterator[Reason]:
    """A household that an outcome names lies in the meeting's area, and so in the reader's."""
    for ref in households(event):
        village = places[ref].village if ref in places else ""
        if not village.startswith(where["village"]) or not reader.covers(village):
            yield ("ไม่พบครัวเรือนนี้ในพื้นที่ของการประชุม", "the household is none of the meeting's area")


def _states(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Meeting -> area and state, as all that is recorded has it."""
    recorded(current()[0])  # takes in what was recorded meanwhile
    rows = sealed("meeting_states", Filters(), DESK, meetings=list(ids)).to_dict("records")
    return {row["meeting"]: (row["area"], row["state"]) for row in rows}


def _told(entry: Entry) -> tuple[str, str, str]:
    return entry["kind"], _of_entry(entry), entry["village"]


def _of_entry(entry: Entry) -> str:
    """The meeting that an entry is of."""
    meeting = json.loads(entry["device"]).get("meeting")
    return _meeting(entry["thing"]) if kinds()[entry["kind"]].within else _said(entry["kind"], meeting)


def _named(state: str, language: str) -> str:
    """A state in words; of one that is not there yet, that."""
    new = {"th": "ยังไม่ได้เตรียม", "en": "not prepared yet"}[language]
    said = definitions.picklist("meeting_state", language).get(state, new)
    return said if language == "th" else said.lower()

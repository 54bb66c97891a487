"""A meeting as tests hold one: its events, in order."""

import uuid
from itertools import count
from typing import Any

from tests.journal.recorded import event, keep

NUMBERS = count(1)
AREA = {"area": "342106"}
DIGEST = "0" * 64


def new_id() -> str:
    return str(uuid.UUID(int=(1 << 64) + next(NUMBERS)))


def of(meeting: str, kind: str, *, about: dict[str, str] = AREA, item: str = "", **more: Any) -> dict[str, Any]:
    """An event of a meeting, or of one of its items."""
    thing = f"meeting/{meeting}/item/{item}" if item else f"meeting/{meeting}"
    return event(kind, about=about, thing=thing, **more)


def prepared(meeting: str, serial: str = "1/2565", on: str = "2022-09-20", **more: Any) -> dict[str, Any]:
    return of(meeting, "meeting_prepared", serial=serial, held_on=on, convenes="คณะกรรมการ", **more)


def item(meeting: str, id_: str, agenda: str = "carried", position: int = 1, **more: Any) -> dict[str, Any]:
    return of(meeting, "agenda_item", item=id_, agenda=agenda, position=position, **more)


def opened(meeting: str, **more: Any) -> dict[str, Any]:
    return of(meeting, "meeting_opened", frozen=DIGEST, began="09.30 น.", **more)


def outcome(meeting: str, id_: str, kind: str = "action", **more: Any) -> dict[str, Any]:
    return of(meeting, "outcome", item=id_, outcome=kind, **more)


def closed(meeting: str, **more: Any) -> dict[str, Any]:
    return of(meeting, "meeting_closed", minutes=DIGEST, ended="11.30 น.", **more)


def held(serial: str = "1/2565", on: str = "2022-09-20", agenda: str = "carried") -> tuple[str, str]:
    """A meeting that is open, with one item; their ids."""
    meeting, one = new_id(), new_id()
    keep(prepared(meeting, serial, on), item(meeting, one, agenda), opened(meeting))
    return meeting, one


UNTIL = {"new": 0, "prepared": 1, "open": 3, "closed": 4, "adopted": 5}  # state -> how many of these events lead there


def steps(meeting: str, one: str) -> list[dict[str, Any]]:
    """The events that lead a meeting through all its states."""
    return [
        prepared(meeting),
        item(meeting, one),
        opened(meeting),
        closed(meeting),
        of(meeting, "meeting_adopted", adopted_in=new_id()),
    ]

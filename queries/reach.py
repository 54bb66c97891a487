"""Reaching the journal: what happens to answers while its disk or database is away, and since when it is.

A verb, the field page and every file that leaves get no answer then, since it would lack what was recorded (`Unreachable`). The pages
of a server go on reading what they hold, and say so: a meeting must not stop because a database does.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from installation.paths import data_folder
from journal import place
from journal.place import Unreachable

PAUSE = 0.5  # seconds after which a journal that was away is asked again; longer where asking took long
PATIENCE = 5  # times as long as asking took: who reads is not held up by a database that does not answer

Answer = TypeVar("Answer")


@dataclass
class Reached:
    """When a journal was last reached (none yet), why it cannot be now, and until when nobody asks again."""

    at: datetime | None = None
    fault: str = ""
    again: float = 0.0


_reached: dict[tuple[Path, str], Reached] = {}
_reading_on = False


def read_on() -> None:
    """From now on this process answers from what it holds while the journal is away."""
    global _reading_on
    _reading_on = True


def reads_on() -> bool:
    """Whether this process answers while the journal is away."""
    return _reading_on


def asked(look: Callable[[], Answer]) -> Answer:
    """What the journal says; raises Unreachable where it cannot be asked, at once where it could not a moment ago."""
    from journal.store import FAULTS  # brings SQLAlchemy, which a command that finds no journal does not wait for

    state, begin = _state(), time.monotonic()
    if begin < state.again:
        raise Unreachable(state.fault)
    try:
        answer = look()
    except FAULTS as fault:
        state.fault = type(fault).__name__
        state.again = time.monotonic() + PAUSE + PATIENCE * (time.monotonic() - begin)
        raise Unreachable(state.fault) from fault
    state.at, state.fault = datetime.now(UTC), ""
    return answer


def hold() -> None:
    """Raise Unreachable unless the journal can be asked now, and could be a moment ago."""
    if place.exists(data_folder()):
        from journal import store

        asked(lambda: store.store(data_folder()).position())


def away() -> Reached | None:
    """Since when the journal cannot be reached, as of the last time that somebody asked; none where it can."""
    state = _state()
    return state if state.fault else None


def _state() -> Reached:
    return _reached.setdefault(place.key(data_folder()), Reached())

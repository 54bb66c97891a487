"""Open screens follow what is recorded: a session is run again within a second of an entry in its reader's areas.

One thread of a process looks at the journal's position, which costs microseconds; browsers ask nothing. The more screens are open, the
longer each rests between two such runs, so that a village that is being visited does not keep a whole district's tablets busy.
"""

import contextlib
import threading
import time
from dataclasses import dataclass

from installation.paths import data_folder
from journal import deck, place, store
from queries import Reader, reach
from ui.streamlit_internals import run_again, session_id

LOOK = 0.4  # seconds between two looks at the journal
RUN = 0.2  # seconds that a run of one session keeps from the others: it takes half of that, and taps come first
REST = 3  # seconds at most between two runs of one session that nobody tapped


@dataclass
class Watcher:
    """A session that is open: whose screen it is, the last entry that it shows, whether that was all while the journal was away,
    whether it lags behind, when it was run for that."""

    reader: Reader
    shows: int = 0
    away: bool = False
    behind: bool = False
    ran: float = 0.0
    deck: str = ""  # the meeting whose slides it follows, and the slide that it shows
    slide: int = 0


_watchers: dict[str, Watcher] = {}
_lock = threading.Lock()
_thread: threading.Thread | None = None


def watch(reader: Reader) -> None:
    """Run this session again when something is recorded where its reader may look."""
    global _thread
    shows, away = _position(), reach.away() is not None
    with _lock:
        watcher = _watchers.setdefault(session_id(), Watcher(reader))
        watcher.reader, watcher.shows, watcher.away, watcher.behind = reader, shows or watcher.shows, away, False
        watcher.deck = ""
        if _thread is None:
            _thread = threading.Thread(target=_follow, name="live", daemon=True)
            _thread.start()


def follow_deck(meeting: str, slide: int) -> None:
    """Run this session again when its meeting shows another slide, too: a wall does not rest between two taps."""
    with _lock:
        if watcher := _watchers.get(session_id()):
            watcher.deck, watcher.slide = meeting, slide


def _follow() -> None:
    seen = _position()
    while True:
        time.sleep(LOOK)
        with contextlib.suppress(Exception):  # the journal cannot be read just now: the next look will
            seen = look(seen)


def look(seen: int) -> int:
    """Run what lags behind entries after the number `seen`; returns the last number."""
    last = _position() or seen
    away = reach.away() is not None
    with _lock:
        for watcher in _watchers.values():  # the journal went, or is back: the page says so
            watcher.behind = watcher.behind or watcher.away != away
    if last > seen:
        newest = {entry["village"]: entry["seq"] for entry in reach.asked(lambda: store.store(data_folder()).after(seen))}
        with _lock:
            for watcher in _watchers.values():
                news = any(seq > watcher.shows and watcher.reader.covers(village) for village, seq in newest.items())
                watcher.behind = watcher.behind or news
    _turned()
    now = time.monotonic()
    with _lock:
        rest = min(REST, RUN * len(_watchers))
        due = [
            (id_, watcher)
            for id_, watcher in _watchers.items()
            if watcher.behind and (watcher.deck or now - watcher.ran >= rest)
        ]
        for id_, watcher in due:
            done = run_again(id_)
            if done is None:
                del _watchers[id_]  # its browser is gone
            elif done:
                watcher.behind, watcher.ran, watcher.away = False, now, away
    return last


def _turned() -> None:
    """Mark the screens whose meeting shows another slide than they do."""
    with _lock:
        walls = [watcher for watcher in _watchers.values() if watcher.deck]
    if walls:
        with contextlib.suppress(place.Unreachable):
            slides = reach.asked(lambda: deck.slides(data_folder()))
            with _lock:
                for watcher in walls:
                    watcher.behind = watcher.behind or slides.get(watcher.deck, 0) != watcher.slide


def _position() -> int:
    """The number of the last entry; 0 where there is none, or the journal cannot be asked."""
    folder = data_folder()
    with contextlib.suppress(place.Unreachable):
        return reach.asked(lambda: store.store(folder).position()) if place.exists(folder) else 0
    return 0

"""The journal: acknowledged entries a second and the worst wait, how soon one is shown, what many cost an answer, a cold start."""

import os
import shutil
import sqlite3
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

import definitions
from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, against, below, in_turns
from journal import store
from journal.event import read
from journal.project import Projection
from journal.store import entry_of
from queries import DESK, Filters, ask
from queries.ask import forget
from queries.record import record
from queries.warehouse import current

DISTRICT = 13_000  # households, as Pho Sai has
SECONDS = 4  # of each crowd of producers
ROUNDS = 15
COLD = 200_000  # entries
VIEW = Filters(year=("2565",))
ANSWERS: dict[str, Callable[[], object]] = {
    "overview": lambda: [ask(name, VIEW, DESK) for name in ("road", "summary", "dimensions", "overlaps", "aspects")],
    "list": lambda: ask("households", VIEW, DESK, limit=30, sort="overdue"),
}


def figures() -> Iterator[Figure]:
    """Aims: an answer ≤ 1.3 × at 1,000 entries since the build, ≤ 2 × at 50,000; shown within a second."""
    with tempfile.TemporaryDirectory() as name:
        folder, still = Path(name) / "data", Path(name) / "nothing_recorded"
        whole_build(folder, register.make(Path(name), DISTRICT, people=True, within=("3421",)))
        shutil.copytree(folder, still)
        os.environ["BAAN_SUK_DATA"] = str(folder)
        try:
            yield from _measured(folder, still, Path(name))
        finally:
            del os.environ["BAAN_SUK_DATA"]


def _measured(folder: Path, still: Path, elsewhere: Path) -> Iterator[Figure]:
    refs = list(ask("households", VIEW, DESK, limit=DISTRICT)["ref"])
    recorded = 0
    for entries, most in ((1_000, 1.3), (50_000, 2.0)):
        fill(folder, refs, entries - recorded)
        recorded = entries
        for name, work in ANSWERS.items():
            cpu = in_turns(
                {of: _anew(at, work) for of, at in (("nothing", still), ("some", folder))}, ROUNDS, time.process_time
            )
            base = cpu["nothing"] * 1000
            yield against(
                f"{name}, asked first, {entries:,} entries since", cpu["some"] * 1000, "ms", "nothing recorded", base, most
            )
    yield below("an entry until another question shows it", _shown(refs[0]) * 1000, "ms", 1_000)
    for producers in (1, 4, 40):
        rate, worst = _crowd(producers, lambda n: record([_event(refs[n % len(refs)])], DESK, f"{n}@example.go.th"))
        yield Figure(f"acknowledged entries, {producers} producers", round(rate), "/s")
        yield Figure(f"worst wait, {producers} producers", round(worst * 1000), "ms")
        ours = rate
    plain = elsewhere / "plain.db"
    with sqlite3.connect(plain) as made:
        made.execute("pragma journal_mode = wal")
        made.execute("create table entry (id text primary key, body text)")
    rate, worst = _crowd(40, lambda _: _straight(plain))
    yield Figure("40 producers straight into SQLite", round(rate), "/s", f"ours: {ours:.0f} /s", round(rate / ours, 2))
    yield Figure("worst wait, 40 producers straight into SQLite", round(worst * 1000), "ms")
    yield from _cold(folder, refs)


def _cold(folder: Path, refs: list[str]) -> Iterator[Figure]:
    """A server that starts and finds many entries."""
    journal = store.store(folder)
    fill(folder, refs, COLD - journal.position())
    begin = time.perf_counter()
    entries = journal.after(0)
    read_ = time.perf_counter() - begin
    path = folder / "warehouse" / f"{current()[1].id}.duckdb"
    projection = _empty(path)
    begin = time.perf_counter()
    projection.follow(entries)
    yield Figure(f"cold start: read {len(entries):,} entries", round(read_, 2), "s")
    yield Figure(f"cold start: project {len(entries):,} entries", round(time.perf_counter() - begin, 2), "s")


def _empty(path: Path) -> Projection:
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as warehouse (read_only)")
    connection.execute(definitions.script("masks"))
    return Projection(connection)


def _event(ref: str) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "kind": "visit",
        "about": {"household": ref},
        "occurred_on": "2022-09-14",
        "body": {"finding": "เยี่ยมแล้ว", "checked_dimension": "living", "check_result": "0"},
    }


def fill(folder: Path, refs: list[str], entries: int) -> None:
    """So many entries over all families, past the door: what is measured is what they cost afterwards."""
    journal = store.store(folder)
    where = {"year": "2565", "household_id": "", "village": "34210601", "head": ""}
    for start in range(0, entries, 5_000):
        several = range(start, min(start + 5_000, entries))
        journal.take(
            [
                [
                    entry_of(
                        read(_event(refs[n % len(refs)])), {"ref": refs[n % len(refs)], **where}, "b", "x", "desk", ("TH",)
                    )
                    for n in several
                ]
            ]
        )


def _anew(folder: Path, work: Callable[[], object]) -> Callable[[], object]:
    """An answer of one data folder that nobody has asked before."""

    def asked() -> None:
        os.environ["BAAN_SUK_DATA"] = str(folder)
        forget()
        work()

    return asked


def _shown(ref: str) -> float:
    """Seconds from sending an entry until a question tells of it."""
    before = len(ask("timeline", Filters(), DESK, household=ref))
    begin = time.perf_counter()
    record([_event(ref)], DESK, "x")
    while len(ask("timeline", Filters(), DESK, household=ref)) == before:
        pass
    return time.perf_counter() - begin


def _crowd(producers: int, work: Callable[[int], object]) -> tuple[float, float]:
    """How often a second so many producers get their work done, one after another each, and the longest that any waited."""
    end = time.monotonic() + SECONDS
    waits: list[float] = []

    def produce(number: int) -> None:
        while time.monotonic() < end:
            begin = time.perf_counter()
            work(number)
            waits.append(time.perf_counter() - begin)

    threads = [threading.Thread(target=produce, args=(number,)) for number in range(producers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(waits) / SECONDS, max(waits)


_own = threading.local()


def _straight(path: Path) -> None:
    """As most apps do: a connection for each, an insert, a commit."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        _own.connection.execute("pragma synchronous = full")
    _own.connection.execute("insert into entry values (?, ?)", (str(uuid.uuid4()), "x" * 300))

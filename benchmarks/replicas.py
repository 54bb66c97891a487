"""Several server processes, one journal: entries a second into SQLite and into PostgreSQL, and how soon the others see one."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, below
from installation.paths import PROJECT
from journal import store
from tests import postgres

SECONDS = 3  # of each crowd
ROUNDS = 3  # in turns
TABLETS = 40  # of all processes together
LOOKS = 20  # entries of which is measured when another process sees them
# A server process: so many tablets hand entries to its writer, which flushes the journal and its line of the audit log.
WRITING = """
import json, sys, threading, time, uuid
from pathlib import Path
from journal.event import read
from journal.store import entry_of
from journal.writer import writer

folder, tablets, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
where = {"ref": "0" * 16, "year": "2565", "household_id": "H1", "village": "34210601", "head": ""}
taking, waits = writer(folder), []

def tablet():
    while time.monotonic() < end:
        begin = time.perf_counter()
        note = {"id": str(uuid.uuid4()), "kind": "note", "about": {"household": "0" * 16}, "body": {"note": "x" * 100}}
        taking.take([entry_of(read(note), where, "b", "field@example.go.th", "field", ("342106",))])
        waits.append((time.perf_counter() - begin, time.time()))

print("ready", flush=True)
sys.stdin.readline()
end = time.monotonic() + seconds
threads = [threading.Thread(target=tablet) for _ in range(tablets)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(waits), flush=True)
"""
PLACES = {  # what is measured: whether the database is shared, and of which data folder each process is
    "SQLite, 1 process": (False, ["one"]),
    "SQLite, 2 processes of one folder": (False, ["one", "one"]),
    "PostgreSQL, 1 process": (True, ["one"]),
    "PostgreSQL, 2 processes of one folder": (True, ["one", "one"]),
    "PostgreSQL, 2 processes of two folders": (True, ["one", "other"]),
}


def figures() -> Iterator[Figure]:
    """Aim: seen by the other within 2 s. PostgreSQL with the settings that it comes with, flushing each commit, on this disk."""
    with tempfile.TemporaryDirectory() as name, postgres.running() as server:
        rates: dict[str, list[float]] = {what: [] for what in PLACES}
        worst = dict.fromkeys(PLACES, 0.0)
        for turn in range(ROUNDS):
            for what, (shared, folders) in PLACES.items():
                address = server.database() if shared else ""
                places = _places(Path(name) / f"{turn}" / what.replace(" ", "-"), folders)
                said = _crowd(places, TABLETS // len(places), SECONDS, address)
                rates[what].append(len(said) / SECONDS)
                worst[what] = max(worst[what], *(wait for wait, _ in said))
        for what in PLACES:
            yield Figure(f"{what}, {TABLETS} tablets", round(statistics.median(rates[what])), "/s")
            yield Figure(f"{what}, worst wait", round(worst[what] * 1000), "ms")
        for what, address in (("SQLite", ""), ("PostgreSQL", server.database())):
            late = _late(_places(Path(name) / f"late {what}", ["one"])[0], address)
            yield below(f"{what}: until another process knows of an entry, median", statistics.median(late) * 1000, "ms", 2_000)
            yield below(f"{what}: the latest of {LOOKS}", max(late) * 1000, "ms", 2_000)


def _places(top: Path, names: list[str]) -> list[Path]:
    """Data folders of one installation: they share its secret."""
    top.mkdir(parents=True, mode=0o700)
    first = top / names[0]
    store.secret.secret(first)
    for name in set(names) - {names[0]}:
        (top / name).mkdir(mode=0o700)
        shutil.copy2(first / "secret.key", top / name)
    return [top / name for name in names]


def _crowd(folders: list[Path], tablets: int, seconds: float, address: str) -> list[tuple[float, float]]:
    """Of every acknowledged entry how long its tablet waited, and when it was told."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", store.ADDRESS: address}
    processes = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", WRITING, str(folder), str(tablets), str(seconds)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for folder in folders
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    return [tuple(pair) for process in processes for pair in json.loads(process.communicate()[0])]


def _late(folder: Path, address: str) -> list[float]:
    """Seconds from the acknowledgement of an entry in another process until this one knows of it."""
    os.environ[store.ADDRESS] = address
    try:
        journal, late = store.store(folder), []
        for turn in range(LOOKS):
            time.sleep(0.07 * (turn % 7))  # another moment of its half second each time
            before = journal.position()
            writing = subprocess.Popen(
                [sys.executable, "-P", "-c", ONE, str(folder)],
                env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            while journal.position() == before:
                time.sleep(0.002)
            seen = time.time()
            late.append(max(seen - float(writing.communicate()[0]), 0))
        journal.engine.dispose()
        return late
    finally:
        del os.environ[store.ADDRESS]


ONE = """
import sys, time, uuid
from pathlib import Path
from journal.event import read
from journal.store import entry_of
from journal.writer import writer

where = {"ref": "0" * 16, "year": "2565", "household_id": "H1", "village": "34210601", "head": ""}
note = {"id": str(uuid.uuid4()), "kind": "note", "about": {"household": "0" * 16}, "body": {"note": "x"}}
writer(Path(sys.argv[1])).take([entry_of(read(note), where, "b", "field@example.go.th", "field", ("342106",))])
print(time.time(), flush=True)
"""

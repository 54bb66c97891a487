"""Group commit: one thread of a process writes what all others hand it, so that forty who wait share two flushes of the disk."""

import hashlib
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from audit import log
from journal.place import Entry
from journal.store import Store, Verdict, store

MOST = 500  # entries of one transaction; more are the next one's

Batch = tuple[list[Entry], "Future[list[Verdict]]"]


class Writer:
    """The writing thread of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._waiting: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="journal", daemon=True).start()

    def take(self, entries: Sequence[Entry]) -> list[Verdict]:
        """Verdicts of some entries of one person, which are on the disk, and in the log, when this returns.

        Raises what the store raised, or log.Unwritable where the log could not be written: whoever sends them again is told that
        they are known.
        """
        done: Future[list[Verdict]] = Future()
        self._waiting.put((list(entries), done))
        return done.result()

    def _run(self) -> None:
        while True:
            batches = [self._waiting.get()]
            while not self._waiting.empty() and sum(len(entries) for entries, _ in batches) < MOST:
                batches.append(self._waiting.get())
            try:
                verdicts = self.store.take([entries for entries, _ in batches])
                self._log(batches, verdicts)
            except BaseException as fault:
                for _, done in batches:
                    done.set_exception(fault)
                continue
            for (_, done), said in zip(batches, verdicts, strict=True):
                done.set_result(said)

    def _log(self, batches: list[Batch], verdicts: list[list[Verdict]]) -> None:
        """One line of the audit log for all that was kept together: an entry each would cost two more flushes."""
        kept = [
            (said, entry)
            for (entries, _), row in zip(batches, verdicts, strict=True)
            for entry, said in zip(entries, row, strict=True)
            if said.word == "kept"
        ]
        if not kept:
            return
        people = sorted({(entry["who"], entry["role"]) for _, entry in kept})
        who, role = people[0] if len(people) == 1 else ("journal", "")
        facts = {} if len(people) == 1 else {"people": [name for name, _ in people]}
        digest = digest_of([said.seal for said, _ in kept])
        log.write(
            self.store.folder,
            who,
            "recorded",
            role=role,
            first=kept[0][0].seq,
            last=kept[-1][0].seq,
            seals=digest,
            entries=len(kept),
            **facts,
        )


def digest_of(seals: list[str]) -> str:
    """What the log says of the seals of some entries, in their order."""
    return hashlib.sha256("".join(seals).encode()).hexdigest()


_writers: dict[int, Writer] = {}
_lock = threading.Lock()


def writer(folder: Path) -> Writer:
    """The writer of a data folder, one per process."""
    of = store(folder)
    with _lock:
        if id(of) not in _writers:
            _writers[id(of)] = Writer(of)
        return _writers[id(of)]

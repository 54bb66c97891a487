"""Why the numbers of a district changed: since some entries, and over a load with entries on both sides."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import register
from benchmarks.build import publish, whole_build
from benchmarks.journal import DISTRICT, VIEW, fill
from benchmarks.measure import Figure, against
from queries import DESK, ask
from queries.moments import Moment, now
from queries.why import forget, why

ENTRIES = 1_000
CHANGED = 100  # of so many households one answers another way in the second file


def figures() -> Iterator[Figure]:
    """Aims: two builds ≤ 4 × the same build; CPU seconds, since each is asked once and kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        files = register.make(Path(name), DISTRICT, people=True, within=("3421",))
        whole_build(folder, files)
        os.environ["BAAN_SUK_DATA"] = str(folder)
        try:
            yield from _measured(folder, files)
        finally:
            del os.environ["BAAN_SUK_DATA"]


def _measured(folder: Path, files: list[Path]) -> Iterator[Figure]:
    first = now()
    refs = list(ask("households", VIEW, DESK, limit=DISTRICT)["ref"])
    fill(folder, refs, ENTRIES)
    second = now()
    alone = _cpu(first, second)
    yield Figure(f"why, {DISTRICT:,} households, {ENTRIES:,} entries", round(alone, 2), "s")
    lines = files[0].read_text(encoding="utf-8").splitlines(keepends=True)
    files[0].write_text("".join(line for n, line in enumerate(lines) if n % CHANGED != 1), encoding="utf-8")
    publish(folder, files)
    moved = max(len(m.moved) for m in why(first, now(), VIEW, DESK))
    what = f"why, two builds, {moved:,} households moved, {ENTRIES:,} entries"
    yield against(what, _cpu(first, now()), "s", "the entries alone", alone, 4)


def _cpu(before: Moment, after: Moment) -> float:
    """CPU seconds of an answer that nobody has asked before."""
    forget()
    begin = time.process_time()
    why(before, after, VIEW, DESK)
    return time.process_time() - begin

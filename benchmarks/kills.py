"""Loads killed at random moments (kill -9), readers reading all the while: nobody may ever see anything but one whole build."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure
from etl.store import Store
from queries import DESK, Filters, ask

ROOT = Path(__file__).parent.parent
KILLS = 200
LONGEST = 1.3  # of the time that a whole load takes here: some kills come too late, as they should


def figures() -> Iterator[Figure]:
    """How many of 200 loads died at work, and what readers saw; aims: no bad read, nothing left behind after the next load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["BAAN_SUK_DATA"] = str(folder / "data")
        try:
            yield from _killed(folder)
        finally:
            del os.environ["BAAN_SUK_DATA"]


def _killed(folder: Path) -> Iterator[Figure]:
    chance = random.Random(2565)
    begin = time.perf_counter()
    _load(folder, 1).wait()
    whole = time.perf_counter() - begin
    reads, bad, over = [0], [""], threading.Event()
    reader = threading.Thread(target=_read, args=(reads, bad, over))
    reader.start()
    died = 0
    for number in range(2, KILLS + 2):
        load = _load(folder, number)
        time.sleep(chance.uniform(0, LONGEST * whole))
        load.send_signal(signal.SIGKILL)
        died += load.wait() == -signal.SIGKILL
    over.set()
    reader.join()
    last = _load(folder, KILLS + 2).wait() == 0 and households_of_one_load() == KILLS + 2
    left = [p.name for p in (folder / "data").rglob("*") if p.name.endswith((".tmp", ".wal")) or p.name.startswith("work-")]
    yield Figure("loads killed at random moments", died, f"of {KILLS}", aim=f"≥ {KILLS // 2}", holds=died >= KILLS // 2)
    yield Figure("reads meanwhile", reads[0], "")
    yield Figure("bad reads", len(bad) - 1, "", aim="0", holds=len(bad) == 1)
    yield Figure("files left behind after the next load", len(left), "", aim="0", holds=last and not left)


def _load(folder: Path, households: int) -> subprocess.Popen:
    """A register of so many households, all of the year that goes with that number: a mixture would show."""
    rows = "".join(f"{2550 + households % 50},H{n},34210601,ใน TPMAP\n" for n in range(households))
    (folder / "ทะเบียน.csv").write_text(f"ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา\n{rows}", encoding="utf-8")
    command = [sys.executable, "-m", "etl", "load", str(folder / "ทะเบียน.csv"), "--data", str(folder / "data")]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _read(reads: list[int], bad: list[str], over: threading.Event) -> None:
    while not over.is_set():
        try:
            households_of_one_load()
        except Exception as fault:  # whatever a reader gets but a whole build
            bad.append(repr(fault))
        reads[0] += 1
        time.sleep(0.01)


def households_of_one_load() -> int:
    """How many households a reader sees; raises ValueError where they are not of one load."""
    (row,) = ask("summary", Filters(), DESK, by="year").to_dict("records")
    if int(row["code"]) != 2550 + row["households"] % 50 or Store(Path(os.environ["BAAN_SUK_DATA"])).current() is None:
        raise ValueError(row)
    return int(row["households"])

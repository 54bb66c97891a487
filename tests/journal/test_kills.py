"""A server that is killed at any moment: what was acknowledged is there, once, and what was not can be sent again.

BAAN_SUK_KILLS=200 kills so often; the suite kills as often as it takes to hit each moment a few times, and a third as often where the
journal is on PostgreSQL: what is killed is our side, and a transaction that its database ends for us has fewer moments.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installation.paths import PROJECT
from journal import store, verify
from tests.postgres import BOTH

KILLS = int(os.environ.get("BAAN_SUK_KILLS", "12"))
SERVER = """
import sys, threading, uuid
from pathlib import Path
from journal.event import read
from journal.store import entry_of
from journal.writer import writer

where = {"ref": "0" * 16, "year": "2565", "household_id": "H1", "village": "34210601", "head": ""}
taking = writer(Path(sys.argv[1]))
lock = threading.Lock()

def tablet():
    while True:
        event = {"id": str(uuid.uuid4()), "kind": "note", "about": {"household": "0" * 16}, "body": {"note": "x"}}
        entry = entry_of(read(event), where, "b", "field@example.go.th", "field", ("342106",))
        with lock: print("sent", entry["id"], flush=True)
        (said,) = taking.take([entry])
        with lock: print(said.word, entry["id"], flush=True)

for _ in range(4):
    threading.Thread(target=tablet).start()
"""


@BOTH
@pytest.mark.skipif(os.name == "nt", reason="a process is killed by a signal")
def test_what_was_acknowledged_outlives_every_kill(tmp_path: Path, kept_in: str) -> None:
    folder, dice = tmp_path / "data", random.Random(1)
    kills = KILLS if kept_in == "sqlite" else max(KILLS // 3, 1)
    sent: set[str] = set()
    kept: set[str] = set()
    for _ in range(kills):
        for word, id_ in killed(folder, dice.uniform(0, 0.3)):
            (sent if word == "sent" else kept).add(id_)
    ids = [entry["id"] for entry in store.store(folder).after(0)]
    assert len(ids) == len(set(ids)) and len(kept) > kills
    assert kept <= set(ids) <= sent
    assert list(verify.faults(folder)) == []


def killed(folder: Path, after: float) -> list[list[str]]:
    """What a server said that was killed so many seconds after its first words."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", SERVER, str(folder)], stdout=subprocess.PIPE, env=environment, encoding="utf-8"
    ) as server:
        assert server.stdout
        first = server.stdout.readline()
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGKILL)
        lines = [first, *server.stdout.readlines()]
    return [line.split() for line in lines if line.endswith("\n")]

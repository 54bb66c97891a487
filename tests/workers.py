"""`manage.py serve --workers 2` as an office runs it, with the Python that runs the tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.patience import patience

ROOT = Path(__file__).parent.parent
START = 60  # seconds until both must answer; a cold start takes about 6
OFFICE = "import sys, manage; manage.PYTHON, manage.set_up = sys.executable, lambda _: None; sys.exit(manage.begin())"


@dataclass(frozen=True)
class Workers:
    """Running workers: the process that looks after them, their ports, and what is said on its console."""

    keeper: subprocess.Popen
    ports: tuple[int, int]
    log: Path

    def pid(self, port: int) -> int:
        """The process that listens on a port, among the children of the keeper."""
        children = Path(f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children").read_text().split()
        return next(
            int(pid) for pid in children if str(port).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        )

    def wait(self, port: int) -> None:
        """Until a worker answers."""
        end = time.monotonic() + patience(START)
        while True:
            with suppress(OSError, urllib.error.URLError):
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=patience(1)).close()
            if self.keeper.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no worker at {port}:\n{self.log.read_text('utf-8', 'replace')}")
            time.sleep(0.1)


@contextmanager
def serving_two(data: Path, elsewhere: Path, **settings: str) -> Iterator[Workers]:
    """Two workers over `data`."""
    first = two_ports()
    command = [sys.executable, "-c", OFFICE, "serve", "--workers", "2", "--port", str(first), "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **settings}
    with open(elsewhere / "log", "wb") as log:
        keeper = subprocess.Popen(command, cwd=elsewhere, env=environment, stdout=log, stderr=log)
    made = Workers(keeper, (first, first + 1), elsewhere / "log")
    try:
        for port in made.ports:
            made.wait(port)
        yield made
    finally:
        keeper.terminate()
        keeper.wait(patience(20))


def two_ports() -> int:
    """A free port with a free one behind it."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as one:
            port = one.getsockname()[1]
            with suppress(OSError, OverflowError), socket.create_server(("127.0.0.1", port + 1)):
                return port

"""What is measured of everybody alike: a server with its process tree, and tabs of readers that change a filter."""

import contextlib
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.peers.views import Rows
from queries import Filters

CONNECTIONS = 6  # at once, as a browser has to one host
PATIENCE = 180  # seconds: who is slow is measured, not failed


class Tab(Protocol):
    """One reader's screen."""

    async def begin(self, view: Filters) -> None:
        """What a screen needs before a filter of it can be changed."""

    async def change(self, view: Filters) -> int:
        """Ask for another view; returns the bytes that came when the last figure of it is there."""

    def shown(self) -> dict[str, Rows]:
        """The figures of the view asked last, question by question; those that the peer shows."""


@dataclass(frozen=True)
class Peer:
    """A running server: its name in the table, its process, and how a reader opens a tab."""

    name: str
    process: int
    opened: Callable[[], AbstractAsyncContextManager[Tab]]


def cpu(process: int) -> float:
    """CPU seconds so far of a process and of all that it started and that still run, to the hundredth (Linux)."""
    seconds, tree = 0.0, [process]
    for one in tree:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            times = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            seconds += (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
            for task in Path(f"/proc/{one}/task").iterdir():
                tree += map(int, (task / "children").read_text().split())
    return seconds

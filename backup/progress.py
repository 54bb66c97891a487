"""Progress on standard error: a line for each step, and on a terminal the percent of the one that runs."""

import sys
import time

EVERY = 0.2  # seconds


class Progress:
    """What a verb is doing, for whoever waits."""

    def __init__(self) -> None:
        self._step, self._total, self._done, self._next = "", 0, 0, 0.0

    def step(self, thai: str, english: str, total: int = 0) -> None:
        """A step begins; `total` bytes are to be told of by `advance`."""
        self._step, self._total, self._done = f"{thai} · {english}", total, 0
        print(f"\r\033[K{self._step}" if sys.stderr.isatty() else self._step, file=sys.stderr, flush=True)

    def advance(self, count: int) -> None:
        """So many bytes more are done."""
        self._done += count
        if self._total and sys.stderr.isatty() and time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            percent = min(100, self._done * 100 // self._total)
            print(
                f"\r\033[K  {percent} %  {self._done >> 20:,} / {self._total >> 20:,} MB", end="\r", file=sys.stderr, flush=True
            )

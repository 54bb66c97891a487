"""How long a test hopes: every limit is set for a quiet office machine and grows by as much as this one is slower just now.

A limit says when to give up, so it may be long; a wait is always for a condition.
"""

import time
from functools import cache

ADDITIONS = 10**6
USUAL = 0.05  # seconds of a quiet office machine for so many; two cores that are kept busy take some 0.2
LEAST = 2.0  # a machine that is quick now may be busy later


def patience(seconds: float) -> float:
    """So many seconds of the usual machine, on this one."""
    return seconds * slowness()


@cache
def slowness() -> float:
    """How many times slower than usual a fixed loop ran, measured once in each process that waits; never below two."""
    begin, x = time.perf_counter(), 0
    for i in range(ADDITIONS):
        x += i
    return max(LEAST, (time.perf_counter() - begin) / USUAL)

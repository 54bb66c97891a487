"""A work in a process of its own: its seconds without the interpreter's start, and the most memory that it held.

As a program: python -m benchmarks.apart WORK FOLDER FILE… prints the seconds.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import in_pandas
from benchmarks.build import bare_cells, bare_read, read_sheets, whole_build

WORKS: dict[str, Callable[[Path, list[Path]], object]] = {
    "build": whole_build,
    "read": lambda _, files: bare_read(files),
    "sheets": read_sheets,
    "cells": lambda _, files: bare_cells(files),
    "pandas": lambda _, files: in_pandas.work(files[0]),
}


class Cost(NamedTuple):
    """Seconds, and the most resident memory in MB (of the process or of a child of it)."""

    seconds: float
    megabytes: float


def cost(work: str, folder: Path, files: list[Path]) -> Cost:
    """One run of a work of WORKS; raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "benchmarks.apart", work, str(folder), *map(str, files)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=Path(__file__).parent.parent)
    output = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(float(output.split()[-1]), used.ru_maxrss / 1024)


def costs(works: dict[str, tuple[str, list[Path]]], folder: Path, rounds: int) -> dict[str, Cost]:
    """Medians of works that take turns: name -> (work, files); one uncounted round first where there are several."""
    samples: dict[str, list[Cost]] = {name: [] for name in works}
    for turn in range(rounds + (rounds > 1)):
        for name, (work, files) in works.items():
            taken = cost(work, folder / "data", files)
            if turn or rounds == 1:
                samples[name].append(taken)
    return {name: Cost(median(c.seconds for c in taken), max(c.megabytes for c in taken)) for name, taken in samples.items()}


if __name__ == "__main__":
    work, place, *given = sys.argv[1:]
    begin = time.perf_counter()
    WORKS[work](Path(place), [Path(file) for file in given])
    print(time.perf_counter() - begin)

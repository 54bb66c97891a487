"""One contender in a process of its own: its pairs, CPU seconds, seconds and most memory.

As a program: python -m benchmarks.linkage.apart CONTENDER BUILD prints them as JSON.
"""

import json
import logging
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from benchmarks.linkage.contenders import CONTENDERS, Scored
from etl import stages
from etl.engine import set_key
from etl.typing import titles

ROOT = Path(__file__).parent.parent.parent


class Run(NamedTuple):
    """Scored pairs; CPU seconds of all threads and seconds without imports; resident memory in MB at its most, imports and all."""

    pairs: Scored
    cpu: float
    seconds: float
    megabytes: float


def run(contender: str, build: Path) -> Run:
    """Run a contender over a build; raises CalledProcessError with what it wrote when it fails."""
    command = [sys.executable, "-m", "benchmarks.linkage.apart", contender, str(build)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def work(contender: str, build: Path) -> Run:
    """The contender in this process, on a copy of the build without its own answer."""
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
        copy = Path(name) / "copy.duckdb"
        shutil.copyfile(build, copy)
        connection.execute("set enable_progress_bar = false")
        set_key(connection, bytes(32))
        for name in stages.MACROS:
            connection.execute(stages.SCRIPTS[name].read_text(encoding="utf-8"))
        titles.make(connection)
        connection.execute(f"attach '{copy}' as out; drop table out.duplicate")
        begin, cpu = time.perf_counter(), time.process_time()
        pairs = CONTENDERS[contender](connection)
        return Run(pairs, time.process_time() - cpu, time.perf_counter() - begin, most_memory())


def most_memory() -> float:
    """MB; from Linux's own count where there is one, which begins anew with each program."""
    status = Path("/proc/self/status")
    if status.exists() and (peak := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
        return int(peak[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print("\n" + json.dumps(work(sys.argv[1], Path(sys.argv[2]))._asdict()))

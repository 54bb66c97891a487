"""What a tap costs: each page's rerun against an empty Streamlit page, 40 tablets at once, bytes, memory."""

import asyncio
import contextlib
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Figure, against, below
from benchmarks.session import Session, Visitor
from tests.browser.app import free_port

ROOT = Path(__file__).parent.parent
SESSIONS, TAPS, THINK = 40, 12, 2.0  # tablets, taps of each, mean seconds between two taps of one
TAMBONS = [f"34210{n}" for n in range(1, 7)]
ADDRESSES = [
    f"year=2565&district=3421&certification=certified{place}{lack}"
    for place in ("", *(f"&tambon={code}" for code in TAMBONS))
    for lack in ("", "&dimension=health", "&dimension=living", "&dimension=income")
]
EMPTY = 'import streamlit as st\n\nst.write("")\n'
SERVED_AS_OURS = (
    'import streamlit as st\n\nfrom ui.streamlit_internals import disable_nagle\n\ndisable_nagle()\napp = st.App("empty.py")\n'
)


def figures() -> Iterator[Figure]:
    """Server time and bytes of a tap per page (aims: 2 × the empty page, 60 kB), and 40 sessions (p95 aim 300 ms)."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        (folder / "served.py").write_text(SERVED_AS_OURS, encoding="utf-8")  # as it comes, Streamlit waits 40 ms for nothing
        subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", name], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        _, empty = stack.enter_context(serving(folder / "served.py", name))
        process, app = stack.enter_context(serving(ROOT / "dashboard.py", name))
        pages = [path.stem for path in sorted((ROOT / "pages").glob("*.py"))]
        base = statistics.median(ms for ms, _ in asyncio.run(taps(empty, "")))
        for page in pages:
            first, again = asyncio.run(taps(app, page)), asyncio.run(taps(app, page))
            yield against(f"a tap on {page}, asked before", median(again, 0), "ms", "an empty page", base, 2)
            yield against(f"a tap on {page}, asked first", median(first, 0), "ms", "an empty page", base, 2)
            yield below(f"bytes of a tap on {page}", median(again, 1) / 1000, "kB", 60)
        crowd, crowd_empty = (p95(asyncio.run(many(address, page))) for address, page in ((app, "overview"), (empty, "")))
        yield below(f"{SESSIONS} sessions tapping the overview, p95", crowd, "ms", 300)
        yield Figure(f"{SESSIONS} sessions tapping an empty page, p95", round(crowd_empty, 1), "ms")
        if peak := peak_memory(process.pid):
            yield Figure("peak memory of the server", round(peak), "MB")


@contextlib.contextmanager
def serving(
    script: Path, data: str, port: int | None = None, starter: Sequence[str] = ("streamlit", "run"), **more: str
) -> Iterator[tuple[subprocess.Popen, str]]:
    """A server of one script with the app's own settings, `more` in its environment; the process and its address."""
    port = port or free_port()
    settings = (
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        "--runner.postScriptGC",
        "false",
    )
    environment = {**os.environ, "BAAN_SUK_DATA": data, "PYTHONPATH": str(ROOT), **more}
    command = [sys.executable, "-m", *starter, str(script), *settings]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, cwd=script.parent, stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            time.sleep(0.1)
        yield process, address
    finally:
        process.terminate()
        process.wait(20)


async def taps(base: str, page: str) -> list[tuple[float, int]]:
    """One reader goes through all addresses, one after the other; the first run, which opens the page, is not counted."""
    async with Session(base, page) as session:
        await session.tap("year=2565")
        return [await session.tap(address) for address in ADDRESSES]


async def many(base: str, page: str, visitors: Sequence[Visitor] = ()) -> list[float]:
    """Milliseconds of every tap of all tablets, each thinking a random while in between; of `visitors` in turn."""
    chance = random.Random(2565)
    people = itertools.cycle(visitors or [Visitor()])

    async def one(seed: float, visitor: Visitor) -> list[float]:
        mine = random.Random(seed)
        async with Session(base, page, visitor) as session:
            await session.tap("year=2565")
            took = []
            for _ in range(TAPS):
                await asyncio.sleep(mine.expovariate(1 / THINK))
                took.append((await session.tap(mine.choice(ADDRESSES)))[0])
            return took

    return [ms for took in await asyncio.gather(*(one(chance.random(), next(people)) for _ in range(SESSIONS))) for ms in took]


def median(taken: list[tuple[float, int]], which: int) -> float:
    """The median of milliseconds (0) or bytes (1)."""
    return statistics.median(one[which] for one in taken)


def p95(values: list[float]) -> float:
    """95 of 100 are at most this."""
    return statistics.quantiles(values, n=20)[-1]


def peak_memory(pid: int) -> float | None:
    """Peak resident memory in MB where the system tells it (Linux)."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return None

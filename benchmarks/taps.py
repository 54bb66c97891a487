"""What a tap costs the server in CPU time, which is steady where clocks are not: per page, and of a crowd with one and two workers."""

import asyncio
import contextlib
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Figure, against, below
from benchmarks.server import ADDRESSES, EMPTY, ROOT, SERVED_AS_OURS, THINK, p95, serving
from benchmarks.session import PATIENCE, Session
from tests.browser.app import free_port

PARTS = ("script", "sending", "questions", "other")
BEFORE, FIRST = 3, 6  # times an empty page's CPU, median over pages: asked before, asked first
CROWDS = {(40, 1): 300.0, (40, 2): 300.0, (100, 1): None, (100, 2): 800.0}  # (sessions, workers) -> aim of p95 in ms
SECONDS = 30  # of each crowd
TURNS = 0.2  # of its taps change page
MEMORY = 1.2 * 1024  # MB of all workers with a hundred sessions
SETTLE = 0.3  # seconds after the last answer in which it is still being sent


@dataclass(frozen=True)
class Cpu:
    """CPU-seconds of servers: all of it, and its parts. `other` is the engine's own threads, and whatever else is none of the rest."""

    total: float
    parts: Mapping[str, float]

    def each(self, taps: int) -> "Cpu":
        """Milliseconds of one tap."""
        return Cpu(self.total / taps * 1000, {name: value / taps * 1000 for name, value in self.parts.items()})

    def says(self) -> str:
        """The parts in one line."""
        return ", ".join(f"{name} {value:.1f}" for name, value in self.parts.items())


@dataclass(frozen=True)
class Told:
    """What a crowd was told: milliseconds of every tap, how many were answered in time, CPU-milliseconds of one, and MB of all workers."""

    took: list[float]
    served: int
    cpu: Cpu
    memory: float | None


@dataclass
class Server:
    """A running server with its meter (benchmarks/metered.py)."""

    pid: int
    address: str
    meter: socket.socket
    begun: dict[str, float] = field(default_factory=dict)

    def asked(self, words: str = "") -> dict[str, float]:
        """Its counters now."""
        self.meter.sendall(words.encode() + b"\n")
        return json.loads(self.meter.makefile().readline())

    def begin(self, words: str = "") -> None:
        """Count from here."""
        self.begun = self.asked(words)

    def spent(self) -> Cpu:
        """CPU-seconds since `begin`."""
        now = self.asked()
        part = {name: now[name] - self.begun[name] for name in now}
        script = part["threads"] - part["enqueue"] - part["questions"]
        other = part["total"] - part["threads"] - part["loop"]
        split = (script, part["enqueue"] + part["loop"], part["questions"], other)
        return Cpu(part["total"], dict(zip(PARTS, split, strict=True)))


def figures() -> Iterator[Figure]:
    """CPU of a tap per page against an empty page in turns; then 40 and 100 sessions with 1 and 2 workers: taps, p95, CPU, memory."""
    if not hasattr(time, "pthread_getcpuclockid"):
        print("taps: this system does not tell the CPU time of a thread; Linux does", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", name], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        yield from of_pages(Path(name))
        for (sessions, workers), aim in CROWDS.items():
            yield from of_crowd(name, sessions, workers, aim)


def of_pages(folder: Path) -> Iterator[Figure]:
    """Each page asked first and asked before, an empty page before and after each of them."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    (folder / "served.py").write_text(SERVED_AS_OURS, encoding="utf-8")
    costs: dict[str, list[tuple[Cpu, float]]] = {"before": [], "first": []}
    with metering(folder / "served.py", str(folder)) as empty, metering(ROOT / "dashboard.py", str(folder)) as app:
        cost(empty, "")  # the first taps of a process are dearer
        for page in pages():
            bare = [cost(empty, "").total]
            told = {order: cost(app, page, words) for order, words in (("first", "forget"), ("before", ""))}
            bare.append(cost(empty, "").total)
            base = statistics.mean(bare)
            for order, spent in told.items():
                costs[order].append((spent, base))
                text = f"an empty page: {base:.2f} ms; {spent.says()}"
                yield Figure(
                    f"CPU of a tap on {page}, asked {order}", round(spent.total, 1), "ms", text, round(spent.total / base, 2)
                )
    for order, most in (("before", BEFORE), ("first", FIRST)):
        yield from median_of(order, costs[order], most)


def median_of(order: str, costs: Sequence[tuple[Cpu, float]], most: float) -> Iterator[Figure]:
    """The median over pages, with its aim, and the median of each part."""
    name = f"CPU of a tap asked {order}, median over pages"
    base = statistics.median(empty for _, empty in costs)
    yield against(name, statistics.median(spent.total for spent, _ in costs), "ms", "an empty page", base, most)
    for part in PARTS:
        yield Figure(f"- {part}", round(statistics.median(spent.parts[part] for spent, _ in costs), 1), "ms")


def of_crowd(data: str, sessions: int, workers: int, aim: float | None) -> Iterator[Figure]:
    """So many sessions with so many workers, all of them new: no answer is kept from an earlier crowd."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(metering(ROOT / "dashboard.py", data)) for _ in range(workers)]
        told = asyncio.run(crowd(servers, sessions))
    name = f"{sessions} sessions, {workers} worker{'s' * (workers > 1)}"
    yield Figure(f"{name}: taps served in {SECONDS} s", told.served, "")
    late = p95(told.took)
    yield below(f"{name}: p95", late, "ms", aim) if aim else Figure(f"{name}: p95", round(late, 2), "ms")
    yield Figure(f"{name}: CPU per tap", round(told.cpu.total, 1), "ms")
    yield from (Figure(f"- {part}", round(value, 1), "ms") for part, value in told.cpu.parts.items())
    if told.memory and sessions == max(sessions for sessions, _ in CROWDS):
        yield below(f"{name}: memory", told.memory, "MB", MEMORY)


def pages() -> list[str]:
    """Every page."""
    return [path.stem for path in sorted((ROOT / "pages").glob("*.py"))]


@contextlib.contextmanager
def metering(script: Path, data: str) -> Iterator[Server]:
    """A server of one script, with its meter."""
    port = free_port()
    with contextlib.ExitStack() as stack:
        starter = ("benchmarks.metered",)
        process, address = stack.enter_context(serving(script, data, starter=starter, BAAN_SUK_METER=str(port)))
        meter = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        yield Server(process.pid, address, meter)


def cost(server: Server, page: str, words: str = "") -> Cpu:
    """CPU-milliseconds of one tap of a reader who goes through all addresses; opening the page is not counted."""

    async def reader() -> Cpu:
        async with Session(server.address, page) as tab:
            await tab.tap("year=2565")
            await asyncio.sleep(SETTLE)
            server.begin(words)
            for address in ADDRESSES:
                await tab.tap(address)
            await asyncio.sleep(SETTLE)
            return server.spent().each(len(ADDRESSES))

    return asyncio.run(reader())


async def crowd(servers: Sequence[Server], sessions: int) -> Told:
    """So many readers tap for SECONDS, dealt out among the servers in turn; memory is that with all of them there."""
    chance, names = random.Random(2565), pages()
    async with contextlib.AsyncExitStack() as stack:
        tabs = [Session(servers[n % len(servers)].address, names[n % len(names)]) for n in range(sessions)]
        for tab in tabs:
            await stack.enter_async_context(tab)
            await tab.tap("year=2565")
        await asyncio.sleep(SETTLE)
        for server in servers:
            server.begin()
        end = time.monotonic() + SECONDS
        took = await asyncio.gather(*(tapping(tab, random.Random(chance.random()), end) for tab in tabs))
        await asyncio.sleep(SETTLE)
        spent = [server.spent() for server in servers]
        memory = [megabytes(server.pid) for server in servers]
    every = [tap for mine in took for tap in mine]
    cpu = Cpu(sum(each.total for each in spent), {name: sum(each.parts[name] for each in spent) for name in PARTS})
    held = None if None in memory else sum(each or 0 for each in memory)
    return Told([ms for ms, _ in every], sum(in_time for _, in_time in every), cpu.each(len(every)), held)


async def tapping(tab: Session, chance: random.Random, end: float) -> list[tuple[float, bool]]:
    """One reader's taps until `end`, thinking in between, now and then on another page: milliseconds, and whether it was in time.

    Who waits for PATIENCE goes away: that tap took so long, and nothing follows.
    """
    took: list[tuple[float, bool]] = []
    while (begin := time.monotonic() + chance.expovariate(1 / THINK)) < end:
        await asyncio.sleep(begin - time.monotonic())
        if chance.random() < TURNS:
            tab.turn(chance.choice(pages()))
        try:
            ms, _ = await tab.tap(chance.choice(ADDRESSES))
        except TimeoutError:
            return [*took, (PATIENCE * 1000, False)]
        took.append((ms, time.monotonic() < end))
    return took


def megabytes(pid: int) -> float | None:
    """What a process holds, shared memory divided among those who share it (PSS); none where the system does not tell (Linux does)."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return None

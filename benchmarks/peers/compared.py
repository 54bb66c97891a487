"""The overview of a district and of a province, ours beside its peers: CPU per filter change, forty readers, bytes; equal figures."""

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, against
from benchmarks.peers import in_streamlit, views
from benchmarks.peers.environments import NotInstalled
from benchmarks.peers.in_datasette import datasette
from benchmarks.peers.in_superset import superset
from benchmarks.peers.over_http import READERS
from benchmarks.peers.peer import Peer, cpu
from benchmarks.peers.views import Rows
from benchmarks.server import ROOT, THINK, p95
from queries import Filters
from tests.registers.outcome import data_folder

SECONDS = 20  # that forty readers go on changing filters
COMPARED = 8  # views whose figures are held against ours


class Differing(Exception):
    """A peer's figures are not ours: then its speed is that of another question."""


def figures() -> Iterator[Figure]:
    """Ours against each peer, aim: no more than theirs. Raises Differing where a peer shows other numbers."""
    for scale, build, asked in (("district", sample, views.district), ("province", whole_province, views.province)):
        with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
            folder = Path(name)
            os.chmod(name, 0o700)
            build(folder)
            with data_folder(folder / "data"):
                every = asked()
                expected = {view: views.answered(view) for view in every[:COMPARED]}
            peers = [stack.enter_context(in_streamlit.ours(folder / "data")), *others(folder, stack)]
            for peer in peers[1:]:
                asyncio.run(hold_equal(peer, expected))
            yield from against_each(scale, measured(peers, every))


def sample(folder: Path) -> None:
    """The sample registers: four districts, 113 households of the year."""
    command = [sys.executable, "-m", "etl", "ensure", "--data", str(folder / "data")]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)


def whole_province(folder: Path) -> None:
    """375,000 generated households."""
    whole_build(folder / "data", register.make(folder))


def others(folder: Path, stack: contextlib.ExitStack) -> Iterator[Peer]:
    """The peers that can be had here; whoever is missing is said."""
    pointer = folder / "data" / "warehouse" / "CURRENT"
    build = pointer.with_name(f"{pointer.read_text(encoding='ascii').strip()}.duckdb")
    yield stack.enter_context(in_streamlit.plain(folder / "data"))
    for serve in (datasette, superset):
        own = folder / serve.__name__
        own.mkdir()
        try:
            yield stack.enter_context(serve(build, own))
        except NotInstalled as fault:
            print(f"{serve.__name__} is not measured, it cannot be installed here: {fault}", file=sys.stderr)


async def hold_equal(peer: Peer, expected: dict[Filters, dict[str, Rows]]) -> None:
    """Raise Differing unless the peer shows our figures in every view."""
    async with peer.opened() as tab:
        for view, ours in expected.items():
            await tab.change(view)
            shown = tab.shown()
            if not {"road", "dimensions"} <= set(shown):
                raise Differing(f"{peer.name} shows neither road nor dimensions")
            for question, rows in shown.items():
                if faults := differences(ours[question], rows):
                    raise Differing(f"{peer.name}, {question} of {view.address()}: {'; '.join(faults)}")


def differences(ours: Rows, theirs: Rows) -> list[str]:
    """What is not equal, in the columns that both have."""
    if len(ours) != len(theirs):
        return [f"{len(theirs)} rows for {len(ours)}"]
    return [
        f"{column}: {their[column]} for {our[column]}"
        for our, their in zip(ours, theirs, strict=True)
        for column in our.keys() & their.keys()
        if plain(our[column]) != plain(their[column])
    ]


def plain(cell: Any) -> str | int | None:
    """A value without its type: no number is nothing, a truth is 0 or 1."""
    if cell is None or (isinstance(cell, float) and isnan(cell)):
        return None
    return str(cell) if isinstance(cell, str) else int(cell)


def measured(peers: list[Peer], every: list[Filters]) -> dict[str, dict[str, float]]:
    """What is measured -> peer -> value; the servers take turns at each step.

    One reader goes through some views twice; forty go on among them, then among the many that nobody has asked.
    """
    alone, crowd = every[COMPARED : COMPARED + views.ALONE], every[COMPARED + views.ALONE :]
    taken: dict[str, dict[str, float]] = {}
    for order in ("first", "before"):
        for peer in peers:
            milliseconds, kilobytes = asyncio.run(one_by_one(peer, every[:2], alone))
            taken.setdefault(f"CPU of the server a filter change, asked {order}, ms", {})[peer.name] = milliseconds
            taken.setdefault(f"bytes of a filter change, asked {order}, kB", {})[peer.name] = kilobytes
    for order, among in (("before", alone), ("first", crowd)):
        for peer in peers:
            taken.setdefault(f"{READERS} readers, asked {order}, p95, ms", {})[peer.name] = p95(
                asyncio.run(together(peer, every[0], among))
            )
    return taken


def against_each(scale: str, taken: dict[str, dict[str, float]]) -> Iterator[Figure]:
    """Ours beside each peer's."""
    for what, by_peer in taken.items():
        (_, mine), *rest = by_peer.items()
        name, unit = what.rsplit(", ", 1)
        for peer, theirs in rest:
            yield against(f"{scale}: {name}", mine, unit, peer, theirs, 1)


async def one_by_one(peer: Peer, warming: Sequence[Filters], asked: Sequence[Filters]) -> tuple[float, float]:
    """Milliseconds of CPU and kilobytes of a filter change of one reader."""
    async with peer.opened() as tab:
        for view in warming:
            await tab.change(view)
        before = cpu(peer.process)
        sizes = [await tab.change(view) for view in asked]
        return (cpu(peer.process) - before) * 1000 / len(asked), median(sizes) / 1000


async def together(peer: Peer, opening: Filters, crowd: Sequence[Filters]) -> list[float]:
    """Milliseconds of every filter change of forty readers that was begun within SECONDS of the last tab's opening."""
    chance = random.Random(2565)
    opened, go, door = asyncio.Semaphore(0), asyncio.get_running_loop().create_future(), asyncio.Lock()

    async def one(mine: random.Random) -> list[float]:
        async with peer.opened() as tab:
            async with door:  # one after the other, so that nobody waits for forty openings
                await tab.begin(opening)
            opened.release()
            end, took = await go, list[float]()
            while True:
                await asyncio.sleep(mine.expovariate(1 / THINK))
                begin = time.perf_counter()
                if begin > end:
                    return took
                await tab.change(mine.choice(crowd))
                took.append((time.perf_counter() - begin) * 1000)

    readers = [asyncio.create_task(one(random.Random(chance.random()))) for _ in range(READERS)]
    for _ in readers:
        await opened.acquire()
    go.set_result(time.perf_counter() + SECONDS)
    return [ms for took in await asyncio.gather(*readers) for ms in took]

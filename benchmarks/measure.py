"""One measured figure beside its baseline, and medians of works that take turns, so that a drifting machine drifts for both."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Figure:
    """A value with its unit; `ratio` is value ÷ baseline, `aim` the bound it must stay under ("≤ 3 ×", "≤ 100 ms")."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None
    aim: str = ""
    holds: bool | None = None

    def row(self) -> dict[str, object]:
        """The figure as `bench --json` writes it."""
        return asdict(self)


def against(name: str, value: float, unit: str, baseline: str, base: float, most: float) -> Figure:
    """A figure that may be at most `most` times its baseline."""
    ratio = value / base
    return Figure(
        name, round(value, 2), unit, f"{baseline}: {base:.2f} {unit}", round(ratio, 2), f"≤ {most:g} ×", ratio <= most
    )


def below(name: str, value: float, unit: str, most: float) -> Figure:
    """A figure with a bound of its own."""
    return Figure(name, round(value, 2), unit, aim=f"≤ {most:g} {unit}", holds=value <= most)


def in_turns(
    works: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median seconds of each work, by a clock of the wall or of the CPU; they take turns, one uncounted round first."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            begin = clock()
            work()
            if turn:
                seconds[name].append(clock() - begin)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def costs_in_turns(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds of each work by the clock and of this process's CPU; where others use the machine the second says more."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            begin, before = time.perf_counter(), time.process_time()
            work()
            if turn:
                taken[name].append((time.perf_counter() - begin, time.process_time() - before))
    return {
        name: (statistics.median(w for w, _ in both), statistics.median(c for _, c in both)) for name, both in taken.items()
    }


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else None
    packages = {name: version(name) for name in ("duckdb", "pandas", "streamlit")}
    return {"cores": os.cpu_count(), "memory_gib": memory and round(memory, 1), "python": platform.python_version(), **packages}

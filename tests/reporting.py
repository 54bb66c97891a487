"""What a run says at its end, and `--quick`: as much as a minute holds, what was changed first.

A plugin of pytest (tests/conftest.py names it), the same in the process that is asked and in those that work for it.
"""

import gc
import subprocess
import time
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "tests" / "browser"
QUICK = 75  # seconds until no test is begun any more; with the start and the last test the verb answers within 90
SLOW = 3.0  # seconds of a test that comes after all others, as far as an earlier run has measured it
MEASURED = "baansuk/seconds"  # of the tests that took half a second or more
AS_IF = {"pages": "ui"}  # room -> the room whose tests open it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="no browser, changed rooms first, and an end after some 80 seconds")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Run(config), "baansuk-run")


class Run:
    """One run as one process sees it: its plan (the same in all), and the tests that were left when time was over."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.quick = config.getoption("--quick")
        given = getattr(config, "workerinput", {}).get("plan")  # only in a process that works for another
        self.plan: dict[str, Any] = given or {"end": time.time() + QUICK, "changed": changed(), "seconds": self.measured()}
        self.left: Counter[str] = Counter()
        self.took: Counter[str] = Counter()

    def measured(self) -> dict[str, float]:
        cache = getattr(self.config, "cache", None)
        return cache.get(MEASURED, {}) if cache else {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["plan"] = self.plan

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        return True if self.quick and collection_path == BROWSER else None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.quick:
            items.sort(key=lambda item: (self.takes(item) >= SLOW, rank(item.nodeid.split("::")[0], self.plan["changed"])))

    def pytest_collection_finish(self) -> None:
        gc.collect()
        gc.freeze()  # thousands of tests stay to the end, and the collector of garbage looked through all of them again and again

    def takes(self, item: pytest.Item) -> float:
        """Seconds when it was last measured."""
        return self.plan["seconds"].get(item.nodeid, 0.0)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        # after one is left none is begun: what pytest kept for it would still stand in the way of another's
        if self.quick and (self.left or time.time() + self.takes(item) > self.plan["end"]):
            self.left[item.nodeid.split("::")[0]] += 1
            return True
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[report.nodeid.split("@")[0]] += report.duration

    def pytest_unconfigure(self) -> None:
        gc.unfreeze()  # else libraries say at the end that they were not cleaned up

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["left"] = dict(self.left)
        elif cache := getattr(self.config, "cache", None):
            known = self.measured() | {name: round(seconds, 1) for name, seconds in self.took.items()}
            cache.set(MEASURED, {name: seconds for name, seconds in known.items() if seconds >= 0.5})

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.left.update(getattr(node, "workeroutput", {}).get("left", {}))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        skipped(terminalreporter)
        if self.left:
            say = f"left when the time was over: {self.left.total()} tests in {len(self.left)} files"
            terminalreporter.section(say)
            for file, count in sorted(self.left.items()):
                terminalreporter.write_line(f"{count:5} {file}")


def skipped(reporter: pytest.TerminalReporter) -> None:
    """How many tests were skipped, each by its name, under the reason."""
    reasons: dict[str, list[str]] = {}
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons.setdefault(reason.removeprefix("Skipped: "), []).append(report.nodeid)
    if reasons:
        reporter.section(f"skipped: {sum(map(len, reasons.values()))}")
    for reason, names in reasons.items():
        reporter.write_line(f"{len(names)} because: {reason}")
        for name in names:
            reporter.write_line(f"    {name}")


def changed() -> list[str]:
    """The files that differ from the last commit or are new, and those of the last commit; none where there is no git."""
    asked = (
        ["diff", "--name-only", "HEAD"],
        ["diff", "--name-only", "HEAD~1", "HEAD"],
        ["ls-files", "--others", "--exclude-standard"],
    )
    try:
        told = [subprocess.run(["git", *a], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=20).stdout for a in asked]
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted({line for text in told for line in text.splitlines()})


def rank(test_file: str, changed: list[str]) -> int:
    """0 for a test file that was changed itself, 1 for one of a changed room, 2 for any other."""
    if test_file in changed:
        return 0
    return 1 if room(test_file) in {room(path) for path in changed} else 2


def room(path: str) -> str:
    """The room that a file or a test belongs to; a file of no room is one by itself: manage.py and tests/test_manage.py."""
    parts = PurePosixPath(path).parts
    parts = parts[1:] if parts[0] == "tests" else parts
    first = parts[0] if len(parts) > 1 else PurePosixPath(path).stem.removeprefix("test_")
    return AS_IF.get(first, first)

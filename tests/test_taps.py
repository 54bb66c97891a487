"""The meter of `manage.py bench taps` finds what it hooks in the installed Streamlit and in the app, and its parts add up."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import taps
from benchmarks.server import ROOT
from tests.fresh_thread import awaited, in_a_thread

pytestmark = pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="this system has no clock of a thread")
LITTLE = 0.2  # ms of a tap


@pytest.fixture(scope="module")
def app(sample_folder: Path) -> Iterator[taps.Server]:
    with taps.metering(ROOT / "dashboard.py", str(sample_folder)) as server:
        yield server


def test_the_parts_of_a_tap_add_up_and_only_what_is_asked_first_costs_questions(
    app: taps.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taps, "ADDRESSES", taps.ADDRESSES[:4])
    first, before = in_a_thread(taps.cost, app, "overview", "forget"), in_a_thread(taps.cost, app, "overview")
    for cpu in (first, before):
        assert sum(cpu.parts.values()) == pytest.approx(cpu.total) and min(cpu.parts.values()) >= 0
        assert cpu.parts["script"] > 1 and cpu.parts["sending"] > 1
    assert first.parts["questions"] > 1 > LITTLE > before.parts["questions"]


def test_a_crowd_is_dealt_out_among_the_servers_and_counts_what_was_served(
    app: taps.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taps, "SECONDS", 1)
    monkeypatch.setattr(taps, "THINK", 0.1)
    told = awaited(taps.crowd([app], 3))
    assert len(told.took) >= told.served > 0 and min(told.took) > 0
    assert told.cpu.total > 1 and sum(told.cpu.parts.values()) == pytest.approx(told.cpu.total)
    assert told.memory is None or 20 < told.memory < 2_000

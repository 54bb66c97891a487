"""The builds that the tests keep: the oldest go where there are too many, never under somebody's hands."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests import build_cache


def test_the_oldest_go_but_for_one_that_another_worker_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_cache, "CACHE", tmp_path)
    monkeypatch.setattr(build_cache, "LARGEST", 10)
    for age, name in enumerate(("new", "held", "old")):
        for suffix in (".duckdb", ".headings"):
            (tmp_path / name).with_suffix(suffix).write_bytes(b"8 bytes.")
        os.utime(tmp_path / f"{name}.duckdb", (1_000 - age, 1_000 - age))
    with FileLock(tmp_path / "held.lock"):  # as `caching` holds it while it copies one
        build_cache.prune()
        assert {path.name for path in tmp_path.glob("*.duckdb")} == {"new.duckdb", "held.duckdb"}
    build_cache.prune()
    assert {path.name for path in tmp_path.glob("*.*") if path.suffix != ".lock"} == {"new.duckdb", "new.headings"}

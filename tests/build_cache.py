"""Builds of the tests, each made once: by the production code, kept under the identity that the production code gives it.

A build is a pure function of files, definitions, code and secret, and its id says so; under one fixed secret the same drawn rows have
one id, in every test, worker and run. A changed line of etl/ or a changed definition is another id, so nothing old is ever taken.
Tests that are about building itself (kills, progress, a full disk) build: `@pytest.mark.builds`.
"""

import contextlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock, Timeout

import etl.build
import etl.load
import installation.secret
from etl.store import Store
from etl.typing.ingest import Understood

CACHE = Path(__file__).parent.parent / ".builds_cache"
SECRET = "5ec2e7" * 10 + "5ec2"  # 32 bytes as hex
LARGEST = 4 << 30  # bytes kept from run to run; a small build has 1.4 MB

PRODUCTION = {"_write": etl.build._write, "probe": etl.load.probe, "secrets": installation.secret.secrets}


@contextlib.contextmanager
def caching() -> Iterator[None]:
    """One secret, no probe, and every build from the cache where it was made before."""

    def write(
        part: Path, inputs: etl.build.Inputs, name: str, store: Store, work: Path, tell: Callable, look: Callable
    ) -> list[Understood]:
        kept = CACHE / f"{name}.duckdb"
        with FileLock(CACHE / f"{name}.lock"):
            if kept.exists():
                os.utime(kept)
                shutil.copyfile(kept, part)
                _copied(kept.with_suffix(".shapes"), store.shapes)
            else:
                understood = PRODUCTION["_write"](part, inputs, name, store, work, tell, look)
                kept.with_suffix(".headings").write_bytes(pickle.dumps(understood))
                shutil.copyfile(part, kept.with_suffix(".tmp"))
                _copied(store.shapes, kept.with_suffix(".shapes"))
                os.replace(kept.with_suffix(".tmp"), kept)
            return pickle.loads(kept.with_suffix(".headings").read_bytes())

    CACHE.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(etl.build, "_write", write)
        patch.setattr(
            etl.load, "probe", lambda path: None
        )  # every question is asked of a build in tests/queries and test_atomic
        patch.setattr(installation.secret, "secrets", SimpleNamespace(token_hex=lambda _: SECRET))
        yield


def _copied(folder: Path, to: Path) -> None:
    """What a build leaves beside itself: the prepared tables of official outlines; what stands there stays, as in production."""
    for table in folder.glob("*"):
        if not (to / table.name).exists():
            to.mkdir(mode=0o700, exist_ok=True)
            shutil.copy2(table, to)


@contextlib.contextmanager
def building() -> Iterator[None]:
    """As in production, within `caching`."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((etl.build, "_write"), (etl.load, "probe"), (installation.secret, "secrets")):
            patch.setattr(module, name, PRODUCTION[name])
        yield


def prune() -> None:
    """Let the oldest go where the cache has grown. Another worker may be letting them go at the same time, or be copying one: what
    somebody holds stays, and so does every lock, which is one only as long as its file is the same for all."""
    found = []
    for path in CACHE.glob("*.duckdb"):
        with contextlib.suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path.stat().st_size, path))
    size = 0
    for _, bytes_, path in sorted(found, reverse=True):
        size += bytes_
        if size > LARGEST:
            with contextlib.suppress(Timeout), FileLock(path.with_suffix(".lock"), timeout=0):
                path.unlink(missing_ok=True)
                path.with_suffix(".headings").unlink(missing_ok=True)
                shutil.rmtree(path.with_suffix(".shapes"), ignore_errors=True)

"""The build that readers see: one locked read-only DuckDB connection per build, a cursor per question."""

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from installation.paths import data_folder
from queries.doors import Doors


class NoBuild(Exception):
    """There is no build yet, or its file cannot be opened."""


@dataclass(frozen=True)
class Build:
    """One build: its id, when it was made (UTC), and whether it holds the invented sample."""

    id: str
    made_at: datetime
    sample: bool


def open_build(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read one build file and nothing else of this machine."""
    if not path.exists():
        raise NoBuild(str(path))
    connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": ""})
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
    connection.execute("set enable_external_access = false")
    _doors[id(connection)] = Doors(connection)
    connection.execute("set lock_configuration = true")
    return connection


def doors_of(connection: duckdb.DuckDBPyConnection) -> Doors:
    """The doors of a connection that `open_build` made."""
    return _doors[id(connection)]


_doors: dict[int, Doors] = {}  # each holds its connection, so that no other can have its number
_lock = threading.Lock()
_open: dict[tuple[str, int, int], tuple[duckdb.DuckDBPyConnection, Build]] = {}


def current() -> tuple[duckdb.DuckDBPyConnection, Build]:
    """The connection and description of the build that CURRENT names; follows it when it moves.

    Asked some ten times a rerun: the pointer is a new file each time it moves, so looking at its time and number is enough.
    """
    pointer = data_folder() / "warehouse" / "CURRENT"
    try:
        file = os.stat(pointer)
        key = (str(pointer), file.st_mtime_ns, file.st_ino)
        if key not in _open:
            _follow(pointer, key)
        return _open[key]
    except FileNotFoundError as fault:
        raise NoBuild(str(pointer)) from fault


def _follow(pointer: Path, key: tuple[str, int, int]) -> None:
    with _lock:
        if key in _open:
            return
        connection = open_build(pointer.with_name(f"{pointer.read_text(encoding='ascii').strip()}.duckdb"))
        row = connection.execute("select build, made_at, sample from warehouse.build").fetchone()
        for old in list(_open)[:-1]:  # the one before stays for whoever has just looked; cursors at work keep theirs alive
            del _open[old]
        _open[key] = connection, Build(*row)


def build() -> Build:
    """The build that readers see now."""
    return current()[1]

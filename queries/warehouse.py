"""The build that readers see: one locked read-only connection per build, a cursor per question."""

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
MACROS = Path(__file__).parent / "macros.sql"


class NoBuild(Exception):
    """There is no build yet, or its file cannot be opened."""


@dataclass(frozen=True)
class Build:
    """One build: its id, when it was made (UTC), and whether it holds the invented sample."""

    id: str
    made_at: datetime
    sample: bool


def folder() -> Path:
    """The data folder of this process: BAAN_SUK_DATA, or `data` beside the rooms."""
    return Path(os.environ.get("BAAN_SUK_DATA") or ROOT / "data")


def open_build(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read one build file and nothing else of this machine."""
    if not path.exists():
        raise NoBuild(str(path))
    connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": ""})
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute(MACROS.read_text(encoding="utf-8"))
    connection.execute("set lock_configuration = true")
    return connection


_lock = threading.Lock()
_open: dict[Path, tuple[duckdb.DuckDBPyConnection, Build]] = {}


def current() -> tuple[duckdb.DuckDBPyConnection, Build]:
    """The connection and description of the build that CURRENT names; follows it when it moves."""
    where = folder() / "warehouse"
    try:
        path = where / f"{(where / 'CURRENT').read_text(encoding='ascii').strip()}.duckdb"
    except FileNotFoundError as fault:
        raise NoBuild(str(where)) from fault
    with _lock:
        if path not in _open:
            connection = open_build(path)
            row = connection.execute("select build, made_at, sample from warehouse.build").fetchone()
            _open.clear()  # cursors still at work keep the earlier build alive until they are done
            _open[path] = connection, Build(*row)
        return _open[path]


def build() -> Build:
    """The build that readers see now."""
    return current()[1]

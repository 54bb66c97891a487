"""The journal of a shared database (BAAN_SUK_JOURNAL) as a file of the same tables, and back: rows as they are, number and seal."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sql

from journal.place import ADDRESS
from journal.store import DIFFERING, ENTRY, FROZEN, PRUNED

ROWS = 1_000  # at once
# In this order: each of what differs is beside an entry that was there before it, and the last is what entries name.
TABLES = (DIFFERING, ENTRY, PRUNED, FROZEN)


def address() -> str:
    """Where the journal is shared, "" where it lies in the data folder."""
    return os.environ.get(ADDRESS, "")


@contextlib.contextmanager
def own_journal() -> Iterator[None]:
    """The journal of a data folder is its own file, whatever this process shares."""
    shared = os.environ.pop(ADDRESS, None)
    try:
        yield
    finally:
        if shared is not None:
            os.environ[ADDRESS] = shared


def export(path: Path) -> None:
    """Write all rows of the shared database into a new SQLite file; raises sqlalchemy.exc.DBAPIError."""
    with _engine(address()) as source, _engine(_file(path)) as target:
        _copy(source, target)


def fill(path: Path) -> None:
    """Put all rows of a SQLite file into the shared database, which holds none, or none of them where it fails."""
    with _engine(_file(path)) as source, _engine(address()) as target:
        _copy(source, target)


def is_empty() -> bool:
    """Whether the shared database holds no entry."""
    with _engine(address()) as engine:
        if not sql.inspect(engine).has_table(ENTRY.name):
            return True
        with engine.connect() as connection:
            return connection.execute(sql.select(ENTRY.c.seq).limit(1)).first() is None


def _copy(source: sql.Engine, target: sql.Engine) -> None:
    ENTRY.metadata.create_all(target)
    there = set(sql.inspect(source).get_table_names())
    with _one_moment(source) as reading, target.begin() as writing:
        for table in (one for one in TABLES if one.name in there):
            rows = reading.execution_options(yield_per=ROWS).execute(sql.select(table))
            for part in rows.mappings().partitions():
                writing.execute(sql.insert(table), [dict(row) for row in part])


def _one_moment(source: sql.Engine) -> sql.Connection:
    """A connection that sees one moment of all tables: an entry is pruned in two of them."""
    shared = source.dialect.name == "postgresql"
    return source.connect().execution_options(isolation_level="REPEATABLE READ") if shared else source.connect()


def _file(path: Path) -> str:
    return f"sqlite:///{path}"


@contextlib.contextmanager
def _engine(address: str) -> Iterator[sql.Engine]:
    engine = sql.create_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()

"""The build that readers see: one locked read-only DuckDB connection per build, a cursor per question."""

import contextlib
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from installation.paths import data_folder
from journal import place
from journal.claim import Attached, Claim, Household
from journal.place import Entry
from journal.project import Waiting
from queries import reach
from queries.doors import HOUSEHOLDS, PROGRAMMES, Doors, shape
from queries.questions import Question


class NoBuild(Exception):
    """There is no build yet, or its file cannot be opened."""


@dataclass(frozen=True)
class Build:
    """One build: its id, when it was made (UTC), and whether it holds the invented sample."""

    id: str
    made_at: datetime
    sample: bool


def opened(path: Path) -> Doors:
    """The doors of a connection that can read one build file and nothing else of this machine."""
    if not path.exists():
        raise NoBuild(str(path))
    connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": ""})
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
    connection.execute("set enable_external_access = false")
    doors = Doors(connection)
    connection.execute("set lock_configuration = true")
    return doors


def narrowed(connection: duckdb.DuckDBPyConnection, question: Question, filters: Mapping, reader: Mapping) -> str:
    """A question's text through narrow doors; through the widest of a build that two newer ones have followed in the meantime."""
    doors = _doors.get(id(connection))
    if not doors:
        return question.sql
    held = doors.projection.some * HOUSEHOLDS + doors.projection.programmes * PROGRAMMES
    return doors.sql(question, shape(filters, reader, held))


def schema_of(connection: duckdb.DuckDBPyConnection) -> str:
    """What decides which columns the answers of a build have and of which class, as a digest; "" of one that is shown no more."""
    doors = _doors.get(id(connection))
    return doors.schema if doors else ""


def recorded(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Which projection answers of this connection hold, and the number of its last entry, after it has taken in what was recorded
    meanwhile; zeros as long as nothing was. Raises Unreachable, or in a process that reads on holds what it held."""
    doors = _doors.get(id(connection))
    if doors is None or not place.exists(data_folder()):
        return 0, 0
    try:
        entries = reach.asked(lambda: _behind(doors.projection.position))
    except place.Unreachable:
        if not reach.reads_on():
            raise
    else:
        doors.projection.follow(entries)
    last = doors.projection.position
    return (doors.projection.number, last) if last else (0, 0)


def _behind(position: int) -> list[place.Entry]:
    """The entries of the journal behind a number."""
    from journal import store  # brings SQLAlchemy, which a command that finds no journal does not wait for
    from journal.retention import as_counted

    journal = store.store(data_folder())
    return as_counted(journal.after(position), journal.pruned()) if journal.position() > position else []


def open_anew() -> None:
    """Make every process over this data folder open its build again: what it holds of the journal is read anew."""
    with contextlib.suppress(FileNotFoundError):
        os.utime(data_folder() / "warehouse" / "CURRENT")


def located(refs: Iterable[str]) -> dict[str, Household]:
    """Address -> its household in the current build: for whoever records, past every area, told to nobody."""
    return _doors[id(current()[0])].projection.attachments.located(refs)


def attached(claims: Iterable[Claim]) -> dict[Claim, Attached]:
    """Where entries belong in the current build; what officers said is looked at where one goes nowhere by itself."""
    connection = current()[0]
    projection = _doors[id(connection)].projection
    found = projection.attachments.alone(claims)
    if any(claim.ref and not one.ref for claim, one in found.items()):
        recorded(connection)
        found = projection.where(found)
    return found


def attached_now() -> tuple[dict[Claim, Attached], set[str]]:
    """Where all entries belong in the current build, and the ids of those whose field its registers decide."""
    connection = current()[0]
    recorded(connection)
    projection = _doors[id(connection)].projection
    return projection.attached(), projection.overruled()


def foreseen(path: Path, entries: Sequence[Entry]) -> tuple[dict[Claim, Attached], set[str]]:
    """The same of a build that nobody sees yet."""
    doors = opened(path)
    try:
        return doors.projection.foresee(entries)
    finally:
        doors.connection.close()


def headed(claim: Claim) -> list[str]:
    """The addresses of the households of an entry's village and year whose head has the name of its head."""
    return [one.ref for one in _doors[id(current()[0])].projection.attachments.headed([claim])[claim]]


def are_one(ref: str, other: str) -> bool:
    """Whether somebody said that two households of the register are one."""
    connection = current()[0]
    recorded(connection)
    return _doors[id(connection)].projection.attachments.are_one(ref, other)


def waiting() -> list[Waiting]:
    """Entries that do not count yet, of all areas: for whoever bounds them."""
    connection = current()[0]
    recorded(connection)
    return _doors[id(connection)].projection.waiting()


def state() -> str:
    """What all answers rest on now: the build, and the last entry that is recorded. Whatever is made of answers is kept under it."""
    connection, build = current()
    return "@".join(map(str, (build.id, *recorded(connection))))


_doors: dict[int, Doors] = {}  # of the connections that are open; each holds its own, so that no other can have its number
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
        doors = opened(pointer.with_name(f"{pointer.read_text(encoding='ascii').strip()}.duckdb"))
        row = doors.connection.execute("select build, made_at, sample from warehouse.build").fetchone()
        for old in list(_open)[:-1]:  # the one before stays for whoever has just looked; cursors at work keep theirs alive
            _doors.pop(id(_open.pop(old)[0]), None)
        _doors[id(doors.connection)] = doors
        _open[key] = doors.connection, Build(*row)


def build() -> Build:
    """The build that readers see now."""
    return current()[1]

"""Where entries lie: an append-only table, `DIR/journal/journal.db` (SQLite), or the database that BAAN_SUK_JOURNAL names.

An entry has a number (`seq`), the order in which entries were taken, and a seal: an HMAC over everything that stands in it, so that a
changed line is found. Nothing here removes one; what stands in it goes when its time is over (`prune`), and that is sealed, too.
"""

import contextlib
import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from filelock import FileLock
from sqlalchemy import event as sql_event

from installation import secret
from journal import place
from journal.event import Event
from journal.place import ADDRESS, NAME, Entry

WAIT = 30  # seconds for another process that is writing
PAUSE = 0.5  # seconds between two looks at a shared database
REACH = 5  # seconds to reach a shared database, which every answer waits for; the driver's own patience is minutes
ADVISORY = 0x6A6F7572  # the lock of a shared database under which numbers are given

FAULTS = (sql.exc.SQLAlchemyError, sqlite3.Error, OSError)  # what asking or writing raises while the journal cannot be reached

_meta = sql.MetaData()
TEXTS = (
    "id", "kind", "ref", "year", "household_id", "village", "head", "thing", "base", "occurred_on", "body", "photos", "digest",
    "device", "build", "who", "role", "areas", "received_at",
)  # fmt: skip
ENTRY = sql.Table(
    "entry",
    _meta,
    sql.Column("seq", sql.BigInteger().with_variant(sql.Integer(), "sqlite"), primary_key=True),
    *(sql.Column(name, sql.Text, nullable=False, unique=name == "id") for name in TEXTS),
    sql.Column("seal", sql.Text, nullable=False),
)
# What came under the id of an entry and is not that entry: kept for whoever reviews, never shown as recorded.
DIFFERING = sql.Table(
    "differing",
    _meta,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("digest", sql.Text, primary_key=True),
    *(sql.Column(name, sql.Text, nullable=False) for name in ("content", "who", "role", "areas", "received_at")),
)
# Entries of which only that they were there is left (journal/retention.py): the HMAC of what is left, with the seal that the whole had.
PRUNED = sql.Table(
    "pruned",
    _meta,
    sql.Column("seq", sql.BigInteger().with_variant(sql.Integer(), "sqlite"), primary_key=True),
    sql.Column("seal", sql.Text, nullable=False),
)
# How many pictures somebody sent today: other days are forgotten.
SENT = sql.Table(
    "sent",
    _meta,
    sql.Column("who", sql.Text, primary_key=True),
    sql.Column("day", sql.Text, nullable=False),
    sql.Column("pictures", sql.Integer, nullable=False),
)
LEFT = {
    "year": "",
    "household_id": "",
    "head": "",
    "thing": "",
    "occurred_on": "",
    "body": "{}",
    "photos": "[]",
    "device": "{}",
}

# What meetings saw and what was written of them, packed, by the SHA-256 of the content (journal/frozen.py).
FROZEN = sql.Table(
    "frozen",
    _meta,
    sql.Column("digest", sql.Text, primary_key=True),
    sql.Column("content", sql.LargeBinary, nullable=False),
)
# Which slide a meeting shows, for the screens that follow each other: of the moment, no entry, and in no backup's promise.
DECK = sql.Table(
    "deck",
    _meta,
    sql.Column("meeting", sql.Text, primary_key=True),
    sql.Column("slide", sql.Integer, nullable=False),
)


@dataclass(frozen=True)
class Verdict:
    """What became of one entry: kept, known or differs, the number of the entry that has its id, and the seal of what was kept."""

    word: str
    seq: int
    seal: str = ""


class Store:
    """The entries of one installation."""

    def __init__(self, folder: Path) -> None:
        """Opens the database of a data folder, and makes it where there is none."""
        self.folder = folder
        self.engine = _engine(folder)
        with self._alone(), self.engine.begin() as connection:  # two processes that start at once must not both make it
            self._serialise(connection)
            _meta.create_all(connection)
        self._looking = threading.Lock()
        self._watch: Any = None
        if self.engine.dialect.name == "sqlite":
            own = self.engine.raw_connection()
            self._watch = own.driver_connection
            own.detach()  # out of the pool: it only watches, and so sees what every other connection writes
        self._seen, self._last = object(), 0

    def position(self) -> int:
        """The number of the last entry, 0 where there is none. Asked before every answer: SQLite tells in microseconds whether
        anybody wrote since; of a shared database the number is at most PAUSE seconds old, and never older than what this process
        wrote itself."""
        with self._looking:
            seen: object = time.monotonic() // PAUSE
            if self._watch is not None:
                seen = self._watch.execute("pragma data_version").fetchone()
            if seen != self._seen:
                with self.engine.connect() as connection:
                    self._last = _last(connection)
                self._seen = seen
            return self._last

    def after(self, seq: int) -> list[Entry]:
        """Entries behind a number, in their order."""
        with self.engine.connect() as connection:
            rows = connection.execute(sql.select(ENTRY).where(ENTRY.c.seq > seq).order_by(ENTRY.c.seq))
            return [dict(row._mapping) for row in rows]

    def position_on(self, instant: datetime) -> int:
        """The number of the last entry that was taken until a time, 0 where there is none."""
        with self.engine.connect() as connection:
            taken = ENTRY.c.received_at <= instant.isoformat(timespec="milliseconds")
            return connection.execute(sql.select(sql.func.coalesce(sql.func.max(ENTRY.c.seq), 0)).where(taken)).scalar_one()

    def known(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Those of some ids that are entries."""
        with self.engine.connect() as connection:
            found: dict[str, Entry] = {}
            for part in _parts(ids):
                rows = connection.execute(sql.select(ENTRY).where(ENTRY.c.id.in_(part)))
                found |= {row.id: dict(row._mapping) for row in rows}
            return found

    def differing(self) -> list[Entry]:
        """What came under the id of an entry and is something else, in the order in which it came; `content` is unpacked."""
        with self.engine.connect() as connection:
            rows = connection.execute(sql.select(DIFFERING).order_by(DIFFERING.c.received_at, DIFFERING.c.digest))
            return [{**row._mapping, "content": json.loads(row.content)} for row in rows]

    def take(self, batches: Sequence[Sequence[Entry]]) -> list[list[Verdict]]:
        """Add the entries of some batches in one transaction, on the disk when this returns; a verdict for each, in order.

        One id is taken once: what comes again is known, and what comes under it and is something else is put aside. Raises
        sqlalchemy.exc.DBAPIError or filelock.Timeout, and then nothing was taken.
        """
        with self._alone(), self.engine.execution_options(writes=True).begin() as connection:
            self._serialise(connection)
            seen, key = _known(connection, [entry["id"] for batch in batches for entry in batch]), self.key()
            last, rows, verdicts = _last(connection), [], []
            for batch in batches:
                verdicts.append(list[Verdict]())
                for entry in batch:
                    if entry["id"] in seen:
                        seq, digest = seen[entry["id"]]
                        same = digest == entry["digest"]
                        verdicts[-1].append(Verdict("known" if same else "differs", seq))
                        if not same:
                            _put_aside(connection, entry)
                        continue
                    last += 1
                    seen[entry["id"]] = last, entry["digest"]
                    numbered = {**entry, "seq": last}
                    rows.append({**numbered, "seal": seal(key, numbered)})
                    verdicts[-1].append(Verdict("kept", last, rows[-1]["seal"]))
            if rows:
                connection.execute(sql.insert(ENTRY), rows)
        with self._looking:
            self._seen = object()  # what was written here is shown here at once
        return verdicts

    def pruned(self) -> dict[int, str]:
        """Numbers of the entries whose content is gone, with the seal of what is left."""
        with self.engine.connect() as connection:
            return {row.seq: row.seal for row in connection.execute(sql.select(PRUNED))}

    def prune(self, entries: Sequence[Entry]) -> None:
        """Take the content of some entries away, and what came under their ids; all of them in one transaction, or none.

        Raises what `take` raises. SQLite overwrites what it frees and writes its file anew.
        """
        with self._alone():
            with self.engine.execution_options(writes=True).begin() as connection:
                self._serialise(connection)
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("pragma secure_delete = on")
                key = self.key()
                for entry in entries:
                    connection.execute(sql.update(ENTRY).where(ENTRY.c.seq == entry["seq"]).values(LEFT))
                    connection.execute(sql.insert(PRUNED), {"seq": entry["seq"], "seal": seal_of_rest(key, entry)})
                for part in _parts([entry["id"] for entry in entries]):
                    connection.execute(sql.delete(DIFFERING).where(DIFFERING.c.id.in_(part)))
            if self.engine.dialect.name == "sqlite":
                with contextlib.closing(self.engine.raw_connection()) as own:
                    for statement in ("vacuum", "pragma wal_checkpoint(truncate)"):  # outside of any transaction
                        own.driver_connection.execute(statement)  # type: ignore[union-attr]
        with self._looking:
            self._seen = object()

    def key(self) -> bytes:
        """What entries are sealed with, of the secret as it is now: a server outlives the replacing of it."""
        return secret.key(self.folder, "journal")

    def may_send(self, who: str, day: str, most: int) -> bool:
        """Count one picture more that somebody sends on a day; False, uncounted, where `most` were sent."""
        mine = SENT.c.who == who
        with self._alone(), self.engine.execution_options(writes=True).begin() as connection:
            self._serialise(connection)
            connection.execute(sql.delete(SENT).where(SENT.c.day != day))
            sent = connection.execute(sql.select(SENT.c.pictures).where(mine)).scalar()
            if sent is None:
                connection.execute(sql.insert(SENT), {"who": who, "day": day, "pictures": 1})
            elif sent < most:
                connection.execute(sql.update(SENT).where(mine).values(pictures=sent + 1))
            return sent is None or sent < most

    @contextlib.contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """One transaction of what is no entry; raises as `take`."""
        with self._alone(), self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    def _alone(self) -> contextlib.AbstractContextManager:
        """One writing process at a time: SQLite's own waiting starves some for seconds."""
        if self.engine.dialect.name != "sqlite":
            return contextlib.nullcontext()
        return FileLock(self.folder / NAME / "lock", timeout=WAIT, mode=0o600, poll_interval=0.002)

    def _serialise(self, connection: sql.Connection) -> None:
        """Numbers are given in the order of the commits: whoever has read up to one has missed nothing before it. Whoever hangs
        while it writes holds up the others for WAIT seconds, then they are told so."""
        if self.engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"set local lock_timeout = '{WAIT}s'")
            connection.execute(sql.text("select pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY})


def seal(key: bytes, row: Entry) -> str:
    """The HMAC of one entry over its number and all its texts."""
    text = json.dumps([row["seq"], *(row[name] for name in TEXTS)], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal_of_rest(key: bytes, entry: Entry) -> str:
    """The HMAC of what is left of an entry once its content is gone, with the seal that all of it had."""
    return hmac.new(key, f"pruned {entry['seal']} {seal(key, {**entry, **LEFT})}".encode(), hashlib.sha256).hexdigest()


def entry_of(event: Event, where: dict[str, str], build: str, who: str, role: str, areas: Iterable[str]) -> Entry:
    """An event as it is kept; `where` is the household (ref, year, household_id, village, head) that it was found to be about in
    that build. The digest is of what was meant, however it was written: a second sending, or an export that comes back, is known.
    """
    content = {
        "kind": event.kind,
        "about": where["ref"] or where["village"],
        "thing": event.thing,
        "base": event.base,
        "occurred_on": event.occurred_on.isoformat() if event.occurred_on else "",
        "body": event.body,
        "photos": event.photos,
    }
    return {
        "id": event.id,
        "kind": event.kind,
        **where,
        "thing": event.thing,
        "base": _json(event.base),
        "occurred_on": content["occurred_on"],
        "body": _json(event.body),
        "photos": _json(event.photos),
        "digest": hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
        "device": _json(event.device),
        "build": build,
        "who": who,
        "role": role,
        "areas": " ".join(areas),
        "received_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _last(connection: sql.Connection) -> int:
    return connection.execute(sql.select(sql.func.coalesce(sql.func.max(ENTRY.c.seq), 0))).scalar_one()


def _known(connection: sql.Connection, ids: list[str]) -> dict[str, tuple[int, str]]:
    """Those of some ids that are entries: their number and digest."""
    found: dict[str, tuple[int, str]] = {}
    for part in _parts(ids):
        chosen = sql.select(ENTRY.c.id, ENTRY.c.seq, ENTRY.c.digest).where(ENTRY.c.id.in_(part))
        found |= {id_: (seq, digest) for id_, seq, digest in connection.execute(chosen)}
    return found


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Engines bound how many values one statement may have."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def _put_aside(connection: sql.Connection, entry: Entry) -> None:
    """Keep what differs from the entry of its id, once."""
    same = (DIFFERING.c.id == entry["id"]) & (DIFFERING.c.digest == entry["digest"])
    if not connection.execute(sql.select(DIFFERING.c.id).where(same)).first():
        content = {name: entry[name] for name in ("kind", "ref", "village", "thing", "base", "occurred_on", "body", "photos")}
        kept = {name: entry[name] for name in ("id", "digest", "who", "role", "areas", "received_at")}
        connection.execute(sql.insert(DIFFERING), {**kept, "content": _json(content)})


_stores: dict[tuple[Path, str], Store] = {}
_lock = threading.Lock()


def store(folder: Path) -> Store:
    """The open store of a data folder, one per process."""
    key = place.key(folder)
    with _lock:
        if key not in _stores:
            _stores[key] = Store(folder)
        return _stores[key]


def _shared(address: str) -> sql.Engine:
    """The database of an address. Whatever its own default, a statement sees what was committed before it began: the last number is
    read after the lock was waited for."""
    url = sql.make_url(address)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername != "postgresql+psycopg":
        return sql.create_engine(url, pool_pre_ping=True)
    reach = {"connect_timeout": REACH}
    return sql.create_engine(url, pool_pre_ping=True, connect_args=reach, isolation_level="READ COMMITTED")


def _engine(folder: Path) -> sql.Engine:
    address = os.environ.get(ADDRESS)
    if address:
        return _shared(address)
    own = folder / NAME
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    own.mkdir(exist_ok=True, mode=0o700)
    path = own / "journal.db"
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    engine = sql.create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT})

    @sql_event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        """Flushed before it is acknowledged, readers never wait; the driver begins no transaction by itself."""
        connection.isolation_level = None
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")

    @sql_event.listens_for(engine, "begin")
    def begin(connection: sql.Connection) -> None:
        connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get("writes") else "begin")

    return engine

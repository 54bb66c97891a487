"""Moments: a build, with what was recorded up to a number of the journal (`BUILD@SEQ`); answers of any of them that is kept."""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from installation.paths import data_folder
from journal import place
from journal.place import Entry
from queries.doors import Doors
from queries.filters import Filters
from queries.reader import Reader
from queries.warehouse import NoBuild, current, opened, recorded

STATEMENTS = Path(__file__).parent / "moments"
WRITTEN = re.compile(r"([0-9a-f]{16})(?:@([0-9]{1,15}))?")


@dataclass(frozen=True)
class Moment:
    """A build and the number of the last entry that counts in it; `file` is that of a build which is none yet."""

    build: str
    position: int
    file: Path | None = None

    def __str__(self) -> str:
        return f"{self.build}@{self.position}"

    @property
    def path(self) -> Path:
        """The file of its build."""
        return self.file or data_folder() / "warehouse" / f"{self.build}.duckdb"


def now() -> Moment:
    """What readers see."""
    connection, build = current()
    return Moment(build.id, recorded(connection)[1])


def builds() -> list[dict[str, Any]]:
    """The builds that were made here, the latest first: build, made_at, files, whether its file is `kept` and is the `current` one."""
    known = [json.loads(path.read_text(encoding="utf-8")) for path in (data_folder() / "warehouse").glob("*.json")]
    known.sort(key=lambda entry: entry["made_at"], reverse=True)
    here = current()[1].id
    return [{**e, "kept": Moment(e["build"], 0).path.exists(), "current": e["build"] == here} for e in known]


def at(text: str) -> Moment:
    """The moment that `BUILD@SEQ` names; a build alone is as it was last seen. Raises ValueError for one that is not kept."""
    match = WRITTEN.fullmatch(text)
    known = {entry["build"]: entry for entry in builds()}
    if not match or match[1] not in known:
        raise ValueError(f'"{text}" ไม่ใช่ชุดข้อมูลที่รู้จัก ดู manage.py builds · is no build: see manage.py builds')
    if not known[match[1]]["kept"]:
        raise ValueError(f"ไม่มีแฟ้มของชุดข้อมูล {match[1]} แล้ว · the file of {match[1]} is kept no longer")
    return Moment(match[1], min(int(match[2]), last_position()) if match[2] else last_seen(match[1]))


def last_seen(build: str) -> int:
    """The number of the last entry before another build took its place; of the present one the last there is."""
    known = builds()
    if known[0]["build"] == build or next(e for e in known if e["build"] == build)["current"]:
        return now().position
    later = next(later for later, entry in itertools.pairwise(known) if entry["build"] == build)
    return position_on(datetime.fromisoformat(later["made_at"]))


def before_now() -> Moment | None:
    """The build before as it was last seen; the present one as it came where there is none, or where that was the sample."""
    known = builds()
    sample = current()[1].sample
    for entry in known:
        if entry["kept"] and not entry["current"] and is_sample(Moment(entry["build"], 0).path) == sample:
            return Moment(entry["build"], last_seen(entry["build"]))
    came = [entry for entry in known if entry["current"]]
    return Moment(came[0]["build"], position_on(datetime.fromisoformat(came[0]["made_at"]))) if came else None


def on(instant: datetime) -> Moment | None:
    """What readers saw at a time; None where the build of then is kept no longer."""
    then = [entry for entry in builds() if datetime.fromisoformat(entry["made_at"]) <= instant]
    return Moment(then[0]["build"], position_on(instant)) if then and then[0]["kept"] else None


def is_sample(path: Path) -> bool:
    """Whether a build holds the invented sample."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
        return bool(connection.execute("select sample from warehouse.build").fetchall()[0][0])


def last_position() -> int:
    """The number of the last entry, 0 where nothing was recorded."""
    return now().position


def position_on(instant: datetime) -> int:
    """The number of the last entry that was taken until then."""
    if not place.exists(data_folder()):
        return 0
    from journal import store  # brings SQLAlchemy, which a command that finds no journal does not wait for

    return store.store(data_folder()).position_on(instant.astimezone(UTC))


def entries_until(position: int) -> list[Entry]:
    """Everything that was recorded up to a number, in its order."""
    if not position or not place.exists(data_folder()):
        return []
    from journal import store

    return [entry for entry in store.store(data_folder()).after(0) if entry["seq"] <= position]


class View:
    """A build of its own connection, with the entries that it was given; what is asked of it is bounded as every question is."""

    def __init__(self, doors: Doors, filters: Filters, reader: Reader) -> None:
        self.doors, self.filters, self.reader = doors, filters, reader
        self._given = 0

    def take(self, entries: Sequence[Entry]) -> None:
        """Let more entries count. They are a set: their own order does not matter, so they are numbered as they come."""
        numbered = [{**entry, "seq": number} for number, entry in enumerate(entries, self._given + 1)]
        self.doors.projection.follow(numbered)
        self._given += len(numbered)

    def table(self, name: str, filters: Filters | None = None, **more: object) -> pa.Table:
        """The answer to one of the statements of `moments/`."""
        sql = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
        bound = {"filters": (filters or self.filters).struct(), "reader": self.reader.struct(), **more}
        cursor = self.doors.connection.cursor()
        try:
            return cursor.sql(sql, params={p: bound[p] for p in set(re.findall(r"\$(\w+)", sql))}).to_arrow_table()
        finally:
            cursor.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a statement of this room's own."""
        cursor = self.doors.connection.cursor()
        try:
            return cursor.sql(sql).to_arrow_table().to_pylist()
        finally:
            cursor.close()

    def has(self, table: str) -> bool:
        """Whether the build has a table: one of an earlier version may lack it."""
        sql = "select 1 from duckdb_tables() where database_name = 'warehouse' and schema_name = 'main' and table_name = $table"
        return bool(self.doors.connection.cursor().execute(sql, {"table": table}).fetchall())


@contextmanager
def view(moment: Moment, filters: Filters, reader: Reader) -> Iterator[View]:
    """A build without any entry, as this reader sees it; raises NoBuild where this version cannot read it."""
    try:
        doors = opened(moment.path)
    except duckdb.Error as fault:
        raise NoBuild(str(moment.path)) from fault
    try:
        yield View(doors, filters, reader)
    finally:
        doors.connection.close()

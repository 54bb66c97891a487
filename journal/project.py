"""Projection: what is recorded since a build, as tables in the memory of a connection to it (schema `delta`).

Each household that an entry is about stands in `delta` whole, with its records, as it is now; the doors of the questions take it from
there and every other one from the build. Entries are a set: whatever order they came in, they make the same tables.
"""

import itertools
import re
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

import definitions
from definitions import sums
from definitions.registers import registers
from journal.kinds import kinds
from journal.place import Entry

FOLDER = Path(__file__).parent / "projection"
SCRIPTS = ("changed", "carried", "entries", "records", "household", "filing", "disagreements", "tally", "found")
NUMBERS = itertools.count(1)
NAME = re.compile(r"[a-z][a-z0-9_]*")
# What a record says of how it was recorded; `unentered`: the entries that it would carry if it were written back.
RECORDED = {
    "entry": "varchar", "recorded_by": "varchar", "recorded_at": "timestamp", "photos": "varchar[]", "unentered": "varchar"
}  # fmt: skip
# SQL: by what name an entry calls a record of a register.
THINGS = {"plan_item": "concat('plan/', item_no)", "case_step": "concat('step/', template, '/', step)"}
PLAIN = ("household", "person")  # tables of which no row is recorded by itself
# register -> the kinds of entries that become its rows, or cells of them
FILED = {
    "household": ("certification", "closed"),
    "plan": ("plan_new", "plan_status", "plan_owner", "plan_due", "plan_reply"),
    "step": ("step_started", "step_finished", "step_due"),
    "need": ("need",),
    "contribution": ("gift",),
    "visit": ("visit",),
}

CHANGING = (
    "certification", "certified_date", "meeting", "closed_date", "close_reason", "as_of", "last_movement", "certification_kept",
    "deprived", "target_people", "plan", "plan_aspects", "plan_items", "plan_done", "plan_overdue", "template", "steps",
    "steps_done", "steps_current", "steps_overdue", "days_still", "overdue", "helped", "case",
)  # fmt: skip
RECORDED_INTO = {*PLAIN, "plan_item", "case_step", "visit", "contribution", "need"}  # tables that the scripts make

ENTRIES = pa.schema(
    [("seq", pa.int64()), *((name, pa.string()) for name in ("id", "kind", "ref", "village", "thing", "base", "occurred_on", "body",
                                                          "photos", "who", "role", "received_at"))]
)  # fmt: skip


class Projection:
    """The delta of one connection; one at a time changes it, and whoever asks meanwhile sees it before or after."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the tables, empty: of the columns of the build, and who recorded what. The macros of masks must be there."""
        self.connection = connection
        self.number = next(NUMBERS)
        self.position = 0  # number of the last entry that is in it
        self.some = False  # whether any household stands in it
        self._lock = threading.Lock()
        for name in ("progress", "tags"):
            connection.execute(definitions.script(name))
        connection.execute("create schema delta; create table delta.touched (home bigint)")
        connection.execute("create table delta.cell (village_code varchar, register_year int)")
        connection.execute("create table delta.tally as from warehouse.tally limit 0")
        self.tables = (*PLAIN, *children(connection))
        more = ", ".join(f"null::{type_} as {name}" for name, type_ in RECORDED.items())
        for table in self.tables:
            home = "rowid as home, " if table == "household" else ""
            said = "" if table in PLAIN else f", {more}" + (", null::varchar as thing" if table in THINGS else "")
            connection.execute(f"create table delta.{table} as select {home}*{said} from warehouse.{table} limit 0")
        connection.execute(
            "create table delta.entry (seq bigint, id varchar, kind varchar, ref varchar, village varchar, thing varchar,"
            " base varchar[], occurred_on date, body json, photos varchar[], who varchar, role varchar, received_at timestamp)"
        )
        connection.execute(
            "create table delta.record (home bigint, register_year int, household_id varchar, entry varchar, kind varchar,"
            " thing varchar, happened_on date, said varchar, told varchar, told_masked varchar, item varchar, item_masked varchar,"
            " is_head boolean, forked boolean, recorded_by varchar, recorded_at timestamp, photos varchar[], filing varchar)"
        )
        connection.execute(
            "create table delta.disagreement (home bigint, register_year int, household_id varchar, kind varchar, thing varchar,"
            " field varchar, entry varchar, said varchar, told varchar, told_masked varchar, happened_on date,"
            " register_said varchar, register_told varchar, register_told_masked varchar, register_on date, counts varchar,"
            " why varchar, item varchar, item_masked varchar, recorded_by varchar, recorded_at timestamp)"
        )
        connection.execute(
            "create table delta.found (entry varchar, village_code varchar, happened_on date, lacks varchar[], first_name varchar,"
            " last_name varchar, house_no varchar, finding varchar, finding_masked varchar, latitude double, longitude double,"
            " recorded_by varchar, recorded_at timestamp)"
        )

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries behind `position`."""
        with self._lock:
            new = [entry for entry in entries if entry["seq"] > self.position]
            if new:
                self._fold(new)
                self.position = new[-1]["seq"]

    def _fold(self, new: Sequence[Entry]) -> None:
        cursor = self.connection.cursor()
        try:
            cursor.execute("begin")
            cursor.register("new_entries", _table(new))
            cursor.execute(
                "insert into delta.entry select seq, id, kind, ref, village, thing, cast(base as varchar[]),"
                " cast(nullif(occurred_on, '') as date), cast(body as json), cast(photos as varchar[]), who, role,"
                " cast(cast(received_at as timestamptz) as timestamp) from new_entries"
            )
            cursor.unregister("new_entries")
            refs = {entry["ref"] for entry in new} - {""}
            for name in SCRIPTS:
                for statement in _statements(name):
                    cursor.execute(statement, {"refs": sorted(refs)} if "$refs" in statement else None)
                if name == "changed":
                    self._begin_anew(cursor)
            self.some = self.some or bool(cursor.execute("select 1 from delta.touched limit 1").fetchall())
            cursor.execute("commit")
        except BaseException:
            cursor.execute("rollback")
            raise
        finally:
            cursor.close()

    def _begin_anew(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """What was known of the changed households goes; of registers that nothing is recorded into, the build's records come."""
        for table in (*self.tables, "record", "disagreement"):
            cursor.execute(f"delete from delta.{table} where home in (select home from changed)")
        for table in self.tables:
            if table not in RECORDED_INTO:
                cursor.execute(f"insert into delta.{table} by name from warehouse.{table} semi join changed using (home)")
        cursor.execute("insert into delta.touched select home from changed except from delta.touched")


def children(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of registers that hang on a household, of the build's own definitions. People are no records: who they are decides
    who sees them."""
    rows = connection.execute(
        """select "table" from warehouse.definition.registers where parent = 'household' and "table" <> 'person'"""
    ).fetchall()
    return [table for (table,) in rows if NAME.fullmatch(table)]


def _table(entries: Sequence[Entry]) -> pa.Table:
    columns = {name: [entry[name] for entry in entries] for name in ENTRIES.names}
    return pa.table(columns, ENTRIES)


@cache
def _statements(script: str) -> tuple[str, ...]:
    """The statements of one script, its `{words}` spelled out of the definitions."""
    text = (FOLDER / f"{script}.sql").read_text(encoding="utf-8")
    for word, said in _words().items():
        text = text.replace(f"{{{word}}}", said)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return tuple(part.strip() for part in "\n".join(lines).split(";\n") if part.strip(" ;\n"))


def _words() -> dict[str, str]:
    dimensions = [row["dimension"] for row in definitions.table("dimensions")]
    aspects = [row["aspect"] for row in definitions.table("aspects")]
    wins = {d: f"l.{d}_on is not null and (h.{d}_checked_on is null or l.{d}_on >= h.{d}_checked_on)" for d in dimensions}
    return {
        "last": _quoted(kind.name for kind in kinds().values() if kind.keeps == "last"),
        "filed": _quoted(name for register in FILED.values() for name in register),
        "dimensions": ", ".join(f"('{d}', b.{d}, n.{d}, b.{d}_checked_on)" for d in dimensions),
        "moves": _quoted(kind.name for kind in kinds().values() if kind.moves),
        "followed": _quoted(r.name for r in registers().values() if r.parent == "household" and r.events),
        "stalled_after": str(definitions.rule("stalled_after")),
        "checks": ", ".join(
            f"max(checked) filter (dimension = '{d}') as {d}_check, max(checked_on) filter (dimension = '{d}') as {d}_on"
            for d in dimensions
        ),
        "lights": ", ".join(
            f"if({wins[d]}, dimension_state(null, null, l.{d}_check), h.{d}) as {d},"
            f" if({wins[d]}, dimension_basis(null, null, l.{d}_check), h.{d}_basis) as {d}_basis,"
            f" if({wins[d]}, l.{d}_on, h.{d}_checked_on) as {d}_checked_on"
            for d in dimensions
        ),
        "deprived": sums.deprived(),
        "aspects": sums.aspect_states(),
        "plans": ", ".join(f"coalesce(p.plan_{a}, h.plan_{a}) as plan_{a}" for a in aspects),
        "now": ", ".join(f'"{name}"' for name in _now(dimensions, aspects)),
        "tally": definitions.script("tally")
        .replace("{state}", "warehouse.state")
        .replace("{aspects}", ", ".join(f"plan_{a}" for a in aspects))
        .replace("{within_days}", str(definitions.rule("stalled_after"))),
    }


def _now(dimensions: list[str], aspects: list[str]) -> list[str]:
    """The columns of a household that what is recorded may change."""
    lights = [f"{d}{part}" for d in dimensions for part in ("", "_basis", "_checked_on")]
    return [*lights, *(f"plan_{aspect}" for aspect in aspects), *CHANGING]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)

"""Projection: what is recorded since a build, as tables in the memory of a connection to it (schema `delta`).

Each household that an entry is about stands in `delta` whole, with its records, as it is now; the doors of the questions take it from
there and every other one from the build. Entries are a set: whatever order they came in, they make the same tables.
"""

import itertools
import json
import re
import threading
from collections.abc import Iterable, Sequence, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

import definitions
from definitions import sums
from definitions.registers import registers
from journal.attach import Attachments
from journal.claim import SAID, Attached, Claim, claim
from journal.kinds import OF_FORUM, OF_FUND, OF_MEETING, OF_OFFICE, STATES, kinds, of_places
from journal.place import Entry

FOLDER = Path(__file__).parent / "projection"
# What is done anew where an entry is about a household, where one is about a village or more, where one may be of a meeting or of what
# registers of places have: a statement that has nothing to say costs what any other does, and there are a hundred.
HOUSEHOLDS = ("changed", "carried", "entries", "records", "household", "filing", "disagreements", "tally")
VILLAGES = ("found",)
_OF_PLACES = {*OF_FORUM, *OF_FUND, *OF_OFFICE}
MEETINGS = {  # script -> the things of which it tells; where nothing of them was ever recorded it is left out, too
    "spoken_of_meetings": {*OF_MEETING, *_OF_PLACES},
    "meeting": {*OF_MEETING},
    "outcome": {*OF_MEETING},
}
OF_PLACES = {  # the same, in a build that has these registers
    "of_places": _OF_PLACES,
    "forum": {*OF_FORUM},
    "loan": {"loan"},
    "debt": {"debt"},
    "learning": {*OF_OFFICE},
    "place_record": _OF_PLACES,
}
NUMBERS = itertools.count(1)
NAME = re.compile(r"[a-z][a-z0-9_]*")
# What a record says of how it was recorded; `unentered`: the entries that it would carry if it were written back.
RECORDED = {
    "entry": "varchar", "recorded_by": "varchar", "recorded_at": "timestamp", "photos": "varchar[]", "unentered": "varchar"
}  # fmt: skip
# SQL: by what name an entry calls a record of a register.
THINGS = {"plan_item": "concat('plan/', item_no)", "case_step": "concat('step/', template, '/', step)"}
# SQL: the rule of the build itself, which an earlier one was made under.
STALLED_AFTER = "(select cast(\"value\" as int) from warehouse.definition.rules where rule = 'stalled_after')"
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
# the same of registers of places
FILED_OF_PLACES = {
    "fund_check": ("loan_step",),
    "debt_action": ("debt_step",),
    "learning_meeting": ("learning_step",),
    "village_assessment": ("forum_opened",),
    "village_score": ("forum_scored",),
    "village_forum": ("forum_opened",),
}
PLACED_INTO = ("debt_action", "learning_meeting")  # tables of them that have what is recorded as rows of their own

CHANGING = (
    "certification", "certified_date", "meeting", "closed_date", "close_reason", "as_of", "last_movement", "certification_kept",
    "deprived", "target_people", "plan", "plan_aspects", "plan_items", "plan_done", "plan_overdue", "template", "steps",
    "steps_done", "steps_current", "steps_overdue", "days_still", "overdue", "helped", "case",
)  # fmt: skip
OF_MEETINGS = {  # table of a meeting, forum or loan -> its columns, before who recorded it and when
    "meeting": "meeting varchar, area varchar, serial varchar, held_on date, begins varchar, venue varchar, convenes varchar,"
    " invited varchar, state varchar, opened varchar, frozen varchar, began varchar, attendance varchar, present varchar, absent varchar,"
    " attending varchar, minutes varchar, ended varchar, taker varchar, checker varchar, adopted_in varchar, entry varchar,"
    " forked boolean",
    "agenda": "area varchar, meeting varchar, item varchar, agenda varchar, position double, subject varchar, note varchar,"
    " entry varchar, forked boolean",
    "outcome": "area varchar, meeting varchar, serial varchar, item varchar, kind varchar, outcome varchar, told varchar,"
    " told_masked varchar, ref varchar, home bigint, owner varchar, owner_masked varchar, due_date date, status varchar,"
    " status_entry varchar, reply varchar, reply_masked varchar, happened_on date, as_of date, entry varchar, thing varchar, forked boolean",
    "held_forum": "forum varchar, village_code varchar, instrument varchar, assessment_round varchar, assessed_year int, held_on date,"
    " people bigint, highest bigint, main_items varchar, forum_no bigint, carried boolean, listed boolean, entry varchar, forked boolean",
    "held_score": "forum varchar, village_code varchar, item varchar, score double, hands varchar, entry varchar, forked boolean",
    "loan_step": "fiscal_year int, project_no varchar, village_code varchar, fund_step varchar, checked_date date, fund_result varchar,"
    " check_no bigint, entry varchar",
    "place_record": "entry varchar, kind varchar, code varchar, thing varchar, happened_on date, said varchar, amount double,"
    " told varchar, filing varchar",
    "minutes_note": "area varchar, meeting varchar, correction varchar, happened_on date, entry varchar",
}
RECORDED_INTO = {*PLAIN, "plan_item", "case_step", "visit", "contribution", "need"}  # tables that the scripts make

ENTRIES = pa.schema(
    [("seq", pa.int64()), *((name, pa.string()) for name in ("id", "kind", "ref", "village", "thing", "base", "occurred_on", "body",
                                                          "photos", "who", "role", "received_at", "meeting"))]
)  # fmt: skip


NOWHERE = Attached("", why="absent")


class Waiting(NamedTuple):
    """An entry that does not count yet: its id, why it has no household ("" where it has), what it builds on that is not here, and
    whether its village is none of this data."""

    id: str
    why: str
    missing: tuple[str, ...]
    nowhere: bool


class Projection:
    """The delta of one connection; one at a time changes it, and whoever asks meanwhile sees it before or after."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the tables, empty: of the columns of the build, and who recorded what. The macros of masks must be there."""
        self.connection = connection
        self.number = next(NUMBERS)
        self.position = 0  # number of the last entry that is in it
        self.some = False  # whether any household stands in it
        self.programmes = False  # whether anything of the office's other work does: of a loan, a debt, a learner, a forum
        self.attachments = Attachments(connection)
        self._kinds: set[str] = set()  # of entries that came
        self._claims: dict[Claim, int] = {}  # what entries say of their households, numbered
        self._waiting: tuple[int, list[Waiting]] | None = None  # after which entry
        self._lost: dict[Claim, Attached] = {}  # where those belong that go nowhere by themselves
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
            " base varchar[], occurred_on date, body json, photos varchar[], who varchar, role varchar, received_at timestamp,"
            " given varchar, claim int, meeting varchar)"
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
        for table, columns in OF_MEETINGS.items():
            connection.execute(f"create table delta.{table} ({columns}, recorded_by varchar, recorded_at timestamp)")
        self.of_places = carrying(connection) >= FILED_OF_PLACES.keys()
        self.beside = ("loan_step", "held_forum", *(PLACED_INTO if self.of_places else ()))
        for table in PLACED_INTO if self.of_places else ():
            connection.execute(f"create table delta.{table} as select *, {more} from warehouse.{table} limit 0")

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries behind `position`."""
        with self._lock:
            new = [entry for entry in entries if entry["seq"] > self.position]
            if new:
                self._fold(new)
                self.position = new[-1]["seq"]

    def where(self, claims: Iterable[Claim]) -> dict[Claim, Attached]:
        """Where entries would belong, by all that is taken in."""
        with self._lock:
            cursor = self.connection.cursor()
            try:
                return self.attachments.all_of(claims, self._named(cursor))
            finally:
                cursor.close()

    def waiting(self) -> list[Waiting]:
        """Entries that do not count yet, in their order: looked up once after each entry that came."""
        with self._lock:
            if self._waiting is None or self._waiting[0] != self.position:
                numbered = list(self._claims)
                rows = self.attachments.rows("waiting", {})
                found = [
                    Waiting(
                        row["id"],
                        self._lost.get(numbered[row["lost"]], NOWHERE).why if row["lost"] is not None else "",
                        tuple(row["missing"]),
                        bool(row["nowhere"]),
                    )
                    for row in rows
                ]
                self._waiting = self.position, found
            return self._waiting[1]

    def foresee(self, entries: Sequence[Entry]) -> tuple[dict[Claim, Attached], set[str]]:
        """What entries would become in this build, of a projection that holds nothing: where each belongs, and the ids of those whose
        field its registers decide. No table of a household is made."""
        with self._lock:
            cursor = self.connection.cursor()
            try:
                lost, refs, _ = self._take_in(cursor, entries)
                return self.attachments.alone(self._claims) | lost, self._overruled(cursor, refs)
            finally:
                cursor.close()

    def attached(self) -> dict[Claim, Attached]:
        """Where all entries belong that are taken in."""
        with self._lock:
            return self.attachments.alone(self._claims) | self._lost

    def overruled(self) -> set[str]:
        """The ids of the entries whose field the registers of this build decide."""
        with self._lock:
            cursor = self.connection.cursor()
            try:
                rows = cursor.execute("select distinct ref from delta.entry").fetchall()
                return self._overruled(cursor, {ref for (ref,) in rows})
            finally:
                cursor.close()

    def _overruled(self, cursor: duckdb.DuckDBPyConnection, refs: set[str]) -> set[str]:
        rule = [statement for statement in _statements("records") if "macro counts(" in statement]
        for statement in itertools.chain(*map(_statements, ("masked", "changed", "carried", "entries")), rule):
            cursor.execute(statement, {"refs": sorted(refs)} if "$refs" in statement else None)
        (asked,) = _statements("overruled")
        return {id_ for (id_,) in cursor.execute(asked).fetchall()}

    def _fold(self, new: Sequence[Entry]) -> None:
        cursor = self.connection.cursor()
        try:
            cursor.execute("begin")
            lost, refs, moved = self._take_in(cursor, new)
            self._kinds |= {entry["kind"] for entry in new}
            for name in ("masked", *_scripts(new, refs, self._kinds, moved, self.of_places)):
                for statement in _statements(name):
                    cursor.execute(statement, {"refs": sorted(refs)} if "$refs" in statement else None)
                if name == "changed":
                    self._begin_anew(cursor)
            self.some = self.some or bool(cursor.execute("select 1 from delta.touched limit 1").fetchall())
            beside = " union all ".join(f"select 1 from delta.{table}" for table in self.beside)
            self.programmes = bool(cursor.execute(f"select 1 from ({beside}) limit 1").fetchall())
            cursor.execute("commit")
            self._lost = lost
        except BaseException:
            cursor.execute("rollback")
            raise
        finally:
            cursor.close()

    def _take_in(self, cursor: duckdb.DuckDBPyConnection, new: Sequence[Entry]) -> tuple[dict[Claim, Attached], set[str], bool]:
        """Keep entries under the address of the household that each belongs to now, whatever it was called when it was recorded; where
        those belong that go nowhere by themselves, the addresses of which something changed, and whether earlier entries moved."""
        said = list(map(SAID, new))
        claims = {one: claim(one) for one in set(said)}
        self.attachments.learn(new, claims.values())
        alone = self.attachments.alone(claims.values())
        for one in sorted(alone, key=str):
            self._claims.setdefault(one, len(self._claims))
        kept = {one: (self._claims[of], _ref(of, self._lost.get(of, alone[of]))) for one, of in claims.items()}
        table = _table(new, [kept[one] for one in said])
        cursor.register("new_entries", table)
        cursor.execute(
            "insert into delta.entry select seq, id, kind, now, village, thing, cast(base as varchar[]),"
            " cast(nullif(occurred_on, '') as date), cast(body as json), cast(photos as varchar[]), who, role,"
            " cast(cast(received_at as timestamptz) as timestamp), ref, claim, meeting from new_entries"
        )
        cursor.unregister("new_entries")
        before = {of: one for of, one in alone.items() if not one.ref and of.ref} | self._lost
        lost = self.attachments.all_of(before, self._named(cursor)) if before else {}
        moved = {of: one for of, one in lost.items() if one.ref != before[of].ref}
        if moved:
            moves = [(self._claims[of], _ref(of, one)) for of, one in moved.items()]
            cursor.register("moves", pa.table({"claim": [n for n, _ in moves], "now": [now for _, now in moves]}))
            cursor.execute("update delta.entry e set ref = m.now from moves m where m.claim = e.claim")
            cursor.unregister("moves")
        refs = {(lost.get(of) or one).ref for of, one in alone.items()}
        refs |= {one.ref for of in moved for one in (before[of], lost[of])}
        return lost, (refs | self._withdrawals(cursor)) - {""}, bool(moved)

    def _named(self, cursor: duckdb.DuckDBPyConnection) -> dict[str, Claim]:
        """What the entries say of their households that officers' words name, those that are here."""
        if not (ids := self.attachments.named()):
            return {}
        numbered = list(self._claims)
        rows = cursor.execute("select id, claim from delta.entry where id in (select unnest($ids))", {"ids": ids}).fetchall()
        return {id_: numbered[claim] for id_, claim in rows}

    def _withdrawals(self, cursor: duckdb.DuckDBPyConnection) -> set[str]:
        """A withdrawal goes where the entry is that it takes back under the same number; the addresses between which some went."""
        if not self.attachments.withdrawn:
            return set()
        of = "delta.entry e where w.kind = 'withdrawn' and e.id = w.thing and e.given = w.given and e.ref <> w.ref"
        rows = cursor.execute(f"select w.ref, e.ref from delta.entry w, {of}").fetchall()
        if rows:
            cursor.execute(f"update delta.entry w set ref = e.ref from {of}")
        return {ref for row in rows for ref in row}

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


def carrying(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables of a build whose rows say which entries are in them; one made by an earlier version has fewer."""
    rows = connection.execute(
        "select table_name from duckdb_columns() where database_name = 'warehouse' and column_name = 'entries'"
    ).fetchall()
    return {table for (table,) in rows}


def _scripts(new: Sequence[Entry], refs: Set[str], came: Set[str], moved: bool, with_places: bool) -> tuple[str, ...]:
    """The scripts that new entries ask for, where these addresses are those of which something changed, and those kinds came so far;
    `moved`: earlier entries have another household now, whom a meeting may have certified."""
    things = {kind.of for kind in kinds().values() if kind.name in came}
    meetings = moved or any(entry["kind"] in of_places() | {"certification", "withdrawn"} for entry in new)
    of_them = MEETINGS | (OF_PLACES if with_places else {}) if meetings else {}
    return (
        *(HOUSEHOLDS if refs else ()),
        *(VILLAGES if "found" in came and any(not entry["ref"] for entry in new) else ()),
        *(script for script, of in of_them.items() if of & things),
    )


def _ref(of: Claim, attached: Attached) -> str:
    """Under what an entry is kept: the address of its household, or what is none; "" of a village."""
    return attached.ref or (f"?{of.ref}" if of.ref else "")


def _table(entries: Sequence[Entry], kept: Sequence[tuple[int, str]]) -> pa.Table:
    columns = {name: [entry[name] for entry in entries] for name in ENTRIES.names if name != "meeting"}
    columns["meeting"] = [json.loads(entry["device"]).get("meeting", "") for entry in entries]
    made = pa.table(columns, ENTRIES).append_column("claim", pa.array([number for number, _ in kept], pa.int32()))
    return made.append_column("now", pa.array([now for _, now in kept], pa.string()))


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
        "of_meetings": _quoted(sorted(of_places())),
        "state": _state(),
        "filed": _quoted(name for register in FILED.values() for name in register),
        "dimensions": ", ".join(f"('{d}', b.{d}, n.{d}, b.{d}_checked_on)" for d in dimensions),
        "moves": _quoted(kind.name for kind in kinds().values() if kind.moves),
        "followed": _quoted(r.name for r in registers().values() if r.parent == "household" and r.events),
        "stalled_after": STALLED_AFTER,
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
        "checked_on": f"case s.body->>'checked_dimension' {' '.join(f'when {_quoted([d])} then h.{d}_checked_on' for d in dimensions)} end",
        "deprived": sums.deprived(),
        "aspects": sums.aspect_states(),
        "plans": ", ".join(f"coalesce(p.plan_{a}, h.plan_{a}) as plan_{a}" for a in aspects),
        "now": ", ".join(f'"{name}"' for name in _now(dimensions, aspects)),
        "tally": definitions.script("tally")
        .replace("{state}", "warehouse.state")
        .replace("{aspects}", ", ".join(f"plan_{a}" for a in aspects))
        .replace("{within_days}", str(definitions.rule("stalled_after"))),
    }


def _state() -> str:
    """How far a meeting is, of the kinds that are recorded of it: the furthest state that one of them leads to."""
    leads = sorted((kind for kind in kinds().values() if kind.leads), key=lambda kind: -STATES.index(kind.leads))
    cases = " ".join(f"when list_contains(far.kinds, '{kind.name}') then '{kind.leads}'" for kind in leads)
    return f"case {cases} end"


def _now(dimensions: list[str], aspects: list[str]) -> list[str]:
    """The columns of a household that what is recorded may change."""
    lights = [f"{d}{part}" for d in dimensions for part in ("", "_basis", "_checked_on")]
    return [*lights, *(f"plan_{aspect}" for aspect in aspects), *CHANGING]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)

"""What caused a household to count otherwise in one build than in another: what was read of it, what is kept, a rule, the date."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from definitions import table
from definitions.registers import children
from queries.filters import Filters
from queries.headlines import Headline
from queries.inputs import Inputs, Record
from queries.moments import View

TIMES = ("as_of", "news")  # inputs that follow from what others say: the date of the data, the latest news that counts
READ_BY = (
    "register_columns",
    "heading_words",
    "heading_values",
    "picklists",
    "registers",
    "titles",
    "date_spans",
    "rules",
    "survey_rounds",
)
LIGHTS = ("health", "living", "education", "income", "access")
CHOSEN_BY = {  # filter -> what decides whether a household is chosen by it
    "province": ("place",), "district": ("place",), "tambon": ("place",), "village": ("place",),
    "dimension": tuple(f"{part}_{light}" for light in LIGHTS for part in ("answers", "check")),
    "plan": ("items", "done", "kept_plans"), "case": ("certification", "closed", "moved", "kept_followed", "as_of", "news"),
    "source": ("source",), "certification": ("certification",),
}  # fmt: skip
SHOWN = 4  # changed rows of a definition that are named

Cause = tuple[str, dict[str, Any]]  # what it is, and its source


@cache
def kept_by() -> dict[str, frozenset[str]]:
    """Input -> the registers of which one must be kept before anything is said: as etl/tables/kept.sql keeps them."""
    due = {name for row in table("register_columns") if row["column"] == "due_date" for name in row["register"].split("|")}
    return {
        "kept_plans": frozenset({"plan"}),
        "kept_help": frozenset({"plan", "contribution"}),
        "kept_due": frozenset(due & {register.name for register in children()}),
        "kept_followed": frozenset(register.name for register in children() if register.events),
        "kept_verification": frozenset({"verification"}),
    }


@dataclass
class Rules:
    """The definitions of one build and the version of the loader that made it."""

    tables: dict[str, list[dict[str, Any]]]
    program: str


def rules(seen: View) -> Rules:
    """What a build was made under."""
    run = seen.doors.connection.cursor().execute
    names = run(
        "select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'definition'"
    ).fetchall()
    tables = {name: seen.rows(f'from warehouse.definition."{name}"') for (name,) in sorted(names)}
    has = (
        "select 1 from duckdb_columns() where database_name = 'warehouse' and table_name = 'build' and column_name = 'program'"
    )
    return Rules(tables, run("select program from warehouse.build").fetchall()[0][0] if run(has).fetchall() else "")


@dataclass
class Loaded:
    """Two builds side by side, of some households."""

    was: Inputs
    now: Inputs
    rules_were: Rules
    rules_are: Rules
    filters: Filters
    _changed: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)

    def cause(self, ref: str, headline: Headline, chosen: bool) -> Cause | None:
        """Why a household counts otherwise; `chosen` is whether the filters keep another of its states. None where nothing is found."""
        if (ref in self.was.said) != (ref in self.now.said):
            side = self.now if ref in self.now.said else self.was
            return self._read(ref, ("household", ""), side, "came" if side is self.now else "went")
        for name in (*(self._chosen_by() if chosen else ()), *headline.inputs):
            if found := self._input(ref, name):
                return found
        if changed := self._definition(headline.rules) or self._definition(READ_BY):
            return "definition", changed
        if self.rules_were.program != self.rules_are.program:
            return "program", {}
        return None

    def _chosen_by(self) -> Iterator[str]:
        for name in self.filters.address():
            yield from CHOSEN_BY.get(name, ())

    def _input(self, ref: str, name: str) -> Cause | None:
        """The cause that stands behind one input, where it changed."""
        if name in kept_by():
            return self._kept(ref, kept_by()[name])
        was, now = self.was.of(ref, name), self.now.of(ref, name)
        changed = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        if not changed:
            return None
        if name in TIMES:
            return "time", {"from": next(iter(was.values()), ""), "to": next(iter(now.values()), "")}
        record = changed[-1]
        side = self.now if record in now else self.was
        return self._read(
            ref, record, side, "changed" if record in was and record in now else "came" if record in now else "went"
        )

    def _kept(self, ref: str, registers: frozenset[str]) -> Cause | None:
        """Whether its district keeps any of these registers now and did not before, or the other way round."""
        was, now = ({register for register, _ in of.of(ref, "kept")} & registers for of in (self.was, self.now))
        return ("kept", {"register": min(was ^ now)}) if bool(was) != bool(now) else None

    def _read(self, ref: str, record: Record, side: Inputs, what: str) -> Cause:
        """The file of a record, or the definition by which the very same row is read otherwise now."""
        here, was, now = (of.origins.get((ref, record)) for of in (side, self.was, self.now))
        same = was and now and all(was[part] == now[part] for part in ("checksum", "sheet", "row"))
        if same and (changed := self._definition(READ_BY)):
            return "definition", changed
        place = {part: here[part] for part in ("file", "sheet", "row")} if here else {}
        listed = {"list": said} if record[0] == "household" and (said := side.of(ref, "source").get(record)) else {}
        return "file", {"what": what, "register": record[0], **listed, **place}

    def _definition(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The first of some tables of definitions that is another now, and in which rows; nothing where none is."""
        if names not in self._changed:
            self._changed[names] = next(
                (
                    {"table": name, "rows": rows}
                    for name in names
                    if (rows := changed_rows(self.rules_were.tables.get(name, []), self.rules_are.tables.get(name, [])))
                ),
                {},
            )
        return self._changed[names]


def changed_rows(were: list[dict[str, Any]], are: list[dict[str, Any]]) -> list[str]:
    """What two versions of a table say differently, in words: the row by its first two cells, and each cell that changed."""
    old, new = ({tuple(row.values()): row for row in rows} for rows in (were, are))
    by_key = {key_of(row): row for values, row in old.items() if values not in new}
    said = []
    for values, row in new.items():
        if values in old:
            continue
        earlier = by_key.pop(key_of(row), None)
        cells = [f"{name} {earlier.get(name)} → {cell}" for name, cell in row.items() if earlier and earlier.get(name) != cell]
        said.append(f"{' '.join(key_of(row))}: {', '.join(cells) if earlier else '+'}")
    said += [f"{' '.join(key)}: −" for key in by_key]
    return said[:SHOWN]


def key_of(row: dict[str, Any]) -> tuple[str, ...]:
    """By what a row of definitions is known."""
    return tuple(str(cell) for cell in list(row.values())[:2])

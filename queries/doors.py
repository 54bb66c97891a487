"""Doors: table macros, the only access path of questions to a build: macros.sql, and `chosen_<table>s` per register of a household,
of a place or of a district's office.

Spelled out of the build's own definitions and columns, so that a register which was not there yesterday has its door today. A question
goes through doors as narrow as it is: with the columns that it names, and the conditions of those filters alone that are set. Binding a
hundred columns and ten filters that nobody chose was half of what an answer costs that is asked first. Values stay bound: a door's text
tells whether a filter is set, never to what. tests/queries/test_doors.py holds every answer against that of the widest doors.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

import definitions
from definitions.registers import registers
from journal.project import PLACED_INTO, RECORDED, THINGS, Projection, children
from queries.columns import classified
from queries.questions import BREAKDOWNS, UNGUARDED, Question, without_comments

MACROS = [
    Path(__file__).parent / f"{name}.sql"
    for name in ("macros", "fund_macros", "debt_macros", "learning_macros", "sufficiency_macros")
]  # each after those it uses
SCRIPTS = ("masks", "counts", "sounding")  # of definitions/
ALL_COLUMNS = """
select schema_name, table_name, column_name, data_type from duckdb_columns()
where (database_name = 'warehouse' and schema_name = 'main') or (database_name = 'memory' and schema_name = 'delta')"""
MASKED = "_masked"  # behind the name of a free text: the same without the names of its household
NAME = re.compile(r"[a-z][a-z0-9_]*")
MACRO = re.compile(r"^create macro (\w+)\(.*?;$", re.DOTALL | re.MULTILINE)
WORD = re.compile(r"\w+")
THROUGH = re.compile(r"\b(chosen_\w+)\(")
DOOR = r"\b(?:visible|chosen|placed|marked|people)_\w+\([^()]*\)"
ALIAS = re.compile(rf"{DOOR}\s+(?!where\b|join\b|group\b|order\b|on\b)(\w+)")
STAR = re.compile(rf"columns\((?!lambda c: c = \$by\))|to_json\(|select \*[^()]* from {DOOR}")
PLACED = {  # filter -> its condition
    "year": "list_contains(f['year'], register_year)",
    "province": "list_contains(f['province'], province_code)",
    "district": "list_contains(f['district'], district_code)",
    "tambon": "list_contains(f['tambon'], tambon_code)",
    "village": "list_contains(f['village'], village_code)",
}
# The same of what lies in a village and says so by its code alone: of one place its first digits are compared, which takes a
# tenth of the time of cutting each row's code to compare it.
BY_CODE = {
    name: f"if(len(f['{name}']) = 1, starts_with(village_code, f['{name}'][1]), {PLACED[name]})"
    for name in ("province", "district", "tambon", "village")
} | {"year": PLACED["year"]}
OFFICE = {  # the same of what lies in a district: a place chosen in it chooses it
    "province": "list_contains(f['province'], district_code[1:2])",
    "district": "list_contains(f['district'], district_code)",
    "tambon": "list_contains(list_transform(f['tambon'], lambda c: c[1:4]), district_code)",
    "village": "list_contains(list_transform(f['village'], lambda c: c[1:4]), district_code)",
}
CHOSEN = {
    "dimension": " or ".join(
        f"({row['dimension']} = 'deprived' and list_contains(f['dimension'], '{row['dimension']}'))"
        for row in definitions.table("dimensions")
    ),
    "plan": "list_contains(f['plan'], plan)",
    "case": "list_contains(f['case'], \"case\")",
    "source": "list_contains(f['source'], source)",
    "certification": "list_contains(f['certification'], certification)",
}
PLACES = {"province", "district", "tambon", "village"}
SPAN = "village_code between f['lowest'] and f['highest']"  # households are sorted by village: row groups outside are skipped
WITHIN = "village_code between r['lowest'] and r['highest'] and is_in(r['areas'], village_code)"
# What a district's office keeps is for whoever answers for the district, for more than it, or for a place in it.
OFFICE_WITHIN = (
    "(r['areas'] is null or len(list_filter(r['areas'], lambda a: starts_with(a, district_code) or starts_with(district_code, a)))"
    " > 0)"
)
LISTED = "was_village is not null and is_in(r['areas'], was_village)"
RECORDED_HOUSEHOLDS = (
    " and rowid not in (from delta.touched) union all select home, {household} from delta.household where {within}"
)
RECORDED_TALLIES = (
    " and (village_code, register_year) not in (from delta.cell) union all select {tally} from delta.tally where {within}"
)
# Tables of a place that the build works out of registers (etl/tables/): what they tell is the same for every reader. -> column of the year
WORKED_OUT = {
    "fund_due": "fiscal_year",
    "fund_standing": "fiscal_year",
    "debt_late": "fiscal_year",
    "debt_standing": "fiscal_year",
    "village_item": "assessed_year",
    "village_level": "assessed_year",
}
SINCE = re.compile(r"^.* -- recorded\n", re.MULTILINE)  # lines of a door about what was recorded of programmes since the build
SHARED = {  # rules of definitions/ that the build applies to registers, and a door to what was recorded
    "items_scored": {"assessed": "assessed", "scores": "scores"},
    "levels": {"assessed": "assessed", "items": "items"},
    "debt_standings": {"actions": "actions", "funds": "funds", "loans": "loans", "problems": "problems"},
}
NATION = {"within": "true", "office_within": "true", "listed": "was_village is not null"}
RECORDS = (
    "record",
    "found",
    "disagreement",
    "meeting",
    "agenda",
    "outcome",
    "minutes_note",
    "held_forum",
    "held_score",
    "loan_step",
    "place_record",
)  # tables of what is recorded and stands in no register
ONE_A_KEY = {
    "learning_meeting"
}  # of what is recorded as rows of a register: a subject has one step a day; every repayment counts
MOST = 2_000  # narrow questions of a build, some 10 kB each; whoever asks more kinds of them gets the widest doors
ALWAYS = {"village_code", "home"}  # a door has some column, whatever is asked

HOUSEHOLDS, PROGRAMMES = 1, 2  # of what something is recorded since the build; their sum of both
# The filters that are set, whether the reader's areas are less than the nation, of what something is recorded since the build.
Shape = tuple[frozenset[str], bool, int]


def shape(filters: Mapping[str, Any], reader: Mapping[str, Any], recorded: int = 0) -> Shape:
    """What decides the text of doors, of the structs that are bound: whether there is a value, never which."""
    return frozenset(name for name in (*PLACED, *CHOSEN) if filters[name] is not None), reader["areas"] is not None, recorded


class Doors:
    """The doors of one connection to an attached build."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Makes the widest doors, which hold for every shape and have every column, and an empty projection beside the build.

        The rule of small cells is a constant: looked up at each of eighteen columns it cost more than the answer.
        """
        self.connection = connection
        self._made: dict[tuple[str, bool, Shape], str] = {}
        self._lock = threading.Lock()
        (rule,) = self._rows("select cast(\"value\" as int) from warehouse.definition.rules where rule = 'small_cell'")[0]
        connection.execute(f"create macro small_cell() as {int(rule)}")
        for name in SCRIPTS:
            connection.execute(definitions.script(name))
        self.projection = Projection(connection)
        described = self._rows(ALL_COLUMNS)
        tables: dict[str, dict[str, list[str]]] = {"main": {}, "delta": {}}
        for schema, table, column, _ in described:
            tables[schema].setdefault(table, []).append(column)
        self.columns = tables["main"] | {table: columns for table, columns in tables["delta"].items() if table in RECORDS}
        self.templates = {
            match[1]: match[0] for match in MACRO.finditer("\n".join(path.read_text(encoding="utf-8") for path in MACROS))
        }
        self.child_tables = children(connection)
        made = {f"chosen_{table}s": child(table) for table in self.child_tables}
        made |= {f"chosen_{table}s": placed(table, year) for table, year in of_places(connection, "village_code")}
        there = {table: year for table, year in WORKED_OUT.items() if table in self.columns}  # not in an older program's build
        made |= {f"chosen_{table}s": placed(table, year) for table, year in there.items()}
        made |= {f"chosen_{table}s": of_office(table) for table, _ in of_places(connection, "district_code")}
        self.templates = standing(self.templates, made)
        through = dict(made)
        self.shared = {
            name: filled(without_comments(definitions.script(name)), words | {"definition": "warehouse.definition"})
            for name, words in SHARED.items()
        }
        for name, text in self.templates.items():  # in the order of the file: a door goes through earlier ones only
            if through.keys() & set(WORD.findall(text)):
                through[name] = text
        self.templates = {n: t for n, t in self.templates.items() if n not in through} | through
        texts = self._texts(None, set(self.templates), None).values()
        for text in texts:
            connection.execute(text)
        self.schema = self._schema(described, [f"small_cell {rule}", *texts])

    def sql(self, question: Question, of: Shape) -> str:
        """A question's text through doors as narrow as it is, which are made when they are first asked for."""
        key = (question.name, question.coarse, of)
        if key not in self._made and len(self._made) < MOST:
            with self._lock:
                if key not in self._made:
                    self._made[key] = self._narrowed(question, of, f"__{len(self._made)}")
        return self._made.get(key, question.sql)

    def _narrowed(self, question: Question, of: Shape, suffix: str) -> str:
        """The question with its doors renamed; they stand in the catalogue of the connection beside the widest ones."""
        text = without_comments(question.sql)
        names = {name for name in self._reached(text, of[2]) if " as table" in self.templates[name]}
        if not names:
            return question.sql
        named = set(WORD.findall(text)) | (set(BREAKDOWNS.values()) if "by" in question.parameters else set())
        renamed = re.compile(rf"\b({'|'.join(names)})\(")
        for made in self._texts(of, names, None if takes_all(question, text) else named).values():
            anew = made.replace(
                "create macro", "create or replace macro", 1
            )  # also where the try before this one failed midway
            self.connection.execute(renamed.sub(rf"\1{suffix}(", anew))
        return renamed.sub(rf"\1{suffix}(", question.sql)

    def _reached(self, text: str, held: int) -> set[str]:
        """The doors that a text names, and those behind them; of programmes of which nothing is recorded none to what is."""
        found: set[str] = set()
        waiting = {text}
        while waiting:
            words = set(WORD.findall(waiting.pop()))
            waiting |= {self._since(self.templates[name], held) for name in words & self.templates.keys() - found}
            found |= words & self.templates.keys()
        return found

    def _texts(self, of: Shape | None, names: set[str], named: set[str] | None) -> dict[str, str]:
        """Door -> the statement that makes it, each after those it goes through; no shape holds for all, no names for all columns."""
        chosen, bounded, held = of or (frozenset({*PLACED, *CHOSEN}), True, HOUSEHOLDS + PROGRAMMES)
        recorded = bool(held & HOUSEHOLDS)
        parts = {"within": WITHIN, "office_within": OFFICE_WITHIN, "listed": LISTED} | ({} if bounded else NATION)
        span = [SPAN] if of is None or chosen & PLACES else []
        parts |= {
            "placed": " and ".join(span + list(_conditions(PLACED, chosen, of is None))) or "true",
            "placed_by_code": " and ".join(span + list(_conditions(BY_CODE, chosen, of is None))) or "true",
            "office_placed": " and ".join(_conditions(OFFICE, chosen, of is None)) or "true",
            "chosen": " and ".join(_conditions(CHOSEN, chosen, of is None)) or "true",
        }
        shared = {
            rule: text for rule, text in self.shared.items() if any(f"{{{rule}}}" in self.templates[name] for name in names)
        }
        if named is not None:
            behind = " ".join([*(self.templates[name] for name in names), *parts.values(), *shared.values()])
            named = named | ALWAYS | set(WORD.findall(behind))
        parts |= {table: ", ".join(self._columns(table, named, parts["listed"], held)) for table in self.columns}
        parts |= {f"{table}_now": _now(table, held & self._held(table)) for table in self.columns}
        parts |= shared
        parts["recorded_households"] = filled(RECORDED_HOUSEHOLDS, parts) if recorded else ""
        parts["recorded_tallies"] = filled(RECORDED_TALLIES, parts) if recorded else ""
        texts = {name: text for name, text in self.templates.items() if name in names}
        return {name: filled(self._since(text, held), parts) for name, text in texts.items()}

    @staticmethod
    def _since(text: str, held: int) -> str:
        """A door without its lines about what was recorded of programmes, where nothing was."""
        return text if held & PROGRAMMES else SINCE.sub("", text)

    def _columns(self, table: str, named: set[str] | None, listed: str, held: int) -> Iterator[str]:
        """SQL of the columns of a door: free texts without the names of their household for whoever may not read free text; how a
        household was a year before where it stood in the reader's areas then, too; who recorded a record."""
        columns = self.columns[table]
        for name in columns:
            if name.endswith(MASKED) or name == "was_village" or (named is not None and name not in named):
                continue
            if name + MASKED in columns:
                yield f"written({table}.{name}, {table}.{name}{MASKED}, r['text']) as {name}"
            elif table == "tally" and name.endswith("_was"):
                yield f"if({listed}, {name}, null) as {name}"
            else:
                yield f'{table}."{name}"'
        if table == "tally":
            yield f"{listed} as was_listed"
        if table in self.child_tables or (table in PLACED_INTO and self.projection.of_places):
            more = {name: f"null::{type_}" for name, type_ in RECORDED.items()} | (
                {"thing": THINGS[table]} if table in THINGS else {}
            )
            for name in [name for name in more if named is None or name in named]:
                yield f'{table}."{name}"' if held & self._held(table) else f"{more[name]} as {name}"

    def _held(self, table: str) -> int:
        """Of what something has to be recorded for a table to have rows of it."""
        if table in self.child_tables or table == "person":
            return HOUSEHOLDS
        return PROGRAMMES if table in PLACED_INTO and self.projection.of_places else 0

    def _schema(self, described: Iterable[tuple], texts: Iterable[str]) -> str:
        """A digest of all that decides which columns an answer has, of what type and of which class of personal data."""
        told = [
            *described,
            *self._rows(
                "select dimension from warehouse.definition.dimensions union all select aspect from warehouse.definition.aspects"
            ),
            *classified(self.connection),
        ]
        return sha256(chr(0).join([*texts, *map(definitions.script, SCRIPTS), *map(repr, told)]).encode()).hexdigest()

    def _rows(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


def standing(templates: Mapping[str, str], made: Mapping[str, str]) -> dict[str, str]:
    """The templates but those that go through a door to a table which this build does not have, as an older program's build has
    none of what it did not work out; it is opened to be compared, and nobody asks it for that."""
    doors, lacking = {*templates, *made}, set[str]()
    for name, text in templates.items():  # in the order of the file: a door goes through earlier ones only
        if set(THROUGH.findall(text)) - doors or lacking & set(WORD.findall(text)):
            lacking.add(name)
    return {name: text for name, text in templates.items() if name not in lacking}


def takes_all(question: Question, text: str) -> bool:
    """Whether a question may read or return columns which it does not name: then its doors have all of them.

    One that is sliced by a column (`$by`) has those it may be sliced by; what it makes of them it names.
    """
    starred = any(f"{alias}.*" in text for alias in ALIAS.findall(text))
    return starred or (bool(STAR.search(text)) and "by" not in question.parameters)


def child(table: str) -> str:
    """The door to what hangs on households: the rows of those chosen, their free texts as the reader may see them."""
    return f"""create macro chosen_{table}s(f, r) as table
        select {{{table}}}, ref, tambon_code, village_code, of_chosen.as_of, closed_date
        from {{{table}_now}} join of_chosen(f, r) of_chosen using (home);"""


def of_places(connection: duckdb.DuckDBPyConnection, lies: str) -> list[tuple[str, str]]:
    """(table, its column of the year, "" where it has none) of the registers that tell of a place by the column `lies` and of no
    household, of the build's own definitions."""
    rows = connection.execute(
        """select r."table", list_filter(string_split(r.key, '|'), lambda c: ends_with(c, '_year'))
        from warehouse.definition.registers r left join warehouse.definition.registers p on p.register = r.parent
        where coalesce(p.register, r.register) <> 'household' and coalesce(p.place, r.place) = $1""",
        [lies],
    ).fetchall()
    return [(table, (years or [""])[0]) for table, years in rows if NAME.fullmatch(table or "") and table not in UNGUARDED]


def placed(table: str, year: str) -> str:
    """The door to what lies in a village: the rows of the reader's areas, of the years and places chosen. What else the filters say is
    of households, and leaves them alone."""
    of_year = f"{year} as register_year, " if year and year != "register_year" else "null as register_year, " * (not year)
    return f"""create macro chosen_{table}s(f, r) as table
        select {{{table}}}, tambon_code, district_code
        from (select *, {of_year}village_code[1:2] as province_code, village_code[1:4] as district_code,
                     village_code[1:6] as tambon_code from {{{table}_now}}) as {table}
        where {{within}} and {{placed_by_code}};"""


def of_office(table: str) -> str:
    """The door to what a district's office keeps: the rows of the reader's areas and of the places chosen."""
    return f"""create macro chosen_{table}s(f, r) as table
        select {{{table}}} from {{{table}_now}} where {{office_within}} and {{office_placed}};"""


def _now(table: str, recorded: int) -> str:
    """A table of records as it is now: of households of which something is recorded, what the delta has; of a register of places
    what is recorded as its rows, too, or in place of the row of its key."""
    if not recorded:
        return f"warehouse.{table}"
    if table in PLACED_INTO:
        key = ", ".join(registers()[table].key)
        replaced = f"anti join delta.{table} using ({key})" if table in ONE_A_KEY else ""
        return f"(select * from warehouse.{table} {replaced} union all by name select * from delta.{table}) as {table}"
    thing = f", {THINGS[table]} as thing" if table in THINGS else ""
    return (
        f"(select *{thing} from warehouse.{table} where home not in (from delta.touched)"
        f" union all by name select * from delta.{table}) as {table}"
    )


def filled(template: str, parts: Mapping[str, str]) -> str:
    """A template with what stands in braces put in; one that nobody knows is a KeyError."""
    return re.sub(r"\{(\w+)\}", lambda match: parts[match[1]], template)


def _conditions(of: Mapping[str, str], chosen: frozenset[str], any_shape: bool) -> Iterator[str]:
    for name, condition in of.items():
        if any_shape:
            yield f"(f['{name}'] is null or {condition})"
        elif name in chosen:
            yield f"({condition})"

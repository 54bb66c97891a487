"""Datasette over SQLite: the tables of a build, the overview's questions as canned queries, asked as JSON."""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb

from benchmarks.peers.environments import pinned, programs
from benchmarks.peers.over_http import HttpTab, Request, running
from benchmarks.peers.peer import Peer
from benchmarks.peers.views import Rows
from queries import Filters

CANNED = Path(__file__).parent / "canned"
PARTS = ("chosen", "by_dimension")  # what several begin with
WHOLE = ("road", "places")  # asked without a certification, as on our page
BATCH = 50_000  # rows
PLACED = "register_year, province_code, district_code, tambon_code, village_code, source, certification"
STATES = "health, living, education, income, access"
TABLES = {
    "tally": f"""{PLACED}, {STATES}, deprived, plan, plan_attitude, plan_skill, plan_resource, plan_way_out, "case", helped,
        overdue, was_village, health_was, living_was, education_was, income_was, access_was, households, people, target_people,
        card_known, verified""",
    "household": f"""{PLACED}, {STATES}, ref, plan, "case", overdue, plan_overdue, steps_overdue, days_still""",
    "place": "code, name_th",
}
INDICES = (
    "create index tally_by_village on tally (village_code)",
    "create index household_by_village on household (village_code)",
    "create unique index place_by_code on place (code)",
    "analyze",
)
LIMITS = {"sql_time_limit_ms": 60_000}  # a second, as it comes, and forty readers would be told that it took too long


def exported(build: Path, to: Path) -> Path:
    """The tables that the overview reads, as SQLite; enumerations as text."""
    with duckdb.connect(str(build), read_only=True) as source, contextlib.closing(sqlite3.connect(to)) as target:
        for table, columns in TABLES.items():
            rows = source.execute(f"select {columns} from {table}")
            names = [f'"{column[0]}"' for column in rows.description]
            target.execute(f"create table {table} ({', '.join(names)})")
            while batch := rows.fetchmany(BATCH):
                target.executemany(f"insert into {table} values ({', '.join('?' * len(names))})", batch)
        for statement in INDICES:
            target.execute(statement)
        target.commit()
    return to


def canned() -> dict[str, str]:
    """Question -> its SQL, parts filled in."""
    text = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CANNED.glob("*.sql"))}
    parts = {name: text.pop(name) for name in PARTS}
    parts["chosen_households"] = (
        parts["chosen"].replace("chosen as", "chosen_households as").replace("from tally", "from household")
    )
    for name, part in parts.items():
        text = {question: sql.replace(f"{{{name}}}", part.strip()) for question, sql in text.items()}
    return text


def parameters(view: Filters) -> dict[str, str]:
    """Filters as the canned queries take them: JSON lists, and the range of village codes."""
    struct = view.struct()
    lists = ("year", "district", "tambon", "source", "certification", "dimension")
    values = {name: json.dumps(struct[name] or []) for name in lists}
    return values | {"lowest": str(struct["lowest"]), "highest": str(struct["highest"])}


def asked(view: Filters) -> dict[str, Request]:
    """One request per question."""
    narrow, whole = (urlencode({**parameters(v), "_shape": "array"}) for v in (view, view.without("certification")))
    return {name: Request(f"/overview/{name}.json?{whole if name in WHOLE else narrow}") for name in canned_names()}


def canned_names() -> list[str]:
    """The questions."""
    return [path.stem for path in sorted(CANNED.glob("*.sql")) if path.stem not in PARTS]


def understood(answers: dict[str, Any]) -> dict[str, Rows]:
    """Rows as they are."""
    return answers


@contextlib.contextmanager
def datasette(build: Path, folder: Path) -> Iterator[Peer]:
    """Datasette over a build; raises NotInstalled where its registry is not reached."""
    program = programs("datasette") / "datasette"
    database = exported(build, folder / "overview.db")
    queries = {name: {"sql": sql} for name, sql in canned().items()}
    (folder / "metadata.json").write_text(json.dumps({"databases": {"overview": {"queries": queries}}}), encoding="utf-8")
    settings = [word for name, value in LIMITS.items() for word in ("--setting", name, str(value))]

    def command(port: int) -> list[str]:
        return [str(program), "serve", "-i", str(database), "-m", "metadata.json", "-p", str(port), *settings]

    with running(command, folder, "/-/versions.json", os.environ) as (process, port):
        yield Peer(f"Datasette {pinned('datasette')}", process, lambda: HttpTab(port, {}, asked, understood))

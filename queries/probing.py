"""Probing: a finished build is asked every question before it is published, once for each schema.

Whether a question binds is decided by its text, the doors and tables of the build and the engine, and by nothing that stands in a register;
what definitions say is read as it runs. What was asked of a build is not asked of the next one that has all of this alike. Where that is
written down the build is opened and asked what the first page asks.
"""

import contextlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import duckdb

import definitions
from installation import private_files
from installation.paths import cache_folder
from queries.ask import DEFAULTS
from queries.doors import Doors
from queries.filters import Filters
from queries.questions import BREAKDOWNS, Question, questions, twins
from queries.reader import DESK, Reader
from queries.warehouse import opened

FIRST = ("scope", "summary", "road", "dimensions")  # what every build is asked
PROBE = {**DEFAULTS, "limit": 1, "by": BREAKDOWNS["total"], "decided": ""}


def probe(path: Path) -> None:
    """Ask the questions of a finished build file, about one village; raises duckdb.Error when one cannot be answered."""
    doors = opened(path)
    try:
        asked = [*questions().values(), *twins().values()]
        known = _known(doors, asked)
        _ask(doors.connection, [questions()[name] for name in FIRST] if known and known.exists() else asked)
        if known:
            _remember(known)
    finally:
        doors.connection.close()


def _ask(connection: duckdb.DuckDBPyConnection, asked: Iterable[Question]) -> None:
    village = connection.execute("select min(village_code) from warehouse.household").fetchone()[0]
    reader = Reader(DESK.role, (village,) if village else ()).struct()
    bound = {**PROBE, "filters": Filters().struct(), "reader": reader}
    for question in asked:
        connection.execute(question.sql, {name: bound[name] for name in question.parameters}).fetchall()


def _known(doors: Doors, asked: Iterable[Question]) -> Path | None:
    """The file that says that all of this was answered here before; none on a machine that keeps nothing."""
    folder = cache_folder()
    said = [
        duckdb.__version__,
        definitions.fingerprint(),
        doors.schema,
        repr(sorted(PROBE.items())),
        repr((sorted(Filters().struct()), sorted(DESK.struct()))),
        *(question.sql for question in asked),
    ]
    return folder and folder / f"probed-{sha256(chr(0).join(said).encode()).hexdigest()}"


def _remember(known: Path) -> None:
    """Keep it; a folder that takes nothing is no fault: the next build is asked everything."""
    with contextlib.suppress(OSError):
        known.parent.mkdir(parents=True, exist_ok=True)
        private_files.replace(known, b"")

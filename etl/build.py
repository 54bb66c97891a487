"""One build: register files to a finished DuckDB file, all or nothing, a pure function of its inputs."""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

import definitions
from etl import declared
from etl.clean import shared_records, validate
from etl.clean.steps import Steps
from etl.engine import opened
from etl.outlines import build_shapes, check_points, districts
from etl.progress import Tell, ticking
from etl.rejects import fault_areas, refused_rows
from etl.store import RegisterFile, Store
from etl.tables import account, make
from etl.typing import read_files
from etl.typing.ingest import Understood

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Inputs:
    """What a build is made of beside the definitions: the files, whether they are the sample, headings matched by hand."""

    files: list[RegisterFile]
    sample: bool
    by_hand: Mapping[str, str]

    def identity(self, secret: bytes) -> str:
        """The id of the build: the same inputs, definitions, rules and secret give the same build."""
        parts = [definitions.fingerprint(), hashlib.sha256(_code() + districts.version() + secret).hexdigest()]
        parts += [json.dumps(dict(self.by_hand), sort_keys=True)]
        parts += [f"{f.name}\0{f.checksum}\0{json.dumps(dict(f.constants), sort_keys=True)}" for f in self.files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _code() -> bytes:
    return b"".join(p.read_bytes() for p in sorted(HERE.rglob("*")) if p.suffix in {".py", ".sql"})


Finish = Callable[[Path, list[Understood]], None]
Look = Callable[[duckdb.DuckDBPyConnection], None]


class Enough(Exception):
    """What was asked of a build is known: it is not made to its end."""


def no_look(_: duckdb.DuckDBPyConnection) -> None:
    """Ask nothing on the way."""


def build(store: Store, inputs: Inputs, finish: Finish, tell: Tell = lambda _: None, look: Look = no_look) -> str:
    """Build `inputs` into a file and give it to `finish` with the headings as they were understood; it checks the build and puts it
    where it belongs. Returns the build id.


    `look` is asked once it is known which records are kept, half way; it may raise Enough, and then there is no file. Whatever is
    raised on the way leaves the earlier build in place and no part of the new one behind.
    """
    declared.check()
    name = inputs.identity(store.secret())
    part = store.warehouse / f"{name}.duckdb.tmp"
    with tempfile.TemporaryDirectory(prefix="work-", dir=store.warehouse) as work, _discarded_on_failure(part):
        understood = _write(part, inputs, name, store, Path(work), tell, look)
        if part.with_name(f"{part.name}.wal").exists():
            raise RuntimeError("a write-ahead log was left: the build was not closed properly")
        finish(part, understood)
    return name


@contextlib.contextmanager
def _discarded_on_failure(part: Path) -> Iterator[None]:
    part.unlink(missing_ok=True)
    try:
        yield
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _write(part: Path, inputs: Inputs, name: str, store: Store, work: Path, tell: Tell, look: Look) -> list[Understood]:
    """The stages in their order; what each reads and writes stands in its first lines. Returns the headings of all sheets."""
    given = sum(file.path.stat().st_size for file in inputs.files)
    with opened(part, work, store.secret(), given) as connection, ticking(connection, tell) as telling:
        steps = Steps(connection)
        reading = read_files.read(connection, inputs.files, inputs.by_hand, store.shapes, work, telling)
        sheets = reading.sheets
        telling({"step": "check"})
        validate.records(connection, steps, sheets)
        shared_records.find(connection, steps)
        look(connection)
        check_points.check(connection)
        telling({"step": "tag"})
        make.tables(connection, steps)
        build_shapes.make(connection)
        telling({"step": "account"})
        fault_areas.find(connection, steps)
        refused_rows.keep(connection, sheets)
        account.close(connection, steps, name, inputs.sample, hashlib.sha256(_code()).hexdigest()[:16])
    return reading.understood

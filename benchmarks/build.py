"""The build against DuckDB's bare read of the same file, and against the same work written in pandas."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks import in_pandas, register
from benchmarks.measure import Figure, against, in_turns
from etl.build import Inputs, build
from etl.store import Register, Store, checksum
from queries import probe

ROUNDS = 3
READ = "bare read_csv(all_varchar)"


def figures() -> Iterator[Figure]:
    """Build of 375,000 households: seconds, against the bare read (aim 3 ×) and pandas (aim a fifth); then with the people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = register.make(folder, people=True)
        household, people = files[0], files[-1]
        seconds = in_turns(
            {
                "build": lambda: whole_build(folder / "data", [household]),
                "read": lambda: bare_read([household]),
                "pandas": lambda: in_pandas.work(household),
                "build all": lambda: whole_build(folder / "data", files),
                "read all": lambda: bare_read([household, people]),
            },
            ROUNDS,
        )
    yield against("build 375,000 households", seconds["build"], "s", READ, seconds["read"], 3)
    yield against("build 375,000 households", seconds["build"], "s", "the same work in pandas", seconds["pandas"], 0.2)
    yield against("build them with 1.16 million people", seconds["build all"], "s", READ, seconds["read all"], 3)


def whole_build(folder: Path, files: list[Path]) -> None:
    """Files to a published build in a fresh folder: checksums, reading, tags, checks, probe, fsync and all."""
    shutil.rmtree(folder, ignore_errors=True)
    store = Store(folder)
    with store.lock():
        inputs = Inputs([Register(f.name, checksum(f), f) for f in files], False, {})

        def finish(finished: Path) -> None:
            probe(finished)
            store.publish(inputs.identity(store.secret()), finished, [], {})

        build(store, inputs, finish)


def bare_read(files: list[Path]) -> None:
    """Each file into a table of texts, nothing understood."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for file in files:
            connection.execute(
                f"create table {file.stem} as from read_csv($path, all_varchar = true, header = true)", {"path": str(file)}
            )

"""The work of a build, and what it is compared with: DuckDB's and calamine's bare reads of the same files."""

import shutil
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from etl.build import Inputs, build
from etl.files.sheets import sheets
from etl.store import RegisterFile, Store, checksum
from queries import probe


def whole_build(folder: Path, files: list[Path]) -> None:
    """Files to a published build in a fresh folder: checksums, reading, tags, checks, probe, fsync and all."""
    shutil.rmtree(folder, ignore_errors=True)
    publish(folder, files)


def publish(folder: Path, files: list[Path]) -> None:
    """The same beside the builds that are there."""
    store = Store(folder)
    with store.lock():
        inputs = Inputs([RegisterFile(f.name, checksum(f), f) for f in files], False, {})

        def finish(finished: Path, _: list) -> None:
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


def read_sheets(folder: Path, files: list[Path]) -> None:
    """Every sheet of each file as the build reads it: tables found, what is said beside values settled, regular CSV written."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in files:
        sheets(file, file.name, folder)


def bare_cells(files: list[Path]) -> None:
    """Every cell of every sheet as the library gives it, nothing understood."""
    for file in files:
        book = CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            for _ in book.get_sheet_by_name(name).iter_rows():
                pass

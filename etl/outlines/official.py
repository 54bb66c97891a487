"""Official outlines of a file as features of the build, by the table that a child process made of it once.

Writes: official
Appends: official
"""

import contextlib
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import duckdb

from etl.files.filetype import Unreadable, kind
from etl.store import RegisterFile, replace
from installation.paths import PROJECT

HERE = Path(__file__).parent
SUFFIXES = {".geojson", ".json", ".gpkg", ".zip", ".shp"}
SECONDS = 180  # the nation's 58 MB of GeoJSON take some 11


class NoOutlines(Exception):
    """A file gives no outlines: the fault, what was found, and the layer and features that were looked at."""

    def __init__(self, fault: str, found: str, layer: str = "", records: int = 0, expected: str = "") -> None:
        self.fault, self.found, self.layer, self.records, self.expected = fault, found, layer, records, expected


def is_outlines(file: RegisterFile) -> bool:
    """Whether a file is taken for outlines: by its name, an archive by what is in it."""
    suffix = Path(file.name).suffix.lower()
    if suffix != ".zip":
        return suffix in SUFFIXES
    with contextlib.suppress(Unreadable):
        return "/" not in file.name and kind(file.path) == "outlines"
    return False


def prepared(file: RegisterFile, folder: Path) -> Path:
    """The table of one file, in `folder` by content, so that later builds do not pay again; raises NoOutlines."""
    table = folder / _name(file.checksum)
    if not table.exists():
        folder.mkdir(exist_ok=True, mode=0o700)
        part = table.with_suffix(".tmp")
        try:
            answer = _child(file.path.resolve(), part)
            if answer["fault"]:
                raise NoOutlines(**answer)
            replace(table, part.read_bytes())
        except Unreadable as reason:
            raise NoOutlines("unreadable_outlines", reason.reason, expected=reason.detail) from reason
        finally:
            part.unlink(missing_ok=True)
    return table


def _name(checksum: str) -> str:
    code = b"".join((HERE / script).read_bytes() for script in ("read_official.py", "geometry.py"))
    return f"{checksum}-{hashlib.sha256(code).hexdigest()[:8]}.parquet"


def _child(path: Path, part: Path) -> dict:
    command = [sys.executable, "-m", "etl.outlines.read_official", str(path), str(part)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=PROJECT)
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("too_slow", SECONDS) from fault
    if child.returncode:
        raise Unreadable.of_last_words(child.stderr.decode(errors="replace"))
    return json.loads(child.stdout)


def forget(folder: Path, accepted: list[RegisterFile]) -> None:
    """Remove the tables of files that are no longer accepted, and those that an earlier version of the reader made."""
    wanted = {_name(file.checksum) for file in accepted}
    for path in folder.glob("*") if folder.exists() else ():
        if path.name not in wanted:
            path.unlink()


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty table that `read` fills: one row per feature of a file."""
    connection.execute(
        """create table official (row_id bigint, sheet_no int, said varchar, code varchar, state varchar,
                                  lon double, lat double, geometry varchar)"""
    )


def read(connection: duckdb.DuckDBPyConnection, file: RegisterFile, number: int, folder: Path) -> tuple[str, str, int]:
    """Read one file into `official`; returns its layer, the property of the codes and how many features there are."""
    table = {"table": str(prepared(file, folder))}
    connection.execute(
        """insert into official
        select row_id($number, feature - 1), $number, said, code, state, lon, lat, geometry from read_parquet($table)""",
        {"number": number, **table},
    )
    return connection.execute(
        "select any_value(layer), any_value(property), count(*) from read_parquet($table)", table
    ).fetchone()

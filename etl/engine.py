"""The engine of one build: a connection with the macros of the rules, the definitions and the nation's list of places.

Reads: places_of_nation, rows_of_definition
Writes: out.definition.<name>, place, places_of_nation, rows_of_definition
"""

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import geothai
import pyarrow as pa

import definitions
from etl.stages import MACROS, SCRIPTS
from etl.typing import titles
from etl.typing.casts import literal

MEMORY = 6_000_000_000  # bytes that the engine holds at most
SMALL = 2_000_000  # bytes of register files up to which a build is written in small blocks
BLOCKS = 16_384, 262_144  # bytes of one: a hundred tables of a few rows are 1.4 MB instead of 14; of many rows the engine's own


@contextlib.contextmanager
def opened(part: Path, work: Path, secret: bytes, given: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of which `out` is the build of `given` bytes to be written to `part`, and `work` takes what memory does not hold."""
    with duckdb.connect(config={"temp_directory": str(work), "threads": os.cpu_count() or 1}) as connection:
        # the nation is built beside a dashboard on an office machine: beyond this the engine works on the disk
        connection.execute(f"set memory_limit = '{min(MEMORY, _allowed(connection))}B'")
        connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")  # `ticking` asks for it
        # half the engine's own piece: a province's register is then enough pieces to share out among a question's threads
        connection.execute(f"attach {literal(str(part))} as out (row_group_size 61440, block_size {BLOCKS[given > SMALL]})")
        set_key(connection, secret)
        for name in MACROS:
            connection.execute(SCRIPTS[name].read_text(encoding="utf-8"))
        for name in ("tags", "progress", "masks", "counts"):
            connection.execute(definitions.script(name))
        titles.make(connection)
        _definitions(connection)
        _places(connection)
        yield connection
        connection.execute("checkpoint out")
        connection.execute("detach out")


def set_key(connection: duckdb.DuckDBPyConnection, secret: bytes) -> None:
    """Give the macro `keyed_address` the two padded halves of its key."""
    key = secret.ljust(64, b"\0")
    for pad, byte in (("inner_pad", 0x36), ("outer_pad", 0x5C)):
        connection.execute(f"set variable {pad} = $pad", {"pad": bytes(b ^ byte for b in key)})


def _allowed(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that the engine would use of this machine."""
    return connection.execute("select parse_formatted_bytes(current_setting('memory_limit'))").fetchone()[0]


def _definitions(connection: duckdb.DuckDBPyConnection) -> None:
    """Every definition table goes into the build: it can be read later with the rules it was made under."""
    connection.execute("begin")  # one write to the disk, not one a table
    connection.execute("create schema out.definition")
    for path in sorted(definitions.FOLDER.glob("*.csv")):
        rows = definitions.table(path.stem)
        cells = {field: pa.array([row[field] or None for row in rows], pa.string()) for field in rows[0]}
        connection.register("rows_of_definition", pa.table(cells))
        connection.execute(f"create table out.definition.{path.stem} as from rows_of_definition")
    connection.unregister("rows_of_definition")
    connection.execute("commit")


def _places(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `place`: level, code, name_th, name_en, parent of the nation's provinces, districts and subdistricts."""
    connection.register("places_of_nation", _nation())
    connection.execute("create table place as from places_of_nation")
    connection.unregister("places_of_nation")
    connection.execute(
        "create macro without_rank(t) as regexp_replace(trim(t), '^(บ้าน|ต\\.|ตำบล|อ\\.|อำเภอ|จ\\.|จังหวัด) *', '')"
    )


@cache
def _nation() -> pa.Table:
    """The places of DOPA's list, some 8,400 rows."""
    rows: list[tuple[str, str, str, str, str | None]] = []
    for province in geothai.provinces():
        rows.append(("province", province.code, province.name_th, province.name_en, None))
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            rows.append(("district", district.code, district.name_th, district.name_en, province.code))
            rows += [("tambon", t.code, t.name_th, t.name_en, district.code) for t in geothai.subdistricts(district.code)]
    columns = zip(("level", "code", "name_th", "name_en", "parent"), zip(*rows, strict=True), strict=True)
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns})

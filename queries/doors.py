"""Doors: table macros, the only access path of questions to a build: macros.sql, and `chosen_<table>s` per child register.

Spelled out of the build's own definitions and columns, so that a register which was not there yesterday has its door today.
"""

import re
from pathlib import Path

import duckdb

import definitions

MACROS = Path(__file__).parent / "macros.sql"
MASKED = "_masked"  # behind the name of a free text: the same without the names of its household
NAME = re.compile(r"[a-z][a-z0-9_]*")


def make_doors(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection to an attached build its macros; the rule of small cells as a constant: looked up at each of eighteen
    columns it cost more than the answer."""
    rule = connection.execute(
        "select cast(\"value\" as int) from warehouse.definition.rules where rule = 'small_cell'"
    ).fetchone()
    connection.execute(f"create macro small_cell() as {int(rule[0])}")
    for script in (definitions.FOLDER / "masks.sql", definitions.FOLDER / "counts.sql"):
        connection.execute(script.read_text(encoding="utf-8"))
    texts = _free_texts(connection)
    connection.execute(MACROS.read_text(encoding="utf-8").replace("{written}", _written(texts.get("household", []))))
    for table in _of_households(connection):
        connection.execute(door(table, texts.get(table, [])))


def door(table: str, texts: list[str]) -> str:
    """SQL of the door to what hangs on households: the rows of those chosen, their free texts as the reader may see them."""
    return f"""create macro chosen_{table}s(f, r) as table
        select t.* {_written(texts)}, ref, tambon_code, village_code, as_of, closed_date
        from warehouse.{table} t join of_chosen(f, r) using (home)"""


def _written(texts: list[str]) -> str:
    """SQL behind a star: each free text without the names of its household for whoever may not read free text."""
    if not texts:
        return ""
    replaced = ", ".join(f"written({text}, {text}{MASKED}, r['text']) as {text}" for text in texts)
    return f"exclude ({', '.join(text + MASKED for text in texts)}) replace ({replaced})"


def _free_texts(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Table -> its columns that have a masked twin."""
    rows = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'warehouse' and schema_name = 'main'"
    ).fetchall()
    texts: dict[str, list[str]] = {}
    for table, column in rows:
        if column.endswith(MASKED):
            texts.setdefault(table, []).append(column.removesuffix(MASKED))
    return texts


def _of_households(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of registers that hang on a household. People have a door of their own: who they are decides who sees them."""
    rows = connection.execute(
        """select "table" from warehouse.definition.registers where parent = 'household' and "table" <> 'person'"""
    ).fetchall()
    return [table for (table,) in rows if NAME.fullmatch(table)]

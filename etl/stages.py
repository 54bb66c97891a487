"""Runs the SQL files of this room: what a build does is written there, one thought a file."""

from pathlib import Path

import duckdb

import definitions

SCRIPTS = {path.stem: path for path in Path(__file__).parent.rglob("*.sql")}


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict | None = None, /, **spelled: object) -> None:
    """Run one script, its `{words}` spelled out from the definitions; only a script of one statement takes parameters."""
    sql = SCRIPTS[name].read_text(encoding="utf-8")
    for word, text in spelled.items():
        sql = sql.replace(f"{{{word}}}", str(text))
    connection.execute(sql, parameters) if parameters else connection.execute(sql)


def masks(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection to a build the masks of definitions/masks.sql, for itself alone: a cursor of it has none."""
    text = (definitions.FOLDER / "masks.sql").read_text(encoding="utf-8")
    connection.execute(text.replace("create macro", "create or replace temp macro"))

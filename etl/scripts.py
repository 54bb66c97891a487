"""Runs the files of etl/sql/: what a build does is written there, one thought a file."""

from pathlib import Path

import duckdb

SQL = Path(__file__).parent / "sql"


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict | None = None, /, **spelled: object) -> None:
    """Run one script, its `{words}` spelled out from the definitions; only a script of one statement takes parameters."""
    sql = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    for word, text in spelled.items():
        sql = sql.replace(f"{{{word}}}", str(text))
    connection.execute(sql, parameters) if parameters else connection.execute(sql)

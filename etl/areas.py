"""The areas in which an officer answers, as a macro of a connection."""

from collections.abc import Sequence

import duckdb

from etl import stages

Areas = Sequence[str] | None  # codes of 2, 4, 6 or 8 digits; None is the nation


def limit(connection: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Give a connection the macro `within(code)`: whether a place lies in the areas."""
    connection.execute("set variable areas = $areas", {"areas": None if areas is None else list(areas)})
    stages.run(connection, "within")

"""Persons who may be one, found inside the engine: blocks of a house and of a village's names, never all pairs."""

import duckdb

import definitions
from etl import stages

LIMITS = ("largest_block", "name_similarity", "part_similarity")


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `out.duplicate` from `out.person` and `out.household`."""
    stages.run(connection, "alike", **{limit: definitions.rule(limit) for limit in LIMITS})
    stages.run(connection, "pairs")
    stages.run(connection, "duplicate")
    connection.execute("drop table pair_found; drop table person_found")

"""Persons who may be one, found inside the engine: blocks of a house and of a village's names, never all pairs."""

import duckdb

import definitions
from etl import stages

RULES = ("largest_block", "name_similarity", "part_similarity")
STAGES = ("sound", "records", "candidates", "matches", "pairs", "duplicate")


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `out.duplicate` from `out.person` and `out.household`."""
    rules = {rule: definitions.rule(rule) for rule in RULES}
    for stage in STAGES:
        stages.run(connection, stage, **rules)

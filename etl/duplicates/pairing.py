"""Possible duplicates, searched inside the engine: record linkage by blocks of a house and of a village's names, never all pairs."""

import duckdb

import definitions
from etl import stages

SOUNDS = ("sounded", "sounds")  # names as they are read
STAGES = (*SOUNDS, "records", "candidates", "matches", "pairs", "duplicate")
RULES = ("largest_block", "name_similarity", "part_similarity")


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `out.duplicate` from `out.person` and `out.household`."""
    for stage in STAGES:
        run(connection, stage)


def run(connection: duckdb.DuckDBPyConnection, stage: str) -> None:
    """One stage, its thresholds from the rules on file."""
    if stage == "sounded":
        connection.execute(definitions.script("sounding"))
    stages.run(connection, stage, **{rule: definitions.rule(rule) for rule in RULES})

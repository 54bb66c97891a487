"""Titles, ranks and kin words before a name, as macros: definitions/titles.csv says which there are."""

import re

import duckdb

import definitions
from etl import stages

LATIN = re.compile(r"[A-Za-z]+")


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the macros of etl/typing/titles.sql."""
    rows = sorted(definitions.table("titles"), key=lambda row: -len(row["title"]))  # พระครู before พระ
    parted = [row for row in rows if row["parted"]]
    stages.run(connection, "titles", parted="|".join(map(_pattern, parted)), titles="|".join(map(_pattern, rows)))


def _pattern(row: dict[str, str]) -> str:
    """A title as a regular expression: spaces after full stops are as the officer liked, a Latin one ends where its word does."""
    title = row["title"]
    if LATIN.fullmatch(title):
        return f"{title}(?:[.] *| +)"
    return title.replace(".", "[.] ?")

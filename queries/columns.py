"""Data classification: the class of personal data of an answer's column, by its own build's definitions.

A build is asked by the rules it was made under: a column that became personal with the registers that were loaded a minute ago is
masked a minute later, in the process that has answered all day. A column whose class nobody has stated is unclassed, and hidden.
"""

import re

import duckdb

from queries.questions import Question

OPEN = ""  # the class of what tells nothing of a person
UNCLASSED = "unclassed"
OTHER = "other_"  # the second of two records side by side: of the class of the first
PATTERN = re.compile(r"{(\w+)}")

Classes = list[tuple[re.Pattern[str], str]]


def classes(cursor: duckdb.DuckDBPyConnection) -> Classes:
    """(pattern of names, class) per column of a register or derived from one; personal classes first, so that they decide."""
    return [(_names(cursor, column), kind) for column, kind in sorted(classified(cursor), key=lambda row: row[1] == OPEN)]


def classified(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """(column, its class) of a register or derived from one, as a build's definitions spell them."""
    return cursor.execute(
        "select \"column\", coalesce(personal, '') from warehouse.definition.register_columns"
        " union all select \"column\", coalesce(personal, '') from warehouse.definition.derived_columns"
    ).fetchall()


def _names(cursor: duckdb.DuckDBPyConnection, column: str) -> re.Pattern[str]:
    """Regular expression of a column's names in a build: `{dimension}_basis` is five of them, `indicator_{n}` any number."""
    text = re.escape(column).replace("\\{", "{").replace("\\}", "}")
    return re.compile(PATTERN.sub(lambda match: _values(cursor, match[1]), text))


def _values(cursor: duckdb.DuckDBPyConnection, word: str) -> str:
    if word == "n":
        return r"\d+"
    table = {"dimension": "dimensions", "aspect": "aspects"}[word]
    return f"({'|'.join(name for (name,) in cursor.execute(f'select {word} from warehouse.definition.{table}').fetchall())})"


def class_of(column: str, question: Question, by_definition: Classes) -> str:
    """The class of one column of an answer: of its register, of its derivation, or as its question states; else UNCLASSED."""
    name = column.removeprefix(OTHER)
    for pattern, kind in by_definition:
        if pattern.fullmatch(name):
            return kind
    return OPEN if any(pattern.fullmatch(column) for pattern in question.computes) else UNCLASSED

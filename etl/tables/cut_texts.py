"""Cut what is searched for by its words: titles and texts of lessons, what was planned for households (names of theirs taken out).

Reads: out.lesson, out.plan_item
Writes: out.cut_text
"""

from collections.abc import Iterator

import duckdb

from definitions.thai_words import words

CHUNK = 2_000  # texts of one insert

Cut = tuple[str, list[str]]


def keep(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `out.cut_text`: one row per different text, with its words. A text with a name in it and the same without it have the words
    of the latter alone, so that no search tells of a name."""
    connection.execute("create table out.cut_text (text varchar, words varchar[])")
    texts = connection.execute(
        """select text, min_by(masked, (len(masked), masked)) as masked from (
             select lesson_title as text, lesson_title as masked from out.lesson
             union all select lesson_text, lesson_text from out.lesson
             union all select activity, coalesce(activity_masked, activity) from out.plan_item
             union all select activity_masked, activity_masked from out.plan_item)
           where text is not null group by text order by text"""
    )
    for rows in _chunks(texts):
        connection.execute(
            "insert into out.cut_text select unnest($1), unnest($2)", [list(column) for column in zip(*rows, strict=True)]
        )


def _chunks(texts: duckdb.DuckDBPyConnection) -> Iterator[list[Cut]]:
    found = texts.fetchall()
    for first in range(0, len(found), CHUNK):
        yield [(text, words(masked)) for text, masked in found[first : first + CHUNK]]

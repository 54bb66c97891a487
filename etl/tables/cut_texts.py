"""Cut what is searched for by its words: titles and texts of lessons, what was planned for households (names of theirs taken out).

Reads: out.lesson, out.plan_item
Writes: out.cut_text
"""

import duckdb

from definitions.thai_words import words


def keep(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `out.cut_text`: one row per different text, with its words. A text with a name in it and the same without it have the words
    of the latter alone, so that no search tells of a name."""
    texts = connection.execute(
        """select text, min_by(masked, (len(masked), masked)) as masked from (
             select lesson_title as text, lesson_title as masked from out.lesson
             union all select lesson_text, lesson_text from out.lesson
             union all select activity, coalesce(activity_masked, activity) from out.plan_item
             union all select activity_masked, activity_masked from out.plan_item)
           where text is not null group by text order by text"""
    ).fetchall()
    connection.execute(
        "create table out.cut_text as select unnest($1::varchar[]) as text, unnest($2::varchar[][]) as words",
        [[text for text, _ in texts], [words(masked) for _, masked in texts]],
    )

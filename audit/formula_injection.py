"""CSV injection: text that a spreadsheet would run as a formula is escaped in every table that leaves."""

import re

# Spreadsheets skip blanks and invisible signs before a formula, Excel in East Asia takes the wide signs, and a tab or an end of
# line at the beginning moves what follows into a cell of its own.
RUNS = re.compile(r"[\t\r\n\0]|[\s\u00a0\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@＝＋－＠]")


def harmless(text: str) -> str:
    """The text, behind a ' where a spreadsheet would run it."""
    return f"'{text}" if RUNS.match(text) else text

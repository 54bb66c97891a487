"""CSV export without CSV injection: a table that no spreadsheet program runs or cuts, wherever one leaves."""

import csv

import pandas as pd

from audit.formula_injection import RUNS


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """A ' before text that a spreadsheet would run as a formula; columns of numbers are untouched."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            text = safe[column].astype("string")
            if (runs := text.str.match(RUNS.pattern).fillna(False)).any():
                text = text.where(~runs, "'" + text)
            if text.str.contains("\r", regex=False).any():  # a lone CR ends a row in some readers
                text = text.str.replace("\r\n?", "\n", regex=True)
            safe[column] = text
    return safe


def written(frame: pd.DataFrame, line: str) -> str:
    """A harmless frame as CSV. All text is quoted: LibreOffice also splits cells at semicolons that stand outside quotes."""
    return frame.to_csv(index=False, lineterminator=line, date_format="%Y-%m-%d", quoting=csv.QUOTE_NONNUMERIC)

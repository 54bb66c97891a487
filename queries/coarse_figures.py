"""Coarse counts as the questions of `sql/coarse/` answer them: "0", "<5", "≈ 30", or nothing where there is no data."""

import pandas as pd


def amount(figure: object) -> float:
    """A coarse count as a number to draw: "<5" is 1, "≈ 30" is 30, NaN without data. Exact numbers stay as they are."""
    if isinstance(figure, str):
        return 1 if figure.startswith("<") else float(figure.removeprefix("≈ ") or "nan")
    return float("nan") if pd.isna(figure) else float(figure)  # type: ignore[arg-type, call-overload]

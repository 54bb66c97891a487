"""Lists of which a screen shows a part: how many are shown of how many, always."""

import pandas as pd
import streamlit as st

from ui.i18n import number, t


def first(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The first rows of a whole list, with the number of all below where there are more. The only way to cut a list on a page."""
    shown = frame.head(rows)
    of_all(len(shown), len(frame))
    return shown


def of_all(shown: int, total: int) -> None:
    """How many of how many are shown; nothing where all are."""
    if shown < total:
        st.caption(t("The first {n} of {total}", n=number(shown), total=number(total)))

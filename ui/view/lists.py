"""Lists of which a screen shows a part: how many are shown of how many, always."""

import pandas as pd
import streamlit as st

from ui.i18n import number, t


def first(frame: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, str]:
    """The first rows of a whole list, and how many of how many these are. The only way to cut a list on a page."""
    shown = frame.head(rows)
    return shown, part(len(shown), len(frame))


def part(shown: int, total: int) -> str:
    """How many of how many are shown; nothing where all are."""
    return t("The first {n} of {total}", n=number(shown), total=number(total)) if shown < total else ""


def of_all(shown: int, total: int) -> None:
    """The same as a caption."""
    if said := part(shown, total):
        st.caption(said)

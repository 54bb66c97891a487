"""Widgets that pages share: pagination, a link to a household."""

from collections.abc import Sequence
from typing import TypeVar

import pandas as pd
import streamlit as st

from queries import Filters
from ui.filters.url import parameters

Row = TypeVar("Row")


def total(screen: pd.DataFrame) -> int:
    """Total number of rows, from a page of results that carries the column `total`."""
    return int(screen["total"].iloc[0]) if len(screen) else 0


def turned_to(total: int, rows: int, key: str) -> int:
    """Pagination: the offset of the selected page of `rows`; there is a control only where one page is not enough."""
    screens = -(-total // rows)
    return (st.pagination(screens, key=key) - 1) * rows if screens > 1 else 0


def screen_of(rows: Sequence[Row], size: int, key: str) -> Sequence[Row]:
    """One screen of rows that are all here, with a control where there are more."""
    offset = turned_to(len(rows), size, f"{key}_{len(rows)}")
    return rows[offset : offset + size]


def household_link(filters: Filters, ref: str, label: str) -> None:
    """Link to one household that keeps the filters."""
    to = parameters(filters, household=ref)
    st.page_link("../pages/household.py", label=label, query_params=to, icon=":material/chevron_right:")

"""Widgets that pages share: a chart with alternative text, a row of metrics, pagination, a link to a household."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from plotly.basedatatypes import BaseFigure

from queries import Filters
from ui.filters.url import parameters
from ui.view.charts import Spec

FIXED = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
Figure = tuple[str, str, str]  # label, number, and what the number is a part of


class Drawn(BaseFigure):
    """Adapter of a finished specification to Plotly's figure class; Streamlit asks a figure for nothing but `to_dict`."""

    def __init__(self, spec: Spec) -> None:
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> Spec:
        """The specification."""
        return self._spec


def chart(spec: Spec, key: str, alt: str) -> None:
    """A Plotly chart without Streamlit's theme; `alt` is its alternative text."""
    st.plotly_chart(Drawn(spec), config=FIXED, theme=None, key=key, alt=alt)


def figures(row: Sequence[Figure], widths: Sequence[float] | None = None) -> None:
    """Metrics side by side, each with its denominator."""
    for column, (label, value, says) in zip(st.columns(widths or len(row)), row, strict=True):
        column.metric(label, value, delta=says, delta_color="off", delta_arrow="off", border=True, height="stretch")


def total(screen: pd.DataFrame) -> int:
    """Total number of rows, from a page of results that carries the column `total`."""
    return int(screen["total"].iloc[0]) if len(screen) else 0


def turned_to(total: int, rows: int, key: str) -> int:
    """Pagination: the offset of the selected page of `rows`; there is a control only where one page is not enough."""
    screens = -(-total // rows)
    return (st.pagination(screens, key=key) - 1) * rows if screens > 1 else 0


def household_link(filters: Filters, ref: str, label: str) -> None:
    """Link to one household that keeps the filters."""
    to = parameters(filters, household=ref)
    st.page_link("../pages/household.py", label=label, query_params=to, icon=":material/chevron_right:")

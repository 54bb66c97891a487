"""The few shapes that pages repeat: a chart with its description, a row of figures, a link to a household."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from queries import Filters
from ui.address import parameters
from ui.charts import CONFIG

Figure = tuple[str, str, str]  # label, number, and what the number is a part of


def chart(figure: go.Figure, key: str, alt: str) -> None:
    """A chart in the app's own look; `alt` says in words what it shows."""
    st.plotly_chart(figure, config=CONFIG, theme=None, key=key, alt=alt)


def figures(row: Sequence[Figure], widths: Sequence[float] | None = None) -> None:
    """Large numbers side by side, each with its denominator inside its frame."""
    for column, (label, value, says) in zip(st.columns(widths or len(row)), row, strict=True):
        column.metric(label, value, delta=says, delta_color="off", delta_arrow="off", border=True, height="stretch")


def household_link(filters: Filters, ref: str, label: str) -> None:
    """A way into one household that keeps the filters."""
    st.page_link("../pages/household.py", label=label, query_params=parameters(filters, household=ref), icon=":material/chevron_right:")

"""The few shapes that pages repeat: a chart with its description, a row of figures, screens to turn, a link to a household."""

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
    """A finished specification that goes to the browser as it is; Streamlit asks a figure for nothing but its dictionary."""

    def __init__(self, spec: Spec) -> None:
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> Spec:
        """The specification."""
        return self._spec


def chart(spec: Spec, key: str, alt: str) -> None:
    """A chart in the app's own look; `alt` says in words what it shows."""
    st.plotly_chart(Drawn(spec), config=FIXED, theme=None, key=key, alt=alt)


def figures(row: Sequence[Figure], widths: Sequence[float] | None = None) -> None:
    """Large numbers side by side, each with its denominator inside its frame."""
    for column, (label, value, says) in zip(st.columns(widths or len(row)), row, strict=True):
        column.metric(label, value, delta=says, delta_color="off", delta_arrow="off", border=True, height="stretch")


def total(screen: pd.DataFrame) -> int:
    """How many rows there are in all, by a screen of them that carries `total`."""
    return int(screen["total"].iloc[0]) if len(screen) else 0


def turned_to(total: int, rows: int, key: str) -> int:
    """How many come before the screen of `rows` that the reader turned to; there is something to turn where one is not enough."""
    screens = -(-total // rows)
    return (st.pagination(screens, key=key) - 1) * rows if screens > 1 else 0


def household_link(filters: Filters, ref: str, label: str) -> None:
    """A way into one household that keeps the filters."""
    to = parameters(filters, household=ref)
    st.page_link("../pages/household.py", label=label, query_params=to, icon=":material/chevron_right:")

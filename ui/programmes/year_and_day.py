"""Of which fiscal year a programme is shown, and as of which day: the latest of its data, or today."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from queries import Filters, Reader, ask
from ui.filters.controls import option, option_pills
from ui.i18n import t
from ui.programmes import on_day
from ui.view.labels import missing

ALL = "all"


def chosen(places: Filters, reader: Reader, years: Sequence[str], totals: str, *, together: bool) -> tuple[Filters, str]:
    """The places with the year that is chosen, and the day: "" is the latest of the data, which the question `totals` tells.

    `together` offers all years at once, where they add up.
    """
    left, right = st.columns([2, 1])
    named = ({ALL: t("All years")} if together else {}) | {year: year for year in years}
    with left:
        option_pills("fiscal", t("Fiscal year"), named)
    year = option("fiscal", list(named))
    filters = replace(places, year=() if year == ALL else (year,))
    with right:
        latest = ask(totals, filters, reader)["latest"].iloc[0]
        return filters, on_day.pills(None if missing(latest) else latest)

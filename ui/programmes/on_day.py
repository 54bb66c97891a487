"""As of which day a programme is told: the latest of its data, today, or one that the address names, as the map's links do."""

from datetime import date

import streamlit as st

from audit.log import today
from queries.ask import DAY
from ui.filters.controls import option, option_pills
from ui.i18n import t
from ui.view import labels


def pills(latest: date | None) -> str:
    """Draw the choice; returns the day as ISO, "" for the latest of the data."""
    days = {"data": t("{date}, the latest in the data", date=labels.day(latest)), "today": t("Today")}
    named = _named(st.query_params.get("on", ""))
    days |= {named.isoformat(): labels.day(named)} if named else {}
    option_pills("on", t("As of"), days)
    picked = option("on", list(days))
    return {"data": "", "today": today().isoformat()}.get(picked, picked)


def _named(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:  # the 31st of February
        return None

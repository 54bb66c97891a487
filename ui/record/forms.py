"""One form a kind, made of its fields: lists to tap first, then numbers, days of the Buddhist era, words last.

What a field holds is checked where every event is checked (`journal.event`), so the desk and a tablet are told the same.
"""

import calendar
from collections.abc import Mapping
from datetime import date

import streamlit as st
from babel.dates import get_month_names

from audit.log import today
from journal.kinds import Field, Kind
from ui.i18n import BUDDHIST_ERA, language, t
from ui.view import recorded

LONG = {"finding", "note", "reply", "correction", "reason", "activity"}  # what takes more than a line
YEARS_BACK, YEARS_AHEAD = 10, 5


def day(label: str, key: str, value: date | None, ahead: bool) -> date | None:
    """A day by three lists, the year of the Buddhist era; none where one of them says so, and where a month is shorter."""
    months = get_month_names("wide", locale=language())
    now = today().year
    years = range(now + YEARS_AHEAD, now - 1, -1) if ahead else range(now, now - YEARS_BACK - 1, -1)
    with st.container(horizontal=True, key=f"{key}_day", vertical_alignment="bottom"):
        chosen_day = st.selectbox(
            label, range(1, 32), index=value.day - 1 if value else None, key=f"{key}_d", placeholder=t("Day")
        )
        month = st.selectbox(
            t("Month"),
            range(1, 13),
            format_func=months.get,
            index=value.month - 1 if value else None,
            key=f"{key}_m",
            placeholder=t("Month"),
        )
        year = st.selectbox(
            t("Year (B.E.)"),
            list(years),
            format_func=lambda y: str(y + BUDDHIST_ERA),
            index=list(years).index(value.year) if value else None,
            key=f"{key}_y",
            placeholder=t("Year (B.E.)"),
        )
    if not (chosen_day and month and year):
        return None
    return date(year, month, min(chosen_day, calendar.monthrange(year, month)[1]))


def body(kind: Kind, key: str, known: Mapping[str, object]) -> dict[str, object]:
    """The fields of a kind as widgets, filled with what is known; what was filled in."""
    fields = sorted(
        kind.fields.values(), key=lambda one: not one.type.startswith("pick")
    )  # what is tapped before what is typed
    filled = {one.name: _field(one, f"{key}_{one.name}", known.get(one.name)) for one in fields}
    return {name: value for name, value in filled.items() if value not in (None, "", [])}


def _field(one: Field, key: str, value: object) -> object:
    label = recorded.field(one) + ("" if one.required else f" ({t('optional')})")
    kind = one.type.partition(":")[0]
    if kind in ("pick", "picks"):
        named = recorded.values(one)
        several = "multi" if kind == "picks" else "single"
        return st.pills(label, list(named), format_func=named.get, selection_mode=several, default=value, key=key)
    if kind in ("number", "degrees"):
        return st.number_input(label, value=None, min_value=None if kind == "degrees" else 0.0, step=1.0, format="%g", key=key)
    if kind == "date":
        found = day(label, key, None, ahead=True)
        return found.isoformat() if found else None
    if one.name in LONG:
        return st.text_area(label, value=value or "", key=key, height=80, max_chars=2000)
    return st.text_input(label, value=value or "", key=key, max_chars=2000)

"""One form a kind, made of its fields: lists to tap first, then numbers, days of the Buddhist era, words last.

What a field holds is checked where every event is checked (`journal.event`), so the desk and a tablet are told the same.
"""

import calendar
import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import streamlit as st
from babel.dates import get_month_names

from audit.log import today
from journal.event import LONGEST
from journal.kinds import Field, Kind
from ui.i18n import BUDDHIST_ERA, language, t
from ui.view import recorded

LONG = {"finding", "note", "reply", "correction", "reason", "activity"}  # what takes more than a line
YEARS_BACK, YEARS_AHEAD = 10, 5
NUMBER = "record_number"  # session: of the form that is open
PUT_BACK = "record_put_back"  # session: keys of widgets that begin with what was put back, not with their own beginning


def number(form: str = "") -> int:
    """The number of a form that is open (of those without a name one is): after each entry there is a new one, with nothing filled in."""
    return int(st.session_state.setdefault(NUMBER + form, 0))


def anew(form: str = "") -> None:
    """The next form, with nothing filled in."""
    st.session_state[NUMBER + form] = number(form) + 1


def key(form: str) -> str:
    """The key of one of several forms; what is recorded of it leaves the others as they were filled in."""
    return f"{form}_{number(form)}"


def begins(key: str, value: Any) -> Any:
    """What a widget begins with: what is known, and nothing of its own where it was put back."""
    return None if key in st.session_state.get(PUT_BACK, ()) else value


def put_back(values: Mapping[str, object]) -> None:
    """Give widgets that are not drawn yet what stood in them: their keys and values."""
    st.session_state.setdefault(PUT_BACK, set()).update(values)
    for key, value in values.items():
        st.session_state[key] = value


def day(label: str, key: str, value: date | None, ahead: bool) -> date | None:
    """A day by three lists, the year of the Buddhist era; none where one of them says so, and where a month is shorter."""
    months = get_month_names("wide", locale=language())
    value = begins(f"{key}_d", value)
    years = _years(ahead)
    years += [value.year] if value and value.year not in years else []  # of something old, which is shown as it is
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
            years,
            format_func=lambda y: str(y + BUDDHIST_ERA),
            index=years.index(value.year) if value else None,
            key=f"{key}_y",
            placeholder=t("Year (B.E.)"),
        )
    if not (chosen_day and month and year):
        return None
    return date(year, month, min(chosen_day, calendar.monthrange(year, month)[1]))


def _years(ahead: bool) -> list[int]:
    now = today().year
    return list(range(now + YEARS_AHEAD, now - 1, -1) if ahead else range(now, now - YEARS_BACK - 1, -1))


def of_day(key: str, on: object, ahead: bool) -> dict[str, object]:
    """The three lists of a day as widgets hold them; nothing for what is no day of those years."""
    try:
        day = date.fromisoformat(on) if isinstance(on, str) else None
    except ValueError:
        day = None
    if day is None or day.year not in _years(ahead):
        return {f"{key}_{part}": None for part in "dmy"}
    return {f"{key}_d": day.day, f"{key}_m": day.month, f"{key}_y": day.year}


def of_body(kind: Kind, key: str, filled: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The fields of a kind as widgets hold them, filled or empty."""
    for one in kind.fields.values():
        value, of = filled.get(one.name), one.type.partition(":")[0]
        if of == "date":
            yield from of_day(f"{key}_{one.name}", value, ahead=True).items()
        else:
            empty: object = "" if of == "text" else [] if of == "picks" else None
            yield f"{key}_{one.name}", float(value) if of in ("number", "degrees") and value is not None else value or empty


def holds(one: Field, value: object) -> bool:
    """Whether a field can begin with a value; what the kind asks for is looked at when it is recorded."""
    of = one.type.partition(":")[0]
    if of in ("number", "degrees"):
        number_ = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return number_ and (of == "degrees" or value >= 0)  # type: ignore[operator]
    if of == "picks":
        return isinstance(value, list) and all(isinstance(part, str) and part in one.values for part in value)
    return isinstance(value, str) and len(value) <= LONGEST and (of != "pick" or value in one.values)


def body(kind: Kind, key: str, known: Mapping[str, object]) -> dict[str, object]:
    """The fields of a kind as widgets, filled with what is known; what was filled in."""
    fields = sorted(
        kind.fields.values(), key=lambda one: not one.type.startswith("pick")
    )  # what is tapped before what is typed
    filled: dict[str, object] = {}
    for one in fields:
        if _asked(one, filled):
            filled[one.name] = _field(one, f"{key}_{one.name}", known.get(one.name))
    return {name: value for name, value in filled.items() if value not in (None, "", [])}


def _asked(one: Field, filled: Mapping[str, object]) -> bool:
    """Whether a field is asked for, of what was picked before it: some are of one value of another field alone."""
    name, _, value = one.together.partition("=")
    return not value or filled.get(name) == value


def _field(one: Field, key: str, value: object) -> object:
    label = recorded.field(one) + ("" if one.required or "=" in one.together else f" ({t('optional')})")
    kind = one.type.partition(":")[0]
    if kind in ("pick", "picks"):
        named = recorded.values(one)
        several = "multi" if kind == "picks" else "single"
        return st.pills(label, list(named), format_func=named.get, selection_mode=several, default=begins(key, value), key=key)
    if kind in ("number", "degrees"):
        return st.number_input(label, value=None, min_value=None if kind == "degrees" else 0.0, step=1.0, format="%g", key=key)
    if kind == "date":
        found = day(label, key, None, ahead=True)
        return found.isoformat() if found else None
    if one.name in LONG:
        return st.text_area(label, value=begins(key, value) or "", key=key, height=80, max_chars=LONGEST)
    return st.text_input(label, value=begins(key, value) or "", key=key, max_chars=LONGEST)

"""Sending what a meeting records: several entries at once, each with an id that it keeps until there is a verdict on it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlalchemy.exc import DBAPIError

from audit.log import Unwritable
from queries.record import record
from ui.auth.identity import who
from ui.filters.controls import chosen
from ui.i18n import language
from ui.record import forms, saving
from ui.session import audit_trail

TAKEN = ("kept", "known", "held")
Entry = Mapping[str, Any]


def event(
    held: Mapping[str, Any], kind: str, body: Mapping[str, Any], *, item: str = "", base: Sequence[str] = ()
) -> dict[str, Any]:
    """An event of a meeting (its row), or of one of its items."""
    thing = f"meeting/{held['meeting_id']}/item/{item}" if item else f"meeting/{held['meeting_id']}"
    filled = {name: value for name, value in body.items() if value not in (None, "", [])}
    return {"kind": kind, "about": {"area": held["area"]}, "thing": thing, "body": filled, "base": list(base)}


def send(events: Sequence[dict[str, Any]], key: str, says: str, form: str = "") -> bool:
    """Record them as whoever this very run is; whether all were taken. What is not is said, and stays in the form."""
    ids = st.session_state.setdefault(f"{key}_ids", {})
    sent = [{"id": ids.setdefault(str(place), str(uuid.uuid4())), **one} for place, one in enumerate(events)]
    try:
        verdicts = record(sent, chosen()[1], who())
    except (Unwritable, DBAPIError):
        audit_trail.unwritable()
        return False
    for place, verdict in enumerate(verdicts):
        if verdict["verdict"] not in TAKEN:
            st.error(verdict["reason"] if language() == "th" else verdict["reason_en"])
            ids.pop(str(place))  # with other words it is another entry
    if any(verdict["verdict"] not in TAKEN for verdict in verdicts):
        return False
    st.session_state[saving.SAID] = says
    forms.anew(form)
    return True

"""What the pages of the programmes record alike: the right to, one form a kind, and taking back what was recorded by mistake."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from journal.kinds import kinds
from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.meeting import sending
from ui.record import forms
from ui.session.page_access import guarded
from ui.view import labels, lists, recorded, widgets
from ui.view.labels import missing

BACK = 100  # entries to choose from, the latest
Row = Mapping[str, Any]


def may(kind: str, reader: Reader) -> bool:
    """Whether this reader may record a kind at all; where is looked at when it is recorded."""
    return reader.may(kinds()[kind].right)


def event(kind: str, about: Mapping[str, str], thing: str, on: date, body: Mapping[str, object]) -> dict[str, Any]:
    """An event of a place, as the journal takes it."""
    return {"kind": kind, "about": dict(about), "thing": thing, "occurred_on": on.isoformat(), "body": dict(body)}


def entries(kind: str, filters: Filters, reader: Reader, limit: int) -> list[Row]:
    """What stands of a kind in the places chosen: what is in no register yet first, of each the latest first."""
    return ask("place_entries", filters.without("year"), reader, kind=kind, limit=limit).to_dict("records")


def taking_back(page: str, kind: str, filters: Filters, reader: Reader) -> None:
    """Take one entry back, with the reason: it stays in the journal. One that a register has by now counts until its row goes."""
    rows = {row["entry"]: row for row in entries(kind, filters, reader, BACK) if row["filing"] != "withdrawn"}
    if not rows or not may(kind, reader):
        return
    named = {entry: said(row) for entry, row in rows.items()}
    form = f"{kind}_back"
    key = forms.key(form)
    with st.expander(t("Take back what was recorded by mistake"), key=f"{kind}_back"):
        entry = st.selectbox(
            t("Which one?"), list(rows), format_func=named.get, index=None, key=f"{key}_which",
            placeholder=t("Choose one"),
        )  # fmt: skip
        lists.of_all(len(rows), widgets.total(ask("place_entries", filters.without("year"), reader, kind=kind, limit=1)))
        reason = st.text_input(t("Why it is taken back"), key=f"{key}_why", max_chars=500).strip()
        sent = [_withdrawal(rows[entry], reason)] if entry and reason else []
        label, send = t("Take it back"), guarded(page)(sending.send)
        st.button(label, key=f"{key}_save", disabled=not sent, on_click=send, args=(sent, key, t("Taken back."), form))


def said(row: Row) -> str:
    """An entry in words: its day, where, what, and of how much."""
    amount = "" if missing(row["amount"]) else number(row["amount"])
    what = recorded.said(row["kind"], row["said"])
    return " · ".join(filter(None, [labels.day(row["happened_on"]), recorded.place(row), what, amount]))


def _withdrawal(row: Row, reason: str) -> dict[str, Any]:
    of = "area" if len(row["code"]) < 8 else "village"
    return {"kind": "withdrawn", "about": {of: row["code"]}, "thing": row["entry"], "body": {"reason": reason}}

"""What is done about the debts of village funds, recorded: a mobile point, a visit, a repayment, or that a village is settled."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.log import today
from journal.kinds import kinds
from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.meeting import place_recording, sending
from ui.record import forms, saving
from ui.session.page_access import guarded
from ui.view import labels, lists, widgets
from ui.view.labels import missing

KIND = "debt_step"
FUNDS = 500  # to choose from


def panel(filters: Filters, reader: Reader) -> None:
    """One thing done in one of the chosen villages, of a day; below it, to take back what was recorded by mistake."""
    saving.told()
    rows = ask("debt_funds", filters, reader, limit=FUNDS)
    if not len(rows) or not place_recording.may(KIND, reader):
        return
    funds = {row["village_code"]: row for row in rows.to_dict("records")}
    named = {code: _named(row) for code, row in funds.items()}
    with st.expander(t("Record what was done in a village"), key="debt_record"):
        key = forms.key(KIND)
        village = st.selectbox(
            t("Village"), list(funds), index=None, format_func=named.get, key=f"{key}_of",
            placeholder=t("Choose one"),
        )  # fmt: skip
        lists.of_all(len(funds), widgets.total(rows))
        on = forms.day(t("Day"), f"{key}_on", today(), ahead=False)
        body = forms.body(kinds()[KIND], key, {})
        made = []
        if village and on and body.get("action_kind"):
            made = [place_recording.event(KIND, {"village": village}, funds[village]["thing"], on, body)]
        st.button(t("Record"), key=f"{key}_save", disabled=not made, type="primary", on_click=_send, args=(made, key))
    place_recording.taking_back("debts", KIND, filters, reader)


@guarded("debts")
def _send(events: list[dict[str, Any]], key: str) -> None:
    sending.send(events, key, t("Recorded: what was done in a village"), KIND)


def _named(row: Mapping[str, Any]) -> str:
    if missing(row["still_to_follow"]):
        return labels.place(row)
    return t("{name} · left to follow {n}", name=labels.place(row), n=number(row["still_to_follow"]))

"""What is done of the women's fund, recorded: who was told before an instalment falls due, and every other step of the ป ต ท model."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from audit.log import today
from journal.kinds import kinds
from queries import Filters, Reader, ask
from ui.i18n import t
from ui.meeting import sending
from ui.programmes import fund_parts
from ui.record import forms, saving
from ui.session.page_access import guarded
from ui.view import labels
from ui.view.labels import missing

KIND = "loan_step"
LOANS = 500  # to choose from
Row = Mapping[str, Any]


def mark(rows: list[Row], reader: Reader) -> None:
    """Who was told: tapped, and recorded as of the day of the list. Whoever was told goes from the list, on every screen."""
    saving.told()
    left = {_key(row): row for row in rows if missing(row["told"])}
    if not left or not reader.may(kinds()[KIND].right):
        return
    key = forms.key("fund_told")
    chosen = st.pills(t("Who was told"), list(left), format_func=lambda one: _said(left[one]), selection_mode="multi", key=key)
    label = t("Record that they were told on {date}", date=labels.day(rows[0]["on_day"]))
    events = [_event(left[one], left[one]["tell"], left[one]["on_day"].date()) for one in chosen]
    st.button(label, key=f"{key}_save", disabled=not chosen, type="primary", on_click=_send, args=(events, key, "fund_told"))


def panel(filters: Filters, reader: Reader) -> None:
    """Any step of any project of the places chosen, of a day."""
    loans = {row["thing"]: row for row in ask("fund_loans", filters.without("year"), reader, limit=LOANS).to_dict("records")}
    if not loans or not reader.may(kinds()[KIND].right):
        return
    named = {thing: _named(row) for thing, row in loans.items()}
    with st.expander(t("Record what was done of a project"), key="fund_record"):
        key = forms.key("fund_step")
        thing = st.selectbox(
            t("Project"), list(named), index=None, format_func=named.get, key=f"{key}_of", placeholder=t("Choose one")
        )  # fmt: skip
        on = forms.day(t("Day"), f"{key}_on", today(), ahead=False)
        body = forms.body(kinds()[KIND], key, {})
        ready = bool(thing and on and body.get("fund_step"))
        events = [_event(loans[thing], "", on, body)] if thing and on else []
        st.button(
            t("Record"), key=f"{key}_save", disabled=not ready, type="primary", on_click=_send, args=(events, key, "fund_step")
        )


@guarded("fund")
def _send(events: list[dict[str, Any]], key: str, form: str) -> None:
    sending.send(events, key, t("Recorded: {n} steps of the women's fund", n=len(events)), form)


def _event(row: Row, step: str, on: date, body: Mapping[str, object] | None = None) -> dict[str, Any]:
    thing = f"loan/{row['fiscal_year']}/{row['project_no']}"
    said = dict(body or {"fund_step": step})
    return {
        "kind": KIND,
        "about": {"village": row["village_code"]},
        "thing": thing,
        "occurred_on": on.isoformat(),
        "body": said,
    }


def _key(row: Row) -> str:
    return f"{row['fiscal_year']}/{row['project_no']}/{row['instalment_no']}"


def _said(row: Row) -> str:
    return t("{group}: instalment {n} ({left})", group=row["group_name"], n=row["instalment_no"], left=fund_parts.when(row))


def _named(row: Row) -> str:
    return f"{row['fiscal_year']} · {row['project_no']} · {row['group_name']} · {labels.place(row)}"

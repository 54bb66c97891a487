"""Outcomes on the spot: information, decision or action of the item that is shown; households certified several at once."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from audit.log import today
from queries import Filters, Reader, ask
from ui.i18n import t
from ui.meeting import sending
from ui.meeting.held import Held
from ui.meeting.slides import belongs, of_entry
from ui.record import forms
from ui.view import labels

NEXT = 30  # days until the next meeting, where nobody says another day
RESULTS = ("certified", "refused")
FORMS = ("outcome", "certify", "back", "adopt")  # of one item each
TAPPED = ("_save", "_ids", "_open")  # what of a form holds nothing that was filled in


def stays(of: Held, drawn: Collection[str]) -> None:
    """What was filled in at an item stays although the deck was turned to others: Streamlit forgets a form that is not drawn.

    Forms that are `drawn` (items) now and were before keep it themselves, with letters that this server was not told of yet.
    """
    items = [item["item"] for item in of.seen["items"] if item["item"] not in drawn]
    own = tuple(forms.key(f"{form}_{item}") + "_" for item in items for form in FORMS)
    filled = [str(key) for key in st.session_state if str(key).startswith(own) and not str(key).endswith(TAPPED)]
    forms.put_back({key: st.session_state[key] for key in filled})


def form(of: Held, item: Mapping[str, Any], reader: Reader) -> None:
    """What the item came to; typing is optional."""
    of_item = f"outcome_{item['item']}"
    key = forms.key(of_item)
    names = labels.listed("outcome")
    begins = forms.begins(f"{key}_kind", "decision")
    kind = st.pills(t("Outcome"), list(names), format_func=names.get, default=begins, required=True, key=f"{key}_kind")
    homes = households(item, reader)
    home = (
        st.selectbox(
            t("Household"),
            list(homes),
            format_func=homes.get,
            index=None,
            key=f"{key}_home",
            placeholder=t("None in particular"),
        )
        if homes
        else None
    )
    told = st.text_input(t("Text ({optional})", optional=t("optional")), key=f"{key}_told", max_chars=2000)
    body: dict[str, Any] = {"outcome": kind, "told": told, "household": home}
    if kind == "action":
        body |= _by_whom(of, reader, key)
    if st.button(t("Record the outcome"), type="primary", key=f"{key}_save"):
        event = sending.event(of.row, "outcome", body, item=item["item"], base=[of.row["opened"]])
        if sending.send([event], key, t("Recorded: {kind}", kind=names[kind]), of_item):
            st.rerun()


def _by_whom(of: Held, reader: Reader, key: str) -> dict[str, Any]:
    """Who takes it on, and by when: the next meeting where nobody says otherwise."""
    area = {"district": (of.row["area"],)} if len(of.row["area"]) == 4 else {"tambon": (of.row["area"],)}
    owners = [one for one in ask("board_owners", Filters.of(area), reader)["owner"] if one]
    owner = st.selectbox(
        t("Who takes it on"), owners, index=None, accept_new_options=True, key=f"{key}_owner", placeholder=t("Choose or type")
    )
    held_on: pd.Timestamp = of.row["held_on"]
    due = forms.day(t("By when"), f"{key}_due", _day(held_on) + timedelta(NEXT), ahead=True)
    return {"owner": owner, "due_date": due.isoformat() if due else None}


def certification(of: Held, item: Mapping[str, Any], reader: Reader) -> None:
    """Certify one household or several, or refuse with the reason."""
    of_item = f"certify_{item['item']}"
    key = forms.key(of_item)
    done = {row["ref"] for row in of.outcomes if row["kind"] == "certification"}
    homes = {ref: name for ref, name in households(item, reader).items() if ref not in done}
    if not homes:
        st.info(t("Every household of this item has its outcome."))
        return
    chosen = st.pills(t("Households"), list(homes), format_func=homes.get, selection_mode="multi", key=f"{key}_homes")
    names = labels.listed("certification")
    begins = forms.begins(f"{key}_result", RESULTS[0])
    result = st.pills(t("Result"), RESULTS, format_func=names.get, default=begins, required=True, key=f"{key}_result")
    reason = st.text_input(t("Reason"), key=f"{key}_reason", max_chars=500) if result == "refused" else ""
    if st.button(t("Record the result"), type="primary", key=f"{key}_save", disabled=not chosen):
        if result == "refused" and not reason.strip():
            st.error(t("Say why it is refused."))
            return
        events = [_certified(of, ref, result, reason, reader) for ref in chosen]
        if sending.send(events, key, t("Recorded for {n} households", n=len(chosen)), of_item):
            st.rerun()


def _certified(of: Held, ref: str, result: str, reason: str, reader: Reader) -> dict[str, Any]:
    heads = ask("heads", Filters(), reader, household=ref)
    body = {"certification": result, "meeting": of.row["serial"], "reason": reason}
    return {
        "kind": "certification",
        "about": {"household": ref},
        "occurred_on": min(_day(of.row["held_on"]), today()).isoformat(),
        "base": sorted(heads.loc[heads["kind"] == "certification", "entry"]),
        "body": {name: value for name, value in body.items() if value},
        "meeting": of.id,
    }


def taken_back(of: Held, item: Mapping[str, Any]) -> None:
    """Take back a mistake, with the reason: the entry stays in the journal."""
    own = {row["entry"]: row for row in of.outcomes if belongs(row, item)}
    if not own:
        return
    of_item = f"back_{item['item']}"
    key = forms.key(of_item)
    with st.expander(t("Take back what was recorded by mistake"), key=f"{key}_open"):
        entry = st.selectbox(
            t("Which one?"), list(own), format_func=lambda id_: of_entry(own[id_]), index=None, key=f"{key}_which",
            placeholder=t("Choose one"),
        )  # fmt: skip
        reason = st.text_input(t("Why it is taken back"), key=f"{key}_why", max_chars=500)
        if st.button(t("Take it back"), key=f"{key}_save", disabled=not entry):
            row = own[entry]
            about = {"household": row["ref"]} if row["kind"] == "certification" else {"area": of.row["area"]}
            event = {"kind": "withdrawn", "about": about, "thing": entry, "body": {"reason": reason}, "base": []}
            if sending.send([event], key, t("Taken back."), of_item):
                st.rerun()


def households(item: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """The households that an item draws, by their number on the wall, named as this reader may see them."""
    refs = [row["ref"] for part in item["parts"] if part["as"] == "list" for row in part["rows"] if row.get("ref")]
    named = {}
    for place, ref in enumerate(dict.fromkeys(refs), 1):
        rows = ask("household", Filters(), reader, household=ref).to_dict("records")
        if rows:
            where = " ".join(filter(None, [labels.place(rows[0]), labels.head(rows[0])]))
            named[ref] = f"{place}. {where}"
    return named


def _day(value: pd.Timestamp) -> date:
    return value.date() if isinstance(value, pd.Timestamp) else value

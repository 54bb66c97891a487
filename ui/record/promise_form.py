"""What may be recorded of one row of the promise board, one tap away: a new state, a reply, a step that is done, a gift."""

from collections.abc import Mapping
from hashlib import sha256

import streamlit as st

from audit.log import today
from journal.kinds import Kind, kinds
from queries import Filters, Reader
from ui.filters.controls import chosen
from ui.i18n import t
from ui.record import forms, saving
from ui.session.page_access import guarded
from ui.view import promise_text, recorded
from ui.view.labels import missing

KINDS = {
    "plan": ("plan_status", "plan_reply"),
    "step": ("step_finished", "step_started"),
    "need": ("gift",),
    "action": ("action_status",),
}
PAGE = "promises"


def offered(promise: Mapping, reader: Reader) -> list[Kind]:
    """The kinds that this reader may record of a row; a step that runs cannot begin."""
    some = [kinds()[name] for name in KINDS[promise["kind"]] if reader.may(kinds()[name].right)]
    return [kind for kind in some if kind.name != "step_started" or promise["status"] == "waiting"]


@st.fragment
@guarded(PAGE)
def row(filters: Filters, promise: Mapping) -> None:
    """A row of the board with a button beside it, and under it the form once that was tapped; no button for who may not record."""
    may = offered(promise, chosen()[1])  # the reader of this run: a fragment's arguments are those of an earlier one
    of = sha256("/".join([promise["ref"], promise["thing"]]).encode()).hexdigest()[:12]
    key = f"promise_{of}_{saving.number()}"
    tapped = bool(st.session_state.get(f"{key}_open"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(promise_text.line(filters, promise), width="stretch")
        if may and not tapped:
            st.button(t("Record"), key=f"{key}_tap", on_click=_open, args=(f"{key}_open",))
    if may and tapped:
        with st.container(border=True, key=f"{key}_form"):
            _form(promise, chosen()[1], may, key)


def _open(key: str) -> None:
    st.session_state[key] = True


def _form(row: Mapping, reader: Reader, may: list[Kind], key: str) -> None:
    kind = may[0]
    if len(may) > 1:
        named = {one.name: recorded.kind(one.name) for one in may}
        name = st.pills(
            t("What is it?"), list(named), format_func=named.get, default=kind.name, required=True, key=f"{key}_kind"
        )
        kind = kinds()[name]
    on = forms.day(t("Day on which it happened"), f"{key}_{kind.name}_on", today(), ahead=False)
    body = forms.body(kind, f"{key}_{kind.name}", _known(row))
    base = _base(kind, reader, row, f"{key}_{kind.name}")
    if st.button(t("Record"), key=f"{key}_{kind.name}_save", type="primary"):
        said = {"occurred_on": on.isoformat() if on else None, "body": body}
        about = {"household": row["ref"]} if row["ref"] else {"area": row["village_code"]}
        if saving.save(kind, about, row["thing"], base, said, f"{key}_{kind.name}"):
            st.rerun()


def _base(kind: Kind, reader: Reader, row: Mapping, key: str) -> list[str]:
    """The entries that this one takes the place of; an action of no household has said its last one itself."""
    if row["ref"] or kind.name != "action_status":
        return saving.seen(kind, reader, row["ref"], row["thing"], key)
    return [row["entry"]] if row["thing"] != f"action/{row['entry']}" else []


def _known(row: Mapping) -> dict[str, object]:
    """What the form begins with."""
    known = {"item": row["item"], "unit": row["unit"]} if row["kind"] == "need" else {"status": row["status"]}
    return {name: value for name, value in known.items() if not missing(value)}

"""What may be recorded of one row of the promise board, one tap away: a new state, a reply, a step that is done, a gift."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import streamlit as st

from audit.log import today
from journal.kinds import Kind, kinds
from queries import Filters, Reader
from ui.filters.controls import chosen
from ui.i18n import t
from ui.record import drafts, forms, saving
from ui.session.page_access import guarded
from ui.view import promise_text, recorded, widgets
from ui.view.labels import missing

KINDS = {
    "plan": ("plan_status", "plan_reply"),
    "step": ("step_finished", "step_started"),
    "need": ("gift",),
    "action": ("action_status",),
}
PAGE = "promises"
ROW = "promise_put_back"  # session: household and thing of the row whose form was put back last


def offered(promise: Mapping, reader: Reader) -> list[Kind]:
    """The kinds that this reader may record of a row; a step that runs cannot begin."""
    some = [kinds()[name] for name in KINDS[promise["kind"]] if reader.may(kinds()[name].right)]
    return [kind for kind in some if kind.name != "step_started" or promise["status"] == "waiting"]


@st.fragment
@guarded(PAGE)
def row(filters: Filters, promise: Mapping) -> None:
    """A row of the board with a button beside it, and under it the form once that was tapped; no button for who may not record."""
    may = offered(promise, chosen()[1])  # the reader of this run: a fragment's arguments are those of an earlier one
    key = _key(promise["ref"], promise["thing"])
    tapped = bool(st.session_state.get(f"{key}_open"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(promise_text.line(filters, promise), width="stretch")
        if may and not tapped:
            st.button(t("Record"), key=f"{key}_tap", on_click=_open, args=(f"{key}_open",))
    if promise["forked"]:
        st.html(promise_text.conflict(filters, chosen()[1], promise))
    if may and tapped:
        with st.container(border=True, key=f"{key}_form"):
            _form(promise, chosen()[1], may, key)


def _key(ref: str, thing: str) -> str:
    of = sha256("/".join([ref, thing]).encode()).hexdigest()[:12]
    return f"promise_{of}_{forms.number()}"


def put_back(draft: drafts.Draft) -> None:
    """Open the form of a draft under its row of the board, with what stood in it."""
    row = _key(draft.ref, draft.thing)
    key = f"{row}_{draft.kind.name}"
    st.session_state[ROW] = draft.ref, draft.thing
    st.session_state.update({f"{row}_open": True, f"{key}_id": draft.id, f"{key}_seen": list(draft.base)})
    of_kind = {f"{row}_kind": draft.kind.name}
    day = forms.of_day(f"{key}_on", draft.on, ahead=False)
    forms.put_back(of_kind | day | dict(forms.of_body(draft.kind, key, draft.body)))


def elsewhere(filters: Filters, rows: Sequence[Mapping]) -> None:
    """Say where the row is whose form was put back, if it is none of this screen."""
    of = st.session_state.get(ROW)
    if of and of not in [(row["ref"], row["thing"]) for row in rows] and st.session_state.get(f"{_key(*of)}_open"):
        st.info(t("What was put back belongs to another household or another screen of this list."))
        widgets.household_link(filters, of[0], t("Open the household"))


def _open(key: str) -> None:
    st.session_state[key] = True


def _form(row: Mapping, reader: Reader, may: list[Kind], key: str) -> None:
    kind = may[0]
    if len(may) > 1:
        named = {one.name: recorded.kind(one.name) for one in may}
        if st.session_state.get(f"{key}_kind") not in named:
            st.session_state.pop(f"{key}_kind", None)
        name = st.pills(
            t("What is it?"),
            list(named),
            format_func=named.get,
            default=forms.begins(f"{key}_kind", kind.name),
            required=True,
            key=f"{key}_kind",
        )
        kind = kinds()[name]
    on = forms.day(t("Day on which it happened"), f"{key}_{kind.name}_on", today(), ahead=False)
    key = f"{key}_{kind.name}"
    body = forms.body(kind, key, _known(row))
    base = _base(kind, reader, row, key)
    day = on.isoformat() if on else None
    draft = drafts.Draft(saving.id_of(key), "promises", row["ref"], kind, row["thing"], tuple(base), day, body)
    drafts.form(draft, _known(row), key)
    if st.button(t("Record"), key=f"{key}_save", type="primary"):
        said = {"occurred_on": day, "body": body}
        about = {"household": row["ref"]} if row["ref"] else {"area": row["village_code"]}
        if saving.save(kind, about, row["thing"], base, said, key):
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

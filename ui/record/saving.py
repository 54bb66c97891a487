"""Saving what was filled in: one way for every form, with one id a form, on the base that its reader had before him.

The id is kept until there is a verdict on it: a button tapped twice, or a rerun in between, records once.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from audit.log import Unwritable
from journal.event import THING
from journal.kinds import Kind
from journal.store import FAULTS
from queries import Filters, Reader, ask
from queries.record import record
from ui.auth.identity import who
from ui.filters.controls import chosen
from ui.i18n import language, t
from ui.record import drafts, forms
from ui.session import audit_trail
from ui.view import recorded

SAID = "record_said"  # session: what was recorded last
UNSAID = "record_unsaid"  # session: something could not be written down


def told() -> None:
    """Say once what was recorded, or that it could not be."""
    if st.session_state.pop(UNSAID, False):
        audit_trail.unwritable()
    if said := st.session_state.pop(SAID, None):
        st.success(said)


def seen(kind: Kind, reader: Reader, ref: str, thing: str, key: str) -> list[str]:
    """The entries that a form's entry takes the place of: those that its reader had before him when it opened, none that came since."""
    if kind.keeps == "all":
        return []
    if f"{key}_seen" not in st.session_state:
        heads = ask("heads", Filters(), reader, household=ref)
        mine = heads[(heads["kind"] == kind.name) & (heads["thing"].isin([thing, kind.of]))]
        st.session_state[f"{key}_seen"] = sorted(mine["entry"])
    return list(st.session_state[f"{key}_seen"])


def id_of(key: str) -> str:
    """The id of a form's entry, the same as long as the form is open."""
    return str(st.session_state.setdefault(f"{key}_id", str(uuid.uuid4())))


def save(kind: Kind, about: Mapping[str, str], thing: str, base: Sequence[str], said: Mapping[str, Any], key: str) -> bool:
    """Record as whoever this very run is; whether it was taken. What is not is said, and stays in the form."""
    event = {"id": id_of(key), "kind": kind.name, "about": dict(about), "base": list(base), **said}
    if kind.of in THING and kind.name != "plan_new":
        event["thing"] = thing
    try:
        (verdict,) = record([event], chosen()[1], who())
    except Unwritable:
        audit_trail.unwritable()
        return False
    except FAULTS:
        says = t(
            "Nothing was recorded: the journal cannot be written now. What you filled in stays here; press Record again later."
        )
        st.error(says, icon=":material/error:")
        return False
    if verdict["verdict"] not in ("kept", "known", "held"):
        st.error(verdict["reason"] if language() == "th" else verdict["reason_en"])
        if verdict["verdict"] == "differs":  # the same form was sent with other words: they are a new entry
            drafts.acknowledge([event["id"]])
            st.session_state[f"{key}_id"] = str(uuid.uuid4())
        return False
    st.session_state[SAID] = t("Recorded: {kind}", kind=recorded.kind(kind.name))
    drafts.acknowledge([event["id"]])
    forms.anew()
    return True

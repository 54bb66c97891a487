"""Break-glass access to citizen IDs: for a logged reason, of one household, expiring after ten minutes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from audit.log import Unwritable
from queries import Reader, reasons, reveal
from ui.filters.controls import chosen
from ui.i18n import language, t
from ui.session import audit_trail
from ui.view import labels

FADES = 600  # seconds; .st-key-revealed in style.css hides itself then too, should the network be gone
LOOKS = 5  # seconds between two looks at the clock
KEPT = "revealed"  # session


@dataclass(frozen=True)
class Shown:
    """An unmasking: by whom, in which role, of which household, until when (monotonic seconds), and the rows."""

    who: str
    reader: Reader
    household: str
    until: float
    rows: pd.DataFrame


def now() -> float:
    """Monotonic seconds: a clock that nobody can set back."""
    return time.monotonic()


def kept(reader: Reader, household: str) -> Shown | None:
    """The session's unmasking, if it is of this user, role and household and has not expired; else it is dropped."""
    shown = st.session_state.get(KEPT)
    if shown and (shown.who, shown.reader, shown.household) == (audit_trail.who(), reader, household) and now() < shown.until:
        return shown
    st.session_state.pop(KEPT, None)
    return None


def panel(reader: Reader, household: str, members: pd.DataFrame) -> None:
    """The unmask form, or the unmasked IDs; nothing without the right `reveal` and nothing in meeting mode."""
    if not reader.may("reveal") or st.query_params.get("meeting"):
        st.session_state.pop(KEPT, None)
        return
    if kept(reader, household):
        _revealed(household, members)
    else:
        _reason_form(reader, household)


def _reason_form(reader: Reader, household: str) -> None:
    words = reasons(language())
    with st.popover(t("Show citizen IDs"), icon=":material/visibility:", key="open_reveal"):
        reason = st.radio(t("What are they needed for?"), list(words), index=None, format_func=words.get, key="reveal_reason")
        st.caption(t("Your name, the reason and this household are written down. The numbers disappear after ten minutes."))
        if st.button(t("Show for ten minutes"), type="primary", disabled=reason is None, key="reveal") and reason:
            try:
                rows = reveal(household, reason, reader, audit_trail.who())
            except Unwritable:
                audit_trail.unwritable()
                return
            st.session_state[KEPT] = Shown(audit_trail.who(), reader, household, now() + FADES, rows)
            st.rerun()


@st.fragment(run_every=LOOKS)
def _revealed(household: str, members: pd.DataFrame) -> None:
    """The IDs until they expire; then, or once the right is withdrawn, the page is rerun without them."""
    reader = chosen()[1]  # of this run: a fragment's arguments are those of an earlier one
    shown = kept(reader, household)
    if shown is None or not reader.may("reveal") or st.query_params.get("meeting"):
        st.session_state.pop(KEPT, None)
        st.rerun()
        return
    names = {row["member_no"]: labels.who(row) for row in members.to_dict("records")}
    with st.container(key="revealed", border=True):
        minutes = -(-int(shown.until - now()) // 60)
        st.markdown(f"**{t('Citizen IDs, for {n} more minutes', n=minutes)}**")
        st.markdown("\n".join(f"- {_line(row, names)}" for row in shown.rows.to_dict("records")) or t("None is on record."))
        if st.button(t("Hide now"), key="hide_revealed"):
            st.session_state.pop(KEPT, None)
            st.rerun()


def _line(row: Mapping, names: Mapping) -> str:
    digits = row["citizen_id"]
    number = f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"
    return f"{labels.plain(names.get(row['member_no']) or t('Head of the household'))}: {labels.plain(number)}"

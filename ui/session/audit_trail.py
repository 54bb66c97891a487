"""Audit trail of the pages: the only way from the screen to the audit log; access is logged before names show."""

from typing import Any

import streamlit as st

from audit import log
from installation.paths import data_folder
from queries import Filters, Reader, build
from ui.auth.identity import who
from ui.filters.sentence import sentence
from ui.i18n import t

LAST = "written_"  # session: the last entry of one action, so that a rerun of the same page writes nothing
LIST = "list"  # the action of looking at a list of families


def note(action: str, reader: Reader, by: str = "", **facts: Any) -> None:
    """Write one entry, by this run's user or `by` outside a run; raises log.Unwritable."""
    log.write(data_folder(), by or who(), action, role=reader.role, build=build().id, **facts)


def once(action: str, reader: Reader, about: str = "", **facts: Any) -> bool:
    """Write one entry unless it equals the session's last one of this action; returns whether it stands in the log.

    `about` is compared and not written: a name that was searched for.
    """
    entry = (who(), reader, about, facts)
    if st.session_state.get(LAST + action) == entry:
        return True
    try:
        note(action, reader, **facts)
    except log.Unwritable:
        return False
    st.session_state[LAST + action] = entry
    return True


def log_before_names(
    reader: Reader, action: str, *, about: str = "", page: str = "", filters: Filters | None = None, **facts: Any
) -> Reader:
    """Log an access to named families before it happens; returns the reader to ask with, for what is drawn after this.

    That is `reader` once the entry stands in the log, written once per change of user, role, `about` or facts (`once`). Where
    it cannot be written, it is a committee in the same areas, whose answers mask names, with a warning on the page; a role that
    sees no names stays what it is. A page that is nothing without names stops where it gets another reader than it gave.
    A list is logged for roles that see names, opening a household and a search for every role.
    """
    if action == LIST and reader.sees("name") != "open":
        return reader
    where = ({"page": page} if page else {}) | ({"filter": sentence(filters, "th")} if filters is not None else {})
    if once(action, reader, about, **where, **facts):
        return reader
    st.warning(t("The audit log cannot be written. Names and addresses are masked until it can."))
    return Reader("committee", reader.areas) if reader.sees("name") == "open" else reader  # never more than before


def unwritable() -> None:
    """Error message of an action that was refused because it could not be logged."""
    st.error(
        t(
            "The audit log cannot be written, so this is not done. Free the disk or ask who looks after this machine, then try again."
        ),
        icon=":material/error:",
    )

"""What readers do on the pages, written down: the one door from the screen to the log."""

from typing import Any

import streamlit as st

from audit import log
from installation.paths import data_folder
from queries import Filters, Reader, build
from ui.filters.sentence import sentence
from ui.session.identity import who
from ui.view.i18n import t

LAST = "written_"  # session: what was last written of one action, so that a rerun of the same page writes nothing


def note(action: str, reader: Reader, by: str = "", **facts: Any) -> None:
    """Write one entry, of what `by` did where no run can tell; raises log.Unwritable."""
    log.write(data_folder(), by or who(), action, role=reader.role, build=build().id, **facts)


def once(action: str, reader: Reader, about: str = "", **facts: Any) -> bool:
    """Write one entry unless this session's last one of the action said the same, `about` the same; whether it stands in the log.

    What it is about is not written: a name that was searched for.
    """
    said = (who(), reader, about, facts)
    if st.session_state.get(LAST + action) == said:
        return True
    try:
        note(action, reader, **facts)
    except log.Unwritable:
        return False
    st.session_state[LAST + action] = said
    return True


def seen(action: str, reader: Reader, about: str = "", **facts: Any) -> Reader:
    """Who may look at named families: the reader once it stands in the log, else a committee, which is told no names."""
    if once(action, reader, about, **facts):
        return reader
    st.warning(t("The audit log cannot be written. Names and addresses are masked until it can."))
    return Reader("committee", reader.areas)


def listed(reader: Reader, filters: Filters, page: str, found: int) -> Reader:
    """The same of a list of them, for whoever is told names at all."""
    if reader.sees("name") != "open":
        return reader
    return seen("list", reader, page, page=page, filter=sentence(filters, "th"), found=found)


def unwritable() -> None:
    """Say why something did not happen."""
    st.error(
        t(
            "The audit log cannot be written, so this is not done. Free the disk or ask who looks after this machine, then try again."
        ),
        icon=":material/error:",
    )

"""What readers do on the pages, written down: the one door from the screen to the log."""

from typing import Any

import streamlit as st

from access import log
from queries import Reader, build
from queries.warehouse import folder
from ui.identity import who
from ui.words import t

LAST = "written_"  # session: what was last written of one action, so that a rerun of the same page writes nothing


def note(action: str, reader: Reader, **facts: Any) -> None:
    """Write one entry; raises log.Unwritable."""
    log.write(folder(), who(), action, role=reader.role, build=build().id, **facts)


def once(action: str, reader: Reader, **facts: Any) -> bool:
    """Write one entry unless this session's last one of the action said the same; whether it stands in the log."""
    said = (who(), reader, facts)
    if st.session_state.get(LAST + action) == said:
        return True
    try:
        note(action, reader, **facts)
    except log.Unwritable:
        return False
    st.session_state[LAST + action] = said
    return True


def unwritable() -> None:
    """Say why something did not happen."""
    st.error(
        t(
            "The audit log cannot be written, so this is not done. Free the disk or ask who looks after this machine, then try again."
        ),
        icon=":material/error:",
    )

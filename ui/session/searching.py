"""What somebody searches for in the list of households: kept by the session, because a name must not stand in an address.

The address says that there is a search (`found`); with it, the way into a household and back leads to the same list. Another session
that opens such an address sees the whole list.
"""

import streamlit as st

from ui.filters import controls

ROWS = 12  # of a screen of the list; a tap stays small on a weak network
TYPED = "typed_in_households"  # session: what was searched for last
FOUND = "found"
ORDERS = ("place", "deprived", "overdue", "movement", "name")
FIRST = "place"  # the order that a list has when nobody chose one


def typed() -> str:
    """What this address searches for; "" where it does not, or in a session that has searched for nothing."""
    return str(st.session_state.get(TYPED, "")) if st.query_params.get(FOUND) else ""


def keep() -> None:
    """Widget callback of the search: keep what was typed, and say in the address that there is something."""
    st.session_state[TYPED] = st.session_state["search"].strip()
    controls.begin_again(**{FOUND: "1" if st.session_state[TYPED] else ""})


def way(search: str, sort: str) -> dict[str, str]:
    """The parameters that take a list along on the way to one of its households."""
    return ({FOUND: "1"} if search else {}) | ({"sort": sort} if sort != FIRST else {})

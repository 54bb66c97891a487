"""Which pages a reader may open: those whose questions the role may ask. One guard for pages, fragments and callbacks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

import definitions
from queries import Filters, Reader, may_ask
from ui.filters.controls import chosen
from ui.filters.url import parameters
from ui.session import audit_trail
from ui.view.i18n import language, t

QUESTIONS = {  # page -> what it cannot do without
    "overview": "summary",
    "map": "areas",
    "households": "households",
    "household": "household",
    "progress": "steps",
    "report": "report",
    "load": "loads",
    "duplicates": "duplicates",
    "about": "rules",
}
RIGHTS = {"audit": "audit", "users": "users"}  # page -> the right of roles.csv that opens it


def may_open(page: str, reader: Reader) -> bool:
    """Whether the role opens a page; one that is not listed here opens for nobody."""
    if page in RIGHTS:
        return reader.may(RIGHTS[page])
    return page in QUESTIONS and may_ask(QUESTIONS[page], reader)


def refuse(reader: Reader, menu: dict[str, str], filters: Filters) -> None:
    """Say kindly that this page is not for the role, and which ones are."""
    audit_trail.once("refused", reader, what="page")
    role = definitions.names("roles", "role", language())[reader.role]
    st.subheader(t("This page is not for your role"))
    st.info(t("You are here as {role}, who does not see what this page shows.", role=role))
    if st.query_params.get("meeting"):
        st.markdown(t("Switch meeting mode off to open it."))
    with st.container(horizontal=True):
        for name, title in menu.items():
            st.page_link(f"../pages/{name}.py", label=title, query_params=parameters(filters), icon=":material/chevron_right:")


def guarded(page: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A callback or fragment of a page: it runs without the frame, so the reader of this very run is looked at again.

    For whoever may not open the page it does nothing; the rerun that follows says why.
    """

    def guard(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def held(*args: Any, **more: Any) -> Any:
            return act(*args, **more) if may_open(page, chosen()[1]) else None

        return held

    return guard

"""Which pages there are and which a reader may open: a row of pages.csv each. One guard for pages, fragments and callbacks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

import definitions
from queries import Filters, Reader, may_ask
from ui.filters.controls import chosen
from ui.filters.url import parameters
from ui.i18n import language, t
from ui.session import audit_trail


def pages() -> dict[str, dict[str, str]]:
    """Page -> its row of definitions/pages.csv, in the order of the menu."""
    return {row["page"]: row for row in definitions.table("pages")}


def may_open(page: str, reader: Reader) -> bool:
    """Whether the role opens a page: by the question that it cannot do without, or by a right of roles.csv.

    One that has no row, or whose row names neither, opens for nobody.
    """
    row = pages().get(page, {"question": "", "right": ""})
    if row["right"]:
        return reader.may(row["right"])
    return bool(row["question"]) and may_ask(row["question"], reader)


def menu(reader: Reader) -> dict[str, str]:
    """Page -> title of what this reader's menu shows. `aside` is reached from another page; `without_cases` is, too, by whoever
    sees cases: such a desk has pages enough in its menu."""
    places = {"main", "programmes", "more", "without_cases"} - ({"without_cases"} if reader.may("cases") else set())
    return {name: title(name) for name, row in pages().items() if row["menu"] in places and may_open(name, reader)}


def fold(page: str) -> str:
    """Behind which word of the menu a page stands: `programmes` beside the poverty register, `more` (where there is no room for all: what
    a working day seldom needs), "" for none."""
    return {"programmes": "programmes", "more": "more"}.get(pages()[page]["menu"], "")


def filters_of(page: str) -> str:
    """What the filters are to a page: "" they narrow it, "places" those of places alone do, "kept" it only carries them along, "none" they mean nothing there."""
    return pages().get(page, {}).get("filters") or ""


def title(page: str) -> str:
    """What a page is called."""
    return pages()[page][f"title_{language()}"]


def refuse(reader: Reader, filters: Filters) -> None:
    """Say kindly that this page is not for the role, and which ones are."""
    audit_trail.once("refused", reader, what="page")
    role = definitions.names("roles", "role", language())[reader.role]
    st.subheader(t("This page is not for your role"))
    st.info(t("You are here as {role}, who does not see what this page shows.", role=role))
    if st.query_params.get("meeting"):
        st.markdown(t("Switch meeting mode off to open it."))
    with st.container(horizontal=True):
        for name, named in menu(reader).items():
            st.page_link(f"../pages/{name}.py", label=named, query_params=parameters(filters), icon=":material/chevron_right:")


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

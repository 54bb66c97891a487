"""URL state: the query parameters hold the filters, so that a view can be shared, reloaded and gone back to.

Streamlit's own `bind="query-params"` is not used: it writes the labels on screen, not the codes, so a shared address would
change with the language; and while a widget is bound, pages may not set the address themselves.
"""

from dataclasses import fields
from urllib.parse import urlencode

import streamlit as st

from queries import Filters
from ui.streamlit_internals import script_run

NAMES = tuple(field.name for field in fields(Filters))
EVERYTHING = "all"  # ?all=1 is the explicit "no filter"; an address without any filter means the default view
FRAME = ("lang", "meeting")  # what every link of the app carries along besides the filters
VIEW = (
    "measure",
    "as",
    "by",
    "classes",
    "homes",
    "team",
    "steps",
    "fiscal",
    "on",
    "kind",
    "sort",
    "found",
    "page",
    "office",
    "task",
    "need",
    "month",
    "instrument",
    "assessed",
    "forum",
)  # how one page shows it; they lead nowhere on other pages
PAGE = "page"  # of VIEW: the screen of a list; any other choice begins the list anew
LAST_RUN = "address_seen"  # session: (page, query string) of the last run
SENT = "address_sent"  # session: (page, the parameters before, those that were set, whether in this very run)

Address = dict[str, list[str]]


def current() -> Address:
    """Query parameters of this run, each with all its values; "a,b" counts as two."""
    values = {key: [v for text in st.query_params.get_all(key) for v in text.split(",")] for key in st.query_params}
    return {key: given for key, given in values.items() if given}


def parameters(filters: Filters, /, **more: str | None) -> Address:
    """Query parameters of a link to any page: filters, language, meeting mode, and `more` (None removes one)."""
    kept = {name: values for name in FRAME if (values := st.query_params.get_all(name))}
    wanted = {**(filters.address() or {EVERYTHING: ["1"]}), **kept, **{k: [v] for k, v in more.items() if v}}
    return {k: v for k, v in wanted.items() if more.get(k, "") is not None}


def link(page: str, filters: Filters, /, **more: str | None) -> str:
    """A relative URL for text, tables and exports: link("household", filters, household=…) -> "household?year=2565&…"."""
    return f"{page}?{urlencode(parameters(filters, **more), doseq=True)}"


def translated(page: str, lang: str) -> str:
    """The present URL in another language; a link to it loads the page anew, so `<html lang>` follows."""
    same = {key: st.query_params.get_all(key) for key in st.query_params if key != "lang"}
    return f"/{page}?{urlencode(same | ({'lang': lang} if lang != 'th' else {}), doseq=True)}"


def write(filters: Filters, meeting: bool, view: Address | None = None) -> None:
    """Set filters, meeting mode and a page's own `view` in the URL; other parameters stay.

    One `update`, because every change is an entry in the browser's history; an empty list takes a parameter out.
    """
    chosen = filters.address() or {EVERYTHING: ["1"]}
    wanted = {name: chosen.get(name, []) for name in (*NAMES, EVERYTHING)} | {"meeting": ["1"] if meeting else []}
    wanted |= view or {}
    before = _part(wanted)
    st.query_params.update(wanted)
    st.session_state[SENT] = (_page(), before, wanted, True)


def follow(page: str) -> None:
    """Update the address bar after a link to the page that is already shown.

    Streamlit runs the page with the parameters of such a link and leaves the address bar as it was: nobody could go back,
    and the next tap would bring the old address again.
    """
    run = script_run()
    if run is None:
        return
    before, address = st.session_state.get(LAST_RUN, (None, ""))
    if page == before and address != run.query_string and not run.is_history_navigation:
        st.query_params.from_dict({key: st.query_params.get_all(key) for key in st.query_params})
    st.session_state[LAST_RUN] = (page, run.query_string)


def settle() -> None:
    """Resolve a race: re-apply the parameters set last, if the browser sent this run's before it received them.

    On a slow network a second tap leaves before the answer to the first arrives, and carries the old address; without
    this the first tap would be undone. Going back in the browser's history is not such a case and says so itself.
    """
    page, before, wanted, just_sent = st.session_state.pop(SENT, (None, {}, {}, False))
    run = script_run()
    if page is None or page != _page() or not run or run.is_history_navigation:
        return
    late = not just_sent and before != wanted and _part(wanted) == before
    if late:
        st.query_params.update(wanted)
    if late or just_sent:
        st.session_state[SENT] = (page, before, wanted, False)


def _part(wanted: Address) -> Address:
    """The URL's present values of the parameters in `wanted`."""
    return {name: st.query_params.get_all(name) for name in wanted}


def _page() -> str | None:
    run = script_run()
    return run.page_script_hash if run else None

"""Filter controls: large chips bound to the URL both ways; the URL is the only state.

Chips in popovers, not multiselects: their chips are 8 px high, their buttons speak English, and they bring up a keyboard.
"""

from collections.abc import Sequence

import streamlit as st

from queries import Filters, Reader
from ui.auth import identity
from ui.filters.parse_url import understood
from ui.filters.place_options import offered, within
from ui.filters.sentence import CLOSED, names, sentence
from ui.filters.url import NAMES, PAGE, VIEW, current, link, parameters, write
from ui.i18n import language, t

__all__ = [
    "bar",
    "chosen",
    "go",
    "link",
    "meeting",
    "option",
    "option_list",
    "option_pills",
    "parameters",
    "sentence",
    "turned_to",
    "view",
]

AGAIN = "choose_again_"  # session: how often a control was made anew
MANY = 80  # options; more of them (the districts of the nation) are a search box, fewer are chips


def chosen() -> tuple[Filters, Reader]:
    """Filters and reader of this run, for pages, fragments and callbacks: from the URL and the signed cookie alone."""
    who = identity.reader()
    return understood(current(), who)[0], who


def bar(places_only: bool = False) -> None:
    """Draw the filter bar: year and places at hand, the rest in a popover whose button counts what is set; places alone where the
    others mean nothing."""
    filters, reader = chosen()
    options = offered(filters, reader, language())
    options |= {name: names(name, language()) for name in CLOSED}
    at_hand = {"year": t("Year"), "province": t("Province"), "district": t("District"), "tambon": t("Subdistrict")}
    if len(options["province"]) < 2:
        del at_hand["province"]
    if places_only:
        del at_hand["year"]
    others = _other_labels() if reader.counts == "exact" and not places_only else {}
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
        for name, label in at_hand.items():
            with st.popover(f"{label} **{_shown(name, filters, options[name])}**", key=f"open_{name}"):
                _choice(name, label, filters, options[name])
        count = sum(bool(getattr(filters, name)) for name in others)
        if others:
            with st.popover(t("More filters ({n})", n=count), icon=":material/tune:", key="open_others"):
                for name, label in others.items():
                    _choice(name, label, filters, options[name])
        st.button(t("Show everything"), key="show_everything", on_click=_clear, disabled=filters.without("year") == Filters())
    faults = understood(current(), reader)[1]
    if faults:
        st.info(t("The address names {values}, which is not in this data; it was left out.", values=", ".join(faults)))


def meeting() -> None:
    """Toggle of meeting mode: the reader sees what a committee sees, so that a projector shows no names."""
    with st.container(key="meeting"):
        on = bool(st.query_params.get("meeting"))
        st.toggle(t("Hide names (meeting screen)"), on, key=_keep("meeting", on), on_change=_write)


def option(name: str, options: Sequence[str]) -> str:
    """The value of a page's own parameter (a name of `url.VIEW`) in the URL, else the first of its options."""
    value = st.query_params.get(name)
    return value if value in options else options[0]


def option_pills(name: str, label: str, options: dict[str, str], *, hidden: bool = False) -> None:
    """Control of a page's own parameter, bound to the URL like the filters."""
    value = option(name, list(options))
    key = _keep(name, [value])
    shown = {"label_visibility": "collapsed" if hidden else "visible", "selection_mode": "single", "required": True}
    st.pills(label, list(options), default=value, format_func=options.get, key=key, on_change=_write, **shown)


def option_list(name: str, label: str, options: dict[str, str]) -> None:
    """The same as a list, for many options that are found by typing."""
    value = option(name, list(options))
    key, keys = _keep(name, [value]), list(options)
    st.selectbox(
        label, keys, keys.index(value), format_func=options.get, key=key, on_change=_write, filter_mode="contains"
    )  # fmt: skip


def turned_to(total: int, rows: int) -> int:
    """Pagination of a page's one list, bound to the URL, so that the way back leads to the same screen: the offset of its rows."""
    screens = -(-total // rows)
    if screens < 2:
        return 0
    text = st.query_params.get(PAGE, "")
    page = min(max(int(text), 1), screens) if text.isascii() and text.isdigit() else 1
    key = f"choose_{PAGE}_{screens}_{page}"  # another screen in the URL is another control
    st.pagination(screens, default=page, key=key, on_change=_turn, args=(key,))
    return (page - 1) * rows


def begin_again(**view: str) -> None:
    """Set a page's own parameters (empty: none) and show the first screen of its list."""
    _view({name: [value] if value else [] for name, value in view.items()} | {PAGE: []})


def _turn(key: str) -> None:
    page = st.session_state.get(key, 1)
    _view({PAGE: [str(page)] if page > 1 else []})


def _view(view: dict[str, list[str]]) -> None:
    write(chosen()[0], bool(st.query_params.get("meeting")), view)


def view() -> dict[str, str | None]:
    """The page's own parameters that stand in the URL, for links that keep them."""
    return {name: st.query_params.get(name) for name in VIEW if name in st.query_params}


def go(filters: Filters) -> None:
    """Set the place filters from a page's own control; the rest of the URL stays."""
    write(within(filters), bool(st.query_params.get("meeting")))


def _other_labels() -> dict[str, str]:
    return {
        "village": t("Village"),
        "dimension": t("Deprived dimension"),
        "plan": t("4T plan"),
        "case": t("Case"),
        "source": t("Source"),
        "certification": t("Certification"),
    }


def _shown(name: str, filters: Filters, options: dict[str, str]) -> str:
    """Label of a closed filter: its first value and how many more."""
    values = [options.get(value, value) for value in getattr(filters, name)]
    return f"{values[0]} +{len(values) - 1}" if values[1:] else values[0] if values else t("All")


def _choice(name: str, label: str, filters: Filters, options: dict[str, str]) -> None:
    value = list(getattr(filters, name))
    given = {"default": value, "format_func": options.get, "key": _keep(name, value), "on_change": _write}
    if not options:
        st.markdown(f"{label}: {t('choose the area above it first')}")
    elif len(options) > MANY:
        typed = {"placeholder": t("Type to search"), "filter_mode": "contains", "select_all": False}
        st.multiselect(label, list(options), **given, **typed)
    elif name == "year":
        st.pills(
            label, list(options), selection_mode="single", required=True, **given | {"default": value[0] if value else None}
        )
    else:
        st.pills(label, list(options), selection_mode="multi", **given)


def _keep(name: str, value: bool | list[str]) -> str:
    """The widget key under which a control shows `value`, which is also its default.

    A control that the URL contradicts gets a new key, not a new value: what lies in a closed popover is not mounted, so
    the browser would never learn the new value, send the old one with the next tap, and undo what the reader did. For the
    same reason the value is the default and not `session_state`, which is sent to a browser once.
    """
    shown = st.session_state.get(_key(name))
    if shown is None or _comparable(shown) != _comparable(value):
        st.session_state[AGAIN + name] = st.session_state.get(AGAIN + name, 0) + 1
    return _key(name)


def _comparable(value: bool | str | list[str]) -> object:
    return value if isinstance(value, bool) else sorted(_listed(value))  # the order in which the reader tapped means nothing


def _listed(value: str | list[str] | None) -> list[str]:
    """A control's value as a list; a single-choice control holds a str."""
    return [value] if isinstance(value, str) else list(value or [])


def _key(name: str) -> str:
    return f"choose_{name}_{st.session_state.get(AGAIN + name, 0)}"


def _write() -> None:
    """Widget callback: write all drawn controls to the URL.

    All, because the URL that a quick second tap carries lacks the first one.
    """
    filters = chosen()[0]
    picked = {name: _listed(st.session_state.get(_key(name), getattr(filters, name))) for name in NAMES}
    view = {name: _listed(st.session_state.get(_key(name)) or st.query_params.get_all(name)) for name in VIEW}
    write(within(Filters.of(picked)), bool(st.session_state.get(_key("meeting"))), view | {PAGE: []})


def _clear() -> None:
    write(Filters(), bool(st.session_state.get(_key("meeting"))), {PAGE: []})

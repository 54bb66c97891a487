"""Earlier loads: when, who, how much, what would change against now, and only after that back to one of them."""

import pandas as pd
import streamlit as st

import definitions
from queries import NATION, Filters, Reader, ask
from queries.moments import Moment
from ui.i18n import language, number, t
from ui.load import consequences, jobs, panels
from ui.session.page_access import guarded
from ui.view import labels

LOOKED_AT = "history_build"  # session: the earlier load that is compared with the present one


def panel(filters: Filters, reader: Reader) -> None:
    """Earlier loads, folded away."""
    with st.expander(t("Earlier loads"), key="history"):
        show(ask("loads", filters, reader), reader)


def show(loads: pd.DataFrame, reader: Reader) -> None:
    """All earlier loads, the latest first; who goes back to one leaves it where it is."""
    for entry in jobs.builds():
        left, right = st.columns([4, 1], vertical_alignment="center")
        names = _named(entry["files"], None if NATION in reader.areas else set(loads["checksum"]))
        left.markdown(f"{labels.moment(entry['made_at'])} · {labels.plain(names)}")
        left.caption(_about(entry, reader))
        if entry["current"]:
            right.markdown(f"**{t('in use')}**")
        elif st.session_state.get(LOOKED_AT) != entry["build"]:
            right.button(t("Use again"), key=f"use_{entry['build']}", on_click=_look, args=(entry["build"],))
        else:
            with st.container(border=True, key="history_asked"):
                _ask(entry["build"], reader)


def _about(entry: dict, reader: Reader) -> str:
    """How many households and rows, and who loaded them; only for whoever has the nation, since they are of all areas."""
    if NATION not in reader.areas:
        return "–"
    counted = (
        [t("{n} households", n=number(entry["households"])), t("{n} rows", n=number(entry["rows"]))] if "rows" in entry else []
    )
    who = [t("loaded by {who}", who=labels.plain(_person(entry["who"])))] if entry.get("who") else []
    return " · ".join(counted + who) or "–"


def _person(who: str) -> str:
    """Whoever loaded: an address, or the one user of this machine."""
    return definitions.names("roles", "role", language()).get(who, who)


def _ask(build: str, reader: Reader) -> None:
    """What would change, and a second tap."""
    compared = jobs.compare(build)
    if compared.get("kept"):
        panels.change(compared)
        consequences.leaving(compared["leaving"], reader)
        consequences.of_entries(Moment(build, 0).path, reader)
    else:
        st.caption(
            t(
                "Its file is kept no longer, so nobody can say beforehand what would change; it is made again from its registers."
            )
        )
    with st.container(horizontal=True, gap="small"):
        st.button(t("Go back to this load"), type="primary", key="use_confirmed", on_click=_use, args=(build,))
        st.button(t("Keep the present data"), key="use_cancelled", on_click=_look, args=(None,))


def _named(files: list[dict], visible: set[str] | None) -> str:
    """File names of an earlier load: all, or those whose checksum is in `visible`, and how many others."""
    if not files:
        return t("sample data, invented people")
    names = [file["name"] for file in files if visible is None or file["checksum"][:12] in visible]
    others = len(files) - len(names)
    return ", ".join(names + ([t("{n} other files", n=number(others))] if others else []))


@guarded("load")
def _look(build: str | None) -> None:
    """Compare an earlier load with the present one, or none."""
    st.session_state[LOOKED_AT] = build


@guarded("load")
def _use(build: str) -> None:
    """Roll back to an earlier build; the page shows the error, if any."""
    st.session_state[LOOKED_AT] = None
    st.session_state["load_done"] = jobs.use(build)

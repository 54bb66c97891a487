"""Opening a forum that assesses a village: which village, by which instrument, on which day, with how many people."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

import definitions
from audit.log import today
from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.meeting import sending
from ui.record import forms
from ui.view import labels, widgets

MOST = 400  # villages of one list: a district has 200 at most
HIGHEST = 10  # of a score whose scale no source has


def offer(filters: Filters, reader: Reader) -> None:
    """The form of a new forum, for whoever may record; afterwards the screen is that forum's."""
    if not reader.may("records"):
        return
    with st.expander(t("Open a forum: score a village by raised hands"), key="forum_open"):
        villages = ask("villages", filters, reader, limit=MOST)
        if widgets.total(villages) > len(villages):
            st.info(t("Choose a district first: {n} villages are too many for a list.", n=number(widgets.total(villages))))
            return
        _form(
            filters,
            reader,
            {row["village_code"]: _named(row) for row in villages.to_dict("records") if reader.covers(row["village_code"])},
        )


def _form(filters: Filters, reader: Reader, villages: Mapping[str, str]) -> None:
    key = f"forum_{forms.number()}"
    village = st.selectbox(
        t("Village"),
        list(villages),
        index=None,
        format_func=villages.get,
        key=f"{key}_village",
        placeholder=t("Choose or type"),
    )
    names, rounds = labels.listed("instrument"), labels.listed("assessment_round")
    of = st.pills(
        t("Instrument"), list(names), format_func=names.get, default=next(iter(names)), required=True, key=f"{key}_of"
    )
    which = st.pills(
        t("Assessment round"), list(rounds), format_func=rounds.get, default="once", required=True, key=f"{key}_round"
    )
    held_on = forms.day(t("Held on"), f"{key}_on", today(), ahead=False)
    people = st.number_input(t("People at the forum"), min_value=1, value=None, step=1, key=f"{key}_people")
    body: dict[str, Any] = {
        "instrument": of, "assessment_round": which, "held_on": held_on.isoformat() if held_on else None, "people": people
    }  # fmt: skip
    if not choices(str(of), None):
        st.caption(t("No source has the scale of this instrument: say the highest score of the form that you use."))
        body["highest"] = st.number_input(
            t("Highest score of the form"), min_value=2, max_value=HIGHEST, value=None, step=1, key=f"{key}_highest"
        )
    ready = bool(village) and all(value for value in body.values())
    if wanted := _mains(str(of)):
        main = _main_items(filters, reader, str(of), wanted, key)
        body |= {"main_items": ",".join(main)} if main else {}
        ready = ready and len(main) in (0, wanted)
    if st.button(t("Open the forum"), type="primary", key=f"{key}_save", disabled=not ready):
        id_ = st.session_state.setdefault(f"{key}_forum", str(uuid.uuid4()))
        if sending.send([event(str(village), f"forum/{id_}", "forum_opened", body)], key, t("The forum is open.")):
            st.query_params["forum"] = id_
            st.rerun()


def _mains(of: str) -> int:
    """How many main items an instrument has of which the definitions do not say which they are; 0 where they do."""
    row = next(row for row in definitions.table("instruments") if row["instrument"] == of)
    known = [item for item in definitions.table("instrument_items") if item["instrument"] == of and item["main"]]
    return 0 if known or not row["main"] else int(row["main"])


def _main_items(filters: Filters, reader: Reader, of: str, wanted: int, key: str) -> list[str]:
    """Which items are main ones by the form that is used: those of the register's form, to begin with."""
    items = [item["item"] for item in definitions.table("instrument_items") if item["instrument"] == of]
    rows = ask("village_items", filters, reader, instrument=of, limit=1).to_dict("records")
    latest = max((row["assessed_year"] for row in rows), default=None)
    before = [row["item"] for row in rows if row["assessed_year"] == latest and row["main"] == "main"]
    chosen = st.pills(
        t("Main items of the form"),
        items,
        selection_mode="multi",
        default=[i for i in items if i in before],
        key=f"{key}_main_{of}",
    )
    if len(chosen) not in (0, wanted):
        st.warning(
            t("{n} of {total} main items: choose all of them, or none where you do not know.", n=len(chosen), total=wanted)
        )
    else:
        st.caption(t("No source says which are the main items: they are as the form of your office has them."))
    return list(chosen)


def event(village: str, thing: str, kind: str, body: Mapping[str, Any], base: Sequence[str] = ()) -> dict[str, Any]:
    """An entry of a forum, about its village."""
    return {"kind": kind, "about": {"village": village}, "thing": thing, "body": dict(body), "base": list(base)}


def choices(of: str, highest: int | None) -> list[int]:
    """What hands are raised for: the scores of the instrument, else of the form that is used; none where nobody has said."""
    row = next(row for row in definitions.table("instruments") if row["instrument"] == of)
    if row["choices"]:
        return [int(choice) for choice in row["choices"].split("|")]
    return list(range(1, highest + 1)) if highest else []


def _named(row: Mapping[str, Any]) -> str:
    names = {"village_code": row["village_code"], "village_th": row["name_th"], "village_en": row["name_en"]}
    return labels.place(names | {"tambon_th": row["tambon_th"], "tambon_en": row["tambon_en"]})

"""Preparing a meeting in minutes: day, place, who is invited, and the items of its agenda from the kinds that there are."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

import definitions
from audit.log import today
from queries import Filters, Reader, ask
from ui.i18n import BUDDHIST_ERA, language, t
from ui.meeting import sending
from ui.meeting.slides import title
from ui.record import forms
from ui.view import labels
from ui.view.labels import missing


def form(filters: Filters, reader: Reader, last: Mapping[str, Any] | None) -> None:
    """The form of a new meeting, filled with what the last one had."""
    key = f"prepare_{forms.number()}"
    known = last or {}
    areas = _areas(filters, reader)
    area = st.selectbox(t("Area of the meeting"), list(areas), format_func=areas.get, key=f"{key}_area") if areas else None
    if not area:
        st.info(t("Your areas have no district or subdistrict for a meeting."))
        return
    body = _details(key, {**known, "serial": _serial(known), "held_on": today()})
    kinds = definitions.names("agenda", "agenda", language())
    preset = [row["agenda"] for row in definitions.table("agenda") if row["preset"] == "yes"]
    chosen = st.pills(
        t("Agenda"), list(kinds), format_func=kinds.get, selection_mode="multi", default=preset, key=f"{key}_agenda"
    )
    if st.button(t("Prepare the meeting"), type="primary", key=f"{key}_save"):
        _save(area, body, chosen, key)


def edit(row: Mapping[str, Any]) -> None:
    """The form of a meeting that is prepared, with what it has: what is recorded takes the place of that, which stays in the journal."""
    key = f"edit_{row['meeting_id']}_{row['entry']}_{forms.number()}"
    body = _details(key, {**row, "held_on": row["held_on"].date()})
    if st.button(t("Save the changes"), type="primary", key=f"{key}_save"):
        event = sending.event(row, "meeting_prepared", body, base=[row["entry"]])
        if sending.send([event], key, t("The meeting is changed.")):
            st.rerun()


def agenda(row: Mapping[str, Any], reader: Reader) -> None:
    """The items of a prepared meeting, each to be moved, worded anew or taken off; a tap is an entry."""
    items = ask("meeting", Filters(), reader, meeting=row["meeting_id"]).to_dict("records")
    for place, one in enumerate(items):
        key = f"agenda_{one['item_id']}_{one['entry']}_{forms.number()}"
        with st.container(key=key, horizontal=True, vertical_alignment="center"):
            st.markdown(f"{place + 1}. {labels.plain(title(_said(one)))}", width="stretch")
            if st.button(t("Up"), key=f"{key}_up", disabled=not place):
                _exchange(row, items, place - 1, f"{key}_up")
            if st.button(t("Down"), key=f"{key}_down", disabled=place + 1 == len(items)):
                _exchange(row, items, place, f"{key}_down")
            with st.popover(t("Change wording")):
                subject = st.text_input(t("Subject"), _text(one["subject"]), key=f"{key}_subject", max_chars=300)
                note = st.text_area(t("Details"), _text(one["note"]), key=f"{key}_note", max_chars=2000, height=80)
                if st.button(t("Save the changes"), key=f"{key}_save"):
                    _again([_item(row, one, subject=subject, note=note)], f"{key}_save")
            if st.button(t("Take off"), key=f"{key}_off"):
                _again([_item(row, one, removed="yes")], f"{key}_off")


def _exchange(row: Mapping[str, Any], items: list[dict[str, Any]], place: int, key: str) -> None:
    """The item at a place and the one after it change places; all are numbered anew where two had the same number."""
    wanted = [*items[:place], items[place + 1], items[place], *items[place + 2 :]]
    moved = [(number, one) for number, one in enumerate(wanted, 1) if one["position"] != number]
    _again([_item(row, one, position=number) for number, one in moved], key)


def _item(row: Mapping[str, Any], one: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    """An item of the agenda as it is from now on, on the entry that says how it was."""
    body = {"agenda": one["agenda"], "position": one["position"], "subject": _text(one["subject"]), "note": _text(one["note"])}
    return sending.event(row, "agenda_item", body | changed, item=one["item_id"], base=[one["entry"]])


def _again(events: list[dict[str, Any]], key: str) -> None:
    if sending.send(events, key, t("The agenda is changed.")):
        st.rerun()


def _said(one: Mapping[str, Any]) -> dict[str, str]:
    return {"agenda": one["agenda"], "subject": _text(one["subject"])}


def _details(key: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """What a meeting is, apart from its agenda."""
    left, right = st.columns(2)
    serial = left.text_input(t("Number of the meeting"), _text(known.get("serial")), key=f"{key}_serial", max_chars=40)
    begins = right.text_input(t("Time"), _text(known.get("begins")), key=f"{key}_begins", max_chars=40)
    held_on = forms.day(t("Day of the meeting"), f"{key}_on", known.get("held_on"), ahead=True)
    convenes = st.text_input(t("Which committee"), _text(known.get("convenes")), key=f"{key}_convenes", max_chars=200)
    venue = st.text_input(t("Place of the meeting"), _text(known.get("venue")), key=f"{key}_venue", max_chars=200)
    invited = st.text_area(
        t("Invited (one a line: name, position)"), _text(known.get("invited")), key=f"{key}_invited", max_chars=2000
    )
    said = {"serial": serial, "held_on": _iso(held_on), "begins": begins, "venue": venue}
    return said | {"convenes": convenes, "invited": invited}


def _save(area: str, body: Mapping[str, Any], chosen: list[str], key: str) -> None:
    id_ = st.session_state.setdefault(f"{key}_meeting", str(uuid.uuid4()))
    row = {"meeting_id": id_, "area": area}
    items = [
        sending.event(row, "agenda_item", {"agenda": kind, "position": place}, item=str(uuid.uuid5(uuid.UUID(id_), kind)))
        for place, kind in enumerate(chosen, 1)
    ]
    if sending.send([sending.event(row, "meeting_prepared", body), *items], key, t("The meeting is prepared.")):
        st.query_params["of"] = id_
        st.rerun()


def item(row: Mapping[str, Any], items: int) -> None:
    """One more item, with a subject of its own."""
    key = f"item_{row['meeting_id']}_{forms.number()}"
    kinds = definitions.names("agenda", "agenda", language())
    kind = st.pills(t("Kind of item"), list(kinds), format_func=kinds.get, key=f"{key}_kind")
    subject = st.text_input(t("Subject"), key=f"{key}_subject", max_chars=300)
    note = st.text_area(t("Details"), key=f"{key}_note", max_chars=2000, height=80)
    if st.button(t("Add to the agenda"), key=f"{key}_save", disabled=not kind):
        id_ = st.session_state.setdefault(f"{key}_id", str(uuid.uuid4()))
        body = {"agenda": kind, "position": items + 1, "subject": subject, "note": note}
        if sending.send([sending.event(row, "agenda_item", body, item=id_)], key, t("Added to the agenda.")):
            st.rerun()


def _areas(filters: Filters, reader: Reader) -> dict[str, str]:
    """Districts, then subdistricts that a meeting may be of, those of the filters alone where they are set."""
    choices = ask("choices", filters.without("tambon", "village"), reader)
    places: dict[str, str] = {}
    for rank, chosen in (("district", filters.district), ("tambon", filters.tambon)):
        for row in choices[choices["filter"] == rank].to_dict("records"):
            if reader.covers(row["code"]) and (not chosen or row["code"] in chosen):
                names = row[f"name_{language()}"] or row["name_th"]
                places[row["code"]] = (
                    t("{names} district", names=names) if rank == "district" else t("{names} subdistrict", names=names)
                )
    return places


def _serial(known: Mapping[str, Any]) -> str:
    """The number after the last one of this year, the first where there is none."""
    year = today().year + BUDDHIST_ERA
    number, _, of = _text(known.get("serial")).partition("/")
    return f"{int(number) + 1 if of == str(year) and number.isdigit() else 1}/{year}"


def _text(value: object) -> str:
    return "" if missing(value) else str(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""The secretary's view of a meeting: the slide that the wall shows, and under it what is recorded of it, on the spot."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from installation.paths import data_folder
from journal import frozen
from queries import Filters, Reader, ask
from queries.deck import facts, packed
from ui.filters.url import link
from ui.i18n import t
from ui.meeting import minutes, outcome_form, paper, preparing, sending, wall
from ui.meeting.held import Held
from ui.meeting.slides import STRIDE, at, certifies, drawn, meeting_name, slides, title
from ui.record import forms, saving
from ui.session import live
from ui.view import labels, markup
from ui.view.labels import missing

LAST = "desk_items_shown"  # session: the item that stands on the desk, and the one that stood there before
DRAWN = "desk_items_drawn"  # session: the items whose forms the last run drew to their end; a run may be cut off


def show(of: Held, filters: Filters, reader: Reader) -> None:
    """One meeting: how far it is, its deck, and what may be done now."""
    live.follow_deck(of.id, of.slide)
    state = labels.listed("meeting_state")[of.row["state"]]
    said = markup.dotted([meeting_name(of.row), labels.day(of.row["held_on"]), labels.of_code(of.row["area"])])
    st.html(markup.text(Markup("{} {}").format(said, markup.badge("green" if of.open else "gray", state))))
    links = [
        (link("meeting", filters, of=of.id, show="1"), t("Show on the wall")),
        (link("meeting", filters), t("All meetings")),
    ]
    go = Markup('<a class="go" href="{}"><span>{}</span></a>')
    st.html(Markup('<div class="between">{}</div>').format(Markup("").join(go.format(to, label) for to, label in links)))
    saving.told()
    deck = slides(of.seen, of.outcomes)
    slide = deck[at(deck, of.slide)]
    if reader.may("decides"):
        wall.turning(of)
        _chooser(of, slide.place)
    html = drawn(slide, of.row["wall"], of.outcomes, of.row["state"] == "prepared", of.seen.get("since"))
    st.html(Markup('<section class="near">{}</section>').format(html))
    if reader.may("decides"):
        _acts(of, slide.item, filters, reader)


def _chooser(of: Held, place: int) -> None:
    """The items by number: one tap shows another to everybody. Buttons, which hold nothing: the wall's keys turn the deck, too, and a
    control that holds a choice would turn it back where it lags behind, or be another one and lose the tap."""
    names = {0: t("Front")} | {n: f"{n}. {title(item)}" for n, item in enumerate(of.seen["items"], 1)}
    with st.container(key="deck_items", horizontal=True, gap="xsmall"):
        for n, name in names.items():
            kind = "primary" if n == place else "secondary"
            st.button(name, key=f"deck_item_{n}", type=kind, on_click=wall.go_to, args=(of, n * STRIDE))


def _acts(of: Held, item: Mapping[str, Any] | None, filters: Filters, reader: Reader) -> None:
    state = of.row["state"]
    if state == "prepared":
        _opening(of)
        with st.expander(t("Day, place and who is invited"), key="edit_meeting"):
            preparing.edit(of.row)
        with st.expander(t("Order and wording of the agenda"), key="edit_agenda"):
            preparing.agenda(of.row, reader)
        with st.expander(t("Add an item"), key="add_item"):
            preparing.item(of.row, len(of.seen["items"]))
    elif state == "open":
        left = _left(of, item)
        here = {one["item"] for one in (item, left) if one is not None}
        outcome_form.stays(of, here & st.session_state.pop(DRAWN, set()))
        if item is not None:
            _on_the_spot(of, item, reader)
        if left is not None:
            with st.container(key="desk_left"):  # not seen (deck.css): a tap that was on its way still finds its form
                _on_the_spot(of, left, reader)
        st.session_state[DRAWN] = here
        with st.expander(t("Who is here"), key="attendance"):
            _attendance(of)
        with st.expander(t("Close the meeting"), key="closing"):
            _closing(of, reader)
    else:
        paper.offer(of, filters, reader)
        with st.expander(t("Correct the minutes"), key="correcting"):
            _correcting(of)


def _left(of: Held, item: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The item that stood here before the present one. Another screen turns the deck, too: what was tapped before this screen heard of
    it was meant for that item."""
    now, before = st.session_state.get(LAST, ("", ""))
    shown = item["item"] if item is not None else ""
    if now != shown:
        now, before = st.session_state[LAST] = shown, now
    return next((one for one in of.seen["items"] if one["item"] == before and before != shown), None)


def _on_the_spot(of: Held, item: Mapping[str, Any], reader: Reader) -> None:
    if item["agenda"] == "minutes_before" and not missing(of.row["before"]):
        _adopting(of, item, reader)
    if certifies(item) and reader.may("certifies"):
        st.subheader(t("Certification"))
        outcome_form.certification(of, item, reader)
    st.subheader(t("What this item came to"))
    outcome_form.form(of, item, reader)
    outcome_form.taken_back(of, item)


def _opening(of: Held) -> None:
    """Open the meeting: what it sees is frozen first, then it is open."""
    own = f"open_{of.id}"
    key = forms.key(own)
    began = st.text_input(t("Began at"), value=_text(of.row["begins"]), key=f"{key}_began", max_chars=40)
    if st.button(t("Open the meeting and freeze its figures"), type="primary", key=f"{key}_save"):
        digest = frozen.keep(data_folder(), packed(facts(of.id, of.row["area"])))
        event = sending.event(of.row, "meeting_opened", {"frozen": digest, "began": began})
        if sending.send([event], f"{key}_{digest[:8]}", t("The meeting is open; its figures are frozen."), own):
            st.rerun()


def _attendance(of: Held) -> None:
    own = f"here_{of.id}"
    key = forms.key(own)
    known = {name: _text(of.row[name]) for name in ("present", "absent", "attending")}
    invited = _text(of.row["invited"]).splitlines()
    here = (
        st.pills(t("Invited and here"), invited, selection_mode="multi", default=invited, key=f"{key}_invited")
        if invited
        else []
    )
    away = [line for line in invited if line not in here]
    present = st.text_area(
        t("Present (one a line: name, position)"),
        known["present"] or "\n".join(here),
        key=f"{key}_present_{len(here)}",
        max_chars=2000,
    )
    absent = st.text_area(t("Absent"), known["absent"] or "\n".join(away), key=f"{key}_absent_{len(away)}", max_chars=2000)
    attending = st.text_area(t("Attending besides"), known["attending"], key=f"{key}_attending", max_chars=2000)
    if st.button(t("Record who is here"), key=f"{key}_save"):
        body = {"present": present, "absent": absent, "attending": attending}
        if sending.send([sending.event(of.row, "attendance", body, base=_seen(of, "attendance"))], key, t("Recorded."), own):
            st.rerun()


def _closing(of: Held, reader: Reader) -> None:
    own = f"close_{of.id}"
    key = forms.key(own)
    closing = {
        "ended": st.text_input(t("Ended at"), key=f"{key}_ended", max_chars=40),
        "taker": st.text_input(t("Taker of the minutes (name, position)"), key=f"{key}_taker", max_chars=200),
        "checker": st.text_input(t("Checker of the minutes (name, position)"), key=f"{key}_checker", max_chars=200),
    }
    if st.button(t("Close the meeting and write its minutes"), type="primary", key=f"{key}_save"):
        digest = minutes.keep(minutes.facts(of, closing, reader))
        event = sending.event(of.row, "meeting_closed", {**closing, "minutes": digest})
        if sending.send([event], f"{key}_{digest[:8]}", t("The meeting is closed; its minutes are kept."), own):
            st.rerun()


def _adopting(of: Held, item: Mapping[str, Any], reader: Reader) -> None:
    """Adopt the minutes of the meeting before, or correct them: the meeting before says so from now on."""
    before = ask("meetings", Filters(), reader, meeting=of.row["before"], limit=1).to_dict("records")
    if not before or before[0]["state"] != "closed":
        return
    of_item = f"adopt_{item['item']}"
    key = forms.key(of_item)
    correction = st.text_input(t("Correction, where there is one"), key=f"{key}_correction", max_chars=2000)
    if st.button(t("Adopt the minutes of meeting {serial}", serial=before[0]["serial"]), type="primary", key=f"{key}_save"):
        events = [sending.event(before[0], "minutes_correction", {"correction": correction})] if correction.strip() else []
        events.append(sending.event(before[0], "meeting_adopted", {"adopted_in": of.id}))
        if sending.send(events, key, t("The minutes are adopted."), of_item):
            st.rerun()


def _correcting(of: Held) -> None:
    own = f"correct_{of.id}"
    key = forms.key(own)
    correction = st.text_area(t("What the minutes should say"), key=f"{key}_text", max_chars=2000)
    if st.button(t("Record the correction"), key=f"{key}_save"):
        event = sending.event(of.row, "minutes_correction", {"correction": correction})
        if sending.send([event], key, t("Recorded."), own):
            st.rerun()


def _seen(of: Held, kind: str) -> list[str]:
    """The entries of this kind that a new one takes the place of: those that stand now."""
    return [of.row[kind]] if kind in of.row and not missing(of.row[kind]) else []


def _text(value: object) -> str:
    return "" if missing(value) else str(value)

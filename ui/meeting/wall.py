"""The wall: one slide of a meeting over the whole screen, turned by one key; whoever decides turns it, every other screen follows."""

import streamlit as st
from markupsafe import Markup

from installation.paths import data_folder
from journal import deck as shown
from queries import Filters, Reader
from ui.filters.controls import chosen
from ui.filters.url import link
from ui.i18n import number, t
from ui.meeting.held import Held
from ui.meeting.slides import Slide, at, drawn, slides
from ui.session import live, page_access

WAYS = {"forward": 1, "back": -1}


def deck(of: Held) -> list[Slide]:
    """All slides of a meeting now."""
    return slides(of.seen, of.outcomes)


def show(of: Held, filters: Filters, reader: Reader) -> None:
    """The slide that the meeting shows, and nothing else."""
    live.follow_deck(of.id, of.slide)
    all_ = deck(of)
    place = at(all_, of.slide)
    keys = [
        (t("→ Space Page Down"), t("forward")),
        ("← Page Up", t("back")),
        ("F", t("full screen")),
        ("F1", t("these keys")),
    ]
    keys.append(("Esc", t("leave")))
    said = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(key, does) for key, does in keys)
    foot = f"{number(place + 1)}/{number(len(all_))}"
    sample = t("sample data, invented people") if of.seen["sample"] else ""
    leave = Markup('<a class="go leave" href="{}" tabindex="-1"></a>').format(link("meeting", filters, of=of.id))
    st.html(
        Markup(
            '<section class="deck">{}<footer><span>{}</span><span>{}</span></footer><dl class="keys" hidden>{}</dl>{}</section>'
        ).format(
            drawn(all_[place], of.row["wall"], of.outcomes, of.row["state"] == "prepared", of.seen.get("since")),
            sample,
            foot,
            said,
            leave,
        )
    )
    if reader.may("decides"):
        turning(of)


def turning(of: Held) -> None:
    """The buttons that the keys press; on the wall they are not seen (style.css)."""
    with st.container(key="deck_keys", horizontal=True):
        for way, label in (("back", t("Back one slide")), ("forward", t("Forward"))):
            st.button(label, key=f"deck_{way}", on_click=turn, args=(of, WAYS[way]))


@page_access.guarded("meeting")
def turn(of: Held, by: int) -> None:
    """Show the slide before or after the one that stands there now, for all screens."""
    all_ = deck(of)
    place = at(all_, shown.slide(data_folder(), of.id)) + by
    turn_to(of, all_[max(0, min(place, len(all_) - 1))].number)


@page_access.guarded("meeting")
def go_to(of: Held, number: int) -> None:
    """Show the first slide of an item, for all screens."""
    turn_to(of, number)


def turn_to(of: Held, number: int) -> None:
    """Show one slide to everybody; whoever may not decide in this very run turns nothing."""
    reader = chosen()[1]
    if reader.may("decides") and reader.covers(of.row["area"]):
        shown.turn(data_folder(), of.id, number)

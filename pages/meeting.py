"""Who decides what, by when, and did it happen? A meeting: its agenda is the deck, its outcomes stand at once, its minutes follow."""

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.filters.controls import chosen
from ui.filters.url import link
from ui.i18n import number, t
from ui.meeting import desk, preparing, wall
from ui.meeting.held import Changed, held
from ui.meeting.slides import meeting_name
from ui.record import saving
from ui.session import audit_trail, page_access
from ui.view import labels, markup, widgets
from ui.view.panel import panel

ROWS = 15


def meetings(filters: Filters, reader: Reader, offset: int) -> Markup:
    """One screen of meetings, the latest first."""
    states = labels.listed("meeting_state")
    rows = ask("meetings", filters, reader, limit=ROWS, offset=offset).to_dict("records")
    go = Markup('<a class="go" href="{}"><span>{}</span></a>')
    return markup.listed(
        go.format(link("meeting", filters, of=row["meeting_id"]), f"{meeting_name(row)} · {labels.day(row['held_on'])}")
        + markup.text(
            markup.dotted(
                [
                    labels.of_code(row["area"]),
                    states[row["state"]],
                    t("{n} actions, {open} open", n=number(row["actions"]), open=number(row["actions_open"])),
                ]
            )
        )
        for row in rows
    )


filters, reader = chosen()
try:
    found = held(st.query_params.get("of", ""), reader)
except Changed:
    st.error(
        t(
            "What this meeting saw was changed or is missing. Whoever looks after this machine finds it by manage.py journal verify."
        )
    )
    st.stop()
if found and st.query_params.get("show"):
    wall.show(found, filters, reader)
    st.stop()
st.subheader(page_access.title("meeting"))
if found:
    homes = len(
        {row["ref"] for item in found.seen["items"] for part in item["parts"] for row in part["rows"] if row.get("ref")}
    )
    shown_to = audit_trail.log_before_names(reader, "list", page="meeting", filters=filters, found=homes)
    desk.show(found, filters, shown_to)
    st.stop()
saving.told()
first = ask("meetings", filters, reader, limit=ROWS)
if not len(first):
    st.info(t("No meeting is prepared yet in your areas."))
total = widgets.total(first)
panel(meetings, filters, reader, widgets.turned_to(total, ROWS, f"meetings_{total}"))
if reader.may("decides"):
    with st.expander(t("Prepare a meeting"), key="prepare", expanded=not total):
        preparing.form(filters, reader, first.iloc[0].to_dict() if total else None)

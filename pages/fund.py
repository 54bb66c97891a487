"""The women's fund: who got how much, what is owed and late, whom to tell before it falls due, and what was done of the ป ต ท model."""

from dataclasses import replace

import streamlit as st

from queries import ask
from ui.export import downloads, programme_file
from ui.filters.controls import chosen, option, option_pills
from ui.i18n import t
from ui.meeting import fund_recording
from ui.programmes import fund_parts, on_day
from ui.session import audit_trail, page_access
from ui.view import labels, lists, widgets
from ui.view.copy_text import copy_text
from ui.view.panel import made, panel

ALL = "all"

filters, reader = chosen()
st.subheader(page_access.title("fund"))
places = replace(filters, year=())  # the register's years are not the fund's
years = ask("fund_years", places, reader)["fiscal_year"].astype(str).tolist()
if not years:
    panel(fund_parts.elsewhere, filters, reader)
    st.stop()
left, right = st.columns([2, 1])
with left:
    option_pills("fiscal", t("Fiscal year"), {ALL: t("All years"), **{year: year for year in years}})
with right:
    day = on_day.pills(fund_parts.latest(places, reader))
year = option("fiscal", [ALL, *years])
filters = replace(places, year=() if year == ALL else (year,))
found = widgets.total(ask("fund_projects", filters, reader, day=day, limit=1))
reader = audit_trail.log_before_names(reader, "list", page="fund", filters=filters, found=found)
panel(fund_parts.sums, filters, reader, day)

st.subheader(t("Whom to tell"))
panel(fund_parts.reminders, filters, reader, day)
fund_recording.mark(ask("fund_reminders", filters, reader, day=day, limit=200).to_dict("records"), reader)
with st.expander(t("As text for LINE"), key="fund_text"):
    copy_text(made(fund_parts.to_copy, filters, reader, day))
    st.caption(t("The text carries no person's name."))

st.subheader(t("Projects"))
kinds = {"open": t("All"), "late": t("Overdue")} | labels.listed("fund_kind")
option_pills("kind", t("Which"), kinds, hidden=True)
state = option("kind", list(kinds))
total = widgets.total(ask("fund_projects", filters, reader, day=day, state=state, limit=1))
if total:
    offset = widgets.turned_to(total, fund_parts.PROJECTS, f"fund_{total}_{state}")
    panel(fund_parts.projects, filters, reader, day, state, offset)
    lists.of_all(min(total - offset, fund_parts.PROJECTS), total)
else:
    st.info(t("No project of this kind."))

loans = widgets.total(ask("fund_steps", filters, reader, day=day, limit=1))
if loans:
    st.subheader(t("Prevent, follow, collect (ป ต ท), loan by loan"))
    offset = widgets.turned_to(loans, fund_parts.LOANS, f"fund_steps_{loans}")
    panel(fund_parts.steps_done, filters, reader, day, offset)
fund_recording.panel(filters, reader)
done = widgets.total(ask("fund_done", filters, reader, day=day, limit=1))
if done:
    st.subheader(t("Done lately"))
    offset = widgets.turned_to(done, fund_parts.DONE, f"fund_done_{done}")
    panel(fund_parts.done, filters, reader, day, offset)
    lists.of_all(min(done - offset, fund_parts.DONE), done)
if reader.may("exports"):
    whole = ask("fund_projects", filters, reader, day=day, limit=found)
    downloads.offer(programme_file.choices("fund", whole, filters), filters, reader, f"fund {day}")

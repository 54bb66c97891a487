"""One household on one screen: what it lacks and why, its members, the plan, the timeline, what is still short."""

import streamlit as st

from queries import Filters, ask
from ui.export import reveal_panel
from ui.filters.controls import chosen, parameters
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import household_text, labels, widgets
from ui.view.copy_text import copy_text

LATEST = 8  # events at once; the others one tap away, so that the family stays on one screen

filters, reader = chosen()
requested = st.query_params.get("household", "")
among = ask("neighbours", filters, reader, household=requested).iloc[0]
ref = requested or ("" if labels.missing(among["first"]) else among["first"])  # the menu opens the first of those chosen
if not requested and ref:
    among = ask("neighbours", filters, reader, household=ref).iloc[0]
if not len(ask("household", Filters(), reader, household=ref)):
    nobody = t("No household matches these filters. Take a filter away, or show everything.")
    strange = t("No household stands at this address, or it is outside your area. Open one from the list of households.")
    st.info(strange if requested else nobody)
    if requested:
        audit_trail.once("refused", reader, what="household", household=requested[:16])
    st.page_link("../pages/households.py", label=t("To the list of households"), query_params=parameters(filters))
    st.stop()
reader = audit_trail.log_before_names(reader, "open_household", household=ref)  # nobody looks at a family unseen
home = ask("household", Filters(), reader, household=ref).iloc[0].to_dict()


def about(question: str):
    return ask(question, Filters(), reader, household=ref)


if among["position"]:  # a meeting goes through them one by one
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            t("{n} of {total} households chosen", n=number(among["position"]), total=number(among["total"])), width="content"
        )
        if not labels.missing(among["before"]):
            widgets.household_link(filters, among["before"], t("Previous"))
        if not labels.missing(among["after"]):
            widgets.household_link(filters, among["after"], t("Next"))

house = t("No. {n}", n=labels.plain(home["house_no"])) if not labels.missing(home["house_no"]) else ""
st.subheader(labels.plain(labels.head(home)) or t("Household without a name"))
st.markdown(
    f"{house} {labels.plain(labels.place(home))} · {t('{names} district', names=home[f'district_{labels.language()}'])} · "
    + " · ".join(household_text.status(home))
)
if not labels.missing(home["circumstances"]):
    st.markdown(f"> {labels.plain(home['circumstances'])}")

lights = about("lights")
for column, (dimension, part) in zip(st.columns(5), lights.groupby("dimension", sort=False), strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"{labels.lettered('**{}**')[dimension]}  \n{household_text.badge(part['state'].iloc[0])}")
        st.caption(household_text.basis(part))

plan, shortages, members = about("plan"), about("shortages"), about("members")
st.subheader(t("4T plan"))
for column, (aspect, name) in zip(st.columns(4), labels.aspects().items(), strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"**{name}** · {labels.listed('plan')[home[f'plan_{aspect}']]}")
        for item in plan[plan["aspect"] == aspect].to_dict("records"):
            st.markdown(household_text.item(item))

left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("Members: {n} listed", n=len(members)))
    if len(members):
        st.table(household_text.members(members), hide_index=True, border="horizontal", alt=t("Members of the household"))
    else:
        st.caption(
            t("The member register has nobody of this household; its number of members comes from the household register.")
        )
    reveal_panel.panel(reader, ref, members)
    if len(shortages):
        st.subheader(t("Needs and what was given"))
        st.markdown(household_text.needs(shortages))
with right:
    st.subheader(t("What has happened"))
    events = list(household_text.timeline(about("timeline"), labels.steps(home["template"] or "")))
    st.markdown("\n".join(f"- {line}" for line in events[:LATEST]) or t("Nothing is written down yet."))
    if events[LATEST:]:
        with st.expander(t("Earlier: {n}", n=len(events) - LATEST)):
            st.markdown("\n".join(f"- {line}" for line in events[LATEST:]))

with st.expander(t("As text for LINE or another system")):
    copy_text(household_text.text(home, lights, plan, shortages))
    st.caption(t("The text carries no name, house number or citizen ID."))

"""One family on one screen: what it lacks and why, who lives there, the plan, what has happened, what is still short."""

import streamlit as st

from queries import Filters, ask
from ui import brief, parts, revealed, shown, written
from ui.choose import chosen, parameters
from ui.words import number, t

LATEST = 8  # events at once; the others one tap away, so that the family stays on one screen

filters, reader = chosen()
asked = st.query_params.get("household", "")
among = ask("neighbours", filters, reader, household=asked).iloc[0]
ref = asked or ("" if shown.missing(among["first"]) else among["first"])  # the menu opens the first of those chosen
if not asked and ref:
    among = ask("neighbours", filters, reader, household=ref).iloc[0]
found = ask("household", Filters(), reader, household=ref)
if not len(found):
    nobody = t("No household matches these filters. Take a filter away, or show everything.")
    strange = t("No household stands at this address, or it is outside your area. Open one from the list of households.")
    st.info(strange if asked else nobody)
    if asked:
        written.once("refused", reader, what="household", household=asked[:16])
    st.page_link("../pages/households.py", label=t("To the list of households"), query_params=parameters(filters))
    st.stop()
if (seen := written.seen("open_household", reader, household=ref)) != reader:  # nobody looks at a family unseen
    reader = seen
    found = ask("household", Filters(), reader, household=ref)
home = found.iloc[0].to_dict()


def about(question: str):
    return ask(question, Filters(), reader, household=ref)


if among["position"]:  # a meeting goes through them one by one
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            t("{n} of {total} households chosen", n=number(among["position"]), total=number(among["total"])), width="content"
        )
        if not shown.missing(among["before"]):
            parts.household_link(filters, among["before"], t("Previous"))
        if not shown.missing(among["after"]):
            parts.household_link(filters, among["after"], t("Next"))

house = t("No. {n}", n=shown.plain(home["house_no"])) if not shown.missing(home["house_no"]) else ""
st.subheader(shown.plain(shown.head(home)) or t("Household without a name"))
st.markdown(
    f"{house} {shown.plain(shown.place(home))} · {t('{names} district', names=home[f'district_{shown.language()}'])} · "
    + " · ".join(brief.status(home))
)
if not shown.missing(home["circumstances"]):
    st.markdown(f"> {shown.plain(home['circumstances'])}")

lights = about("lights")
for column, (dimension, part) in zip(st.columns(5), lights.groupby("dimension", sort=False), strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"{shown.lettered('**{}**')[dimension]}  \n{brief.badge(part['state'].iloc[0])}")
        st.caption(brief.basis(part))

plan, shortages, members = about("plan"), about("shortages"), about("members")
st.subheader(t("4T plan"))
for column, (aspect, name) in zip(st.columns(4), shown.aspects().items(), strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"**{name}** · {shown.listed('plan')[home[f'plan_{aspect}']]}")
        for item in plan[plan["aspect"] == aspect].to_dict("records"):
            st.markdown(brief.item(item))

left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("Members: {n} listed", n=len(members)))
    if len(members):
        st.table(brief.members(members), hide_index=True, border="horizontal", alt=t("Members of the household"))
    else:
        st.caption(
            t("The member register has nobody of this household; its number of members comes from the household register.")
        )
    revealed.panel(reader, ref, members)
    if len(shortages):
        st.subheader(t("Needs and what was given"))
        st.markdown(brief.needs(shortages))
with right:
    st.subheader(t("What has happened"))
    events = list(brief.timeline(about("timeline"), shown.steps(home["template"] or "")))
    st.markdown("\n".join(f"- {line}" for line in events[:LATEST]) or t("Nothing is written down yet."))
    if events[LATEST:]:
        with st.expander(t("Earlier: {n}", n=len(events) - LATEST)):
            st.markdown("\n".join(f"- {line}" for line in events[LATEST:]))

with st.expander(t("As text for LINE or another system")):
    st.code(brief.text(home, lights, plan, shortages), language=None, wrap_lines=True)
    st.caption(t("The text carries no name, house number or citizen ID."))

"""Case progress: how far each is, what is still short, and who owes what. For the meeting: overdue first."""

import streamlit as st

from queries import ask
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import charts, household_text, labels, widgets

CASES = 20  # of a screen; those furthest along first
AGENCIES, LATE = 30, 12  # of a screen; the most overdue first

filters, reader = chosen()
chosen_households = int(ask("scope", filters, reader)["households"].iloc[0])
reader = audit_trail.log_before_names(reader, "list", page="progress", filters=filters, found=chosen_households)
steps = ask("steps", filters, reader, limit=CASES)
total = widgets.total(steps)
st.subheader(t("Cases by step: {n} houses being built", n=number(total)))
if total:
    if offset := widgets.turned_to(total, CASES, f"cases_{total}"):
        steps = ask("steps", filters, reader, limit=CASES, offset=offset)
    names = labels.steps(steps["template"].iloc[0])
    cases = dict(iter(steps.groupby("ref", sort=False)))
    named = {ref: f"{labels.place(part.iloc[0])} ({ref[:4]})" for ref, part in cases.items()}
    states = [["overdue" if o else s for s, o in zip(part["state"], part["overdue"], strict=True)] for part in cases.values()]
    done = " · ".join(
        t("{name}: {n} of {total} steps", name=named[ref], n=int((part["state"] == "done").sum()), total=len(part))
        for ref, part in cases.items()
    )
    widgets.chart(charts.matrix(list(named.values()), names, states), "matrix", done)
    st.caption(
        t("✓ done · ▶ running · ! overdue · empty: not begun")
        + " — "
        + " · ".join(f"{n} {name}" for n, name in enumerate(names, 1))
    )

    picked = st.selectbox(t("One case over time"), list(cases), format_func=named.get, key="case_shown", filter_mode="contains")
    left, right = st.columns([3, 1], gap="large")
    with left:
        case = cases[picked]
        alt = t("{name}: {n} of {total} steps", name=named[picked], n=int((case["state"] == "done").sum()), total=len(case))
        widgets.chart(charts.gantt([f"{n} {name}" for n, name in enumerate(names, 1)], case), "gantt", alt)
    with right:
        short = ask("shortages", filters, reader, household=picked)
        st.markdown(f"**{t('Needs and what was given')}**")
        st.markdown(household_text.needs(short) or t("No needs are written down."))
        widgets.household_link(filters, picked, t("Open the household"))
else:
    st.info(t("No house is being built for the households chosen."))

shortfalls = ask("shortfalls", filters, reader)
if len(shortfalls):
    st.subheader(t("Still short in all cases"))
    st.markdown(
        " · ".join(
            t(
                "{item} **{n} {unit}** in {k} cases",
                item=labels.plain(r["item"]),
                n=number(r["short"]),
                unit=labels.plain(r["unit"]),
                k=r["cases"],
            )
            for r in shortfalls.to_dict("records")
        )
    )

st.subheader(t("By owner agency"))
agencies = ask("agencies", filters, reader, limit=AGENCIES)
if not len(agencies):
    st.info(t("No plan items for the households chosen."))
    st.stop()
total_agencies = widgets.total(agencies)
if offset := widgets.turned_to(total_agencies, AGENCIES, f"agencies_{total_agencies}"):
    agencies = ask("agencies", filters, reader, limit=AGENCIES, offset=offset)
st.caption(t("{n} agencies own plan items; the most overdue stand first.", n=number(total_agencies)))
owners = [name or t("No owner") for name in agencies["owner"]]
columns = {
    t("Agency"): [labels.plain(o) for o in owners],
    t("Overdue"): [f"**{n}**" if n else "0" for n in agencies["overdue"]],
    t("Items"): agencies["items"].astype(str),
    t("Done"): agencies["done"].astype(str),
    t("In progress"): agencies["in_progress"].astype(str),
    t("Households"): agencies["households"].astype(str),
    t("Oldest due date passed"): [labels.day(d) for d in agencies["oldest_due"]],
}
st.table(columns, border="horizontal", alt=t("Plan items by owner agency, overdue first"))

promises = ask("promises", filters, reader, limit=LATE)
if len(promises) and (total_late := int(promises["total_overdue"].iloc[0])):
    st.subheader(t("Overdue items: {n}", n=number(total_late)))
    if offset := widgets.turned_to(total_late, LATE, f"late_{total_late}"):
        promises = ask("promises", filters, reader, limit=LATE, offset=offset)
    for row in promises[promises["overdue"]].to_dict("records"):
        label = f"{labels.plain(row['activity'])} · {labels.plain(row['owner'])} · **{t('{n} days late', n=int(row['days_late']))}** · {labels.plain(labels.place(row))}"
        widgets.household_link(filters, row["ref"], label)

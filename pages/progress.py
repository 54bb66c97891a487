"""Case progress: how far each is, what is still short, and who owes what. For the meeting: overdue first."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import charts, household_text, labels, markup, widgets
from ui.view.kept_here import is_kept, kept_of, partly
from ui.view.markup import rich
from ui.view.panel import panel

CASES = 20  # of a screen; those furthest along first
AGENCIES, LATE = 30, 12  # of a screen; the most overdue first


def named(case: pd.DataFrame) -> str:
    """Where a case is, and the beginning of its address: two in one village are told apart."""
    return f"{labels.place(case.iloc[0])} ({case['ref'].iloc[0][:4]})"


def steps_done(case: pd.DataFrame) -> str:
    """How many of its steps are done, as the picture's words."""
    done = int((case["state"] == "done").sum())
    return t("{name}: {n} of {total} steps", name=named(case), n=done, total=len(case))


def cases_by_step(filters: Filters, reader: Reader, offset: int) -> Markup:
    """One screen of cases, a mark in each step."""
    steps = ask("steps", filters, reader, limit=CASES, offset=offset)
    cases = [case for _, case in steps.groupby("ref", sort=False)]
    names = labels.steps(steps["template"].iloc[0])
    states = [["overdue" if o else s for s, o in zip(case["state"], case["overdue"], strict=True)] for case in cases]
    legend = rich("✓ done · ▶ running · ! overdue · empty: not begun")
    numbered = markup.dotted(f"{n} {name}" for n, name in enumerate(names, 1))
    alt = " · ".join(map(steps_done, cases))
    return charts.matrix([named(case) for case in cases], names, states, alt) + markup.text(
        Markup("{} — {}").format(legend, numbered), "caption"
    )


def one_case(filters: Filters, reader: Reader, offset: int, ref: str) -> Markup:
    """One case over time, with what it still needs."""
    steps = ask("steps", filters, reader, limit=CASES, offset=offset)
    case = steps[steps["ref"] == ref]
    numbered = [f"{n} {name}" for n, name in enumerate(labels.steps(case["template"].iloc[0]), 1)]
    short = ask("shortages", filters, reader, household=ref).to_dict("records")
    needs = (
        markup.text(markup.bold(t("Needs and what was given")))
        + (household_text.needs(short) if short else markup.text(rich("No needs are written down.")))
        + markup.household(filters, ref, t("Open the household"))
    )
    return markup.columns(charts.gantt(numbered, case, steps_done(case)), needs, widths="three_one")


def still_short(filters: Filters, reader: Reader) -> Markup:
    """What is short in all cases together; nothing where nothing is."""
    rows = ask("shortfalls", filters, reader).to_dict("records")
    items = (
        rich(
            "{item} **{n} {unit}** in {k} cases",
            item=markup.words(row["item"]),
            n=number(row["short"]),
            unit=markup.words(row["unit"]),
            k=row["cases"],
        )
        for row in rows
    )
    return markup.heading(t("Still short in all cases")) + markup.text(markup.dotted(items)) if rows else Markup("")


def by_agency(filters: Filters, reader: Reader, offset: int) -> Markup:
    """Plan items of one screen of agencies."""
    agencies = ask("agencies", filters, reader, limit=AGENCIES, offset=offset)
    columns = {
        t("Agency"): [name or t("No owner") for name in agencies["owner"]],
        t("Overdue"): [markup.bold(n) if n else 0 for n in agencies["overdue"]],
        t("Items"): agencies["items"],
        t("Done"): agencies["done"],
        t("In progress"): agencies["in_progress"],
        t("Households"): agencies["households"],
        t("Oldest due date passed"): [labels.day(day) for day in agencies["oldest_due"]],
    }
    owned = rich("{n} agencies own plan items; the most overdue stand first.", n=number(widgets.total(agencies)))
    return markup.text(owned, "caption") + markup.table(columns, t("Plan items by owner agency, overdue first"))


def overdue(filters: Filters, reader: Reader, offset: int) -> Markup:
    """One screen of promises that are late."""
    rows = ask("promises", filters, reader, limit=LATE, offset=offset)
    late = (
        markup.household(
            filters,
            row["ref"],
            markup.dotted(
                [
                    markup.words(row["activity"]),
                    markup.words(row["owner"]),
                    markup.bold(t("{n} days late", n=int(row["days_late"]))),
                    labels.place(row),
                ]
            ),
        )
        for row in rows[rows["overdue"]].to_dict("records")
    )
    return Markup("").join(late)


filters, reader = chosen()
chosen_households = int(ask("scope", filters, reader)["households"].iloc[0])
reader = audit_trail.log_before_names(reader, "list", page="progress", filters=filters, found=chosen_households)
total = widgets.total(ask("steps", filters, reader, limit=CASES))
kept = kept_of(filters, reader)
st.subheader(
    t("Cases by step: {n} houses being built", n=number(total)) if total or is_kept(kept, "step") else t("Cases by step")
)
if said := partly(kept, "step"):
    st.caption(said)
if total:
    offset = widgets.turned_to(total, CASES, f"cases_{total}")
    panel(cases_by_step, filters, reader, offset)
    shown = ask("steps", filters, reader, limit=CASES, offset=offset)
    cases = {ref: named(case) for ref, case in shown.groupby("ref", sort=False)}
    picked = st.selectbox(t("One case over time"), list(cases), format_func=cases.get, key="case_shown", filter_mode="contains")
    panel(one_case, filters, reader, offset, picked)
else:
    none = t("No house is being built for the households chosen.")
    st.info(
        none if is_kept(kept, "step") else t("Case steps are not kept here: nobody can tell whether a house is being built.")
    )
panel(still_short, filters, reader)

st.subheader(t("By owner agency"))
agencies = widgets.total(ask("agencies", filters, reader, limit=AGENCIES))
if not agencies:
    none = t("No plan items for the households chosen.")
    st.info(none if is_kept(kept, "plan") else t("4T plans are not kept here: nobody can tell what an agency owes."))
    st.stop()
if said := partly(kept, "plan"):
    st.caption(said)
panel(by_agency, filters, reader, widgets.turned_to(agencies, AGENCIES, f"agencies_{agencies}"))
promises = ask("promises", filters, reader, limit=LATE)
if len(promises) and (late := int(promises["total_overdue"].iloc[0])):
    st.subheader(t("Overdue items: {n}", n=number(late)))
    panel(overdue, filters, reader, widgets.turned_to(late, LATE, f"late_{late}"))

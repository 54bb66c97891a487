"""Case progress: how far each is, what is still short, and who owes what. For the meeting: overdue first."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from queries.figure_words import code_of
from ui.filters.controls import chosen, option, option_pills
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import charts, figure_text, household_text, labels, markup, widgets
from ui.view.kept_here import is_kept, kept_of, partly
from ui.view.markup import rich
from ui.view.panel import panel

CASES, FAMILIES = 8, 12  # of a screen; cases furthest along first
AGENCIES, LATE = 30, 12  # of a screen; the most overdue first
MARK = "·"  # what a cell says that has no mark of its own, so that it can be tapped by name


def named(case: pd.DataFrame) -> str:
    """Whose case it is and where, as far as the reader may see."""
    row = case.iloc[0].to_dict()
    house = "" if labels.missing(row["house_no"]) else t("No. {n}", n=row["house_no"])
    who = labels.head(row) or t("Household without a name")
    return " · ".join(filter(None, [who, f"{house} {labels.place(row)}".strip()]))


def names_of(steps: pd.DataFrame) -> dict[str, str]:
    """Household -> the name of its case; where two are masked to the same they are counted through."""
    said: dict[str, str] = {}
    for ref, case in steps.groupby("ref", sort=False):
        name, same = named(case), sum(n.partition(" #")[0] == named(case) for n in said.values())
        said[ref] = f"{name} #{same + 1}" if same else name
    return said


def steps_done(name: str, case: pd.DataFrame) -> str:
    """How many of its steps are done, as the picture's words."""
    done = int((case["state"] == "done").sum())
    return t("{name}: {n} of {total} steps", name=name, n=done, total=len(case))


def numbered(template: str) -> list[str]:
    """The steps of a template with their numbers."""
    return [f"{n} {name}" for n, name in enumerate(labels.steps(template), 1)]


def cases_by_step(filters: Filters, reader: Reader, template: str, offset: int) -> Markup:
    """One screen of cases that follow one template, a mark in each step."""
    steps = ask("steps", filters, reader, template=template, limit=CASES, offset=offset)
    names, cases = names_of(steps), [case for _, case in steps.groupby("ref", sort=False)]
    states = [["overdue" if late else s for s, late in zip(case["state"], case["late"], strict=True)] for case in cases]
    legend = rich("✓ done · ▶ running · ! overdue: the step, or an item of the family's plan while it runs · empty: not begun")
    alt = " · ".join(steps_done(name, case) for name, case in zip(names.values(), cases, strict=True))
    refs = list(names)

    def opens(at: int, _: str, text: str) -> Markup:
        return markup.small("household", filters, text or MARK, household=refs[at])

    return charts.matrix(list(names.values()), numbered(template), states, alt, opens) + markup.text(legend, "caption")


def one_case(filters: Filters, reader: Reader, template: str, offset: int, ref: str) -> Markup:
    """One case over time, with what it still needs."""
    steps = ask("steps", filters, reader, template=template, limit=CASES, offset=offset)
    case = steps[steps["ref"] == ref]
    late = int(case["plan_late"].iloc[0])
    short = ask("shortages", filters, reader, household=ref).to_dict("records")
    needs = (
        (markup.text(markup.badge("red", t("! {n} overdue items in the plan", n=late))) if late else "")
        + markup.text(markup.bold(t("Needs and what was given")))
        + (household_text.needs(short) if short else markup.text(rich("No needs are written down.")))
        + markup.household(filters, ref, t("Open the household"))
    )

    def opens(*_: object) -> Markup:
        return markup.small("household", filters, MARK, household=ref)

    chart = charts.gantt(numbered(template), case, steps_done(names_of(steps)[ref], case), opens)
    return markup.columns(chart, needs, widths="three_one")


def without_steps(filters: Filters, reader: Reader, offset: int) -> Markup:
    """One screen of families that follow no template yet, each with those that fit what it lacks."""
    families = ask("no_checklist", filters, reader, limit=FAMILIES, offset=offset).to_dict("records")
    listed = labels.listed("template")
    columns = {
        t("Household"): [markup.household(filters, row["ref"], named(pd.DataFrame([row]))) for row in families],
        t("Templates that fit"): [
            markup.dotted(listed[name] for name in labels.templates(row)) or rich("No dimension is lacking.")
            for row in families
        ],
    }
    ours = markup.dotted(listed[name] for name in listed if labels.template(name) != listed[name])
    says = rich(
        "Open the household and record “Step begun” to choose one. Our own proposals, not confirmed: {templates}.",
        templates=ours,
    )
    return markup.text(says, "caption") + markup.table(columns, t("Open cases without steps"))


def still_short(filters: Filters, reader: Reader) -> Markup:
    """What is short in all cases together; nothing where nothing is."""
    rows = ask("shortfalls", filters, reader).to_dict("records")
    items = (
        rich(
            "{item} **{n} {unit}** (cases: {k})",
            item=markup.words(row["item"]),
            n=number(row["short"]),
            unit=markup.words(row["unit"]),
            k=figure_text.opens(filters, f"short|short_{code_of('/'.join([row['item'], row['unit']]))}", row["cases"]),
        )
        for row in rows
    )
    return markup.heading(t("Still short in all cases")) + markup.text(markup.dotted(items)) if rows else Markup("")


def by_agency(filters: Filters, reader: Reader, offset: int) -> Markup:
    """Plan items of one screen of agencies."""
    agencies = ask("agencies", filters, reader, limit=AGENCIES, offset=offset)
    of = [f"items|owner_{code_of(name)}" for name in agencies["owner"]]

    def opens(column: str, *more: str, households: bool = False) -> list[Markup]:
        rows = zip(of, agencies[column], strict=True)
        return [figure_text.opens(filters, "|".join([words, *more]), n, households=households) for words, n in rows]

    columns = {
        t("Agency"): [name or t("No owner") for name in agencies["owner"]],
        t("Overdue"): [markup.bold(link) for link in opens("overdue", "items_late")],
        t("Items"): opens("items"),
        t("Done"): opens("done", "items_done"),
        t("In progress"): opens("in_progress", "items_in_progress"),
        t("Households"): opens("households", households=True),
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


def following(filters: Filters, reader: Reader, template: str, total: int) -> Markup:
    """How many cases follow a template."""
    n = figure_text.opens(filters, f"follows|follows_{template}", total)
    return markup.text(rich("**{template}**: {n} cases", template=labels.template(template), n=n))


def without_any(filters: Filters, reader: Reader, total: int) -> Markup:
    """How many families follow none."""
    return markup.heading(rich("Open cases without steps: {n}", n=figure_text.opens(filters, "no_steps", total)))


def late_items(filters: Filters, reader: Reader, total: int) -> Markup:
    """How many items of plans are late."""
    return markup.heading(rich("Overdue items: {n}", n=figure_text.opens(filters, "owed|owed_plan|owed_late", total)))


filters, reader = chosen()
chosen_households = int(ask("scope", filters, reader)["households"].iloc[0])
reader = audit_trail.log_before_names(reader, "list", page="progress", filters=filters, found=chosen_households)
kept = kept_of(filters, reader)
used = ask("checklists", filters, reader)
counts = dict(zip(used["template"], map(int, used["cases"]), strict=True))
st.subheader(t("Cases by step"))
if said := partly(kept, "step"):
    st.caption(said)
if counts:
    options = {name: f"{says} ({number(counts[name])})" for name, says in labels.listed("template").items() if name in counts}
    template = option("steps", list(options))
    if len(options) > 1:
        option_pills("steps", t("Template of steps"), options, hidden=True)
    total = counts[template]
    panel(following, filters, reader, template, total)
    offset = widgets.turned_to(total, CASES, f"cases_{template}_{total}")
    panel(cases_by_step, filters, reader, template, offset)
    shown = ask("steps", filters, reader, template=template, limit=CASES, offset=offset)
    cases = names_of(shown)
    key = f"case_shown_{template}"
    picked = st.selectbox(t("One case over time"), list(cases), format_func=cases.get, key=key, filter_mode="contains")
    panel(one_case, filters, reader, template, offset, picked)
else:
    none = t("No case of the households chosen follows steps yet.")
    st.info(none if is_kept(kept, "step") else t("Case steps are not kept here: nobody can tell how far a case is."))
if without := widgets.total(ask("no_checklist", filters, reader, limit=1)):
    panel(without_any, filters, reader, without)
    panel(without_steps, filters, reader, widgets.turned_to(without, FAMILIES, f"without_{without}"))
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
    panel(late_items, filters, reader, late)
    panel(overdue, filters, reader, widgets.turned_to(late, LATE, f"late_{late}"))

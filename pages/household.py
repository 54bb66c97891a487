"""One household on one screen: what it lacks and why, its members, the plan, the timeline, what is still short."""

from urllib.parse import urlsplit

import pandas as pd
import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.export import paper_files, reveal_panel
from ui.filters.controls import chosen, parameters
from ui.i18n import number, t
from ui.programmes import of_household, solution_bank
from ui.record import record_panel, register_queues
from ui.session import audit_trail, page_access, searching
from ui.view import conflict_text, figure_text, household_text, labels, markup
from ui.view.copy_text import copy_text
from ui.view.markup import rich
from ui.view.panel import made, panel

LATEST = 8  # events at once; the others one tap away, so that the family stays on one screen


def asked(question: str, reader: Reader, ref: str) -> pd.DataFrame:
    """The answer about one household, whatever is chosen."""
    return ask(question, Filters(), reader, household=ref)


def keeps(reader: Reader, ref: str, *registers: str) -> bool:
    """Whether the household's district keeps any of these registers in its year."""
    return not set(registers).isdisjoint(asked("household", reader, ref)["kept"].iloc[0])


def apart(reader: Reader, ref: str) -> dict[str, Markup]:
    """Item of the plan, or dimension -> what record and register say differently of it, and which of the two counts."""
    told: dict[str, Markup] = {}
    for row in ask("disagreements", Filters(), reader, household=ref, limit=ALL).to_dict("records"):
        at = row["field"] if row["kind"] == "visit" else row["thing"]
        told[at] = told.get(at, Markup("")) + markup.text(f"≠ {register_queues.beside(row)}", "caption")
    return told


def family(filters: Filters, reader: Reader, ref: str) -> Markup:
    """Who it is, its five lights, the plan in four aspects."""
    home = asked("household", reader, ref).iloc[0].to_dict()
    plan = asked("plan", reader, ref).to_dict("records")
    lights = asked("lights", reader, ref).groupby("dimension", sort=False)
    letters, differs = labels.lettered(), apart(reader, ref)
    lamps = (
        letters[dimension] + household_text.LINE + household_text.badge(part["state"].iloc[0])
        + markup.text(household_text.basis(part), "caption") + differs.get(dimension, Markup(""))
        for dimension, part in lights
    )  # fmt: skip
    aspects = (
        markup.text(markup.dotted([markup.bold(name), labels.listed("plan")[home[f"plan_{aspect}"]]]))
        + Markup("").join(
            markup.text(household_text.item(item) + solved(filters, ref, item)) + differs.get(item["thing"], Markup(""))
            for item in plan
            if item["aspect"] == aspect
        )
        for aspect, name in labels.aspects().items()
    )
    house = t("No. {n}", n=home["house_no"]) if not labels.missing(home["house_no"]) else ""
    district = t("{names} district", names=home[f"district_{labels.language()}"])
    where = f"{house} {labels.place(home)}".strip()
    told = markup.words(home["circumstances"])
    return (
        markup.heading(labels.head(home) or t("Household without a name"))
        + markup.text(markup.dotted([where, district, *household_text.status(home)]))
        + markup.text(household_text.contact(home))
        + (Markup("<blockquote>{}</blockquote>").format(told) if told else "")
        + markup.framed(lamps)
        + markup.heading(t("4T plan"))
        + markup.framed(aspects)
    )


def solved(filters: Filters, ref: str, item: dict) -> Markup:
    """The way to what helped others in the same, for an item that is not done."""
    return Markup("") if item["status"] == "done" else Markup(" ") + household_text.helped_others(filters, ref, item["thing"])


def conflicts(filters: Filters, reader: Reader, ref: str) -> Markup:
    """What contradicts each other of what was recorded, both sides, and where it is settled; nothing where nothing does."""
    forked = conflict_text.of(asked("heads", reader, ref).to_dict("records"))
    if not forked:
        return Markup("")
    way = conflict_text.way(filters, page_access.may_open("review", reader), forked)
    heading = markup.heading(t("Recorded differently by two people"))
    return heading + markup.listed(conflict_text.both(forked)) + way


def among(filters: Filters, reader: Reader, ref: str, words: str, search: str, sort: str) -> pd.Series:
    """Where a household stands: among those behind a figure, in the list as it was searched and ordered, or among those chosen."""
    if words:
        return ask("beside", filters, reader, household=ref, words=words).iloc[0]
    if search or sort != searching.FIRST:
        return ask("between", filters, reader, household=ref, search=search, sort=sort).iloc[0]
    return ask("neighbours", filters, reader, household=ref).iloc[0]


def steps_between(filters: Filters, reader: Reader, ref: str, words: str, search: str, sort: str) -> Markup:
    """Which of a list it is, and the ways to the one before and after and back to its screen of the list: a meeting goes through them
    one by one."""
    of = among(filters, reader, ref, words, search, sort)
    if not of["position"]:
        return Markup("")
    ways = [(of["before"], t("Previous")), (of["after"], t("Next"))]
    along = {"words": words} if words else searching.way(search, sort)
    links = [
        markup.go("household", filters, name, household=other, **along) for other, name in ways if not labels.missing(other)
    ]
    page = -(-int(of["position"]) // (figure_text.ROWS if words else searching.ROWS))
    back = {**along, "page": str(page) if page > 1 else None}
    if words:
        links.append(markup.go("figure", filters, figure_text.title(words, filters, reader), **back))
    else:
        links.append(markup.go("households", filters, page_access.title("households"), **back))
    place = rich("{n} of {total} households chosen", n=number(of["position"]), total=number(of["total"]))
    return Markup('<nav class="between">{}{}</nav>').format(markup.text(place), Markup("").join(links))


def members(filters: Filters, reader: Reader, ref: str) -> Markup:
    """Who lives there, as far as the member register has them."""
    rows = asked("members", reader, ref).to_dict("records")
    none = (
        rich("The member register has nobody of this household; its number of members comes from the household register.")
        if keeps(reader, ref, "person")
        else rich("Members are not kept here: the district has no member register of this year.")
    )
    table = markup.table(household_text.members(rows), t("Members of the household")) if rows else markup.text(none, "caption")
    heading = t("Members: {n} listed", n=len(rows)) if rows or keeps(reader, ref, "person") else t("Members")
    return markup.heading(heading) + table


def needs(filters: Filters, reader: Reader, ref: str) -> Markup:
    """What is still short; nothing where no need was written down."""
    rows = asked("shortages", reader, ref).to_dict("records")
    return markup.heading(t("Needs and what was given")) + household_text.needs(rows) if rows else Markup("")


def happened(filters: Filters, reader: Reader, ref: str) -> Markup:
    """What has happened, the latest first; the earlier ones folded away."""
    rows = asked("timeline", reader, ref).to_dict("records")
    events = list(household_text.timeline(rows))
    earlier = (
        markup.folded(t("Earlier: {n}", n=len(events) - LATEST), markup.listed(events[LATEST:])) if events[LATEST:] else ""
    )
    nothing = rich("Nothing is written down yet.")
    if not keeps(reader, ref, "visit", "step", "contribution"):
        nothing = rich("Visits, steps and gifts are not kept here.")
    told = markup.listed(events[:LATEST]) if events else markup.text(nothing)
    return markup.heading(t("What has happened")) + told + earlier


def way_there(filters: Filters, reader: Reader, ref: str) -> str:
    """The way to the house, for whoever may see its number."""
    return household_text.way_there(asked("household", reader, ref).iloc[0].to_dict())


def to_copy(filters: Filters, reader: Reader, ref: str, origin: str) -> str:
    """The household as plain text, pseudonymous, with the address that opens it: nothing in that tells of anybody."""
    home, plan, short = (asked(name, reader, ref).to_dict("records") for name in ("household", "plan", "shortages"))
    address = f"{origin}/household?household={ref}" if origin else ""
    return household_text.text(home[0], asked("lights", reader, ref), plan, short, address)


def here() -> str:
    """Where this app is as the browser has it: "https://host"; nothing where that is not known."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


filters, reader = chosen()
requested = st.query_params.get("household", "")
ref = requested
if not requested:  # the menu opens the first of those chosen
    first = ask("neighbours", filters, reader, household="").iloc[0]["first"]
    ref = "" if labels.missing(first) else first
if not len(asked("household", reader, ref)):
    nobody = t("No household matches these filters. Take a filter away, or show everything.")
    strange = t("No household stands at this address, or it is outside your area. Open one from the list of households.")
    st.info(strange if requested else nobody)
    if requested:
        audit_trail.once("refused", reader, what="household", household=requested[:16])
    st.page_link("../pages/households.py", label=t("To the list of households"), query_params=parameters(filters))
    st.stop()
reader = audit_trail.log_before_names(reader, "open_household", household=ref)  # nobody looks at a family unseen
words = st.query_params.get("words", "")
sort = st.query_params.get("sort", "")
order = sort if sort in searching.ORDERS else searching.FIRST
panel(steps_between, filters, reader, ref, words if figure_text.known(words) else "", searching.typed(), order)
panel(family, filters, reader, ref)
panel(conflicts, filters, reader, ref)
record_panel.panel(reader, ref)
panel(members, filters, reader, ref)
reveal_panel.panel(reader, ref, asked("members", reader, ref))
left, right = st.columns(2, gap="large")
with left:
    panel(needs, filters, reader, ref)
    panel(of_household.section, filters, reader, ref)
    if way := made(way_there, filters, reader, ref):
        st.html(markup.heading(t("The way there")))
        copy_text(way)
with right:
    panel(happened, filters, reader, ref)
panel(solution_bank.of_household, filters, reader, ref, st.query_params.get("item", ""))
paper_files.offer(("family",), filters, reader, "household", household=ref)
with st.expander(t("As text for LINE or another system")):
    copy_text(made(to_copy, filters, reader, ref, here()))
    st.caption(t("The text carries no name, house number or citizen ID."))

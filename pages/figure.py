"""Behind the number: what it counts, why it changed, and the households that it is made of."""

from datetime import UTC, datetime, timedelta

import streamlit as st
from markupsafe import Markup

from queries import Filters, NoBuild, Reader, ask, build, questions
from queries.figure_words import HOUSEHOLDS, unit
from queries.headlines import headlines
from queries.moments import Moment, at, before_now, builds, now, on
from queries.why import named, why
from ui.filters.controls import chosen, turned_to
from ui.i18n import language, number, t
from ui.session import audit_trail, page_access
from ui.view import figure_text, labels, markup, widgets
from ui.view.markup import rich
from ui.view.panel import panel

DAYS = (1, 7, 30)  # ago, from which a change may be asked for


def screen(filters: Filters, reader: Reader, words: str, offset: int) -> Markup:
    """One screen of the households."""
    rows = ask("behind", filters, reader, words=words, limit=figure_text.ROWS, offset=offset).to_dict("records")
    return Markup("").join(household(filters, row, words) for row in rows)


def household(filters: Filters, row: dict, words: str) -> Markup:
    """One household; of a figure of people, who they are."""
    name = labels.head(row) or t("Household without a name")
    adds = "" if unit(words) == HOUSEHOLDS else figure_text.counted(words, int(row["counted"]))
    people = markup.words(row["people_named"]) if "target_people" in words.split("|") else ""
    says = markup.dotted([markup.bold(name), labels.place(row), adds, people])
    return markup.go("household", filters, says, household=row["ref"], words=words)


def moments() -> dict[str, str]:
    """Since when a change may be told: address -> words; each is kept."""
    listed = {"before": t("Since the load before")} if before_now() else {}
    since = {days: on(datetime.now(UTC) - timedelta(days=days)) for days in DAYS}
    listed |= {str(moment): t("Since {n} days ago", n=days) for days, moment in since.items() if moment}
    earlier = [entry for entry in builds() if entry["kept"] and not entry["current"]]
    return listed | {
        entry["build"]: t("Since the load of {when}", when=labels.moment(entry["made_at"])) for entry in earlier[1:]
    }


def changed(filters: Filters, reader: Reader, words: str, before: Moment, after: Moment) -> Markup:
    """Why it changed between two moments."""
    measure = next((m for m in why(before, after, filters, reader) if m.measure == words), None)
    if measure is None:
        return markup.text(t("This figure is not published."), "note")
    refs = [move.household for move in measure.moved]
    who = named((after, before), refs, reader) if refs else {}
    here = set(named((after,), refs, reader)) if refs else set()
    return figure_text.change(measure, who, here, filters)


def told_of(filters: Filters, reader: Reader) -> Markup:
    """The date of the data and of the load, and the files for whoever may see them."""
    scope = ask("scope", filters, reader).iloc[0]
    dates = [t("data as of {date}", date=labels.day(scope["as_of_last"]))]
    dates += [t("loaded on {date}", date=labels.moment(build().made_at.replace(tzinfo=UTC).isoformat()))]
    files = sorted(set(ask("loads", filters, reader)["file"])) if reader.may("loads") else []
    return markup.text(markup.dotted([*dates, *files]), "caption")


def about(filters: Filters, reader: Reader, words: str) -> Markup:
    """What it counts, of how many, as of when."""
    return figure_text.definition(words) + part_of(filters, reader, words) + told_of(filters, reader)


def part_of(filters: Filters, reader: Reader, words: str) -> Markup:
    """What a measure of the map is a part of, with its households; nothing of other figures, and nothing for who sees no households."""
    measures = figure_text.measures_of(words, filters)
    if not measures or not page_access.may_open("households", reader):
        return Markup("")
    whole, there = figure_text.of_measure(measures[0], "whole", filters)
    found = ask("behind", there, reader, words=whole, limit=1)
    n = int(found["total_counted"].iloc[0]) if len(found) else 0
    says = {"n": figure_text.opens(there, whole, n), "whole": measures[0][f"whole_{language()}"]}
    return markup.text(rich("Part of **{n}** {whole}", **says))


def way_to_why(filters: Filters, reader: Reader, words: str) -> Markup:
    """The way to why it changed, which is looked for when somebody asks."""
    return markup.text(figure_text.why_changed(filters, words))


def since(options: dict[str, str]) -> Moment | None:
    """The moment that the reader chose to look back to."""
    wanted = st.query_params.get("since", "")
    first = list(options).index(wanted) if wanted in options else 0
    picked = st.selectbox(
        t("Changed since"), list(options), format_func=options.get, index=first, key="since", filter_mode="contains"
    )
    return before_now() if picked == "before" else at(picked)


filters, reader = chosen()
words = st.query_params.get("words", "") or "listed"
if not figure_text.known(words):
    st.info(t("There is no such figure. Open one from a page of numbers."))
    st.stop()
st.subheader(figure_text.title(words, filters, reader))
panel(about, filters, reader, words)
if words in headlines() and "since" not in st.query_params:
    panel(way_to_why, filters, reader, words)
elif words in headlines():
    st.markdown(f"#### {t('Why it changed')}")
    options = moments()
    if not options:
        st.caption(t("There is nothing earlier to compare with."))
    elif before := since(options):
        shown_to = audit_trail.log_before_names(reader, "list", page="figure", filters=filters)
        try:
            panel(changed, filters, shown_to, words, before, now())
        except NoBuild:
            st.info(t("That build was made by an earlier version of the program and cannot be compared."))
if not page_access.may_open("households", reader):
    st.caption(t("Your role sees numbers, not the households behind them."))
    st.stop()
found = ask("behind", filters, reader, words=words, limit=1)
total = widgets.total(found)
total_counted, of_none = (int(found[column].iloc[0]) if total else 0 for column in ("total_counted", "of_none"))
reader = audit_trail.log_before_names(reader, "list", page="figure", filters=filters, found=total)
said = t("{n} households", n=number(total))
st.markdown(f"### {said}" if unit(words) == HOUSEHOLDS else f"### {figure_text.counted(words, total_counted)} · {said}")
if of_none:
    st.caption(t("{n} of them are of no household.", n=number(of_none)))
if not total:
    st.info(t("No household is behind this figure."))
offset = turned_to(total, figure_text.ROWS)
if total:
    panel(screen, filters, reader, words, offset)
with st.expander(t("The question in SQL"), key="sql"):
    st.code(questions()["behind"].sql, language="sql")
    st.caption(t("words = {words}; it reads through the doors of queries/macros.sql.", words=labels.plain(words)))

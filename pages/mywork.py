"""What does my team have to do? Late first, then what is due within 7, 15 and 30 days of the data's date."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.filters import controls
from ui.i18n import t
from ui.session import audit_trail, page_access
from ui.view import figure_text, labels, markup, promise_text, widgets
from ui.view.markup import rich
from ui.view.panel import panel

ROWS = 15  # of a screen
NOBODY = "none"  # no team is called so: their names in an address are twelve hexadecimal digits


def named(group: str) -> str:
    """What the rows of one group have in common."""
    return {
        "late": t("Overdue"),
        "7": t("Due within {n} days", n=7),
        "15": t("Due in {first}–{last} days", first=8, last=15),
        "30": t("Due in {first}–{last} days", first=16, last=30),
        "later": t("Due later"),
        "none": t("No due date"),
    }[group]


def counts(filters: Filters, reader: Reader, team: str) -> Markup:
    """How much is due by when."""
    first = ask("work", filters, reader, team=team, limit=ROWS).iloc[0]
    parts = {"late": "late", "7": "in_7", "15": "in_15", "30": "in_30", "later": "later", "none": "undated"}
    total = rich("of {total}", total=figure_text.opens(filters, f"work|team_{team}", first["total"]))
    opens = partial(figure_text.opens, filters)
    return markup.figures(
        [(named(group), opens(f"work|team_{team}|work_{group}", first[n]), total) for group, n in parts.items()], "due"
    )


def work(filters: Filters, reader: Reader, team: str, offset: int) -> Markup:
    """One screen of what is due, under when it is."""
    rows = ask("work", filters, reader, team=team, limit=ROWS, offset=offset).to_dict("records")
    parts, group = [], None
    for row in rows:
        parts += [markup.heading(named(row["grouped"]))] if row["grouped"] != group else []
        parts.append(promise_text.line(filters, row))
        group = row["grouped"]
    return Markup("").join(parts)


filters, reader = controls.chosen()
found = int(ask("scope", filters, reader)["households"].iloc[0])
reader = audit_trail.log_before_names(reader, "list", page="mywork", filters=filters, found=found)
st.subheader(page_access.title("mywork"))
teams = ask("work_teams", filters, reader)
if not len(teams):
    st.info(t("Nothing is promised and open for the households chosen."))
    st.stop()
options = {NOBODY: t("Choose a team or agency")} | {
    row["team"]: t("{owner}: {n} in all, {late} late", owner=row["owner"], n=row["items"], late=row["late"])
    for row in teams.to_dict("records")
}
controls.option_list("team", t("Mentor team or agency"), options)
team = controls.option("team", list(options))
if team == NOBODY:
    st.info(t("Choose your team above: the address then opens its work, and can be kept."))
    st.stop()
as_of = labels.day(ask("scope", filters, reader)["as_of_last"].iloc[0])
st.caption(
    t("Days are counted from {date}, the date of the data. A mentor team sees all that is owed to its households.", date=as_of)
)
total = widgets.total(ask("work", filters, reader, team=team, limit=ROWS))
panel(counts, filters, reader, team)
panel(work, filters, reader, team, widgets.turned_to(total, ROWS, f"work_{total}_{team}"))

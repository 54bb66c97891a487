"""The learning office: who can do what, who fits a task, the board of the five steps month by month, and the solution bank."""

import pandas as pd
import streamlit as st

from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.export import downloads, programme_file
from ui.filters.controls import chosen, option, option_list, option_pills
from ui.i18n import t
from ui.meeting import learning_recording
from ui.programmes import learning_parts, solution_bank
from ui.session import audit_trail, page_access
from ui.view import labels, lists, markup, widgets
from ui.view.panel import panel

ANY = "any"
BANK = {"lessons": solution_bank.lessons, "solutions": solution_bank.solutions, "helped": solution_bank.homes}


def skills(here: Filters, reader: Reader) -> None:
    """Who can do what, what only few can do, and who fits a task."""
    st.subheader(t("Who can do what"))
    panel(learning_parts.skills, here, reader)
    st.subheader(t("What only one or two can do"))
    panel(learning_parts.scarce, here, reader)
    st.subheader(t("Find a colleague for a task"))
    tasks = labels.listed("staff_task")
    option_pills("task", t("Task"), tasks, hidden=True)
    panel(learning_parts.colleagues, here, reader, option("task", list(tasks)))


def board(here: Filters, reader: Reader, months: dict[str, str]) -> None:
    """The board at the end of a month, what came of each month, and who taught whom."""
    st.subheader(t("Learning board"))
    option_list("month", t("At the end of"), {name: learning_parts.month(name) for name in months})
    day = months[option("month", list(months))]
    panel(learning_parts.board, here, reader, day)
    begun = widgets.total(ask("learning_board", here, reader, day=day, limit=learning_parts.BOARD))
    lists.of_all(min(begun, learning_parts.BOARD), begun)
    panel(learning_parts.by_month, here, reader)
    if total := widgets.total(ask("learning_taught", here, reader, day=day, limit=learning_parts.TAUGHT)):
        st.subheader(t("Who taught whom"))
        offset = widgets.turned_to(total, learning_parts.TAUGHT, f"taught_{total}")
        panel(learning_parts.taught, here, reader, day, offset)
        lists.of_all(min(total - offset, learning_parts.TAUGHT), total)


def bank(filters: Filters, reader: Reader) -> None:
    """The solution bank, by words and need."""
    st.subheader(t("Solution bank"))
    st.caption(
        t("Lessons, what was done for households in need, and what came of it: of all offices and households of your area.")
    )
    for_example = t("For example: fish, compost, house repair")
    about = st.text_input(
        t("What is it about?"), key="about", icon=":material/search:", autocomplete="off", placeholder=for_example
    ).strip()
    needs = {ANY: t("Any need"), **labels.dimensions()}
    option_pills("need", t("Need"), needs, hidden=True)
    picked = option("need", list(needs))
    need = "" if picked == ANY else picked
    for name, part in BANK.items():
        rows = widgets.total(ask(name, Filters(), reader, about=about, need=need, limit=solution_bank.SCREEN))
        st.html(markup.heading(solution_bank.title(name)))
        offset = widgets.turned_to(rows, solution_bank.SCREEN, f"bank_{name}_{rows}_{need}")
        if not panel(part, filters, reader, about, need, offset):
            st.markdown(t("Nothing fits."))
        lists.of_all(min(rows - offset, solution_bank.SCREEN), rows)


def files(here: Filters, reader: Reader) -> None:
    """The two lists as files, which load again."""
    kinds = {"skills": t("Who can do what"), "lessons": t("Lessons")}
    option_pills("kind", t("Which list as a file"), kinds)
    kind = option("kind", list(kinds))
    downloads.offer(programme_file.choices(kind, lambda: whole(kind, here, reader), here), here, reader, f"learning {kind}")


def whole(kind: str, here: Filters, reader: Reader) -> pd.DataFrame:
    """All of a list."""
    return learning_parts.held(here, reader) if kind == "skills" else ask("lessons", here, reader, limit=ALL)


filters, reader = chosen()
st.subheader(page_access.title("learning"))
rows = ask("learning_offices", Filters(), reader).to_dict("records")
offices = {row["code"]: t("{names} district", names=labels.named(row)) for row in rows}
first = [code for code in offices if code in filters.district] + list(offices)  # that of the district chosen, where it has one
here = Filters()
if offices:
    option_list("office", t("Office"), {code: offices[code] for code in first})
    here = Filters(district=(option("office", list(dict.fromkeys(first))),))
found = len(ask("learning_skills", here, reader))
reader = audit_trail.log_before_names(reader, "list", page="learning", filters=here, found=found)
panel(learning_parts.sums if offices else learning_parts.nowhere, here, reader)
if found:
    skills(here, reader)
if months := learning_parts.months(here, reader):
    board(here, reader, months)
if offices:
    learning_recording.panel(here, reader)
bank(filters, reader)
if offices and reader.may("exports"):
    files(here, reader)

"""The learning office as panels: who can do what, who fits a task, the board of the five steps, who taught whom month by month."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import get_month_names
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.i18n import BUDDHIST_ERA, language, number, t
from ui.view import charts, labels, markup, recorded
from ui.view.labels import missing
from ui.view.markup import rich

SCARCE = 2  # people: what no more of them can do stands still when they are away (the issue's own: "one or two")
TAUGHT, BOARD = 12, 40  # rows of a screen


def named(row: Mapping[str, Any], of: str, name: str) -> Markup:
    """A member of staff as far as the reader may see: name, else the number alone."""
    if missing(row[of]):
        return Markup("–")
    known = "" if missing(row[name]) else row[name]
    return markup.dotted([t("No. {n}", n=row[of]), known])


def sums(filters: Filters, reader: Reader) -> Markup:
    """How many people, skills, subjects that are learned and lessons."""
    row = ask("learning_totals", filters, reader).iloc[0]
    skills = len(labels.listed("staff_skill"))
    sexes = t("{men} men, {women} women", men=number(row["men"]), women=number(row["women"]))
    return markup.figures(
        [
            (t("Staff"), number(row["staff"]), sexes),
            (t("Skills that somebody has"), number(row["skills"]), t("of {total}", total=number(skills))),
            (t("Skills that one or two have"), number(row["scarce"]), t("of {total}", total=number(row["skills"]))),
            (t("Subjects being learned"), number(row["paths"]), t("at the fifth step: {n}", n=number(row["teaching"]))),
            (t("Lessons"), number(row["lessons"]), t("as of {date}", date=labels.day(row["on_day"]))),
        ]
    )


def skills(filters: Filters, reader: Reader) -> Markup:
    """The matrix: a skill a row, a member of staff a column, and how many have it."""
    frame = ask("learning_skills", filters, reader)
    people = [part for _, part in frame.groupby("staff_no", sort=False)]
    rows = people[0].to_dict("records")
    heads = [_head(part.iloc[0].to_dict()) for part in people]
    states = [["done" if held else "waiting" for held in part["is_held"]] for part in people]
    names = [f"{row[f'skill_{language()}']} ({number(row['people'])})" for row in rows]
    alt = labels.counts((row[f"skill_{language()}"] for row in rows), (row["people"] for row in rows))
    return charts.matrix(heads, names, states, alt, None) + markup.text(
        rich("In brackets: how many of {n} people have the skill.", n=number(len(people))), "caption"
    )


def _head(row: Mapping[str, Any]) -> str:
    """The head of a column: number and name, the post where the name is not the reader's to see or nobody wrote it down."""
    return f"{row['staff_no']} {labels.listed('post')[row['post']] if missing(row['staff_name']) else row['staff_name']}"


def held(filters: Filters, reader: Reader) -> pd.DataFrame:
    """Who has which skill, as a list: the matrix without what nobody has, and without what the list of staff has, so that it loads
    again as the register that it was."""
    frame = ask("learning_skills", filters, reader)
    return frame[frame["is_held"]].drop(columns=["is_held", "post", "sex"]).reset_index(drop=True)


def scarce(filters: Filters, reader: Reader) -> Markup:
    """What only one or two can do, and who of them could teach it; what nobody can."""
    frame = ask("learning_skills", filters, reader)
    few = frame[frame["people"] <= SCARCE]
    lines = [_scarce(part) for _, part in few.groupby("position", sort=True)]
    if not lines:
        return markup.text(rich("Every skill is held by three people or more."))
    return markup.listed(lines)


def _scarce(part: pd.DataFrame) -> Markup:
    """One skill: who could teach it, those first who have taught it before."""
    skill = part[f"skill_{language()}"].iloc[0]
    able = part[part["is_held"]].sort_values("has_taught", ascending=False, kind="stable").to_dict("records")
    if not able:
        return markup.dotted([markup.bold(skill), t("nobody has it: learn it from outside the office")])
    who = Markup(", ").join(
        named(row, "staff_no", "staff_name") + (Markup(" ") + t("(has taught it)") if row["has_taught"] else "") for row in able
    )
    return rich("**{skill}**: {n} people; could teach it: {who}", skill=skill, n=number(len(able)), who=who)


def colleagues(filters: Filters, reader: Reader, task: str) -> Markup:
    """Who fits a task, with which of its skills; those first who learn the least at the moment."""
    rows = ask("learning_tasks", filters, reader, task=task).to_dict("records")
    names = labels.listed("staff_skill")
    if not rows:
        return markup.text(rich("Nobody of the office has a skill of this task."))
    columns: dict[str, Sequence[object]] = {
        t("Colleague"): [named(row, "staff_no", "staff_name") for row in rows],
        t("Post"): [labels.listed("post")[row["post"]] for row in rows],
        t("Skills of the task"): [
            Markup("{} {}").format(
                markup.bold(t("{n} of {total}", n=number(row["fits"]), total=number(row["wanted"]))),
                markup.dotted(names[skill] for skill in row["has_skills"]),
            )
            for row in rows
        ],
        t("Subjects being learned"): [number(row["learning_now"]) for row in rows],
    }
    note = rich("Which skills a task needs is our own choice, not confirmed: definitions/task_skills.csv")
    return markup.wide(markup.table(columns, t("Who fits the task")), t("Who fits the task")) + markup.text(note, "caption")


def board(filters: Filters, reader: Reader, day: str) -> Markup:
    """The learning board: five columns, a subject where it stands at the end of the month."""
    rows = ask("learning_board", filters, reader, day=day, limit=BOARD).to_dict("records")
    steps = labels.listed("learning_step")
    columns = (
        markup.text(markup.bold(f"{place} {name}"))
        + (Markup("").join(_subject(row) for row in rows if row["learning_step"] == step) or markup.text("–"))
        for place, (step, name) in enumerate(steps.items(), 1)
    )
    return markup.framed(columns)


def _subject(row: Mapping[str, Any]) -> Markup:
    """A subject on the board: what, who learns it, since when it stands there, from whom, what was drawn."""
    source = "" if missing(row["learning_source"]) else labels.listed("learning_source")[row["learning_source"]]
    taught = rich("taught by {who}", who=named(row, "teacher", "teacher_name")) if not missing(row["teacher"]) else source
    drawn = rich("lesson {n}", n=row["drawn_lesson"]) if not missing(row["drawn_lesson"]) else ""
    moved = markup.badge("green", t("▲ moved this month")) if row["moved"] and row["met_lately"] else ""
    quiet = markup.badge("gray", t("not looked at this month")) if not row["met_lately"] else ""
    since = t("since {date}", date=labels.day(row["since"]))
    by = "" if missing(row["entry"]) else f"✎ {recorded.by_whom(row)}"
    return markup.text(
        Markup("{}<br>{} {}{}").format(
            markup.bold(markup.words(row["learning_subject"])),
            markup.dotted(
                [named(row, "learner", "learner_name"), since, taught, drawn, markup.words(row["learning_note"]), by]
            ),
            moved,
            quiet,
        )
    )


def months(filters: Filters, reader: Reader) -> dict[str, str]:
    """Month "2022-08" -> the last day on which it met, the latest first; empty where the office has met never."""
    rows = ask("learning_months", filters, reader).to_dict("records")
    return {row["month"]: row["until"].date().isoformat() for row in rows}


def month(text: str) -> str:
    """ "2022-08" -> "ส.ค. 2565"."""
    first = date.fromisoformat(f"{text}-01")
    return f"{get_month_names('abbreviated', locale=language())[first.month]} {first.year + BUDDHIST_ERA}"


def by_month(filters: Filters, reader: Reader) -> Markup:
    """What came of each month: subjects looked at, moved on, taught, lessons drawn."""
    rows = ask("learning_months", filters, reader).to_dict("records")
    columns: dict[str, Sequence[object]] = {
        t("Month"): [month(row["month"]) for row in rows],
        t("Meetings"): [number(row["meetings"]) for row in rows],
        t("Subjects looked at"): [number(row["looked_at"]) for row in rows],
        t("Moved on a step"): [number(row["moved_on"]) for row in rows],
        t("Taught by a colleague"): [number(row["taught"]) for row in rows],
        t("Lessons drawn"): [number(row["lessons"]) for row in rows],
    }
    return markup.wide(markup.table(columns, t("Month by month")), t("Month by month"))


def taught(filters: Filters, reader: Reader, day: str, offset: int) -> Markup:
    """Who taught whom, the latest first."""
    rows = ask("learning_taught", filters, reader, day=day, limit=TAUGHT, offset=offset).to_dict("records")
    steps = labels.listed("learning_step")
    columns: dict[str, Sequence[object]] = {
        t("Met on"): [labels.day(row["met_date"]) for row in rows],
        t("Teacher"): [named(row, "teacher", "teacher_name") for row in rows],
        t("Learner"): [named(row, "learner", "learner_name") for row in rows],
        t("Subject"): [markup.words(row["learning_subject"]) for row in rows],
        t("Step"): [steps[row["learning_step"]] for row in rows],
    }
    return markup.wide(markup.table(columns, t("Who taught whom")), t("Who taught whom"))


def nowhere(filters: Filters, reader: Reader) -> Markup:
    """No office of the reader's areas keeps any of it."""
    return markup.text(
        rich("No office keeps staff, skills and lessons here yet. Its registers are loaded like the others."), "note"
    )

"""Steps that colleagues reach on the learning path, recorded: in which subject, on which day, and who taught."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from audit.log import today
from journal.kinds import kinds
from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.i18n import t
from ui.meeting import place_recording, sending
from ui.record import forms, saving
from ui.session.page_access import guarded
from ui.view import labels, lists, widgets
from ui.view.labels import missing

KIND = "learning_step"
SUBJECTS = 200  # to choose from
NUMBERED = ("teacher", "drawn_lesson")  # fields that name somebody or something of the office by its number
Row = Mapping[str, Any]


def panel(filters: Filters, reader: Reader) -> None:
    """The step of one subject of the office, of a day; below it, to take back what was recorded by mistake."""
    saving.told()
    rows = ask("learning_subjects", filters, reader, limit=SUBJECTS)
    if not len(rows) or not place_recording.may(KIND, reader) or not reader.covers(rows["district_code"].iloc[0]):
        return  # whoever answers for a part of the district sees its office, and may not say what it learned
    subjects = {row["path_no"]: row for row in rows.to_dict("records")}
    named = {no: _named(row) for no, row in subjects.items()}
    with st.expander(t("Record a step that somebody has reached"), key="learning_record"):
        key = forms.key(KIND)
        path = st.selectbox(
            t("Subject"), list(subjects), index=None, format_func=named.get, key=f"{key}_of",
            placeholder=t("Choose one"),
        )  # fmt: skip
        lists.of_all(len(subjects), widgets.total(rows))
        on = forms.day(t("Met on"), f"{key}_on", today(), ahead=False)
        body = _body(filters, reader, key, subjects.get(path))
        made = []
        if path and on and body.get("learning_step"):
            made = [_event(subjects[path], on, body, key, filters, reader)]
        st.button(t("Record"), key=f"{key}_save", disabled=not made, type="primary", on_click=_send, args=(made, key))
    place_recording.taking_back("learning", KIND, filters, reader)


def _body(filters: Filters, reader: Reader, key: str, subject: Row | None) -> dict[str, object]:
    """The fields of the kind; colleagues and lessons are chosen from those that the registers have."""
    kind = kinds()[KIND]
    body = forms.body(replace(kind, fields={n: one for n, one in kind.fields.items() if n not in NUMBERED}), key, {})
    staff = {row["staff_no"]: row for row in ask("learning_skills", filters, reader).to_dict("records")}
    others = [no for no in staff if subject is None or no != subject["learner"]]
    lessons = ask("lessons", filters, reader, limit=ALL).set_index("lesson_no")["lesson_title"]
    named = {no: _colleague(row, "staff_no", "staff_name") for no, row in staff.items()}
    of_lessons = {no: f"{no} {title}" for no, title in lessons.items()}
    optional = f"({t('optional')})"
    chosen = {
        "teacher": st.selectbox(
            f"{t('Teacher')} {optional}", others, index=None, key=f"{key}_teacher_{'' if subject is None else subject['learner']}", placeholder=t("Choose one"),
            format_func=named.get,
        ),
        "drawn_lesson": st.selectbox(
            f"{t('Lesson drawn')} {optional}", list(of_lessons), index=None, key=f"{key}_lesson", placeholder=t("Choose one"),
            format_func=of_lessons.get,
        ),
    }  # fmt: skip
    return body | {name: value for name, value in chosen.items() if value}


def _event(subject: Row, on: date, body: Mapping[str, object], key: str, filters: Filters, reader: Reader) -> dict[str, Any]:
    """The event, on what was recorded of this subject and day when the form was filled in first."""
    thing = f"learning/{on.isoformat()}/{subject['path_no']}"
    seen = f"{key}_seen_{thing}"
    if seen not in st.session_state:
        st.session_state[seen] = sorted(
            row["entry"]
            for row in place_recording.entries(KIND, filters, reader, ALL)
            if row["thing"] == thing and row["filing"] != "withdrawn"
        )
    made = place_recording.event(KIND, {"area": subject["district_code"]}, thing, on, body)
    return made | {"base": st.session_state[seen]}


@guarded("learning")
def _send(events: list[dict[str, Any]], key: str) -> None:
    sending.send(events, key, t("Recorded: a step on the learning path"), KIND)


def _named(row: Row) -> str:
    who = _colleague(row, "learner", "learner_name")
    step = "" if missing(row["learning_step"]) else labels.listed("learning_step")[row["learning_step"]]
    return " · ".join(filter(None, [str(row["path_no"]), str(row["learning_subject"] or ""), who, step]))


def _colleague(row: Row, of: str, name: str) -> str:
    """Somebody of the office as far as the reader may see: number, post where it is told, name."""
    post = "" if missing(row.get("post")) else labels.listed("post")[row["post"]]
    known = "" if missing(row[name]) else str(row[name])
    return " ".join(filter(None, [t("No. {n}", n=row[of]), post, known]))

"""The panel in which a household's visits, plans, steps, needs and gifts are recorded at the desk.

One id is made for a form and kept until there is a verdict on it: a button tapped twice, or a rerun in between, records once.
"""

import uuid
from collections.abc import Mapping

import pandas as pd
import streamlit as st
from sqlalchemy.exc import DBAPIError

from audit.log import Unwritable, today
from journal.kinds import Kind, kinds
from queries import Filters, Reader, ask, record
from ui.auth.identity import who
from ui.i18n import language, t
from ui.record import forms
from ui.session import audit_trail
from ui.view import labels, recorded
from ui.view.labels import missing

TEMPLATE = "house_build"  # whose steps are offered where a household has no checklist yet
Things = dict[str, tuple[str, dict[str, object]]]  # thing -> its words, and what is known of its fields


def offered(reader: Reader) -> list[Kind]:
    """The kinds that this reader may record of a household."""
    return [kind for kind in kinds().values() if "household" in kind.about and reader.may(kind.right)]


@st.fragment
def panel(reader: Reader, ref: str) -> None:
    """The form of one kind; the page is drawn anew when something was recorded. Draws nothing for who may record nothing."""
    may = {kind.name: kind for kind in offered(reader)}
    if not may:
        return
    with st.expander(t("Record something of this family"), key="record"):
        if said := st.session_state.pop("record_said", None):
            st.success(said)
        name = st.pills(t("What is it?"), list(may), format_func=recorded.kind, key="record_kind")
        if name:
            _form(may[name], reader, ref)


def _form(kind: Kind, reader: Reader, ref: str) -> None:
    number = st.session_state.setdefault("record_number", 0)
    key = f"record_{kind.name}_{ref}_{number}"
    st.caption(recorded.says(kind))
    things = _things(kind, reader, ref)
    thing = ""
    if kind.of in ("plan", "step", "entry") and kind.name != "plan_new":
        if not things:
            st.info(t("There is nothing of this family to record it of yet."))
            return
        thing = st.selectbox(
            t("Which one?"), list(things), format_func=lambda one: things[one][0], key=f"{key}_thing", index=None,
            placeholder=t("Choose one"),
        )  # fmt: skip
        if not thing:
            return
    on = forms.day(t("Day on which it happened"), f"{key}_on", today(), ahead=False)
    body = forms.body(kind, f"{key}_{thing}", things[thing][1] if thing else {})
    if st.button(t("Record"), key=f"{key}_save", type="primary"):
        _save(kind, reader, ref, thing, {"occurred_on": on.isoformat() if on else None, "body": body}, key)


def _save(kind: Kind, reader: Reader, ref: str, thing: str, said: dict, key: str) -> None:
    """Record, and say what became of it; what is refused stays in the form."""
    id_ = st.session_state.setdefault(f"{key}_id", str(uuid.uuid4()))
    event = {"id": id_, "kind": kind.name, "about": {"household": ref}, "base": _seen(kind, reader, ref, thing), **said}
    if thing:
        event["thing"] = thing
    try:
        (verdict,) = record([event], reader, who())
    except (Unwritable, DBAPIError):
        audit_trail.unwritable()
        return
    if verdict["verdict"] not in ("kept", "known", "held"):
        st.error(verdict["reason"] if language() == "th" else verdict["reason_en"])
        if verdict["verdict"] == "differs":  # the same form was sent with other words: they are a new entry
            st.session_state[f"{key}_id"] = str(uuid.uuid4())
        return
    st.session_state["record_said"] = t("Recorded: {kind}", kind=recorded.kind(kind.name))
    st.session_state["record_number"] += 1
    st.rerun()


def _seen(kind: Kind, reader: Reader, ref: str, thing: str) -> list[str]:
    """The entries that this one takes the place of: those that the reader has before him."""
    if kind.keeps == "all":
        return []
    heads = ask("heads", Filters(), reader, household=ref)
    mine = heads[(heads["kind"] == kind.name) & (heads["thing"].isin([thing, kind.of]))]
    return sorted(mine["entry"])


def _things(kind: Kind, reader: Reader, ref: str) -> Things:
    """What of the household the kind can be of."""
    if kind.of == "plan" and kind.name != "plan_new":
        items = ask("plan", Filters(), reader, household=ref).to_dict("records")
        return {row["thing"]: (_item(row), {"status": row["status"], "owner": _text(row["owner"])}) for row in items}
    if kind.of == "step":
        steps = ask("steps", Filters(), reader, household=ref, limit=1)
        return _steps(steps)
    if kind.of == "entry":
        rows = ask("timeline", Filters(), reader, household=ref).to_dict("records")
        return {
            row["entry"]: (_entry(row), {})
            for row in rows
            if not missing(row["entry"]) and row["kind"] in _may_take_back(reader)
        }
    return {}


def _may_take_back(reader: Reader) -> set[str]:
    """The kinds as the timeline names them: a gift stands there by what was given, a step by its number."""
    gifts = set(labels.listed("gift"))
    return {kind.name for kind in offered(reader)} | gifts | {"step"}


def _steps(steps: pd.DataFrame) -> Things:
    """The steps of its checklist, or of the one it could have."""
    template = steps["template"].iloc[0] if len(steps) else TEMPLATE
    states = dict(zip(steps["step"], steps["state"], strict=True)) if len(steps) else {}
    says = {"done": t("done"), "current": t("running"), "waiting": ""}
    return {
        f"step/{template}/{n}": (f"{n} {name}" + (f" ({says[states[n]]})" if says.get(states.get(n, ""), "") else ""), {})
        for n, name in enumerate(labels.steps(template), 1)
    }


def _item(row: Mapping) -> str:
    return f"{labels.aspects()[row['aspect']]}: {row['activity']} ({labels.listed('progress')[row['status']]})"


def _entry(row: Mapping) -> str:
    told = next((str(row[name]) for name in ("told", "finding", "item") if not missing(row[name])), "")
    name = recorded.kind(row["kind"]) if row["kind"] in kinds() else labels.listed("gift").get(row["kind"], t("Step"))
    return " · ".join(filter(None, [labels.day(row["happened_on"]), name, told[:60]]))


def _text(value: object) -> str:
    return "" if missing(value) else str(value)

"""The panel in which a household's visits, plans, steps, needs and gifts are recorded at the desk."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from audit.log import today
from journal.kinds import OF_MEETING, Kind, kinds
from queries import Filters, Reader, ask
from ui.i18n import t
from ui.record import forms, saving
from ui.view import labels, recorded
from ui.view.labels import missing

TEMPLATE = "house_build"  # whose steps are offered where a household has no checklist yet
Things = dict[str, tuple[str, dict[str, object]]]  # thing -> its words, and what is known of its fields


def offered(reader: Reader) -> list[Kind]:
    """The kinds that this reader may record of a household."""
    mine = (kind for kind in kinds().values() if kind.of not in OF_MEETING and reader.may(kind.right))
    return [kind for kind in mine if "household" in kind.about]


@st.fragment
def panel(reader: Reader, ref: str) -> None:
    """The form of one kind; the page is drawn anew when something was recorded. Draws nothing for who may record nothing."""
    may = {kind.name: kind for kind in offered(reader) if kind.photos != "must"}  # a camera is where the field page is
    if not may:
        return
    with st.expander(t("Record something of this family"), key="record"):
        saving.told()
        name = st.pills(t("What is it?"), list(may), format_func=recorded.kind, key="record_kind")
        if name:
            _form(may[name], reader, ref)


def _form(kind: Kind, reader: Reader, ref: str) -> None:
    key = f"record_{kind.name}_{ref}_{saving.number()}"
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
    of = f"need/{body.get('item')}/{body.get('unit')}" if kind.of == "need" else thing  # a need's name follows from its words
    base = saving.seen(kind, reader, ref, of, f"{key}_{of}")
    if st.button(t("Record"), key=f"{key}_save", type="primary"):
        said = {"occurred_on": on.isoformat() if on else None, "body": body}
        if saving.save(kind, {"household": ref}, thing, base, said, key):
            st.query_params["household"] = ref  # what was recorded may have taken it out of the filters; it stays on the screen
            st.rerun()


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

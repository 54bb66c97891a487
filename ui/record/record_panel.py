"""The panel in which a household's visits, plans, steps, needs and gifts are recorded at the desk."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from audit.log import today
from journal.kinds import OF_MEETING, Kind, kinds
from queries import Filters, Reader, ask
from ui.i18n import t
from ui.record import drafts, forms, saving
from ui.view import labels, recorded
from ui.view.labels import missing

OPEN = "record_opened"  # session: which form was put back, so that the panel is open
CHECKLISTS = 20  # of one household; there are five templates
Things = dict[str, tuple[str, dict[str, object]]]  # thing -> its words, and what is known of its fields


def offered(reader: Reader) -> list[Kind]:
    """The kinds that this reader may record of a household."""
    elsewhere = (*OF_MEETING, "same")  # on the page of a meeting, on the review
    mine = (kind for kind in kinds().values() if kind.of not in elsewhere and reader.may(kind.right))
    return [kind for kind in mine if "household" in kind.about]


@st.fragment
def panel(reader: Reader, ref: str) -> None:
    """The form of one kind; the page is drawn anew when something was recorded. Draws nothing for who may record nothing."""
    may = {kind.name: kind for kind in offered(reader) if kind.photos != "must"}  # a camera is where the field page is
    if not may:
        return
    drafts.place("household", ref, put_back)
    opened = st.session_state.get(OPEN, "")  # another box than the one that stands there closed, so that it is drawn open
    with st.expander(t("Record something of this family"), bool(opened), key=f"record{opened}"):
        saving.told()
        if st.session_state.get("record_kind") not in may:
            st.session_state.pop("record_kind", None)
        name = st.pills(t("What is it?"), list(may), format_func=recorded.kind, key="record_kind")
        if name:
            _form(may[name], reader, ref)


def put_back(draft: drafts.Draft) -> None:
    """Open the form of a draft with what stood in it; what its household, or this role, no longer offers is left out."""
    key, thing = _key(draft.kind, draft.ref), draft.thing if _is_of_something(draft.kind) else ""
    of = _of(draft.kind, thing, draft.body)
    st.session_state.update(
        {
            OPEN: f"_{forms.number()}",
            "record_kind": draft.kind.name,
            f"{key}_id": draft.id,
            f"{key}_{of}_seen": list(draft.base),
        }
    )
    forms.put_back(
        {f"{key}_thing": thing or None}
        | forms.of_day(f"{key}_on", draft.on, ahead=False)
        | dict(forms.of_body(draft.kind, f"{key}_{thing}", draft.body))
    )


def _key(kind: Kind, ref: str) -> str:
    return f"record_{kind.name}_{ref}_{forms.number()}"


def _is_of_something(kind: Kind) -> bool:
    """Whether one of the household's items, steps or entries has to be chosen."""
    return kind.of in ("plan", "step", "entry") and kind.name != "plan_new"


def _of(kind: Kind, thing: str, body: Mapping[str, object]) -> str:
    """What an entry is of: a need's name follows from its words."""
    return f"need/{body.get('item')}/{body.get('unit')}" if kind.of == "need" else thing


def _form(kind: Kind, reader: Reader, ref: str) -> None:
    key = _key(kind, ref)
    st.caption(recorded.says(kind))
    things = _things(kind, reader, ref)
    thing = ""
    if _is_of_something(kind):
        if not things:
            st.info(t("There is nothing of this family to record it of yet."))
            return
        if st.session_state.get(f"{key}_thing") not in things:
            st.session_state.pop(f"{key}_thing", None)
        thing = st.selectbox(
            t("Which one?"), list(things), format_func=lambda one: things[one][0], key=f"{key}_thing", index=None,
            placeholder=t("Choose one"),
        )  # fmt: skip
        if not thing:
            return
    on = forms.day(t("Day on which it happened"), f"{key}_on", today(), ahead=False)
    known = things[thing][1] if thing else {}
    body = forms.body(kind, f"{key}_{thing}", known)
    of = _of(kind, thing, body)
    base = saving.seen(kind, reader, ref, of, f"{key}_{of}")
    day = on.isoformat() if on else None
    draft = drafts.Draft(saving.id_of(key), "household", ref, kind, thing, tuple(base), day, body)
    drafts.form(draft, known, f"{key}_{thing}")
    if st.button(t("Record"), key=f"{key}_save", type="primary"):
        said = {"occurred_on": day, "body": body}
        if saving.save(kind, {"household": ref}, thing, base, said, key):
            st.query_params["household"] = ref  # what was recorded may have taken it out of the filters; it stays on the screen
            st.rerun()


def _things(kind: Kind, reader: Reader, ref: str) -> Things:
    """What of the household the kind can be of."""
    if kind.of == "plan" and kind.name != "plan_new":
        items = ask("plan", Filters(), reader, household=ref).to_dict("records")
        return {row["thing"]: (_item(row), {"status": row["status"], "owner": _text(row["owner"])}) for row in items}
    if kind.of == "step":
        steps = ask("steps", Filters(), reader, household=ref, limit=CHECKLISTS)
        return _steps(steps, labels.templates(ask("household", Filters(), reader, household=ref).iloc[0]))
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


def _steps(steps: pd.DataFrame, offered: list[str]) -> Things:
    """The steps of its checklists, then those of the templates that fit what it lacks, then all others."""
    states = {(row["template"], int(row["step"])): row["state"] for row in steps.to_dict("records")}
    templates = dict.fromkeys([*steps["template"], *offered, *labels.listed("template")])
    says = {"done": t("done"), "current": t("running")}
    return {
        f"step/{template}/{n}": (
            f"{labels.template(template)}: {n} {name}"
            + (f" ({done})" if (done := says.get(states.get((template, n), ""))) else ""),
            {},
        )
        for template in templates
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

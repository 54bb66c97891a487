"""What waits for the data officer, part by part: what contradicts, what waits for something, what is proposed, what may be double.

Nothing is changed here: to settle is to record the chosen value again, to take back is an entry of its own, and what was dealt with
outside is remembered as that (`queries.decide`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from journal.kinds import kinds
from queries import Filters, Reader, Unreachable, ask, decide
from queries.ask import ALL
from queries.waiting import differing, said_in, waiting
from ui.filters.controls import chosen
from ui.i18n import language, number, t
from ui.record import forms, saving
from ui.session import audit_trail
from ui.session.page_access import guarded
from ui.view import conflict_text, labels, recorded, review_text, widgets
from ui.view.labels import missing, plain

PAGE = "review"
Rows = Sequence[Mapping[str, Any]]


@guarded(PAGE)
def settle(stands: str, all_of_them: list[str], row: Mapping, key: str) -> None:
    """Record the value of one entry again, as who has seen all of them: it takes their place."""
    try:
        said = said_in(stands, chosen()[1])
    except Unreachable:
        return  # the page says that the journal cannot be reached
    if said is not None:
        thing = said.pop("thing")
        saving.save(kinds()[row["kind"]], {"household": row["ref"]}, thing, sorted(all_of_them), said, key)


@guarded(PAGE)
def take_back(entry: str, ref: str, key: str) -> None:
    """Withdraw one of two entries that are one thing."""
    said = {"body": {"reason": t("Recorded twice", "th")}}
    saving.save(kinds()["withdrawn"], {"household": ref}, entry, [], said, key)


@guarded(PAGE)
def judge(key: str, verdict: str) -> None:
    """Remember that something was dealt with, or waits again, once it stands in the log whose word that is."""
    if audit_trail.once("judged", chosen()[1], pair=key, verdict=verdict):
        decide(key, verdict)
    else:
        st.session_state[saving.UNSAID] = True


def done(key: str, label: str) -> None:
    """The button that takes something out of the list."""
    st.button(label, key=f"done_{key}", on_click=judge, args=(key, "done"))


def fork(filters: Filters, reader: Reader, rows: Rows) -> None:
    """Entries that contradict each other, and a button beside each: this one stands."""
    first = rows[0]
    kind = kinds()[first["kind"]]
    with st.container(border=True, key=f"fork_{first['grouped']}"):
        st.markdown(f"**{plain(recorded.kind(kind.name))}** · {plain(review_text.of_what(first))}")
        widgets.household_link(filters, first["ref"], labels.place(first))
        every = [row["entry"] for row in rows]
        for row in rows:
            left, right = st.columns([3, 1], vertical_alignment="center")
            left.markdown(f"**{plain(review_text.value(row))}**  \n{plain(recorded.by_whom(row))}")
            key = f"settle_{row['entry']}_{forms.number()}"
            if reader.may(kind.right):
                right.button(t("This one stands"), key=key, on_click=settle, args=(row["entry"], every, row, key))
        if not reader.may(kind.right):
            st.caption(t("Settled by: {roles}", roles=", ".join(conflict_text.settlers(rows))))


def double(filters: Filters, reader: Reader, rows: Rows) -> None:
    """What may be one thing recorded twice."""
    first = rows[0]
    with st.container(border=True, key=f"double_{first['grouped']}"):
        st.markdown(f"**{plain(recorded.kind(first['kind']))}** · {labels.day(first['happened_on'])}")
        widgets.household_link(filters, first["ref"], labels.place(first))
        for place, row in enumerate(rows):
            left, right = st.columns([3, 1], vertical_alignment="center")
            by = recorded.by_whom(row) or t("from the register")
            left.markdown(f"{plain(review_text.value(row))}  \n{plain(by)}")
            key = f"back_{first['grouped']}_{place}_{forms.number()}"
            if not missing(row["entry"]) and reader.may(kinds()[row["kind"]].right):
                right.button(t("Take this one back"), key=key, on_click=take_back, args=(row["entry"], row["ref"], key))
        done(first["grouped"], t("Both are right"))


def correction(filters: Filters, row: Mapping) -> None:
    """What somebody says that the register has wrong."""
    with st.container(border=True, key=f"correction_{row['entry']}"):
        st.markdown(f"**{plain(row['told'])}**  \n{plain(recorded.by_whom(row))}")
        with st.container(horizontal=True, gap="small"):
            widgets.household_link(filters, row["ref"], labels.place(row))
            done(row["grouped"], t("Dealt with"))


def found(row: Mapping) -> None:
    """A family that is in no register, as far as the reader may see it."""
    with st.container(border=True, key=f"found_{row['entry']}"):
        lines = [f"**{plain(review_text.family(row))}**", plain(review_text.lacks(row)), plain(row["finding"])]
        st.markdown("  \n".join(filter(None, [*lines, plain(recorded.by_whom(row))])))
        done(row["entry"], t("Dealt with"))


def waits(filters: Filters, row: Mapping[str, str]) -> None:
    """An entry that is kept and does not count yet."""
    with st.container(border=True, key=f"waiting_{row['id']}"):
        where = labels.of_code(row["village"]) if row["village"] else ""
        year = t("Year {years}", years=row["year"]) if row["year"] else ""
        about = " · ".join(filter(None, [row["household_id"] or row["ref"][:8], year, where]))
        st.markdown(f"**{plain(recorded.kind(row['kind']))}** · {plain(about)}  \n{plain(review_text.when(row))}")
        st.caption(plain(row["why"] if language() == "th" else row["why_en"]))
        _household_or_done(filters, row, row["id"])


def differs(filters: Filters, row: Mapping[str, Any]) -> None:
    """An entry that came under the id of another one."""
    with st.container(border=True, key=f"differing_{row['key']}"):
        st.markdown(
            f"**{plain(recorded.kind(row['kind']))}** · {plain(review_text.fields(row))}  \n{plain(review_text.when(row))}"
        )
        first = {"who": row["first_who"], "received_at": row["first_at"], "occurred_on": ""}
        st.caption(t("The entry that has this id: {said}", said=plain(review_text.when(first))))
        _household_or_done(filters, row, row["key"])


def _household_or_done(filters: Filters, row: Mapping[str, Any], key: str) -> None:
    """The way to the household, where a register has it, and the button that takes the entry out of the list."""
    with st.container(horizontal=True, gap="small"):
        if row["ref"] and row["village"]:
            widgets.household_link(filters, row["ref"], t("Open the household"))
        done(key, t("Dealt with"))


def dealt_with(reader: Reader) -> dict[str, str]:
    """What was taken out of the list: its key and what it was."""
    rows = ask("review", Filters(), reader, state="decided", limit=ALL).to_dict("records")
    told = {row["grouped"]: " · ".join([recorded.kind(row["kind"]), review_text.value(row), labels.place(row)]) for row in rows}
    families = ask("found", Filters(), reader, state="decided", limit=ALL).to_dict("records")
    told |= {row["entry"]: f"{recorded.kind('found')} · {review_text.family(row)}" for row in families}
    entries = [(row["id"], row) for row in waiting(reader, dealt_with=True)]
    entries += [(row["key"], row) for row in differing(reader, dealt_with=True)]
    return told | {key: f"{recorded.kind(row['kind'])} · {review_text.when(row)}" for key, row in entries}


def again(key: str, words: str) -> None:
    """Something that was dealt with, and the button that brings it back."""
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(plain(words))
    right.button(t("Look again"), key=f"again_{key}", on_click=judge, args=(key, "open"))


def heading(name: str, count: int, says: str) -> None:
    """The heading of a part, and what to do about it."""
    st.subheader(f"{name}: {number(count)}")
    st.caption(says)

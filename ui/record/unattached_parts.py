"""Entries whose household is not certain: what they say, which households it may be, and one tap that says which it is.

All entries of the family go along, those too that a tablet sends later under the old number.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from journal.kinds import kinds
from queries import Filters, Reader, ask
from queries.record import called
from queries.waiting import candidates
from ui.filters.controls import chosen
from ui.i18n import language, number, t
from ui.record import forms, review_parts, saving
from ui.session.page_access import guarded
from ui.view import labels, recorded, review_text, widgets
from ui.view.labels import missing, plain

SAME = "same_household"
VILLAGE = 1_000  # households of a village to choose from
Rows = Sequence[Mapping[str, Any]]


def families(rows: Rows) -> list[Rows]:
    """The entries of one family together, in the order in which the first of each came."""
    order = {row["family"]: place for place, row in reversed(list(enumerate(rows)))}
    ordered = sorted(rows, key=lambda row: order[row["family"]])
    return [list(group) for _, group in groupby(ordered, key=lambda row: row["family"])]


@guarded(review_parts.PAGE)
def belong(entry: str, ref: str, key: str) -> None:
    """Record that an entry, and all of its family, are of a household."""
    said = {"body": {"reason": t("Settled on the review page", "th")}}
    saving.save(kinds()[SAME], {"household": ref}, entry, [], said, key)


def together(ref: str, other: str, key: str) -> None:
    """Record that two households of the register are one: whichever of them goes, what is recorded of both stays with the other."""
    said = {"body": {"reason": t("Settled on the page of possible duplicates", "th")}}
    saving.save(kinds()[SAME], {"household": ref}, called(other), [], said, key)


@guarded(review_parts.PAGE)
def none_of_these(entries: Sequence[str]) -> None:
    """Take the entries of a family out of the list: no household of the register is theirs."""
    for entry in entries:
        review_parts.judge(entry, "done")


def family(filters: Filters, reader: Reader, rows: Rows) -> None:
    """What is known of the entries of one family, and the households that may be theirs."""
    first = rows[0]
    with st.container(border=True, key=f"unattached_{first['id']}"):
        for row in rows[:3]:
            st.markdown(f"**{plain(recorded.kind(row['kind']))}** · {plain(review_text.when(row))}")
        more = t("and {n} more of this family", n=number(len(rows) - 3)) if rows[3:] else ""
        why = first["why"] if language() == "th" else first["why_en"]
        st.caption(plain(" · ".join(filter(None, [_about(first), why, more]))))
        may = reader.may(kinds()[SAME].right)
        for ref in candidates(first["id"], reader):
            _candidate(filters, reader, first["id"], ref, may)
        if may:
            _another(first)
        key = f"none_{first['id']}"
        st.button(t("Not any of these"), key=key, on_click=none_of_these, args=([row["id"] for row in rows],))


def _about(row: Mapping[str, Any]) -> str:
    where = labels.of_code(row["village"]) if row["village"] else ""
    year = t("Year {years}", years=row["year"]) if row["year"] else ""
    return " · ".join(filter(None, [row["household_id"] or row["ref"][:8], year, where]))


def _candidate(filters: Filters, reader: Reader, entry: str, ref: str, may: bool) -> None:
    """A household that may be meant, as far as the reader may see it, and the button that says so."""
    for row in ask("household", Filters(), reader, household=ref).to_dict("records"):
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            widgets.household_link(filters, ref, f"{_named(row)} · {t('Year {years}', years=row['register_year'])}")
        if may:
            _button(right, entry, ref)


def _button(where: Any, entry: str, ref: str) -> None:
    key = f"belong_{entry}_{ref}_{forms.number()}"
    where.button(t("This household"), key=key, on_click=belong, args=(entry, ref, key))


def _another(row: Mapping[str, Any]) -> None:
    """Any household of the village, to be found by what is typed of its name or number."""
    if not row["village"] or not row["year"]:
        return
    here = Filters(year=(row["year"],), village=(row["village"],))
    homes = ask("households", here, chosen()[1], limit=VILLAGE, sort="name").to_dict("records")
    named = {home["ref"]: _named(home) for home in homes}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    label = t("Another household of the village")
    with left:
        ref = st.selectbox(
            label, list(named), format_func=named.get, index=None, placeholder=t("Choose one"), key=f"another_{row['id']}"
        )
    if ref:
        _button(right, row["id"], ref)


def _named(row: Mapping[str, Any]) -> str:
    house = "" if missing(row["house_no"]) else t("No. {n}", n=row["house_no"])
    return " · ".join(filter(None, [labels.who(row, "head_"), f"{house} {labels.place(row)}".strip()]))

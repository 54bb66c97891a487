"""Review of possible duplicates: two records side by side with what differs, and a verdict that is remembered."""

import streamlit as st

from queries import ask, decide
from queries.warehouse import are_one
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.record import forms, saving, unattached_parts
from ui.session import audit_trail
from ui.session.page_access import guarded
from ui.view import labels, widgets

PAIRS, DECIDED = 6, 20  # of a screen
UNSAID = "duplicates_unsaid"  # session: a verdict could not be written down

filters, reader = chosen()
st.subheader(t("Possible duplicates"))
st.caption(t("All of your area."))
total = widgets.total(ask("duplicates", filters, reader, limit=1))
shown_to = audit_trail.log_before_names(reader, "list", page="duplicates", filters=filters, found=total)
if shown_to != reader:  # side by side there is nothing to see without names
    st.stop()


@guarded("duplicates")
def judge(pair: str, verdict: str) -> None:
    """Remember a verdict, once it stands in the log whose it is."""
    if audit_trail.once("judged", chosen()[1], pair=pair, verdict=verdict):
        decide(pair, verdict)
    else:
        st.session_state[UNSAID] = True


@guarded("duplicates")
def one_household(ref: str, other_ref: str, key: str) -> None:
    """Say that two households are one: what is recorded of both stays together when the register keeps one of them."""
    unattached_parts.together(ref, other_ref, key)


def offer(row: dict) -> None:
    """The button that says so, to who may record, or that it was said."""
    if are_one(row["ref"], row["other_ref"]):
        st.caption(t("Said to be one household: what is recorded of both stays with the one that the register keeps."))
    elif row["ref"] != row["other_ref"] and chosen()[1].may("records"):
        key = f"one_{row['pair']}_{forms.number()}"
        st.button(t("One household"), key=key, on_click=one_household, args=(row["ref"], row["other_ref"], key))


saving.told()
if st.session_state.pop(UNSAID, False):
    audit_trail.unwritable()
reasons = {
    "equal_citizen_id": t("the same citizen ID"),
    "alike_in_house": t("alike names in one house"),
    "alike_in_village": t("alike names in one village"),
    "two_citizen_ids": t("but two different citizen IDs that are both right"),
}


def why(row: dict) -> list[str]:
    """All that speaks for one person, the surest first, and what speaks against it."""
    alike = [] if labels.missing(row["likeness"]) else [t("likeness {n} %", n=int(row["likeness"]))]
    return [f"**{reasons[reason]}**" for reason in row["reasons"]] + alike


if not total:
    st.info(t("No two records look like the same person."))
else:
    st.markdown(
        t(
            "**{n}** pairs may be one person. Nothing is removed by itself: correct the register, or say that they differ.",
            n=number(total),
        )
    )
    rows = ask("duplicates", filters, reader, limit=PAIRS, offset=widgets.turned_to(total, PAIRS, f"page_{total}"))
    for row in rows.to_dict("records"):
        with st.container(border=True, key=f"pair_{row['pair']}"):
            st.markdown(" · ".join([*why(row), f"{t('Register year')} {', '.join(map(str, row['register_years']))}"]))
            st.table(labels.side_by_side(row), border="horizontal", alt=t("The two records side by side"))
            with st.container(horizontal=True, gap="small"):
                widgets.household_link(filters, row["ref"], t("Open the first"))
                widgets.household_link(filters, row["other_ref"], t("Open the second"))
                st.button(t("Not the same"), key=f"differ_{row['pair']}", on_click=judge, args=(row["pair"], "different"))
                offer(row)

gone = ask("duplicates", filters, reader, state="decided", limit=DECIDED)
if total_gone := widgets.total(gone):
    with st.expander(t("Said to be different: {n}", n=number(total_gone)), key="decided"):
        if offset := widgets.turned_to(total_gone, DECIDED, f"decided_{total_gone}"):
            gone = ask("duplicates", filters, reader, state="decided", limit=DECIDED, offset=offset)
        for row in gone.to_dict("records"):
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.markdown(f"{labels.plain(labels.who(row))} · {labels.plain(labels.who(row, 'other_'))}")
            right.button(t("Look again"), key=f"open_{row['pair']}", on_click=judge, args=(row["pair"], "open"))

"""Household list: search by name, house number or village, paginated; a tap opens the household."""

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.export import paper_files
from ui.filters import controls
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail, searching
from ui.session.searching import ORDERS, ROWS
from ui.view import household_text, labels, markup, widgets
from ui.view.panel import panel


def screen(filters: Filters, reader: Reader, search: str, sort: str, offset: int) -> Markup:
    """One screen of households: who and where, what they lack, how far they are."""
    rows = ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=offset)
    return Markup("").join(household(filters, row, search, sort) for row in rows.to_dict("records"))


def household(filters: Filters, row: dict, search: str, sort: str) -> Markup:
    """One household in a frame."""
    name = markup.bold(labels.head(row) or t("Household without a name"))
    house = "" if labels.missing(row["house_no"]) else t("No. {n}", n=row["house_no"])
    people = "" if labels.missing(row["people"]) else t("{n} people", n=int(row["people"]))
    where = markup.dotted([f"{house} {labels.place(row)}".strip(), people])
    status = [household_text.certification(row), labels.listed("source")[row["source"]]]
    if row["certification"] == "certified":
        status += [f"{t('4T plan')}: {labels.listed('plan')[row['plan']]}", household_text.case_of(row)]
    late = markup.bold(t("overdue items: {n}", n=row["overdue_items"])) if row["overdue_items"] else ""
    heard = Markup(" ") + markup.badge("gray", t("sounds alike")) if row["alike"] else ""
    way = markup.go("household", filters, name, household=row["ref"], **searching.way(search, sort))
    who = way + markup.text(Markup("{}{}").format(where, heard))
    return Markup('<div class="row"><div>{}</div><div>{}</div><div>{}</div></div>').format(
        who, household_text.lights(row), markup.dotted([*status, late])
    )


filters, reader = chosen()
count = int(ask("scope", filters, reader)["households"].iloc[0])
may_search_names = reader.sees("name") == "open"
label = t("Name, house number or village") if may_search_names else t("Village (names are hidden in meeting mode)")
left, right = st.columns([1, 2], vertical_alignment="bottom")
for_example = t("e.g. Moo 6 Lao Ngam, or the code of a LINE text")

search = left.text_input(
    label,
    searching.typed(),
    key="search",
    icon=":material/search:",
    autocomplete="off",
    placeholder=for_example,
    on_change=searching.keep,
).strip()
names = dict(
    zip(
        ORDERS,
        (t("By place"), t("Most dimensions first"), t("Overdue first"), t("Longest without movement first"), t("By name")),
        strict=True,
    )
)
orders = ORDERS if may_search_names else ORDERS[:-1]
with right:
    controls.option_pills("sort", t("Order"), {order: names[order] for order in orders})
sort = controls.option("sort", orders)

total = widgets.total(ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=0)) if search else count
if search:
    fields = ["name", "house_no", "village", "code"] if may_search_names else ["village", "code"]
    shown_to = audit_trail.log_before_names(reader, "search", about=search, length=len(search), fields=fields, found=total)
else:
    shown_to = audit_trail.log_before_names(reader, "list", page="households", filters=filters, found=total)
if shown_to != reader:
    reader, sort = shown_to, sort if sort != "name" else "place"
    if search:
        total = widgets.total(ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=0))
st.markdown(
    f"### {t('{n} of {total} households', n=number(total), total=number(count)) if search else t('{n} households', n=number(count))}"
)
if not total:
    st.info(t("No household matches. Check the spelling, or take a filter away."))
    st.stop()
offset = controls.turned_to(total, ROWS)
panel(screen, filters, reader, search, sort, offset)
paper_files.visit_round(filters, reader, count)

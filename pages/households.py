"""Household list: search by name, house number or village, paginated; a tap opens the household."""

from hashlib import sha256

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.export import paper_files
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import household_text, labels, markup, widgets
from ui.view.panel import panel

ROWS = 12  # of a screen; a tap stays small on a weak network
ORDERS = ("place", "deprived", "overdue", "movement", "name")


def screen(filters: Filters, reader: Reader, search: str, sort: str, offset: int) -> Markup:
    """One screen of households: who and where, what they lack, how far they are."""
    rows = ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=offset)
    return Markup("").join(household(filters, row) for row in rows.to_dict("records"))


def household(filters: Filters, row: dict) -> Markup:
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
    who = markup.household(filters, row["ref"], name) + markup.text(Markup("{}{}").format(where, heard))
    return Markup('<div class="row"><div>{}</div><div>{}</div><div>{}</div></div>').format(
        who, household_text.lights(row), markup.dotted([*status, late])
    )


filters, reader = chosen()
count = int(ask("scope", filters, reader)["households"].iloc[0])
may_search_names = reader.sees("name") == "open"
label = t("Name, house number or village") if may_search_names else t("Village (names are hidden in meeting mode)")
left, right = st.columns([1, 2], vertical_alignment="bottom")
for_example = t("e.g. Moo 6 Lao Ngam, or the code of a LINE text")
search = left.text_input(label, key="search", icon=":material/search:", autocomplete="off", placeholder=for_example).strip()
names = dict(
    zip(
        ORDERS,
        (t("By place"), t("Most dimensions first"), t("Overdue first"), t("Longest without movement first"), t("By name")),
        strict=True,
    )
)
orders = ORDERS if may_search_names else ORDERS[:-1]
sort = right.pills(t("Order"), orders, format_func=names.get, default="place", required=True, key="sort", wrap=True)

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
offset = widgets.turned_to(total, ROWS, f"page_{sha256(search.encode()).hexdigest()[:8]}_{sort}")
panel(screen, filters, reader, search, sort, offset)
paper_files.visit_round(filters, reader, count)

"""Household list: search by name, house number or village, paginated; a tap opens the household."""

from hashlib import sha256

import streamlit as st

from queries import ask
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import labels, widgets

ROWS = 12  # of a screen; a tap stays small on a weak network
ORDERS = ("place", "deprived", "overdue", "movement", "name")

filters, reader = chosen()
count = int(ask("scope", filters, reader)["households"].iloc[0])
may_search_names = reader.sees("name") == "open"
label = t("Name, house number or village") if may_search_names else t("Village (names are hidden in meeting mode)")
left, right = st.columns([1, 2], vertical_alignment="bottom")
search = left.text_input(label, key="search", icon=":material/search:", autocomplete="off").strip()
names = dict(
    zip(
        ORDERS,
        (t("By place"), t("Most dimensions first"), t("Overdue first"), t("Longest without movement first"), t("By name")),
        strict=True,
    )
)
orders = ORDERS if may_search_names else ORDERS[:-1]
sort = right.pills(t("Order"), orders, format_func=names.get, default="place", required=True, key="sort", wrap=True)

first = ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=0)
total = widgets.total(first)
if search:
    fields = ["name", "house_no", "village"] if may_search_names else ["village"]
    shown_to = audit_trail.log_before_names(reader, "search", about=search, length=len(search), fields=fields, found=total)
else:
    shown_to = audit_trail.log_before_names(reader, "list", page="households", filters=filters, found=total)
if shown_to != reader:
    reader, sort = shown_to, sort if sort != "name" else "place"
    first = ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=0)
    total = widgets.total(first)
st.markdown(
    f"### {t('{n} of {total} households', n=number(total), total=number(count)) if search else t('{n} households', n=number(count))}"
)
if not total:
    st.info(t("No household matches. Check the spelling, or take a filter away."))
    st.stop()
offset = widgets.turned_to(total, ROWS, f"page_{sha256(search.encode()).hexdigest()[:8]}_{sort}")
shown_rows = ask("households", filters, reader, search=search, sort=sort, limit=ROWS, offset=offset) if offset else first

for row in shown_rows.to_dict("records"):
    with st.container(border=True, key=f"row_{row['ref']}", gap=None):
        who, what, how = st.columns([3, 3, 3], vertical_alignment="center", gap="small")
        name = labels.head(row) or t("Household without a name")
        with who:
            widgets.household_link(filters, row["ref"], f"**{labels.plain(name)}**")
            house = "" if labels.missing(row["house_no"]) else t("No. {n}", n=labels.plain(row["house_no"]))
            people = "" if labels.missing(row["people"]) else t("{n} people", n=int(row["people"]))
            st.markdown(" · ".join(part for part in (f"{house} {labels.plain(labels.place(row))}".strip(), people) if part))
        what.markdown(labels.lights(row))
        status = [
            labels.listed("certification").get(row["certification"], t("Not proposed")),
            labels.listed("source")[row["source"]],
        ]
        if row["certification"] == "certified":
            status += [f"{t('4T plan')}: {labels.listed('plan')[row['plan']]}", labels.listed("case")[row["case"]]]
        late = f"**{t('overdue items: {n}', n=row['overdue_items'])}**" if row["overdue_items"] else ""
        how.markdown(" · ".join(part for part in (*status, late) if part))

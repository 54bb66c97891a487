"""Village funds (กข.คจ.): which villages have a problem and why, what is left to follow, the round of mobile points, the money, the forms."""

from dataclasses import replace

import streamlit as st

from queries import ask
from ui.export import downloads, programme_file
from ui.filters.controls import chosen, option, option_pills
from ui.i18n import t
from ui.programmes import debt_parts, debt_reports, debt_round, on_day
from ui.session import audit_trail, page_access
from ui.view import lists, widgets
from ui.view.copy_text import copy_text
from ui.view.panel import made, panel

filters, reader = chosen()
st.subheader(page_access.title("debts"))
places = replace(filters, year=())  # the register's years are not the fund's
years = ask("debt_years", places, reader)["fiscal_year"].astype(str).tolist()
if not years:
    panel(debt_parts.elsewhere, filters, reader)
    st.stop()
left, right = st.columns([2, 1])
with left:
    option_pills("fiscal", t("Fiscal year"), {year: year for year in years})
filters = replace(places, year=(option("fiscal", years),))
with right:
    day = on_day.pills(debt_parts.latest(filters, reader))
now = ask("debt_totals", filters, reader, day=day).iloc[0]
found = int(now["villages"])
reader = audit_trail.log_before_names(reader, "list", page="debts", filters=filters, found=found)
panel(debt_parts.sums, filters, reader, day)

if now["problems"]:
    st.subheader(t("From what was to follow to what is left"))
    option_pills("by", t("By"), {"cause": t("By cause"), "village": t("By village")}, hidden=True)
    panel(debt_parts.fall, filters, reader, day, option("by", ["cause", "village"]))
    panel(debt_parts.causes, filters, reader, day)
    st.subheader(t("Round of mobile points"))
    panel(debt_round.plan, filters, reader, day)
    with st.expander(t("As text for LINE"), key="debt_text"):
        copy_text(made(debt_round.to_copy, filters, reader, day))
        st.caption(t("The text carries no person's name."))

st.subheader(t("Villages"))
kinds = {"problem": t("With a problem"), "left": t("Left to follow"), "settled": t("Settled"), "open": t("All")}
option_pills("kind", t("Which"), kinds, hidden=True)
state = option("kind", list(kinds))
total = int(now[{"problem": "problems", "left": "unfinished", "settled": "settled", "open": "villages"}[state]])
if total:
    offset = widgets.turned_to(total, debt_parts.VILLAGES, f"debts_{total}_{state}")
    panel(debt_parts.villages, filters, reader, day, state, offset)
    lists.of_all(min(total - offset, debt_parts.VILLAGES), total)
else:
    st.info(t("No village of this kind."))

st.subheader(t("Money"))
panel(debt_parts.money, filters, reader, day)
for heading, part, question, size in (
    (t("Work in the villages"), debt_parts.done, "debt_actions", debt_parts.ACTIONS),
    (t("Household ledger"), debt_parts.ledger, "debt_loans", debt_parts.LOANS),
):
    if rows := widgets.total(ask(question, filters, reader, day=day, limit=1)):
        with st.expander(t("{heading}: {n}", heading=heading, n=rows), key=f"{question}_rows"):
            panel(part, filters, reader, day, widgets.turned_to(rows, size, f"{question}_{rows}"))

st.subheader(t("Forms"))
option_pills("as", t("Form"), debt_reports.names(), hidden=True)
form = option("as", list(debt_reports.names()))
with st.expander(debt_reports.names()[form], key="debt_form"):
    panel(debt_reports.table, filters, reader, day, form)
if reader.may("exports"):
    whole = ask("debt_villages", filters, reader, day=day, limit=found)
    filled = programme_file.form(
        f"debts_{form}", debt_reports.rows(form, filters, reader, day), filters, debt_reports.columns(form, "th")
    )
    downloads.offer([*programme_file.choices("debts", whole, filters), filled], filters, reader, f"debts {form} {day}")

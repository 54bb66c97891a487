"""Sufficiency villages: which level each reaches by its items, what the next one lacks, scores side by side, happiness, forums, families."""

from dataclasses import replace

import streamlit as st

from queries import ask
from ui.export import downloads, programme_file
from ui.filters.controls import chosen, option, option_pills
from ui.i18n import t
from ui.meeting import forum_opening, forum_screen
from ui.programmes import sufficiency_parts as parts
from ui.record import saving
from ui.session import audit_trail, page_access
from ui.view import labels, lists, widgets
from ui.view.panel import panel

ALL = "all"

filters, reader = chosen()
st.subheader(page_access.title("sufficiency"))
places = replace(filters, year=())  # the register's years are not those of assessments
saving.told()
if forum := st.query_params.get("forum"):
    forum_screen.show(forum, places, reader)
    st.stop()
years = ask("village_years", places, reader)["assessed_year"].astype(str).tolist()
if not years:
    panel(parts.elsewhere, filters, reader)
    forum_opening.offer(places, reader)
    st.stop()
names = labels.listed("instrument")
left, right = st.columns([2, 1])
with left:
    option_pills("instrument", t("Instrument"), names)
with right:
    option_pills("assessed", t("Assessed year"), {ALL: t("All years"), **{year: year for year in years}})
of, year = option("instrument", list(names)), option("assessed", [ALL, *years])
there = replace(places, year=() if year == ALL else (year,))
panel(parts.sums, there, reader, of)

st.subheader(t("Villages and their levels"))
kinds = {"open": t("All"), "differs": t("Differs from what is stated")}
option_pills("kind", t("Which"), kinds, hidden=True)
state = option("kind", list(kinds))
total = widgets.total(ask("village_levels", there, reader, instrument=of, state=state, limit=parts.VILLAGES))
if total:
    offset = widgets.turned_to(total, parts.VILLAGES, f"levels_{total}_{of}_{state}")
    panel(parts.levels, there, reader, of, state, offset)
    lists.of_all(min(total - offset, parts.VILLAGES), total)
else:
    st.info(t("No assessment of this kind."))

across = widgets.total(ask("village_items", there, reader, instrument=of, limit=parts.ACROSS))
if across:
    st.subheader(t("Scores by item and village"))
    offset = widgets.turned_to(across, parts.ACROSS, f"heat_{across}_{of}")
    panel(parts.heat, there, reader, of, offset)
if happy := widgets.total(ask("village_happiness", there, reader, limit=parts.ACROSS)):
    st.subheader(t("Gross village happiness before and after"))
    panel(parts.happiness, there, reader, widgets.turned_to(happy, parts.ACROSS, f"happy_{happy}"))

st.subheader(t("Forums"))
panel(parts.forums, there, reader)
forum_opening.offer(places, reader)

families = widgets.total(ask("model_families", places, reader, limit=parts.FAMILIES))
if families:
    st.subheader(t("Model families"))
    shown_to = audit_trail.log_before_names(reader, "list", page="sufficiency", filters=places, found=families)
    panel(parts.families, places, shown_to, widgets.turned_to(families, parts.FAMILIES, f"families_{families}"))
if reader.may("exports") and total:
    whole = lambda: ask("village_levels", there, reader, instrument=of, limit=total)  # noqa: E731
    downloads.offer(programme_file.choices("sufficiency", whole, there, "assessed_date"), there, reader, f"sufficiency {of}")

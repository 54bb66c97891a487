"""Choropleth map: the country, a province, a district, a subdistrict: each area with its figure, down to households."""

import json

import streamlit as st

from queries import as_of, ask, build, state
from queries.headlines import headlines
from ui.export import downloads, report_files
from ui.filters import controls
from ui.filters.controls import chosen, go, option, option_pills
from ui.i18n import language, number, t
from ui.map import choropleth, component, density, density_stage, messages, of_programme, outline_sets
from ui.map.classes import METHODS
from ui.session import page_access
from ui.view import coarse_counts, labels

filters, reader = chosen()
lang = language()
coarse = reader.counts == "coarse"  # figures of subdistricts at the finest, as rounded numbers only
place = choropleth.place(filters)[: 4 if coarse else 8]
named = {"province": t("Provinces"), "district": t("Districts"), "tambon": t("Subdistricts"), "village": t("Villages")}
units = {unit: named[unit] for unit in choropleth.UNITS[len(place)] if not (coarse and unit == "village")}
units |= {"density": t("Density")} if len(place) in density.LEVELS else {}
by = option("by", list(units))
columns = by == "density"
measures = {name: m for name, m in choropleth.measures(reader).items() if not columns or m["question"] == "areas"}
ways = {"count": t("Number")} | ({} if coarse else {"share": t("Percent")})
methods = dict(zip(METHODS, (t("Natural breaks"), t("Quantiles"), t("Equal steps")), strict=True))
shown_homes = {"yes": t("Shown"), "no": t("Hidden")} if len(place) >= 6 else {"no": t("Hidden"), "yes": t("Shown")}
shown_homes = {"no": t("Hidden")} if coarse else shown_homes

measure = option("measure", list(measures))
way, method, homes = option("as", list(ways)), option("classes", METHODS), option("homes", list(shown_homes))
row, share = measures[measure], way == "share"
units = {unit: name for unit, name in units.items() if unit != "density" or row["question"] == "areas"}  # of households alone
own = of_programme.years(row, filters, reader) if row["page"] else []  # of other registers than the households'
shown = of_programme.places(filters, option("fiscal", own)) if own else filters

with st.container(key="map_choices", horizontal=True, vertical_alignment="center", gap="xsmall"):
    for code in choropleth.upward(filters):
        label = labels.plain(labels.of_code(code))
        to = controls.parameters(choropleth.at(filters, code), **controls.view())
        st.page_link("../pages/map.py", label=f"**{label}**" if code == place else label, query_params=to)
    with st.popover(f"**{row[f'name_{lang}']}**", key="open_measure"):
        option_pills("measure", t("Show"), {name: m[f"name_{lang}"] for name, m in measures.items()})
    if own:
        with st.popover(f"{of_programme.year_label(row)} **{shown.year[0]}**", key="open_fiscal"):
            option_pills("fiscal", of_programme.year_label(row), {year: year for year in own})
    if len(ways) > 1:
        option_pills("as", t("Number or percent"), ways, hidden=True)
    if len(units) > 1:
        option_pills("by", t("By"), units, hidden=True)
    with st.popover(t("More choices"), icon=":material/tune:", key="open_classes"):
        option_pills("classes", t("Classes"), methods)
        if len(shown_homes) > 1 and not columns:
            option_pills("homes", t("Households on the map"), shown_homes)

view = density_stage.inner(place) if columns else choropleth.stage(place, by)
figures = choropleth.figures(shown, reader, view, measure, share, method)
outlines = outline_sets.shapes(view.coloured)
latest = of_programme.as_of(row, shown, reader) if own else as_of(filters, reader)
scope = ask("scope", filters, reader).iloc[0]
whole = row[f"whole_{lang}"]
counted_in = t("percent of {whole}", whole=whole) if share else t("number of {unit}", unit=row[f"unit_{lang}"])
title = f"{row[f'name_{lang}']} · {counted_in}"
dated = t("data as of {date}", date=labels.day(latest)) if latest else t("no dated data")
notes = [f"{of_programme.year_label(row)} {shown.year[0]}", dated, t("one scale for all years")] if own else []
notes = notes or [t("one scale for all register years")]
notes += [t("approximate outlines")] if outlines.approximate else []
spots = None
if homes == "yes" and not columns and (by != "village" or reader.sees("coordinates") == "open"):
    spots = component.homes(filters, reader, place)
    notes.append(t("{n} of {total} households have a point", n=number(scope["located"]), total=number(scope["households"])))
counted = figures.frame[figures.frame["look"] != choropleth.ELSEWHERE]
largest = [
    f"{n} {coarse_counts.in_words(v) if coarse else number(v)}"
    for n, v in zip(counted[f"name_{lang}"], counted["part"], strict=True)
    if v == v and v
]
said = " · ".join(largest[:5]) or t("none")
st.subheader(title)
if not own and not scope["households"]:
    st.info(t("No household matches these filters. Take a filter away, or show everything."))
if columns:
    found = density.columns(state(), filters, reader, place, measure, share, method)
    with st.container(key="density", gap="xsmall"):
        st.html(density.legend(found, share, row, coarse))
        flat = controls.link("map", filters, **controls.view() | {"by": None})
        alt = t("Columns: {title}. {said}", title=title, said=said)
        density_stage.drawn(found, place, share, row, coarse, figures, alt, flat)
        st.caption(" · ".join([density.sums(found, row, coarse), methods[method], *notes, dated, messages.credit(lang)]))
else:
    data = component.payload(view, figures, share, row["scheme"] == "diverging", whole, coarse) | {
        "measure": t("Percent") if share else row[f"unit_{lang}"],
        "title": title,
        "sentence": f"{controls.sentence(shown)} · {dated}",
        "method": methods[method],
        "sample": t("Sample data") if build().sample else "",
        "absent": row[f"absent_{lang}"],
        "behind": of_programme.behind(row, filters, reader, shown, latest) if own else component.behind(row, filters),
        "notes": notes,
        "alt": t("Map: {title}. {said}", title=title, said=said),
        "file": report_files.map_name(shown, measure, latest, "png") if coarse or reader.may("exports") else "",
        "opens": len(place) < (4 if coarse else 8),
        "spots": spots,
    }
    household = component.drawn(data, lambda code: go(choropleth.at(filters, code)))
    if household:
        st.switch_page("../pages/household.py", query_params=controls.parameters(filters, household=household))

if coarse:  # no list of households behind the figures, and no file of lengths that look like counts
    st.stop()
files = None
with st.container(key="map_files", horizontal=True, vertical_alignment="center"):
    if own and page_access.may_open(row["page"], reader):
        to = of_programme.way(row, filters, shown, latest)
        label = page_access.title(row["page"])
        st.page_link(f"../pages/{row['page']}.py", label=label, query_params=to, icon=":material/chevron_right:")
    if not own:
        to = controls.parameters(filters)
        label = t("List of the {n} households", n=number(scope["households"]))
        st.page_link("../pages/households.py", label=label, query_params=to, icon=":material/chevron_right:")
    if measure in (*headlines(), "households"):
        behind = controls.parameters(filters, words="listed" if measure == "households" else measure)
        st.page_link(
            "../pages/figure.py", label=t("Households of this figure"), query_params=behind, icon=":material/chevron_right:"
        )
    about = {
        "measure": measure,
        "filters": shown.address(),
        "as_of": latest and latest.isoformat(),
        "credit": messages.credit(lang),
        "sources": outlines.sources,
    }
    if reader.may("exports"):
        files = st.popover(t("Files"), icon=":material/download:", key="open_files")
if not files:
    st.stop()
with files:
    st.caption(report_files.coarse_in_words(figures.frame))

    def named(ending: str) -> str:
        """The name of a file of this map."""
        return report_files.map_name(shown, measure, latest, ending)

    def geojson() -> downloads.Content:
        """The outlines with their figures."""
        return downloads.Content(
            report_files.areas_geojson(json.loads(outlines.body), figures.frame, about), len(figures.frame), 3
        )

    choices = (
        downloads.Choice(
            t("Figures as CSV"),
            named("csv"),
            "text/csv",
            lambda: downloads.Content(report_files.areas_csv(counted, row), len(counted), 6),
        ),
        downloads.Choice(t("Map as GeoJSON"), named("geojson"), "application/geo+json", geojson),
    )
    downloads.offer(choices, shown, reader, f"map {measure} {by}")

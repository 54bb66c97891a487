"""Stage of the density view: tilted columns over outlines by pydeck, names set by the page.

Nothing outside is asked: no base map, outlines by our own addresses; and no text of deck.gl's, which breaks Thai.
"""

import json
from functools import lru_cache
from html import escape
from typing import Any

import pydeck
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from ui.i18n import language, number, t
from ui.map import camera, choropleth, outline_sets
from ui.map.classes import FEW, NO_DATA
from ui.map.density import BELOW, Columns, camera_of, hexagon
from ui.static.static_routes import address
from ui.view import coarse_counts

COVERED = 0.92  # of a hexagon's width
DIGITS = 3  # of a column's middle: a hundred metres
START = f"""export default async (c) =>
  (await import(new URL("{address("density.js")}", document.baseURI).href)).default(c)
"""

_names = st.components.v2.component("density", js=START, isolate_styles=False)


class Deck(pydeck.Deck):
    """A deck whose JSON is as short as it can be: pydeck's own has a line for every number."""

    def to_json(self) -> str:
        """The deck in one line, Thai as it is."""
        return json.dumps(self, default=default_serialize, ensure_ascii=False, separators=(",", ":"))


def deck(found: Columns, place: str, share: bool, row: dict[str, str], coarse: bool) -> Deck:
    """Columns over the outlines of a place."""
    seen = camera_of(place)
    colours = [c.colour for c in found.scale] + list(BELOW.values())
    cells = pydeck.Layer(
        "ColumnLayer",
        data=cells_of(found, seen, share, coarse),
        id="columns",
        get_position="[this[0], this[1]]",
        get_elevation="this[2]",
        get_fill_color=f"({[_rgb(c) for c in colours]})[this[3]]",
        radius=hexagon(place) * camera.WORLD * COVERED,
        radius_units="'common'",
        disk_resolution=6,
        angle=30,
        extruded=True,
        pickable=True,
        auto_highlight=True,
        wireframe=True,
        get_line_color=_rgb("#574F43"),
        material={"ambient": 0.6, "diffuse": 0.28, "shininess": 1},  # the tops are as light as the legend
    )
    return Deck(
        layers=[*outlines(place), cells],
        views=[pydeck.View(type="MapView", controller=False)],
        initial_view_state=pydeck.ViewState(
            longitude=seen.x, latitude=camera.latitude(seen.y), zoom=seen.zoom, pitch=camera.PITCH, bearing=0
        ),
        map_provider=None,
        tooltip={"html": tooltip(row, coarse), "className": "density-tip", "style": {}},
    )


def cells_of(found: Columns, seen: camera.Camera, share: bool, coarse: bool) -> list[list[Any]]:
    """A list per column: lon, lat, metres, number of its colour, its number, the whole, its percent, its villages."""
    shown = found.frame[found.frame["x"].notna()]
    percent = choropleth.tenths(shown["part"].to_numpy(), shown["whole"].to_numpy()) / 10
    high = shown["part"].mask(shown["look"] < 0, 0) if not share else (shown["look"] >= 0) * percent
    tall = camera.TALLEST / max(high.max(), 1e-9) if len(high) else 0
    colour = {FEW: len(found.scale), NO_DATA: len(found.scale) + 1}
    numbers = coarse_counts.in_words if coarse else number
    return [
        [
            round(row.x, DIGITS),
            round(row.y, DIGITS),
            seen.metres(h * tall, row.y),
            colour.get(row.look, row.look),
            t("No data") if row.look == NO_DATA else numbers(row.part),
            numbers(row.whole),
            "" if coarse or row.look < 0 else f" ({p:g}%)",
            row.places,
        ]
        for row, h, p in zip(shown.itertuples(), high, percent, strict=True)
    ]


def tooltip(row: dict[str, str], coarse: bool) -> str:
    """HTML that deck.gl fills with a column's own words, by their number in its list."""
    unit, whole = (escape(row[f"{name}_{language()}"]) for name in ("unit", "whole"))
    places = t("subdistricts in it: {n}", n="{7}") if coarse else t("villages in it: {n}", n="{7}")
    return f"<strong>{{4}} {unit}{{6}}</strong><span>{t('of {n} {whole}', n='{5}', whole=whole)}</span><small>{places}</small>"


def outlines(place: str) -> list[pydeck.Layer]:
    """The areas around a place in pale, those in it above them: by address, so that a browser fetches each once."""
    around = {0: (), 2: ("province",), 4: ("province", f"district-{place[:2]}")}[len(place)]
    pale = [_outline(name, "#FBF7EE", "#CFC4AE") for name in around]
    return [*pale, _outline(inner(place).coloured, "#F3EDE0", "#857B6B")]


def inner(place: str) -> choropleth.Stage:
    """The areas in a place that have names on the stage: provinces, districts or subdistricts."""
    return choropleth.stage(place, choropleth.UNITS[len(place)][0])


def _outline(name: str, fill: str, line: str) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        data=outline_sets.address(name),
        id=name,
        get_fill_color=_rgb(fill),
        get_line_color=_rgb(line),
        line_width_min_pixels=1,
        parameters={"depthWriteEnabled": False},  # they lie in one plane: the later covers the earlier
    )


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def names(place: str, figures: choropleth.Figures) -> list[tuple[int, int, str]]:
    """Names of the areas that have any, the largest first: px right of and below the middle of the stage, and the name."""
    outlines = inner(place).coloured
    at = _middles(place, outlines, outline_sets.shapes(outlines).version)
    counted = figures.frame[(figures.frame["part"] > 0) & (figures.frame["look"] != choropleth.ELSEWHERE)]
    ranked = counted.sort_values("part", ascending=False)[f"name_{language()}"]
    return [(*at[code], name) for code, name in ranked.items() if code in at]


@lru_cache(maxsize=128)
def _middles(place: str, outlines: str, version: str) -> dict[str, tuple[int, int]]:
    """Code -> where the label point of an area comes to."""
    areas = [f["properties"] for f in json.loads(outline_sets.shapes(outlines).body)["features"]]
    return {area["code"]: camera_of(place).spot(area["x"], area["y"]) for area in areas}


def drawn(
    found: Columns, place: str, share: bool, row: dict[str, str], coarse: bool, figures: choropleth.Figures, alt: str, flat: str
) -> None:
    """The columns with the names of the areas they stand in; `flat` is the address of the map for who has no WebGL."""
    with st.container(key="density_stage", gap=None):
        says = t("This browser cannot draw in three dimensions (WebGL). The map of areas shows the same numbers.")
        words = {"blind": says, "flat": t("Open the map of areas"), "address": flat}
        _names(data={"names": names(place, figures), **words}, key="density_names", height="content")
        st.pydeck_chart(deck(found, place, share, row, coarse), height=camera.HIGH, key="density_chart", alt=alt)

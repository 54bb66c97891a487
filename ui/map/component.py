"""Streamlit component of the map: its payload per rerun, its events, and the households drawn on it."""

import math
from collections.abc import Callable
from typing import Any

import streamlit as st

import definitions
from queries import Filters, Reader, ask
from ui.i18n import language, number, t
from ui.map import choropleth, messages, outline_sets
from ui.map.choropleth import Figures, Stage
from ui.static.static_routes import address
from ui.view import coarse_counts, figure_text, labels

# The script itself is a file of ours that the browser keeps; what Streamlit sends with every answer is this one line.
START = f"""export default async (c) =>
  (await import(new URL("{address("component.js")}", document.baseURI).href)).default(c)
"""
KEY = "map"  # one map for all places: a new key would make the browser begin anew at every tap
HEXAGON = 22  # px from its middle to a corner: some 600 on a screen, each with room for a finger
POINTS = 250  # households of one screen that are drawn one by one; more are gathered in hexagons
CLOSE = {0: 75, 2: 400, 4: 2_000, 6: 8_000, 8: 16_000}  # px per degree of the first view, by digits of the place
THAILAND = "97.3,5.5,105.7,20.6"

_map = st.components.v2.component("atlas", js=START, isolate_styles=False)


def drawn(data: dict[str, Any], on_area: Callable[[str], None]) -> str | None:
    """Mount the map; returns the household tapped in this run, if any. `on_area` is called with the code of a tapped area."""

    def tapped() -> None:
        if code := st.session_state[KEY].get("area"):
            on_area(code)

    answer = _map(
        data=data,
        key=KEY,
        height="content",
        on_view_change=lambda: None,
        on_area_change=tapped,
        on_household_change=lambda: None,
    )
    return answer.get("household")


def payload(view: Stage, figures: Figures, share: bool, change: bool, whole: str, coarse: bool = False) -> dict[str, Any]:
    """What the browser gets per rerun: URLs of outline sets, and figures in the order of the coloured set; it joins the two."""
    rest = figures.frame.iloc[figures.outlined :]
    return {
        "shapes": outline_sets.address(view.coloured),
        "under": [outline_sets.address(name) for name in view.under],
        "over": outline_sets.address(view.over) if view.over else None,
        "fit": view.fit,
        "files": outline_sets.shapes(view.coloured).sources,
        "cells": bool(outline_sets.shapes(view.coloured).approximate),
        "lang": language(),
        "rate": share,
        "coarse": definitions.rule("small_cell") if coarse else 0,
        "base": whole,
        **figures.packed,
        "unmapped": [
            {
                "code": code,
                "name": labels.named({"code": code, **row}),
                "n": None if row["part"] != row["part"] else int(row["part"]),
                "of": int(row["whole"]),
                "look": row["look"],
            }
            for code, row in (rest.to_dict("index").items() if len(rest) else ())
        ],
        "classes": [
            {"colour": c.colour, "hatched": c.hatched, "text": range_text(c.low, c.high, share, change, coarse)}
            for c in figures.scale
        ],
        "lost": t("The outlines could not be fetched. Check the connection and tap again."),
        "words": messages.address(language()),
    }


def behind(row: dict[str, str], filters: Filters) -> dict[str, Any]:
    """Where the households behind a number of the table are: of part and of whole, without the area, which the browser adds."""
    anywhere = filters.without("province", "district", "tambon", "village")
    told = {part: figure_text.of_measure(row, part, anywhere) for part in ("part", "whole")}
    ways = {part: figure_text.address(of, words) for part, (words, of) in told.items()}
    return {**ways, "chosen": choropleth.chosen_places(filters)}


def range_text(low: int, high: int, share: bool, change: bool, coarse: bool = False) -> str:
    """Legend text of one class; of a diverging scale with its direction."""

    def text(value: int) -> str:
        return f"{number(value / 10, 1)}%" if share else coarse_counts.in_words(value) if coarse else number(value)

    if change and high < 0:
        return t("Fewer by {n}", n=range_text(-high, -low, share, False))
    if change and low > 0:
        return t("More by {n}", n=range_text(low, high, share, False))
    if change:
        return t("No change")
    if coarse:  # every figure is a multiple: a class begins with one
        low = max(low, -(-low // step) * step) if low >= (step := definitions.rule("small_cell")) else low
    return text(low) if low == high else f"{text(low)} – {text(high)}"


def homes(filters: Filters, reader: Reader, place: str) -> dict[str, Any]:
    """Households in the viewport: points where few, hexagonal bins where many; village counts without the right to coordinates.

    Binning is done in DuckDB, so it costs the same for 100 households and for 100,000.
    """
    if reader.sees("coordinates") != "open":
        rows = ask("village_spots", filters, reader)
        name = "name_en" if language() == "en" else "name_th"
        villages = zip(rows["lon"], rows["lat"], rows["households"], rows[name], strict=True)
        items = [{"x": round(x, 4), "y": round(y, 4), "n": int(n), "name": label} for x, y, n, label in villages]
        return {"kind": "villages", "items": items, "most": int(rows["households"].max() if len(rows) else 1)}
    reported = (st.session_state.get(KEY) or {}).get("view") or {}
    viewport: dict[str, Any] = reported if reported.get("place") == place else {"box": THAILAND, "k": CLOSE[len(place)]}
    # Sizes in steps of two: panning and small pinches keep the same hexagons.
    size = HEXAGON / 2 ** round(math.log2(viewport["k"]))
    hexagons = ask("hexagons", filters, reader, view=viewport["box"], size=size)
    if hexagons["households"].sum() <= POINTS:
        rows = ask("spots", filters, reader, view=viewport["box"], limit=POINTS)
        points = zip(rows["longitude"], rows["latitude"], rows.to_dict("records"), strict=True)
        items = [
            {"x": round(x, 5), "y": round(y, 5), "ref": row["ref"], "overdue": bool(row["overdue"]), "name": labels.place(row)}
            for x, y, row in points
        ]
        return {"kind": "points", "items": items}
    cells = zip(hexagons["x"], hexagons["y"], hexagons["households"], strict=True)
    items = [{"x": round(x, 5), "y": round(y, 5), "n": int(n)} for x, y, n in cells]
    return {"kind": "hexagons", "items": items, "size": size, "most": int(hexagons["households"].max())}

"""Density: households in hexagons, counted in DuckDB at the points of their villages; classes, legend and what they add up to."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np
import pandas as pd
import shapely

import definitions
from queries import Filters, Reader, ask
from ui.i18n import language, number, t
from ui.map import camera, choropleth, component, outline_sets
from ui.map.classes import FEW, NO_DATA, Class
from ui.view import coarse_counts

LEVELS = (0, 2, 4)  # digits of the places that have it: below a district the map shows each village, and homes
ACROSS = 55  # hexagons' sides along the root of a place's box: 1,260 in it at most, whatever the data
BELOW = {FEW: "#B9AE98", NO_DATA: "#FFFDF8"}  # what is no class has no height, and these colours


@dataclass(frozen=True)
class Columns:
    """A row per hexagon of the chosen year: x, y (degrees; null for villages without a point), places, part, whole, look."""

    frame: pd.DataFrame
    scale: tuple[Class, ...]


@lru_cache(maxsize=128)
def outline_of(place: str) -> np.ndarray:
    """Points of a place's outline: lon, degrees of Mercator."""
    outlines = outline_sets.shapes("province" if len(place) < 4 else f"district-{place[:2]}")
    inside = [f["geometry"] for f in json.loads(outlines.body)["features"] if f["properties"]["code"].startswith(place)]
    points = shapely.get_coordinates(shapely.from_geojson([json.dumps(geometry) for geometry in inside]))
    return np.column_stack([points[:, 0], [camera.mercator(lat) for lat in points[:, 1]]])


@lru_cache(maxsize=128)
def camera_of(place: str) -> camera.Camera:
    """Where a place is seen from: its outline stays, whatever is loaded."""
    return camera.Camera.over(outline_of(place))


def hexagon(place: str) -> float:
    """A hexagon's side, which is its middle to a corner, in degrees of Mercator."""
    return math.sqrt(float(np.prod(np.ptp(outline_of(place), axis=0)))) / ACROSS


@lru_cache(maxsize=256)
def columns(of: str, filters: Filters, reader: Reader, place: str, measure: str, share: bool, method: str) -> Columns:
    """Part, whole and class of every hexagon of the year chosen, classed over all years as the areas are."""
    row = choropleth.measures()[measure]
    every_year = ask("density", filters.without("year"), reader, size=hexagon(place))
    part, whole, look, scale = choropleth.classed(every_year, row, reader, share, method)
    frame = every_year[["register_year", "x", "y", "places"]].assign(part=part, whole=whole, look=look)
    return Columns(frame[frame["register_year"].astype(str).isin(filters.year)].drop(columns="register_year"), tuple(scale))


def legend(found: Columns, share: bool, row: dict[str, str], coarse: bool) -> str:
    """HTML of the classes that have a column, each with its colour, range and number of columns."""
    few = t("Base of fewer than {n}", n=definitions.rule("small_base"))
    texts = [component.range_text(c.low, c.high, share, False, coarse) for c in found.scale]
    boxes = [(i, c.colour, text) for i, (c, text) in enumerate(zip(found.scale, texts, strict=True))]
    boxes += [(FEW, BELOW[FEW], few), (NO_DATA, BELOW[NO_DATA], row[f"absent_{language()}"])]
    looks = found.frame.loc[found.frame["x"].notna(), "look"].value_counts()
    items = [
        f'<li><span class="atlas-swatch" style="background:{colour}"></span>{escape(text)} '
        f"<small>{t('columns: {n}', n=number(looks[look]))}</small></li>"
        for look, colour, text in boxes
        if look in looks
    ]
    return f'<ul aria-label="{t("Legend")}">{"".join(items)}</ul>'


def sums(found: Columns, row: dict[str, str], coarse: bool) -> str:
    """What the columns add up to, and who stands in none of them."""
    numbers = coarse_counts.in_words if coarse else number
    placed = found.frame["x"].notna()
    (on, on_of), (off, off_of) = (found.frame.loc[rows, ["part", "whole"]].sum() for rows in (placed, ~placed))
    text = t("the columns hold {n} of {total} {whole}", n=numbers(on), total=numbers(on_of), whole=row[f"whole_{language()}"])
    rest = [t("{n} of {total} without a place on the map", n=numbers(off), total=numbers(off_of))] if off_of else []
    where = (
        t("counted at the point of the subdistrict") if coarse else t("counted at the point of the village, not of the home")
    )
    return " · ".join([text, *rest, where])

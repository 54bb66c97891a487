"""Choropleth data: outline layers around the chosen place, and numerator, denominator and class of every area."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

import definitions
from queries import DESK, Filters, Reader, ask, may_ask, state
from queries.coarse_figures import amount
from queries.filters import DIGITS as CODES
from ui.map.classes import FEW, NO_DATA, Class, classes, placed
from ui.map.outline_sets import shapes

ELSEWHERE = -3  # an area of the outlines that the reader's filters leave out
MARKS = {NO_DATA: "n", FEW: "f", ELSEWHERE: "e"}  # sent to the browser instead of a class number, one letter an area
DIGITS = {name: digits for name, digits in CODES.items() if name != "year"}
UNITS_OF = ("part_units", "whole_units")  # columns of a measure of money: how many loans or households stand behind it
LEVELS = {code: level for level, code in DIGITS.items()}  # digits -> level
UNITS = {0: ("province", "district"), 2: ("district", "tambon"), 4: ("tambon", "village"), 6: ("village",), 8: ("village",)}


@dataclass(frozen=True)
class Stage:
    """The layers of one view, as names of outline sets: coloured, context in pale below, borders above."""

    fit: str  # the code of the place that fills the screen; "" is the country
    by: str
    coloured: str
    under: tuple[str, ...]
    over: str


def chosen_places(filters: Filters) -> tuple[str, ...]:
    """Codes of the finest chosen level; empty is everywhere."""
    return filters.village or filters.tambon or filters.district or filters.province


def place(filters: Filters) -> str:
    """Lowest common ancestor of the chosen places: "" is the country, else a code of 2 to 8 digits."""
    codes = chosen_places(filters)
    holding = (
        {code[:digits] for code in codes} for digits in sorted(LEVELS, reverse=True) if all(len(c) >= digits for c in codes)
    )
    return next((shared.pop() for shared in holding if len(shared) == 1), "")


def stage(fit: str, by: str) -> Stage:
    """The layers that show the units `by` within the place `fit`."""
    around = f"district-{fit[:2]}"
    if not fit:
        return Stage(fit, by, "province" if by == "province" else "country", (), "" if by == "province" else "province")
    if by == "district":
        return Stage(fit, by, around, ("province",), "")
    if by == "tambon":
        return Stage(fit, by, f"tambon-{fit}", ("province", around), around if len(fit) == 2 else "")
    near = f"tambon-{fit[:4]}"
    return Stage(fit, by, f"village-{fit[:6]}", (around, near), near if len(fit) == 4 else "")


def upward(filters: Filters) -> list[str]:
    """Breadcrumb: codes from the country down to the chosen place."""
    fit = place(filters)
    return [fit[:digits] for digits in (0, 2, 4, 6, 8) if digits <= len(fit)]


def at(filters: Filters, code: str) -> Filters:
    """The same filters in another place."""
    there = filters.without("province", "district", "tambon", "village").address()
    if code:
        there[LEVELS[len(code)]] = [code]
    return Filters.of(
        there | ({"district": [code[:4]]} if len(code) > 4 else {}) | ({"tambon": [code[:6]]} if len(code) > 6 else {})
    )


@dataclass(frozen=True)
class Figures:
    """Numerator (part), denominator (whole) and class (NO_DATA, FEW, ELSEWHERE or an index of `scale`) of every area.

    `frame` has a row per code: part, whole (both null for areas without a register), look, name_th, name_en, of a measure of
    money also part_units and whole_units; first the areas of the outlines in the order of their file, then those without one.
    """

    frame: pd.DataFrame
    scale: tuple[Class, ...]
    outlined: int
    packed: dict[str, str]  # part, whole and look of the outlined areas, each as one text ("8,,16" and "0n1"): lists cost more


def measures(reader: Reader = DESK) -> dict[str, dict[str, str]]:
    """Measure -> its row of definitions/measures.csv, for those that this reader's answers have; of other registers than the households'
    where they are kept."""
    registered = {row["measure"]: row for row in definitions.table("measures")}
    if reader.counts != "coarse":
        return {name: row for name, row in registered.items() if not row["page"] or _kept(row, reader)}
    published = set(ask("areas", Filters(), reader).columns)
    return {
        name: row for name, row in registered.items() if row["question"] == "areas" and {row["part"], row["whole"]} <= published
    }


def _kept(row: dict[str, str], reader: Reader) -> bool:
    """Whether the register behind a measure is kept, and the measure's denominator is known, in the areas of a reader."""
    if not may_ask(row["question"], reader):
        return False
    return bool(ask(row["question"], Filters(), reader, by="total")[row["whole"]].notna().any())


def figures(filters: Filters, reader: Reader, view: Stage, measure: str, share: bool, method: str) -> Figures:
    """The figures of one measure over the layers of `view`, as counts or as shares of the denominator.

    The scale is made from all register years of these areas: two years of one place are compared on the same classes.
    """
    return _figures(state(), shapes(view.coloured).version, filters, reader, view, measure, share, method)


@lru_cache(maxsize=512)
def _figures(
    of: str, outlines: str, filters: Filters, reader: Reader, view: Stage, measure: str, share: bool, method: str
) -> Figures:
    row = next(row for row in definitions.table("measures") if row["measure"] == measure)
    every_year = ask(row["question"], filters.without("year"), reader, by=view.by)
    part, whole, look, scale = classed(every_year, row, reader, share, method)
    areas = every_year[["register_year", "code", "name_th", "name_en"]].assign(part=part, whole=whole, look=look)
    areas = areas.assign(**{name: every_year[row[name]] for name in UNITS_OF if row[name]})
    areas = areas[areas["register_year"].astype(str).isin(filters.year)].set_index("code") if filters.year else areas.iloc[:0]
    named = shapes(view.coloured).names
    areas = areas.reindex([*named, *(code for code in areas.index if code not in named)])
    areas["name_th"] = [named[c][0] if c in named else n for c, n in areas["name_th"].items()]
    areas["name_en"] = [named[c][1] if c in named else n for c, n in areas["name_en"].items()]
    areas["look"] = areas["look"].fillna(NO_DATA).astype(int)
    areas.loc[[not _within(code, filters) for code in areas.index], "look"] = ELSEWHERE
    numbers = areas[["part", "whole"]].iloc[: len(named)].astype("Int64").astype("string").fillna("")
    packed = {name: ",".join(numbers[name]) for name in numbers}
    packed["look"] = "".join(MARKS.get(look, str(look)) for look in areas["look"].iloc[: len(named)])
    return Figures(areas.drop(columns="register_year"), tuple(scale), len(named), packed)


def classed(
    every_year: pd.DataFrame, row: dict[str, str], reader: Reader, share: bool, method: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[Class]]:
    """Part, whole and class of every row of an answer, as `Figures` has them, and the classes; `row` is the measure's."""
    if reader.counts == "coarse":  # lengths to draw; ui/view/coarse_counts.py says what they mean
        part, whole = (every_year[row[c]].map(amount).to_numpy("float64") for c in ("part", "whole"))
    else:
        part, whole = (every_year[row[c]].to_numpy("float64", na_value=np.nan) for c in ("part", "whole"))
        part = np.where(np.isnan(part) & (whole >= 0), 0, part)
    whole = np.nan_to_num(whole)
    ticks = tenths(part, whole) if share else part
    look = np.where((whole == 0) | np.isnan(part), NO_DATA, 0)
    if share:
        base = every_year[row["whole_units"]].to_numpy("float64", na_value=0) if row["whole_units"] else whole
        look = np.where((look == 0) & (base < definitions.rule("small_base")), FEW, look)
    scale = classes(ticks[look == 0].astype("int64"), method, row["scheme"] == "diverging")
    look[look == 0] = placed(ticks[look == 0], scale)
    return part, whole, look, scale


def tenths(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Shares in tenths of a percent, half up; what is not nought never reads as nought. The map's script counts the same."""
    size = np.floor((2000 * np.abs(part) + whole) / np.maximum(2 * whole, 1))
    return np.sign(part) * np.maximum(size, part != 0)


def _within(code: str, filters: Filters) -> bool:
    chosen = chosen_places(filters)
    return not chosen or any(code.startswith(c) or c.startswith(code) for c in chosen)

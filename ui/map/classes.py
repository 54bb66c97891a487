"""Data classification for choropleths: natural breaks (Jenks), quantiles, equal intervals; closed ranges without a gap.

Values are classed as they are shown: whole households, or shares in tenths of a percent. So they are integers here, and an
area whose number is read off the screen stands in the class whose range holds that number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import jenkspy
import numpy as np

METHODS = ("natural", "quantile", "equal")
MOST = 5  # classes of a sequential scale beside nought; more shades are not distinguishable on a projector
SAMPLED = 1_000  # values that natural breaks look at: their cost grows with the square, their picture does not
NO_DATA, FEW = -1, -2  # what an area can be instead of a class: no denominator, or one too small for a share

# Lightness falls by a step that a greyscale print keeps apart; one hue, so no colour-blindness mixes them up.
SEQUENTIAL = ("#DCEDE9", "#A8D1C8", "#68AB9F", "#2E7F73", "#0F463F")
NOUGHT = "#FFFDF8"
FEWER = ("#B9D8D0", "#2E7F73")  # teal against brown-red: kept apart by every common colour-blindness, and hatched as well
MORE = ("#F0B58F", "#A8431F")


@dataclass(frozen=True)
class Class:
    """One class: the closed range [low, high], its colour, and whether it is hatched."""

    low: int
    high: int
    colour: str
    hatched: bool = False


def classes(values: Sequence[int] | np.ndarray, method: str, diverging: bool = False) -> list[Class]:
    """Classify `values`: classes in rising order, none where there are no values.

    Nought is a class of its own: "nobody" must not look like "a few". A diverging scale is the same on both sides of it.
    Raises ValueError for an unknown method.
    """
    if method not in METHODS:
        raise ValueError(f'"{method}" is not one of {", ".join(METHODS)}')
    integers = np.asarray(values, dtype=np.int64)
    if not len(integers):
        return []
    nought = [Class(0, 0, NOUGHT)] if (integers == 0).any() or diverging else []
    if diverging:
        ends = _ends(np.abs(integers[integers != 0]), method, len(MORE))
        if not ends:
            return nought
        ranges = list(zip([1, *(end + 1 for end in ends)], ends, strict=False))
        fewer = [Class(-high, -low, colour) for (low, high), colour in zip(ranges, FEWER[-len(ranges) :], strict=True)]
        more = [Class(low, high, colour, True) for (low, high), colour in zip(ranges, MORE[-len(ranges) :], strict=True)]
        return [*reversed(fewer), *nought, *more]
    positive = integers[integers > 0]
    ends = _ends(positive, method, MOST)
    lows = [int(positive.min()), *(end + 1 for end in ends)] if ends else []
    shades = [SEQUENTIAL[round(i)] for i in np.linspace(0, MOST - 1, len(ends))] if len(ends) > 1 else [SEQUENTIAL[2]]
    return nought + [Class(low, high, colour) for low, high, colour in zip(lows, ends, shades, strict=False)]


def _ends(values: np.ndarray, method: str, most: int) -> list[int]:
    """Upper bounds of at most `most` classes, rising; one per distinct value where there are fewer."""
    if not len(values):
        return []
    distinct = np.unique(values)
    if len(distinct) <= most:
        return [int(v) for v in distinct]
    if method == "natural":
        if len(values) > SAMPLED:
            values = np.sort(values)[np.linspace(0, len(values) - 1, SAMPLED).astype(int)]
        ends = jenkspy.jenks_breaks(values.astype(float), n_classes=min(most, len(np.unique(values))))[1:]
    elif method == "quantile":
        ends = np.quantile(values, np.arange(1, most + 1) / most, method="inverted_cdf")
    else:
        low, high = int(distinct[0]), int(distinct[-1])
        ends = [low - 1 + (high - low + 1) * i // most for i in range(1, most + 1)]
    return sorted({int(end) for end in ends} | {int(distinct[-1])} - {0})


def placed(values: np.ndarray, scale: Sequence[Class]) -> np.ndarray:
    """Index of the class of each value."""
    return np.searchsorted([c.high for c in scale], values, side="left")

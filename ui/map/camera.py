"""Fixed camera of the density view: where it stands so that a place fills the stage, and where a point comes to on the screen.

Columns that cannot be turned need no labels that follow, and leave the finger to the page. Coordinates are degrees of Mercator; the
perspective is deck.gl's own: its camera stands one and a half stages away.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

WIDE, HIGH = 900, 560  # px: as wide as a tablet's page, as high as a projector shows below the controls
EDGE = 16  # px between the place and the edge of the stage
CLOSEST = 60_000  # px per degree: a village
PITCH = 45  # degrees from straight down: columns stand out and hide little
TALLEST = 110  # px of the tallest column where it stands nearest the middle
AWAY = 1.5 * HIGH  # px from the middle of the stage to the camera
WORLD = 512 / 360  # px per degree at zoom 0
METRES = 111_319.49  # per degree on the equator


def mercator(lat: float) -> float:
    """Degrees of latitude in degrees of Mercator."""
    return math.degrees(math.log(math.tan(math.radians(45 + lat / 2))))


def latitude(y: float) -> float:
    """The inverse of `mercator`."""
    return 2 * math.degrees(math.atan(math.exp(math.radians(y)))) - 90


@dataclass(frozen=True)
class Camera:
    """The middle of the stage (degrees of Mercator) and px per degree there."""

    x: float
    y: float
    k: float

    @classmethod
    def over(cls, outline: np.ndarray) -> "Camera":
        """The nearest camera that shows all points (lon, y) of an outline, with room above it for the columns at its far edge."""
        (west, south), (east, north) = outline.min(0), outline.max(0)
        near, far = _ground(EDGE - HIGH / 2), _ground(HIGH / 2 - EDGE - TALLEST / 2)
        x, y = (west + east) / 2, south + (north - south) * -near / (far - near)
        low, high = 1.0, float(CLOSEST)
        while high / low > 1.001:
            middle = cls(x, y, math.sqrt(low * high))
            low, high = (middle.k, high) if middle.shows(outline) else (low, middle.k)
        return cls(x, y, low)

    def shows(self, outline: np.ndarray) -> bool:
        """Whether all points (lon, y) come to the stage."""
        if (_shrunk((outline[:, 1] - self.y) * self.k) <= 0).any():
            return False  # behind the camera
        right, below = self._on_stage(outline[:, 0], outline[:, 1])
        return bool((abs(right) <= WIDE / 2 - EDGE).all() and (below <= HIGH / 2 - EDGE).all()) and bool(
            (below >= EDGE + TALLEST / 2 - HIGH / 2).all()
        )

    @property
    def zoom(self) -> float:
        """As deck.gl counts it."""
        return math.log2(self.k / WORLD)

    def metres(self, high: float, lat: float) -> int:
        """Metres of a column that shall be so many px high."""
        return round(high * METRES * math.cos(math.radians(lat)) / self.k)

    def spot(self, lon: float, lat: float) -> tuple[int, int]:
        """px right of and below the middle of the stage, on the ground."""
        right, below = self._on_stage(lon, mercator(lat))
        return round(right), round(below)

    def _on_stage(self, x: Any, y: Any) -> tuple[Any, Any]:  # numbers or arrays of them
        away = (y - self.y) * self.k
        shrunk = _shrunk(away)
        return (x - self.x) * self.k / shrunk, -away * math.cos(math.radians(PITCH)) / shrunk


def _shrunk(away: Any) -> Any:
    """How many times smaller things are so many px behind the middle than in it."""
    return 1 + away * math.sin(math.radians(PITCH)) / AWAY


def _ground(above: float) -> float:
    """px on the ground behind the middle that come to so many px above it on the screen."""
    return above * AWAY / (AWAY * math.cos(math.radians(PITCH)) - above * math.sin(math.radians(PITCH)))

"""Outlines of the nation's districts, which come with the project."""

import hashlib
import re
from functools import cache

import shapely

from installation.paths import GEO

DISTRICTS = GEO / "district.geojson"
BORDER = 0.025  # degrees: two kilometres for an outline that was simplified, and the rounding of the point


def version() -> bytes:
    """What the outlines of a build depend on besides its files."""
    return hashlib.sha256(DISTRICTS.read_bytes()).digest()


@cache
def districts() -> dict[str, shapely.Geometry]:
    """District code -> outline, the nation's."""
    text = DISTRICTS.read_text(encoding="utf-8")  # 1 MB; reading codes and shapes apart takes a third of the time
    codes = re.findall(r'"properties":\{"code":"(\d{4})"', text)
    return dict(zip(codes, shapely.get_parts(shapely.from_geojson(text)), strict=True))

"""A map as lines to draw: outlines of the parts of a place, each with its name, its number and a shade."""

import json
from math import cos, radians

from installation.paths import GEO
from queries import NOBODY, Filters, ask

SPAN = 1000  # parts of the longer side in which a place's points are told
SHADES = 5
NATIONAL = "กรมแผนที่ทหาร 2562 ผ่าน geoBoundaries (CC BY 3.0 IGO) ลดรายละเอียด"


def drawn(within: str, by: str, numbers: dict[str, tuple[str, int | None]]) -> dict | None:
    """The parts of `within` at level `by` as rings of whole numbers; None where nobody has their outlines.

    `numbers` are name and figure by code. y grows downwards, as on paper; `across` and `down` are the size in the same parts.
    """
    outlines = _official(within, by) if by in ("province", "district") else _built(within, by)
    if not outlines:
        return None
    points = [point for one in outlines for ring in one["rings"] for point in ring]
    west, south = min(x for x, _ in points), min(y for _, y in points)
    east, north = max(x for x, _ in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    scale = SPAN / max((east - west) * narrow, north - south)

    def at(point: list[float]) -> list[int]:
        return [round((point[0] - west) * narrow * scale), round((north - point[1]) * scale)]

    most = max((number or 0 for _, number in numbers.values()), default=0)
    areas = [
        {
            "rings": [_thinned([at(point) for point in ring]) for ring in one["rings"]],
            "label": at(one["label"]),
            "name": numbers.get(one["code"], (one["name"], None))[0] or one["name"],
            "number": numbers.get(one["code"], ("", None))[1],
            "shade": _shade(numbers.get(one["code"], ("", None))[1], most),
        }
        for one in outlines
    ]
    size = {"across": round((east - west) * narrow * scale), "down": round((north - south) * scale)}
    return {**size, "areas": areas, "approximate": any(one["approximate"] for one in outlines), "credit": _credit(outlines)}


def _credit(outlines: list[dict]) -> str:
    """Where the lines come from."""
    about = "แนวเขตโดยประมาณ ไม่ใช่แนวเขตทางราชการ (เส้นประ)" if any(one["approximate"] for one in outlines) else ""
    named = sorted({one["source"] for one in outlines if not one["approximate"]})
    return " · ".join(filter(None, [about, f"แนวเขต: {', '.join(named)}" if named else ""]))


def _shade(number: int | None, most: int) -> int:
    """0 for none or no number, else 1 to SHADES by its part of the largest."""
    return 0 if not number else -(-SHADES * number // most)


def _thinned(ring: list[list[int]]) -> list[list[int]]:
    """Without points that fall together."""
    return [point for n, point in enumerate(ring) if n == 0 or point != ring[n - 1]]


def _built(within: str, by: str) -> list[dict]:
    rows = ask("shapes", Filters(), NOBODY, level=by, within=within).to_dict("records")
    return [
        {
            "code": row["code"],
            "name": row["name_th"] or row["code"],
            "label": [row["lon"], row["lat"]],
            "rings": _rings(json.loads(row["geometry"])),
            "approximate": row["basis"] == "approximate",
            "source": row["source"] or "",
        }
        for row in rows
    ]


def _official(within: str, by: str) -> list[dict]:
    """Provinces or districts from data/geo, where those files are."""
    path = GEO / f"{by}.geojson"
    if not path.exists():
        return []
    found = [f for f in json.loads(path.read_text("utf-8"))["features"] if f["properties"]["code"].startswith(within)]
    return [
        {
            "code": f["properties"]["code"],
            "name": f["properties"]["name_th"],
            "label": [f["properties"]["x"], f["properties"]["y"]],
            "rings": _rings(f["geometry"]),
            "approximate": False,
            "source": NATIONAL,
        }
        for f in found
    ]


def _rings(geometry: dict) -> list[list[list[float]]]:
    """Every ring of a polygon or of several."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]

"""Outline sets as content-addressed GeoJSON: the hash is part of the URL, so a browser caches each for ever.

Names of sets: `province` (77, simplified), `country` (928 districts, simplified), `district-34` (the districts of a province),
`tambon-34`, `tambon-3421`, `village-3421`, `village-342106` (what a build has of the subdistricts or villages in an area).
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from installation.paths import GEO
from queries import NOBODY, Filters, NoBuild, ask, build
from ui.static import compressed
from ui.static.static_routes import FOREVER

NATIONAL = {"province", "country"}
LEVELS = ("tambon", "village")


@dataclass(frozen=True)
class Shapes:
    """One outline set: GeoJSON bytes, content hash, names by code, and its provenance."""

    body: bytes
    version: str
    names: dict[str, tuple[str, str]]  # code -> Thai and English name, in the order of the file
    approximate: frozenset[str]
    sources: tuple[str, ...]  # the files that brought official outlines


def shapes(name: str) -> Shapes:
    """The named set in the current build; raises KeyError for an unknown name."""
    level, _, within = name.partition("-")
    if name in NATIONAL:
        return _national(name, "")
    if not within.isdigit():
        raise KeyError(name)
    if level == "district":
        return _national("district", within)
    if level in LEVELS:
        return _built(build().id, level, within)
    raise KeyError(name)


def address(name: str) -> str:
    """URL of a set, with its content hash."""
    return f"/geo/{shapes(name).version}/{name}.geojson"


def routes() -> list[Route]:
    """The one route of all sets."""
    return [Route("/geo/{version}/{name}.geojson", send)]


def send(request: Request) -> Response:
    """Serve one set; immutable only if the requested version is the current one."""
    try:
        outlines = shapes(request.path_params["name"])
    except (KeyError, NoBuild):
        return Response(status_code=404)
    keep = FOREVER if outlines.version == request.path_params["version"] else "no-store"
    return compressed.answer(request, outlines.body, "application/geo+json", keep)


@lru_cache(maxsize=128)
def _national(file: str, within: str) -> Shapes:
    whole = json.loads((GEO / f"{file}.geojson").read_text(encoding="utf-8"))
    features = [f for f in whole["features"] if f["properties"]["code"].startswith(within)]
    return _packed(features, frozenset(), ())


@lru_cache(maxsize=128)
def _built(build_id: str, level: str, within: str) -> Shapes:
    rows = ask("shapes", Filters(), NOBODY, level=level, within=within).to_dict("records")
    features = [
        {
            "type": "Feature",
            "properties": {
                k: row[c]
                for k, c in (("code", "code"), ("name_th", "name_th"), ("name_en", "name_en"), ("x", "lon"), ("y", "lat"))
            },
            "geometry": json.loads(row["geometry"]),
        }
        for row in rows
    ]
    cells = frozenset(row["code"] for row in rows if row["basis"] == "approximate")
    return _packed(features, cells, tuple(sorted({row["source"] for row in rows if row["basis"] == "official"})))


def _packed(features: list[dict], approximate: frozenset[str], sources: tuple[str, ...]) -> Shapes:
    for feature in features:
        feature["properties"]["approximate"] = feature["properties"]["code"] in approximate
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")).encode()
    named = {f["properties"]["code"]: (f["properties"]["name_th"], f["properties"]["name_en"]) for f in features}
    return Shapes(body, sha256(body).hexdigest()[:12], named, approximate, sources)

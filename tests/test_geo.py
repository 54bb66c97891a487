"""The outlines in data/geo: every district once, no overlap, no crack, and close to the official ones where those are at hand."""

import gzip
import json
import re
from pathlib import Path

import geothai
import numpy as np
import pytest
import shapely

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "geo"
OFFICIAL = ROOT.parent / "shared" / "geo" / "thailand_amphoe.geojson"
MOST = {"district": 260_000, "country": 150_000, "province": 50_000}  # bytes on the wire
WORST = {"district": 0.64, "country": 0.4}  # overlap over union; data/geo/README.md says which and why
every_file = pytest.mark.parametrize("name", MOST)
both_finenesses = pytest.mark.parametrize("name", ["district", "country"])


def features(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def outlines(path: Path) -> dict[str, shapely.Geometry]:
    return {f["properties"]["code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features(path)}


@every_file
def test_every_area_of_the_national_list_is_there_once_in_order_with_its_names(name: str) -> None:
    provinces = geothai.provinces()
    listed = provinces if name == "province" else [d for p in provinces for d in geothai.districts(p.code)]
    expected = sorted((area.code, area.name_th, area.name_en) for area in listed)
    names = [tuple(f["properties"][k] for k in ("code", "name_th", "name_en")) for f in features(FOLDER / f"{name}.geojson")]
    assert names == expected and len(names) == (77 if name == "province" else 928)


@every_file
def test_neighbours_share_their_border_without_overlap_or_crack(name: str) -> None:
    shapes = list(outlines(FOLDER / f"{name}.geojson").values())
    assert shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)
    assert [
        hole.area for part in shapely.get_parts(whole) for hole in map(shapely.Polygon, part.interiors) if hole.area < 1e-3
    ] == []


@every_file
def test_labels_stand_inside_and_coordinates_are_short_and_thai(name: str) -> None:
    text = (FOLDER / f"{name}.geojson").read_text(encoding="utf-8")
    shapes, read = outlines(FOLDER / f"{name}.geojson"), features(FOLDER / f"{name}.geojson")
    assert [
        f["properties"]["code"]
        for f in read
        if not shapely.contains_xy(shapes[f["properties"]["code"]], f["properties"]["x"], f["properties"]["y"])
    ] == []
    assert not re.search(r"\d\.\d{5}", text)
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    assert 97.3 < west < east < 105.7 and 5.6 < south < north < 20.5
    parts = shapely.get_parts(list(shapes.values()))
    assert shapely.is_ccw(shapely.get_exterior_ring(parts)).all()
    assert len(gzip.compress(text.encode())) < MOST[name]


def test_a_province_is_the_sum_of_its_districts() -> None:
    provinces, parts = outlines(FOLDER / "province.geojson"), outlines(FOLDER / "country.geojson")
    for code, province in provinces.items():
        whole = shapely.union_all([shape for district, shape in parts.items() if district.startswith(code)])
        assert shapely.symmetric_difference(province, whole).area < 1e-9, code


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official outlines are not beside the project")
@both_finenesses
def test_they_lie_where_the_official_ones_lie(name: str) -> None:
    ours, official = outlines(FOLDER / f"{name}.geojson"), outlines(OFFICIAL)
    assert ours.keys() == official.keys()
    here, there = (shapely.make_valid([shapes[code] for code in sorted(ours)]) for shapes in (ours, official))
    both = shapely.area(shapely.intersection(here, there)) / shapely.area(shapely.union(here, there))
    assert np.median(both) >= 0.95
    assert both.min() > WORST[name]  # a wrong code would be near nought

"""Outlines: official files of any layout load or say why not; cells nest; points are held against both."""

import json
import zipfile
from pathlib import Path

import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import inputs, load
from etl.shapes import _apart, districts
from etl.store import Store
from tests.drawn import Warehouse, loaded, register, write_csv

ROOT = Path(__file__).parent.parent.parent
OFFICIAL = ROOT.parent / "shared" / "geo" / "ubon_tambon.geojson"
WEST, EAST = "342101", "342106"  # two subdistricts of Pho Sai as squares side by side, 0.1 degrees wide
SQUARES = {WEST: shapely.box(105.2, 15.7, 105.3, 15.8), EAST: shapely.box(105.3, 15.7, 105.4, 15.8)}
HOMES = """
    household_id | village_code | latitude | longitude
    W1           | 34210101     | 15.75    | 105.22
    W2           | 34210102     | 15.72    | 105.28
    E1           | 34210601     | 15.75    | 105.35
    E2           | 34210602     | 15.78    | 105.38
"""


def geojson(
    path: Path, shapes: dict[str, shapely.Geometry | None], name: str = "code", prefix: str = "", **more: object
) -> Path:
    """A file of outlines, one feature per code."""
    features = [
        {"type": "Feature", "properties": {name: prefix + code}, "geometry": shape and json.loads(shapely.to_geojson(shape))}
        for code, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def drawn_by_a_map_program(path: Path, shapes: dict[str, shapely.Geometry], crs: str = "EPSG:4326") -> Path:
    """The same as a GeoPackage or shapefile, with the fields of the HDX files."""
    fields = ["ADM3_PCODE", "ADM3_TH"]
    data = [[f"TH{code}" for code in shapes], ["โพธิ์ไทร"] * len(shapes)]
    import numpy as np

    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(list(shapes.values()), object)),
        [np.array(d, object) for d in data],
        fields,
        geometry_type="Polygon",
        crs=crs,
        encoding="utf-8",
    )
    return path


def shapefile(path: Path, shapes: dict[str, shapely.Geometry], crs: str = "EPSG:4326") -> Path:
    folder = path.parent / "shp"
    folder.mkdir()
    drawn_by_a_map_program(folder / "tha_admin3.shp", shapes, crs)
    with zipfile.ZipFile(path, "w") as archive:
        for part in folder.iterdir():
            archive.write(part, part.name)
    return path


def homes(folder: Path, text: str = HOMES) -> Path:
    return write_csv(folder / "บ้าน.csv", register("household", text))


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Load files into a fresh folder and ask of it."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    return lambda *files: loaded(tmp_path / "data", *files)


def shapes_of(w: Warehouse, level: str, within: str = "") -> dict[str, dict]:
    rows = w.ask("shapes", level=level, within=within)
    return {row["code"]: row | {"shape": shapely.from_geojson(row["geometry"])} for row in rows}


LAYOUTS = {
    "plain code": lambda folder: geojson(folder / "t.geojson", SQUARES),
    "HDX, new names": lambda folder: geojson(folder / "t.json", SQUARES, "adm3_pcode", "TH"),
    "HDX, old names": lambda folder: geojson(folder / "t.geojson", SQUARES, "ADM3_PCODE", "TH"),
    "GeoPackage": lambda folder: drawn_by_a_map_program(folder / "t.gpkg", SQUARES),
    "zipped shapefile": lambda folder: shapefile(folder / "t.zip", SQUARES),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_outlines_with_their_source(built, tmp_path: Path, layout: str) -> None:
    file = LAYOUTS[layout](tmp_path)
    w = built(homes(tmp_path), file)
    found = shapes_of(w, "tambon")
    for code, square in SQUARES.items():
        assert (found[code]["basis"], found[code]["source"]) == ("official", file.name)
        assert shapely.symmetric_difference(found[code]["shape"], square).area < 1e-7
        assert found[code]["shape"].contains(shapely.Point(found[code]["lon"], found[code]["lat"]))
    (sheet,) = [s for s in w.report["files"] if s["register"] == "tambon_shape"]
    assert (sheet["rows_in"], sheet["rows_kept"], sheet["rows_refused"]) == (2, 2, 0)
    (missing,) = [p for p in sheet["problems"] if p["severity"] == "notice"]
    assert missing["row"] is None and "4 (342102, 342103, 342104, 342105)" in missing["message"]


def test_each_refused_feature_is_named_by_its_number_and_the_others_are_kept(built, tmp_path: Path) -> None:
    bow = shapely.Polygon([(105.1, 15.6), (105.2, 15.7), (105.2, 15.6), (105.1, 15.7)])
    bad = {"999999": SQUARES[WEST], "โพธิ์ไทร": SQUARES[WEST], "342102": None, "342103": shapely.box(2, 48, 3, 49), "342104": bow}
    w = built(homes(tmp_path), geojson(tmp_path / "t.geojson", SQUARES | bad))
    found = {(p["row"], p["fault"]) for p in w.problems() if p["fault"] != "missing_tambons"}
    assert found == {
        (3, "unknown_tambon"),
        (4, "unknown_tambon"),
        (5, "no_outline"),
        (6, "far_outline"),
        (7, "repaired_outline"),
    }
    (sheet,) = [s for s in w.report["files"] if s["register"] == "tambon_shape"]
    assert (sheet["rows_in"], sheet["rows_kept"], sheet["rows_refused"]) == (7, 3, 4)
    assert {c for c, s in shapes_of(w, "tambon").items() if s["basis"] == "official"} == {WEST, EAST, "342104"}


def test_a_code_twice_in_one_file_is_refused_and_in_two_files_the_later_holds(built, tmp_path: Path) -> None:
    first = geojson(tmp_path / "a.geojson", SQUARES)
    text = first.read_text()
    first.write_text(text.replace(f'"code": "{EAST}"', f'"code": "{WEST}"'))
    w = built(homes(tmp_path), first)
    assert {(p["row"], p["fault"]) for p in w.problems()} >= {(2, "repeated_key")}
    moved = {WEST: shapely.box(105.2, 15.7, 105.3, 15.79)}
    w = built(geojson(tmp_path / "b.geojson", moved))
    assert shapes_of(w, "tambon")[WEST]["source"] == "b.geojson"
    assert [p["expected"] for p in w.problems() if p["fault"] == "replaced_outline"] == ["b.geojson"]
    w = built(geojson(tmp_path / "b.geojson", {EAST: SQUARES[EAST]}))  # the same name replaces
    assert {c: shapes_of(w, "tambon")[c]["source"] for c in SQUARES} == {WEST: "a.geojson", EAST: "b.geojson"}


def zip_bomb(path: Path) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("tha_admin3.shp", "w", force_zip64=True) as part,
    ):
        for _ in range(700):
            part.write(bytes(1 << 20))
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


REFUSED = {
    "cut off": (lambda f: written(f / "t.geojson", geojson(f / "x", SQUARES).read_bytes()[:-40]), "unreadable_outlines"),
    "renamed text": (lambda f: written(f / "t.gpkg", "ไม่ใช่แผนที่".encode()), "unreadable_outlines"),
    "empty": (lambda f: written(f / "t.zip", b""), "unreadable_outlines"),
    "zip bomb": (lambda f: zip_bomb(f / "t.zip"), "unreadable_outlines"),
    "a bare .shp": (lambda f: written(f / "t.shp", b"\0\0\x27\x0a" + bytes(96)), "unreadable_outlines"),
    "no code": (lambda f: geojson(f / "t.geojson", SQUARES, "name"), "no_code_property"),
    "metres": (lambda f: drawn_by_a_map_program(f / "t.gpkg", {WEST: shapely.box(5e5, 1.7e6, 5.1e5, 1.8e6)}, "EPSG:32648"), "other_coordinates"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_file_of_outlines_is_refused_whole_and_says_why(built, tmp_path: Path, what: str) -> None:
    before = built(homes(tmp_path))
    make, fault = REFUSED[what]
    store = Store(before.folder)
    with store.lock():
        said = load(store, [make(tmp_path)], "th")
    assert said["outcome"] == "refused" and store.current() == before.report["build"]
    (file,) = said["files"]
    assert len(file["problems"]) == 1 and file["problems"][0]["row"] is None and "Traceback" not in json.dumps(said)
    assert {"unreadable_outlines": "อ่านไฟล์แนวเขตไม่ได้", "no_code_property": "ไม่มีรหัสตำบล", "other_coordinates": "EPSG:32648"}[
        fault
    ] in file["problems"][0]["message"]


def test_outlines_alone_leave_the_sample_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    w = loaded(tmp_path / "data", geojson(tmp_path / "t.geojson", SQUARES))
    assert w.ask("build")[0]["sample"] and len(w.ask("summary")) and shapes_of(w, "tambon")[WEST]["basis"] == "official"
    w = loaded(tmp_path / "data", homes(tmp_path))
    assert not w.ask("build")[0]["sample"] and w.ask("summary")[0]["households"] == 4
    assert not inputs(Store(w.folder).accepted())[1]


def test_a_second_build_does_not_read_the_file_again_and_gives_the_same(built, tmp_path: Path) -> None:
    first = shapes_of(built(homes(tmp_path), geojson(tmp_path / "t.geojson", SQUARES)), "tambon")
    prepared = sorted((tmp_path / "data" / "shapes").iterdir())
    times = [p.stat().st_mtime_ns for p in prepared]
    again = shapes_of(built(write_csv(tmp_path / "more.csv", register("visit", "household_id\nW1"))), "tambon")
    assert [p.stat().st_mtime_ns for p in prepared] == times and len(prepared) == 2
    assert {c: s["geometry"] for c, s in again.items()} == {c: s["geometry"] for c, s in first.items()}
    assert all(p.stat().st_mode & 0o077 == 0 for p in prepared if p.suffix == ".parquet")


def test_cells_fill_the_district_and_nest(built, tmp_path: Path) -> None:
    w = built(homes(tmp_path))
    tambons, villages = shapes_of(w, "tambon"), shapes_of(w, "village")
    assert {c: (s["basis"], s["source"]) for c, s in tambons.items()} == dict.fromkeys(
        SQUARES, ("approximate", "household_points")
    )
    for code, tambon in tambons.items():
        inner = [v["shape"] for c, v in villages.items() if c.startswith(code)]
        assert shapely.symmetric_difference(shapely.union_all(inner), tambon["shape"]).area < 1e-6
        assert sum(v.area for v in inner) == pytest.approx(tambon["shape"].area, rel=1e-3)
    whole = shapely.union_all([t["shape"] for t in tambons.values()])
    assert shapely.symmetric_difference(whole, districts()["3421"]).area < 1e-4
    assert shapely.intersection(tambons[WEST]["shape"], tambons[EAST]["shape"]).area < 1e-5


def test_cells_of_villages_lie_in_the_official_outline_and_the_rest_is_left_to_others(built, tmp_path: Path) -> None:
    w = built(homes(tmp_path), geojson(tmp_path / "t.geojson", {WEST: SQUARES[WEST]}))
    tambons, villages = shapes_of(w, "tambon"), shapes_of(w, "village")
    assert (tambons[WEST]["basis"], tambons[EAST]["basis"]) == ("official", "approximate")
    west = shapely.union_all([v["shape"] for c, v in villages.items() if c.startswith(WEST)])
    assert shapely.symmetric_difference(west, SQUARES[WEST]).area < 1e-6
    assert shapely.intersection(tambons[EAST]["shape"], SQUARES[WEST]).area < 1e-6


def test_a_lonely_household_does_not_give_away_its_door(built, tmp_path: Path) -> None:
    w = built(
        homes(
            tmp_path,
            "household_id | village_code | latitude | longitude\nW1 | 34210101 | 15.75432 | 105.22567\nE1 | 34210601 | 15.71234 | 105.31234",
        )
    )
    here = {c: (v["lon"], v["lat"]) for c, v in shapes_of(w, "village").items()}
    exact = homes(
        tmp_path,
        "household_id | village_code | latitude | longitude\nW1 | 34210101 | 15.75 | 105.23\nE1 | 34210601 | 15.71 | 105.31",
    )
    assert {c: (v["lon"], v["lat"]) for c, v in shapes_of(built(exact), "village").items()} == here


def test_the_village_register_knows_better_than_its_households(built, tmp_path: Path) -> None:
    told = write_csv(
        tmp_path / "v.csv",
        register("village", "village_code | latitude | longitude\n34210101 | 15.76 | 105.25\n34210102 | 15.72 | 105.28"),
    )
    villages = shapes_of(built(homes(tmp_path), told), "village")
    assert {c: v["source"] for c, v in villages.items()} == {
        "34210101": "village_register",
        "34210102": "village_register",
        "34210601": "household_points",
        "34210602": "household_points",
    }


def test_without_any_point_nothing_is_drawn(built, tmp_path: Path) -> None:
    w = built(homes(tmp_path, "household_id | house_no\nA | 1\nB | 2"))
    assert shapes_of(w, "tambon") == {} and shapes_of(w, "village") == {}


def test_points_are_held_against_their_subdistrict_with_the_distance(built, tmp_path: Path) -> None:
    planted = """
        household_id | village_code | latitude | longitude
        inside       | 34210101     | 15.75    | 105.25
        near         | 34210101     | 15.75    | 105.3020
        neighbour    | 34210101     | 15.75    | 105.35
        nowhere      | 34210101     | 15.75    | 105.10
        no_outline   | 34210301     | 15.75    | 105.25
    """
    w = built(homes(tmp_path, planted), geojson(tmp_path / "t.geojson", SQUARES))
    found = {p["row"]: p for p in w.problems() if p["fault"] == "outside_tambon"}
    assert set(found) == {4, 5}  # 2 is inside, 3 lies within the tolerance, 6 has nothing to be held against
    east = 0.05 * 111.32 * 0.9625  # km of 0.05 degrees at 15.75 north
    assert f"{east:.1f} กม." in found[4]["expected"] and "เหล่างาม" in found[4]["found"]
    assert f"{2 * east:.1f} กม." in found[5]["expected"] and "(" not in found[5]["found"]
    assert w.household("neighbour")["latitude"] == 15.75


def test_points_abroad_and_swapped_are_found_without_outlines_and_drawn_nowhere(built, tmp_path: Path) -> None:
    planted = """
        household_id | village_code | latitude | longitude
        right        | 34210101     | 15.75    | 105.25
        swapped      | 34210101     | 105.25   | 15.75
        laos         | 34210101     | 16.60    | 105.30
        border       | 34210101     | 15.995   | 105.355
        sea          | 34210101     | 9.0      | 102.0
        paris        | 34210101     | 48.8     | 2.3
        half         | 34210101     |          | 105.25
    """
    w = built(homes(tmp_path, planted))
    assert {p["row"]: p["fault"] for p in w.problems()} == {
        3: "swapped_coordinates",
        4: "outside_thailand",
        6: "outside_thailand",
        7: "outside_thailand",
    }
    drawn = {h: w.household(h)["latitude"] for h in ("right", "swapped", "laos", "border", "sea", "paris")}
    assert drawn == {"right": 15.75, "swapped": None, "laos": None, "border": 15.995, "sea": None, "paris": None}
    assert w.ask("scope")[0]["located"] == 2 and w.ask("scope")[0]["households"] == 7


@settings(max_examples=30)
@given(st.lists(st.sampled_from([(105.2, 15.7), (105.21, 15.7), (105.2, 15.72)]), min_size=1, max_size=30))
def test_points_rounded_to_one_are_moved_apart_and_stay_near(points: list[tuple[float, float]]) -> None:
    import numpy as np

    moved = _apart(np.array(points))
    assert len({tuple(p) for p in moved.round(6)}) == len(points)
    assert np.abs(moved - points).max() <= 2e-3 * len(points) ** 0.5


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official outlines are not beside the project")
def test_the_official_file_of_ubon_loads_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    w = loaded(tmp_path / "data", OFFICIAL)
    (sheet,) = w.report["files"]
    assert (sheet["rows_in"], sheet["rows_kept"], sheet["rows_refused"], sheet["problems"]) == (219, 219, 0, [])
    official = [s["shape"] for s in shapes_of(w, "tambon", "34").values() if s["basis"] == "official"]
    assert len(official) == 219 and shapely.coverage_is_valid(official)
    assert [
        p for p in w.problems() if p["fault"] == "outside_tambon"
    ] == []  # the sample's invented points lie in their subdistricts

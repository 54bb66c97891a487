"""Outlines: official files of any layout load or say why not; cells nest; points are held against both."""

import contextlib
import http.server
import json
import re
import threading
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.build import Inputs
from etl.load import inputs, load
from etl.outlines.build_shapes import _apart, _cells
from etl.outlines.districts import BORDER, DISTRICTS, districts
from etl.outlines.read_official import prepare
from etl.store import Store
from queries import NotAllowed, Reader
from queries.reader import NATION
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


def drawn_by_a_map_program(
    path: Path, shapes: dict[str, shapely.Geometry], crs: str = "EPSG:4326", thai: str = "ADM3_TH", encoding: str = "utf-8"
) -> Path:
    """The same as a GeoPackage or shapefile, with the fields of the HDX files."""
    fields = ["ADM3_PCODE", thai]
    data = [[f"TH{code}" for code in shapes], ["โพธิ์ไทร"] * len(shapes)]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(list(shapes.values()), object)),
        [np.array(d, object) for d in data],
        fields,
        geometry_type="Polygon",
        crs=crs,
        encoding=encoding,
    )
    return path


def rows(file: Path) -> pd.DataFrame:
    """What the child makes of a file, without the child."""
    prepare(str(file), file.with_suffix(".parquet"))
    return pd.read_parquet(file.with_suffix(".parquet"))


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
    w = built(geojson(tmp_path / "b.geojson", {EAST: SQUARES[EAST]}))  # of another subdistrict: no name replaces
    assert {c: shapes_of(w, "tambon")[c]["source"] for c in SQUARES} == {WEST: "b.geojson", EAST: "b (2).geojson"}
    w = built(geojson(tmp_path / "b.geojson", {EAST: SQUARES[EAST].buffer(-0.01)}))  # of the same: its newer version
    assert w.report["replaced"] == ["b (2).geojson"] and shapes_of(w, "tambon")[EAST]["source"] == "b (2).geojson"


def test_of_a_code_twice_the_first_that_can_be_used_is_kept(tmp_path: Path) -> None:
    shapes = [None, SQUARES[WEST], SQUARES[WEST]]
    file = geojson(tmp_path / "t.geojson", dict(zip("abc", shapes, strict=True)))
    for letter in "abc":
        file.write_text(file.read_text().replace(f'"code": "{letter}"', f'"code": "{WEST}"'))
    store = Store(tmp_path / "data")
    with store.lock():
        _, sheet = load(store, [homes(tmp_path), file], "en")["files"]
    assert (sheet["rows_in"], sheet["rows_kept"], sheet["rows_refused"]) == (3, 1, 2)
    assert [p["row"] for p in sheet["problems"] if p["severity"] == "error"] == [1, 3]


def test_islands_holes_and_borders_of_many_corners_keep_their_common_border(tmp_path: Path) -> None:
    wave = [(105.3 + 0.002 * (n % 2), 15.7 + n / 1000) for n in range(101)]
    west = shapely.Polygon([(105.2, 15.7), *wave, (105.2, 15.8)], [shapely.box(105.22, 15.72, 105.23, 15.73).exterior])
    islands = shapely.union_all([west, shapely.box(105.1, 15.7, 105.11, 15.71)])
    made = rows(geojson(tmp_path / "t.geojson", {WEST: islands, EAST: shapely.difference(SQUARES[EAST], west)}))
    shapes = shapely.from_geojson(made["geometry"])
    assert list(made["state"]) == ["ok", "ok"] and [len(shapely.get_parts(s)) for s in shapes] == [2, 1]
    assert shapely.coverage_is_valid(shapes) and shapely.area(shapely.union_all(shapes)) == pytest.approx(
        sum(shapely.area(shapes))
    )
    assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(shapes))).all()  # RFC 7946
    assert not re.search(r"\d\.\d{5}", "".join(made["geometry"]))
    assert shapely.contains_xy(shapes, made["lon"], made["lat"]).all() and made["lon"][0] > 105.2  # on the mainland


def test_a_zip_of_all_levels_gives_the_areas_of_subdistricts(tmp_path: Path) -> None:
    point = shapely.Point(105.25, 15.75)
    parts = {
        "tha_admin2.geojson": geojson(tmp_path / "2", {"3421": SQUARES[WEST]}, "adm2_pcode", "TH"),
        "tha_adminpoints.geojson": geojson(tmp_path / "p", {WEST: point}, "adm3_pcode", "TH"),
        "tha_admin3.geojson": geojson(tmp_path / "3", SQUARES, "adm3_pcode", "TH"),
        "readme.txt": written(tmp_path / "r", b"words"),
    }
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for name, part in parts.items():
            archive.write(part, f"ทั้งประเทศ/{name}")
    made = rows(tmp_path / "t.zip")
    assert list(made["code"]) == list(SQUARES) and set(made["state"]) == {"ok"}


@pytest.mark.parametrize(("encoding", "cpg"), [("cp874", "874"), ("cp874", "TIS-620"), ("UTF-8", "UTF-8"), ("cp874", "UTF-8")])
def test_thai_in_a_shapefile_is_no_hindrance_whatever_its_encoding(tmp_path: Path, encoding: str, cpg: str) -> None:
    with pytest.warns() if encoding == "UTF-8" else contextlib.nullcontext():  # a heading is cut at 10 bytes, amid a letter
        drawn_by_a_map_program(tmp_path / "t.shp", SQUARES, thai="ชื่อตำบล", encoding=encoding)
    (tmp_path / "t.cpg").write_text(cpg)
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for part in tmp_path.glob("t.[!z]*"):
            archive.write(part, part.name)
    assert list(rows(tmp_path / "t.zip")["code"]) == list(SQUARES)


@pytest.mark.parametrize("said", [342101, 342101.0, " TH342101 "])
def test_a_code_may_be_a_number_or_have_blanks_around(tmp_path: Path, said: object) -> None:
    file = geojson(tmp_path / "t.geojson", {"x": SQUARES[WEST], "y": SQUARES[EAST]})
    file.write_text(file.read_text().replace('"x"', json.dumps(said)).replace('"y"', "null"))
    assert list(rows(file)["code"].fillna("")) == [WEST, ""]


@pytest.mark.parametrize(
    "shape", [shapely.box(-180, -90, 180, 90), shapely.box(15.2, 105.2, 15.3, 105.3), shapely.box(5e5, 1.7e6, 5.1e5, 1.8e6)]
)
def test_an_outline_that_reaches_beyond_thailand_is_far(tmp_path: Path, shape: shapely.Geometry) -> None:
    assert list(rows(geojson(tmp_path / "t.geojson", {WEST: shape, EAST: SQUARES[EAST]}))["state"]) == ["far", "ok"]


ELSEWHERE = {
    "vrt.json": "<OGRVRTDataSource><OGRVRTLayer name='t'><SrcDataSource>{there}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "pipeline.json": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {there} ! write --of stream streamed_dataset"}}',
    "service.json": "<OGRWFSDataSource><URL>{there}?SERVICE=WFS</URL></OGRWFSDataSource>",
    "virtual.shp": "<OGRVRTDataSource><OGRVRTLayer name='t'><SrcDataSource>{there}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_that_names_another_file_or_an_address_opens_neither(tmp_path: Path, name: str) -> None:
    asked = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    beside = geojson(tmp_path / "beside.geojson", SQUARES)
    for there in (str(beside), f"/vsicurl/http://127.0.0.1:{server.server_port}/t.geojson"):
        text = ELSEWHERE[name].format(there=there.removeprefix("/vsicurl/") if "WFS" in ELSEWHERE[name] else there)
        file = tmp_path / name
        if file.suffix == ".shp":
            file = tmp_path / "t.zip"
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr(name, text)
        else:
            file.write_text(text)
        try:
            fault = prepare(str(file), tmp_path / "out.parquet")["fault"]
        except pyogrio.errors.DataSourceError:
            fault = "unreadable_outlines"
        assert fault == "unreadable_outlines"
    server.shutdown()
    assert asked == [] and not (tmp_path / "out.parquet").exists()


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
    "empty": (lambda f: written(f / "t.zip", b""), "empty_sheet"),
    "zip bomb": (lambda f: zip_bomb(f / "t.zip"), "unreadable_outlines"),
    "a bare .shp": (lambda f: written(f / "t.shp", b"\0\0\x27\x0a" + bytes(96)), "unreadable_outlines"),
    "nothing": (lambda f: geojson(f / "t.geojson", {}), "empty_sheet"),
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
    assert str(tmp_path) not in json.dumps(said, ensure_ascii=False) and not list((tmp_path / "data").glob("shapes/*"))
    assert {
        "unreadable_outlines": "อ่านไฟล์แนวเขตไม่ได้",
        "empty_sheet": "ไม่มีแถวข้อมูล",
        "no_code_property": "ไม่มีรหัสตำบล",
        "other_coordinates": "EPSG:32648",
    }[fault] in file["problems"][0]["message"]


def test_outlines_alone_leave_the_sample_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    w = loaded(tmp_path / "data", geojson(tmp_path / "t.geojson", SQUARES))
    assert w.ask("build")[0]["sample"] and len(w.ask("summary")) and shapes_of(w, "tambon")[WEST]["basis"] == "official"
    w = loaded(tmp_path / "data", homes(tmp_path))
    assert not w.ask("build")[0]["sample"] and w.ask("summary")[0]["households"] == 4
    store = Store(w.folder)
    assert not inputs(store, store.accepted(), {}).sample


@pytest.mark.builds
def test_a_second_build_does_not_read_the_file_again_and_gives_the_same(built, tmp_path: Path) -> None:
    first = shapes_of(built(homes(tmp_path), geojson(tmp_path / "t.geojson", SQUARES)), "tambon")
    prepared = sorted((tmp_path / "data" / "shapes").iterdir())
    times = [p.stat().st_mtime_ns for p in prepared]
    again = shapes_of(built(write_csv(tmp_path / "more.csv", register("visit", "household_id\nW1"))), "tambon")
    assert [p.stat().st_mtime_ns for p in prepared] == times and len(prepared) == 1
    assert {c: s["geometry"] for c, s in again.items()} == {c: s["geometry"] for c, s in first.items()}
    assert all(p.stat().st_mode & 0o077 == 0 for p in (prepared[0], prepared[0].parent))


def test_prepared_outlines_may_be_deleted_and_old_ones_go(built, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "shapes"
    built(homes(tmp_path), geojson(tmp_path / "t.geojson", SQUARES))
    (made,) = folder.iterdir()
    made.rename(folder / made.name.replace(made.name[-16:], "00000000.parquet"))  # as an earlier version called it
    first = built(write_csv(tmp_path / "more.csv", register("visit", "household_id\nW1")))
    assert [p.name for p in folder.iterdir()] == [made.name] and shapes_of(first, "tambon")[WEST]["basis"] == "official"
    store = Store(first.folder)
    with store.lock():
        said = load(store, [geojson(tmp_path / "other.geojson", {"999999": SQUARES[WEST]})], "th")
    assert said["outcome"] == "refused" and [p.name for p in folder.iterdir()] == [made.name]


def test_the_same_inputs_give_the_same_outlines_and_faults_and_a_changed_district_another_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = homes(tmp_path), geojson(tmp_path / "t.geojson", {WEST: SQUARES[WEST]})
    found = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
        w = loaded(folder, *files)
        found.append([w.ask("shapes", level=level, within="") for level in ("tambon", "village")] + [w.problems()])
    assert found[0] == found[1]
    before = Inputs([], False, {}).identity(b"")
    (tmp_path / "district.geojson").write_bytes(DISTRICTS.read_bytes().replace(b"105.", b"104.", 1))
    monkeypatch.setattr("etl.outlines.districts.DISTRICTS", tmp_path / "district.geojson")
    assert Inputs([], False, {}).identity(b"") != before


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
    for row in [*tambons.values(), *villages.values()]:
        assert row["parent"] == row["code"][:-2] and not re.search(r"\d\.\d{5}", row["geometry"])
        assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(row["shape"]))).all()


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 50)), min_size=1, max_size=25),
    st.sampled_from(["3421", "9201", "1001"]),
)
def test_cells_part_their_area_without_overlap_or_gap(steps: list[tuple[int, int]], district: str) -> None:
    area = districts()[district]
    west, south, _, _ = area.bounds
    villages = pd.DataFrame(steps, columns=["lon", "lat"]) / 100 + np.array([west, south])
    villages = villages.round(2).assign(code=[f"{district}{n:04}" for n in range(len(steps))], source="household_points")
    cells = [cell[3] for cell in _cells(villages, area)]
    near = shapely.dwithin(area, shapely.points(villages["lon"], villages["lat"]), BORDER)
    assert bool(cells) == near.any() and all(shapely.is_valid(c) and not c.is_empty for c in cells)
    if cells:
        whole = shapely.union_all(cells)
        assert whole.area == pytest.approx(shapely.area(cells).sum(), rel=2e-4)
        assert shapely.hausdorff_distance(whole.boundary, area.boundary) < 3e-4 and area.buffer(3e-4).contains(whole)


def test_cells_of_villages_lie_in_the_official_outline_and_the_rest_is_left_to_others(built, tmp_path: Path) -> None:
    w = built(homes(tmp_path), geojson(tmp_path / "t.geojson", {WEST: SQUARES[WEST]}))
    tambons, villages = shapes_of(w, "tambon"), shapes_of(w, "village")
    assert (tambons[WEST]["basis"], tambons[EAST]["basis"]) == ("official", "approximate")
    west = shapely.union_all([v["shape"] for c, v in villages.items() if c.startswith(WEST)])
    assert shapely.symmetric_difference(west, SQUARES[WEST]).area < 1e-6
    assert shapely.intersection(tambons[EAST]["shape"], SQUARES[WEST]).area < 1e-6


def test_what_official_outlines_leave_along_a_border_is_no_subdistrict(built, tmp_path: Path) -> None:
    district = districts()["3421"]
    west, south, _, north = district.bounds
    most = shapely.intersection(district, shapely.box(west, south, 105.33, north))
    rim = [p for p in shapely.get_parts(shapely.extract_unique_points(district)) if p.x < 105.25]
    most = shapely.difference(most, shapely.union_all(shapely.buffer(rim[::4], 0.003)))  # another edition of the border
    w = built(homes(tmp_path), geojson(tmp_path / "t.geojson", {WEST: most}))
    shape = shapes_of(w, "tambon")[EAST]["shape"]
    assert shape.geom_type == "Polygon" and shape.contains(shapely.Point(105.38, 15.78))


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


def test_a_village_is_counted_near_its_homes_and_not_in_the_middle_of_its_cell(built, tmp_path: Path) -> None:
    """Two villages side by side in a district of thirty kilometres: the cells are large, the homes are where they are."""
    w = built(
        homes(
            tmp_path,
            "household_id | village_code | latitude | longitude\nW1 | 34210101 | 15.75 | 105.22\nW2 | 34210102 | 15.75 | 105.22",
        )
    )
    spots = {row["code"]: (row["lon"], row["lat"]) for row in w.ask("village_spots")}
    cells = shapes_of(w, "village")
    assert len(spots) == 2 and len(set(spots.values())) == 2  # at one point, moved apart, each still in its own cell
    for code, (lon, lat) in spots.items():
        assert max(abs(lon - 105.22), abs(lat - 15.75)) < 0.005 and cells[code]["shape"].contains(shapely.Point(lon, lat))
    assert max(abs(cells[code]["lon"] - 105.22) for code in cells) > 0.02


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
    alone = planted.replace("neighbour", "# ").splitlines()
    w = built(homes(tmp_path, "\n".join(line for line in alone if "#" not in line)))
    assert [p["found"] for p in w.problems() if p["fault"] == "outside_tambon"] == [
        "15.75, 105.1"
    ]  # in no subdistrict that is known


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
    with pytest.raises(NotAllowed):  # a point is as personal as a name, and faults quote points
        w.ask("problems", reader=Reader("committee", (NATION,)), limit=100)


@settings(max_examples=30)
@given(st.lists(st.sampled_from([(105.2, 15.7), (105.21, 15.7), (105.2, 15.72)]), min_size=1, max_size=30))
def test_points_rounded_to_one_are_moved_apart_and_stay_near(points: list[tuple[float, float]]) -> None:
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

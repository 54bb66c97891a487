"""Outlines in a build: official subdistricts where a file brought them, cells around known points where not; points against both.

The table `shape` has a row per subdistrict or village with an outline. Nobody publishes outlines of villages, and few offices
have those of their subdistricts: until then a cell holds what is nearer to its village's point than to any other's, within the
district, and says that it is approximate. Nothing is drawn where no point is known.
"""

import contextlib
import hashlib
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import shapely

import definitions
from etl import stages
from etl.files.filetype import Unreadable, kind
from etl.outlines.geometry import DECIMALS, label_points, only_areas, rounded
from etl.store import RegisterFile, replace
from installation.paths import GEO, PROJECT

HERE = Path(__file__).parent
DISTRICTS = GEO / "district.geojson"
SUFFIXES = {".geojson", ".json", ".gpkg", ".zip", ".shp"}
SECONDS = 180  # the nation's 58 MB of GeoJSON take some 11
BORDER = 0.025  # degrees: two kilometres for an outline that was simplified, and the rounding of the point
APART = 2e-3  # degrees between the points of villages that were rounded to one
KILOMETRES = 111.32  # of a degree of latitude


class NoOutlines(Exception):
    """A file gives no outlines: the fault, what was found, and the layer and features that were looked at."""

    def __init__(self, fault: str, found: str, layer: str = "", records: int = 0, expected: str = "") -> None:
        self.fault, self.found, self.layer, self.records, self.expected = fault, found, layer, records, expected


def is_outlines(file: RegisterFile) -> bool:
    """Whether a file is taken for outlines: by its name, an archive by what is in it."""
    suffix = Path(file.name).suffix.lower()
    if suffix != ".zip":
        return suffix in SUFFIXES
    with contextlib.suppress(Unreadable):
        return "/" not in file.name and kind(file.path) == "outlines"
    return False


def version() -> bytes:
    """What the outlines of a build depend on besides its files."""
    return hashlib.sha256(DISTRICTS.read_bytes()).digest()


def prepared(file: RegisterFile, folder: Path) -> Path:
    """The table of one file, in `folder` by content, so that later builds do not pay again; raises NoOutlines."""
    table = folder / _name(file.checksum)
    if not table.exists():
        folder.mkdir(exist_ok=True, mode=0o700)
        part = table.with_suffix(".tmp")
        try:
            said = _child(file.path.resolve(), part)
            if said["fault"]:
                raise NoOutlines(**said)
            replace(table, part.read_bytes())
        except Unreadable as reason:
            raise NoOutlines("unreadable_outlines", reason.reason, expected=reason.detail) from reason
        finally:
            part.unlink(missing_ok=True)
    return table


def _name(checksum: str) -> str:
    code = b"".join((HERE / script).read_bytes() for script in ("read_official.py", "geometry.py"))
    return f"{checksum}-{hashlib.sha256(code).hexdigest()[:8]}.parquet"


def _child(path: Path, part: Path) -> dict:
    command = [sys.executable, "-m", "etl.outlines.read_official", str(path), str(part)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=PROJECT)
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("too_slow", SECONDS) from fault
    if child.returncode:
        raise Unreadable.of_last_words(child.stderr.decode(errors="replace"))
    return json.loads(child.stdout)


def forget(folder: Path, accepted: list[RegisterFile]) -> None:
    """Remove the tables of files that are no longer accepted, and those that an earlier version of the reader made."""
    wanted = {_name(file.checksum) for file in accepted}
    for path in folder.glob("*") if folder.exists() else ():
        if path.name not in wanted:
            path.unlink()


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty table that `read` fills: one row per feature of a file."""
    connection.execute(
        """create table official (row_id bigint, sheet_no int, said varchar, code varchar, state varchar,
                                  lon double, lat double, geometry varchar)"""
    )


def read(connection: duckdb.DuckDBPyConnection, file: RegisterFile, number: int, folder: Path) -> tuple[str, str, int]:
    """The features of one file into `official`; returns its layer, the property of the codes and how many features there are."""
    table = {"table": str(prepared(file, folder))}
    connection.execute(
        """insert into official
        select $number::bigint << 40 | feature - 1, $number, said, code, state, lon, lat, geometry from read_parquet($table)""",
        {"number": number, **table},
    )
    return connection.execute(
        "select any_value(layer), any_value(property), count(*) from read_parquet($table)", table
    ).fetchone()


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Faults of outlines and of household points; `misplaced` are the rows whose point is drawn nowhere."""
    stages.run(connection, "outlines")
    _abroad(connection)
    connection.execute(
        """create table misplaced as select row_id from fault
        where register = 'household' and fault in ('outside_thailand', 'swapped_coordinates')"""
    )
    _astray(connection)


def _abroad(connection: duckdb.DuckDBPyConnection) -> None:
    """Points that no district is near to. Asked once per square kilometre, so the cost grows with the area, not the register."""
    squares = "round(longitude, 2) as x, round(latitude, 2) as y from household_sound where longitude between 97.3 and 105.7 and latitude between 5.5 and 20.6"
    seen = connection.execute(f"select distinct {squares}").fetchnumpy()
    abroad = pd.DataFrame({"x": np.ma.getdata(seen["x"]), "y": np.ma.getdata(seen["y"])})
    if len(abroad):
        points = shapely.points(abroad["x"], abroad["y"])
        near = shapely.STRtree(list(districts().values())).query(points, predicate="dwithin", distance=BORDER)[0]
        abroad = abroad.drop(index=np.unique(near))
    if len(abroad):
        connection.register("abroad", abroad)
        connection.execute(
            """insert into fault
            select 'household', row_id, sheet_no, 'latitude', 'outside_thailand', 'warning', concat(latitude, ', ', longitude), ''
            from household_sound h join abroad on x = round(longitude, 2) and y = round(latitude, 2)"""
        )
        connection.unregister("abroad")


def _astray(connection: duckdb.DuckDBPyConnection) -> None:
    """Points outside the official outline of the subdistrict they are listed in, with the distance; per subdistrict, not per row."""
    homes = connection.execute(
        """select row_id, village_code[1:6] as code, longitude, latitude from household_sound
        where longitude is not null and latitude is not null and village_code[1:6] in (select code from outline)
          and row_id not in (from misplaced) order by all"""
    ).df()
    if not len(homes):
        return
    listed = _outlines(connection, "code in (select village_code[1:6] from household_sound)")
    far = pd.concat([_beyond(group, listed[code]) for code, group in homes.groupby("code")])
    if not len(far):
        return
    every = _outlines(connection, "true")
    point, tambon = shapely.STRtree(list(every.values())).query(_points(far), predicate="within")
    inside = pd.Series(np.array(list(every), object)[tambon], index=point)
    far = far.reset_index(drop=True).assign(inside=inside[~inside.index.duplicated()]).astype({"inside": "string"})
    connection.register("astray", far)
    connection.execute(
        """insert into fault
        select 'household', row_id, sheet_no, 'latitude', 'outside_tambon', 'notice',
               concat(h.latitude, ', ', h.longitude, ' (ต.' || there.name_th || ')'),
               concat('ต.', here.name_th, printf(' (%.1f กม.)', km))
        from astray join household_sound h using (row_id) join place here on here.code = astray.code
        left join place there on there.code = inside order by row_id"""
    )
    connection.unregister("astray")


def _beyond(homes: pd.DataFrame, shape: shapely.Geometry) -> pd.DataFrame:
    """Households farther from an outline than the tolerance, with `km`: on a plane, right to a part in a hundred near by."""
    away = homes[~shapely.contains_xy(shape, homes["longitude"], homes["latitude"])]
    if not len(away):
        return away.assign(km=0.0)
    plane = np.array([np.cos(np.radians(shape.centroid.y)), 1]) * KILOMETRES
    shape = shapely.transform(shape, lambda corners: corners * plane)
    away = away.assign(km=shapely.distance(shape, shapely.points(away[["longitude", "latitude"]].to_numpy() * plane)))
    return away[away["km"] * 1000 > definitions.rule("point_tolerance")]


def _points(homes: pd.DataFrame) -> np.ndarray:
    return shapely.points(homes["longitude"], homes["latitude"])


def _outlines(connection: duckdb.DuckDBPyConnection, where: str) -> dict[str, shapely.Geometry]:
    """Official outlines, code -> shape, those the condition asks for."""
    frame = connection.execute(f"select code, geometry from outline where {where} order by code").df()
    return dict(zip(frame["code"], shapely.from_geojson(frame["geometry"]), strict=True))


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `out.shape`: level, code, parent, basis, source, a point inside (lon, lat) and the outline as GeoJSON."""
    stages.run(connection, "points")
    villages = connection.execute("from village_point").df()
    official = _outlines(connection, "code[1:4] in (select code[1:4] from village_point)") if len(villages) else {}
    connection.register("made", _cut(villages, official))
    stages.run(connection, "shape")
    connection.unregister("made")


def _cut(villages: pd.DataFrame, official: dict[str, shapely.Geometry]) -> pd.DataFrame:
    """Cells of villages, and of subdistricts without an official outline, as rows of the table."""
    drawn: list[tuple] = []
    tambon = villages["code"].str[:6]
    for code, group in villages[tambon.isin(official.keys())].groupby(tambon):
        drawn += _cells(group, official[code])
    for district, group in villages[~tambon.isin(official.keys())].groupby(villages["code"].str[:4]):
        taken = [shape for code, shape in official.items() if code.startswith(district)]
        cells = _cells(group, _left(group, districts()[district], taken)) if district in districts() else []
        drawn += cells
        for code in sorted({cell[1][:6] for cell in cells}):
            parts = [cell for cell in cells if cell[1].startswith(code)]
            drawn.append(("tambon", code, min(part[2] for part in parts), shapely.union_all([part[3] for part in parts])))
    frame = pd.DataFrame(drawn, columns=["level", "code", "source", "shape"])
    shapes = shapely.orient_polygons(frame.pop("shape").to_numpy(object)) if drawn else np.array([], object)
    frame["lon"], frame["lat"] = label_points(shapes, (frame["level"] == "village").to_numpy()) if drawn else ([], [])
    return frame.assign(geometry=shapely.to_geojson(shapes)).astype({"lon": "float64", "lat": "float64"})


def _left(villages: pd.DataFrame, district: shapely.Geometry, taken: list[shapely.Geometry]) -> shapely.Geometry:
    """What official outlines leave of a district: the parts with a known point. The others are slivers between two editions of
    one border (28 a district in the median where one of Ubon's subdistricts was left out)."""
    if not taken:
        return district
    parts = shapely.get_parts(shapely.difference(district, shapely.union_all(taken)))
    nearest = shapely.STRtree(parts).query_nearest(shapely.points(villages["lon"], villages["lat"]))[1]
    return shapely.union_all(parts[np.unique(nearest)])


def _cells(villages: pd.DataFrame, area: shapely.Geometry) -> list[tuple]:
    """The cells of villages within one area: what is nearer to its point than to any other; none for a point far outside."""
    near = shapely.dwithin(area, shapely.points(villages["lon"], villages["lat"]), BORDER)
    villages = villages[near]
    if not len(villages):
        return []
    cells = np.array([area])
    if len(villages) > 1:
        points = shapely.multipoints(_apart(villages[["lon", "lat"]].to_numpy().round(DECIMALS)))
        cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=area, ordered=True))
    shapes = rounded(only_areas(shapely.intersection(cells, area)))
    rows = zip(villages["code"], villages["source"], shapes, strict=True)
    return [("village", code, source, shape) for code, source, shape in rows if not shape.is_empty]


def _apart(points: np.ndarray) -> np.ndarray:
    """Points that were rounded to one, moved around it in their order, so that every village keeps a cell."""
    order = pd.DataFrame(points).groupby([0, 1]).cumcount().to_numpy()
    angle = order * 2.4  # radians: the golden angle never comes back to the same place
    return points + APART * np.sqrt(order)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


@cache
def districts() -> dict[str, shapely.Geometry]:
    """District code -> outline, the nation's."""
    text = DISTRICTS.read_text(encoding="utf-8")  # 1 MB; reading codes and shapes apart takes a third of the time
    codes = re.findall(r'"properties":\{"code":"(\d{4})"', text)
    return dict(zip(codes, shapely.get_parts(shapely.from_geojson(text)), strict=True))

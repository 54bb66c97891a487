"""Outlines in a build: official subdistricts where a file brought them, cells around known points where not; points against both.

The table `shape` has a row per subdistrict or village with an outline. Nobody publishes outlines of villages, and few offices
have those of their subdistricts: until then a cell holds what is nearer to its village's point than to any other's, within the
district, and says that it is approximate. Nothing is drawn where no point is known.
"""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import shapely

import definitions
from etl.read import Unreadable

HERE = Path(__file__).parent
DISTRICTS = HERE.parent / "data" / "geo" / "district.geojson"
SUFFIXES = {".geojson", ".json", ".gpkg", ".zip", ".shp"}
SECONDS = 300  # the nation's file as published takes some 60
BORDER = 0.025  # degrees: two kilometres for an outline that was simplified, and the rounding of the point
GRID = 1e-4  # degrees, some 11 m
APART = 2e-3  # degrees between the points of villages that were rounded to one
KILOMETRES = 111.32  # of a degree of latitude


def is_outlines(name: str) -> bool:
    """Whether a file is taken for outlines, by its name."""
    return Path(name).suffix.lower() in SUFFIXES


def version() -> bytes:
    """What the outlines of a build depend on besides its files."""
    return hashlib.sha256(DISTRICTS.read_bytes()).digest()


def prepared(path: Path, checksum: str, folder: Path) -> dict:
    """What the child says of one file; its table lies in `folder` by content, so that later builds do not pay again.

    Raises Unreadable when the file gives no table.
    """
    folder.mkdir(exist_ok=True, mode=0o700)
    code = hashlib.sha256((HERE / "outlines.py").read_bytes()).hexdigest()[:8]
    table, about = (folder / f"{checksum}-{code}.{ending}" for ending in ("parquet", "json"))
    if not about.exists():
        part = table.with_suffix(".tmp")
        command = [sys.executable, "-m", "etl.outlines", str(path.resolve()), str(part)]
        try:
            child = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=HERE.parent)
        except subprocess.TimeoutExpired as fault:
            raise Unreadable(f"> {SECONDS} s") from fault
        finally:
            if part.exists():
                os.chmod(part, 0o600)
                os.replace(part, table)
        if child.returncode:
            lines = child.stderr.decode(errors="replace").strip().splitlines()
            raise Unreadable(lines[-1][:200] if lines else f"exit {child.returncode}")
        about.write_bytes(child.stdout)
    return {**json.loads(about.read_bytes()), "table": str(table)}


def forget(folder: Path, checksums: set[str]) -> None:
    """Remove prepared tables of files that are no longer among the accepted ones."""
    for path in folder.glob("*") if folder.exists() else ():
        if path.name.split("-")[0] not in checksums:
            path.unlink()


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty table that `read` fills: one row per feature of a file."""
    connection.execute(
        "create table official (row_id bigint, sheet_no int, said varchar, code varchar, state varchar, geometry blob)"
    )


def read(connection: duckdb.DuckDBPyConnection, table: str, number: int) -> None:
    """The features of one prepared file into `official`."""
    connection.execute(
        """insert into official select $number::bigint << 40 | feature - 1, $number, said, code, state, geometry
        from read_parquet($table)""",
        {"number": number, "table": table},
    )


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Faults of outlines and of household points; `misplaced` are the rows whose point is drawn nowhere."""
    connection.execute((HERE / "sql" / "outlines.sql").read_text(encoding="utf-8"))
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
    if not connection.execute("select count(*) from outline").fetchone()[0]:
        return
    outlines = connection.execute("select code, geometry, name_th from outline join place using (code) order by code").df()
    shapes = dict(zip(outlines["code"], shapely.from_wkb(outlines["geometry"].map(bytes)), strict=True))
    names = dict(zip(outlines["code"], outlines["name_th"], strict=True))
    tree = shapely.STRtree(list(shapes.values()))
    homes = connection.execute(
        """select row_id, sheet_no, village_code[1:6] as code, longitude, latitude from household_sound
        where longitude is not null and latitude is not null and village_code[1:6] in (select code from outline)
          and row_id not in (from misplaced) order by all"""
    ).df()
    found = []
    for code, group in homes.groupby("code"):
        away = group[~shapely.contains_xy(shapes[code], group["longitude"], group["latitude"])]
        flat = np.array([np.cos(np.radians(away["latitude"].mean())), 1]) * KILOMETRES if len(away) else 1
        points = shapely.points(away[["longitude", "latitude"]].to_numpy() * flat)
        distance = shapely.distance(shapely.transform(shapes[code], lambda xy, by=flat: xy * by), points)
        far = away.assign(km=distance)[distance * 1000 > definitions.rule("point_tolerance")]
        point, tambon = tree.query(shapely.points(far["longitude"], far["latitude"]), predicate="within")
        inside = dict(zip(point.tolist(), [outlines["name_th"][t] for t in tambon], strict=True))
        for number, row in enumerate(far.itertuples()):
            where = f" (ต.{inside[number]})" if number in inside else ""
            found.append(
                (row.row_id, row.sheet_no, f"{row.latitude}, {row.longitude}{where}", f"ต.{names[code]} ({row.km:.1f} กม.)")
            )
    if found:
        connection.register("astray", pd.DataFrame(found, columns=["row_id", "sheet_no", "found", "expected"]))
        connection.execute(
            "insert into fault select 'household', row_id, sheet_no, 'latitude', 'outside_tambon', 'notice', found, expected from astray"
        )
        connection.unregister("astray")


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `out.shape`: level, code, parent, basis, source, a point inside (lon, lat) and the outline as GeoJSON."""
    connection.execute((HERE / "sql" / "points.sql").read_text(encoding="utf-8"))
    connection.execute(
        "create table out.shape (level varchar, code varchar, parent varchar, basis varchar, source varchar, lon double, lat double, geometry varchar)"
    )
    villages = connection.execute("from village_point").df()
    official = connection.execute("from outline order by code").df()
    if len(villages) or len(official):
        frame = _shapes(villages, official)
        connection.register("made", frame)
        connection.execute("insert into out.shape by name from made order by level, code")
        connection.unregister("made")


def _shapes(villages: pd.DataFrame, official: pd.DataFrame) -> pd.DataFrame:
    known = dict(zip(official["code"], shapely.from_wkb(official["geometry"].map(bytes)), strict=True))
    drawn = [("tambon", o.code, "official", o.source, known[o.code]) for o in official.itertuples()]
    for district, group in villages.groupby(villages["code"].str[:4]):
        if district not in districts():
            continue
        listed = group["code"].str[:6]
        for tambon in sorted(set(listed) & known.keys()):
            drawn += _cells(group[listed == tambon], known[tambon])
        taken = [shape for code, shape in known.items() if code.startswith(district)]
        free = shapely.difference(districts()[district], shapely.union_all(taken)) if taken else districts()[district]
        cells = _cells(group[~listed.isin(known.keys())], free)
        drawn += cells
        for tambon in sorted({code[:6] for _, code, *_ in cells}):
            parts = [cell for cell in cells if cell[1].startswith(tambon)]
            whole = shapely.union_all([cell[-1] for cell in parts])
            drawn.append(("tambon", tambon, "approximate", min(cell[3] for cell in parts), whole))
    frame = pd.DataFrame(drawn, columns=["level", "code", "basis", "source", "shape"])
    shapes = frame.pop("shape").to_numpy()
    frame.insert(2, "parent", frame["code"].str[:-2])
    frame["lon"], frame["lat"] = _inside(shapes, (frame["level"] == "village").to_numpy())
    return frame.assign(geometry=shapely.to_geojson(shapes))


def _cells(villages: pd.DataFrame, area: shapely.Geometry) -> list[tuple]:
    """The cells of villages within one area: what is nearer to its point than to any other; none for a point far outside."""
    if not len(villages) or area.is_empty:
        return []
    points = villages[["lon", "lat"]].to_numpy()
    near = shapely.dwithin(area, shapely.points(points), BORDER)
    villages, points = villages[near], _apart(points[near])
    if not len(villages):
        return []
    cells = [area]
    if len(villages) > 1:
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=area, ordered=True))
    shapes = shapely.set_precision(shapely.intersection(cells, area), GRID)
    shapes = [_polygons(shape) for shape in shapes]
    rows = zip(villages["code"], villages["source"], shapes, strict=True)
    return [("village", code, "approximate", source, shape) for code, source, shape in rows if not shape.is_empty]


def _apart(points: np.ndarray) -> np.ndarray:
    """Points that were rounded to one, moved around it in their order, so that every village keeps a cell."""
    order = pd.DataFrame(points).groupby([0, 1]).cumcount().to_numpy()
    angle = order * 2.4  # radians: the golden angle never comes back to the same place
    return points + APART * np.sqrt(order)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def _inside(shapes: np.ndarray, round_: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where a label stands, in each shape's largest part: in the middle of a `round_` one, else where it is widest."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    largest = parts[pd.Series(shapely.area(parts)).groupby(of).idxmax().to_numpy()]
    centre = shapely.centroid(largest)
    crooked = ~(round_ & shapely.contains(largest, centre))
    widest = shapely.maximum_inscribed_circle(largest[crooked], tolerance=np.sqrt(shapely.area(largest[crooked])) / 10)
    centre[crooked] = shapely.get_point(widest, 0)
    return shapely.get_x(centre).round(5), shapely.get_y(centre).round(5)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Only the areas of a cut; lines and points that a border leaves behind are no outline."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


@cache
def districts() -> dict:
    """District code -> outline, the nation's."""
    features = json.loads(DISTRICTS.read_text(encoding="utf-8"))["features"]
    shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
    return dict(zip((f["properties"]["code"] for f in features), shapes, strict=True))

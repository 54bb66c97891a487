"""Outlines in a build: official subdistricts where a file brought them, cells around known points where not.

The table `shape` has a row per subdistrict or village with an outline. Nobody publishes outlines of villages, and few offices
have those of their subdistricts: until then a cell holds what is nearer to its village's point than to any other's, within the
district, and says that it is approximate. Nothing is drawn where no point is known.

Reads: village_point
Writes: made
"""

import duckdb
import numpy as np
import pandas as pd
import shapely

from etl import stages
from etl.outlines.check_points import official_outlines
from etl.outlines.districts import BORDER, districts
from etl.outlines.geometry import DECIMALS, label_points, only_areas, rounded

APART = 2e-3  # degrees between the points of villages that were rounded to one


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `out.shape`: level, code, parent, basis, source, a point for the label (lon, lat), where it is known to be
    (point_lon, point_lat: of a village its own point, some kilometres from the middle of a large cell), the outline as GeoJSON."""
    stages.run(connection, "points")
    villages = connection.execute("from village_point").df()
    official = official_outlines(connection, "code[1:4] in (select code[1:4] from village_point)") if len(villages) else {}
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
            drawn.append(("tambon", code, min(part[2] for part in parts), shapely.union_all([part[3] for part in parts]), None))
    frame = pd.DataFrame(drawn, columns=["level", "code", "source", "shape", "known"])
    shapes = shapely.orient_polygons(frame.pop("shape").to_numpy(object)) if drawn else np.array([], object)
    frame["lon"], frame["lat"] = label_points(shapes, (frame["level"] == "village").to_numpy()) if drawn else ([], [])
    known = frame.pop("known").to_numpy(object)
    known = np.where(shapely.contains_xy(shapes, shapely.get_x(known), shapely.get_y(known)), known, None)
    frame["point_lon"] = np.where(shapely.is_geometry(known), shapely.get_x(known).round(5), frame["lon"])
    frame["point_lat"] = np.where(shapely.is_geometry(known), shapely.get_y(known).round(5), frame["lat"])
    coordinates = dict.fromkeys(("lon", "lat", "point_lon", "point_lat"), "float64")
    return frame.assign(geometry=shapely.to_geojson(shapes)).astype(coordinates)


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
    cells, points = np.array([area]), shapely.points(_apart(villages[["lon", "lat"]].to_numpy().round(DECIMALS)))
    if len(villages) > 1:
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=area, ordered=True))
    shapes = rounded(only_areas(shapely.intersection(cells, area)))
    rows = zip(villages["code"], villages["source"], shapes, points, strict=True)
    return [("village", code, source, shape, point) for code, source, shape, point in rows if not shape.is_empty]


def _apart(points: np.ndarray) -> np.ndarray:
    """Points that were rounded to one, moved around it in their order, so that every village keeps a cell."""
    order = pd.DataFrame(points).groupby([0, 1]).cumcount().to_numpy()
    angle = order * 2.4  # radians: the golden angle never comes back to the same place
    return points + APART * np.sqrt(order)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])

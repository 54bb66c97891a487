"""Check outlines, and points of households and villages against the outlines of districts and subdistricts.

Reads: abroad, astray, fault, household_10_kept, misplaced, outline, place, spot, village_10_kept
Writes: abroad, astray, misplaced, spot
Appends: fault
"""

import duckdb
import numpy as np
import pandas as pd
import shapely

import definitions
from etl import stages
from etl.outlines.districts import BORDER, districts

KILOMETRES = 111.32  # of a degree of latitude


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Faults of outlines and of points; `misplaced` are the rows whose point is drawn nowhere."""
    stages.run(connection, "outlines")
    columns = "row_id, sheet_no, village_code, longitude, latitude"
    connection.execute(
        f"""create view spot as
        select 'household' as register, {columns} from household_10_kept
        union all select 'village', {columns} from village_10_kept"""
    )
    _abroad(connection)
    connection.execute(
        """create table misplaced as select row_id from fault
        where register in ('household', 'village') and fault in ('outside_thailand', 'swapped_coordinates')"""
    )
    _astray(connection)


def _abroad(connection: duckdb.DuckDBPyConnection) -> None:
    """Points that no district is near to. Asked once per square kilometre: the cost grows with the area, not the register."""
    squares = (
        "round(longitude, 2) as x, round(latitude, 2) as y from spot"
        " where longitude between 97.3 and 105.7 and latitude between 5.5 and 20.6"
    )
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
            select register, row_id, sheet_no, 'latitude', 'outside_thailand', 'warning', concat(latitude, ', ', longitude), ''
            from spot join abroad on x = round(longitude, 2) and y = round(latitude, 2)"""
        )
        connection.unregister("abroad")


def _astray(connection: duckdb.DuckDBPyConnection) -> None:
    """Points outside the official outline of their subdistrict, with the distance; asked per subdistrict, not per row."""
    homes = connection.execute(
        """select row_id, village_code[1:6] as code, longitude, latitude from spot
        where longitude is not null and latitude is not null and village_code[1:6] in (select code from outline)
          and row_id not in (from misplaced) order by all"""
    ).df()
    if not len(homes):
        return
    listed = official_outlines(connection, "code in (select village_code[1:6] from spot)")
    far = pd.concat([_beyond(group, listed[code]) for code, group in homes.groupby("code")])
    if not len(far):
        return
    every = official_outlines(connection, "true")
    point, tambon = shapely.STRtree(list(every.values())).query(_points(far), predicate="within")
    inside = pd.Series(np.array(list(every), object)[tambon], index=point)
    far = far.reset_index(drop=True).assign(inside=inside[~inside.index.duplicated()]).astype({"inside": "string"})
    connection.register("astray", far)
    connection.execute(
        """insert into fault
        select register, row_id, sheet_no, 'latitude', 'outside_tambon', 'notice',
               concat(h.latitude, ', ', h.longitude, ' (ต.' || there.name_th || ')'),
               concat('ต.', here.name_th, printf(' (%.1f กม.)', km))
        from astray join spot h using (row_id) join place here on here.code = astray.code
        left join place there on there.code = inside order by row_id"""
    )
    connection.unregister("astray")


def _beyond(homes: pd.DataFrame, shape: shapely.Geometry) -> pd.DataFrame:
    """Points farther from an outline than the tolerance, with `km`: on a plane, right to a part in a hundred near by."""
    away = homes[~shapely.contains_xy(shape, homes["longitude"], homes["latitude"])]
    if not len(away):
        return away.assign(km=0.0)
    plane = np.array([np.cos(np.radians(shape.centroid.y)), 1]) * KILOMETRES
    shape = shapely.transform(shape, lambda corners: corners * plane)
    away = away.assign(km=shapely.distance(shape, shapely.points(away[["longitude", "latitude"]].to_numpy() * plane)))
    return away[away["km"] * 1000 > definitions.rule("point_tolerance")]


def _points(homes: pd.DataFrame) -> np.ndarray:
    return shapely.points(homes["longitude"], homes["latitude"])


def official_outlines(connection: duckdb.DuckDBPyConnection, where: str) -> dict[str, shapely.Geometry]:
    """Official outlines, code -> shape, those the condition asks for."""
    frame = connection.execute(f"select code, geometry from outline where {where} order by code").df()
    return dict(zip(frame["code"], shapely.from_geojson(frame["geometry"]), strict=True))

"""Points in metres: eastings and northings of UTM (WGS 84) become degrees where only one zone puts a point into its own district.

A GPS set to metres, or a map of the Royal Thai Survey Department, gives 561234, 1741234. The zone is not in the numbers: 47 or 48 lie six
degrees apart, so the district of the row tells which; where none or both would do, nothing is guessed and the row says so.

Reads: <sheet>, in_degrees_<n>, metres
Writes: in_degrees_<n>, metres, sheet_<n>_surveyed
Appends: fault
"""

import duckdb
import numpy as np
import pandas as pd
import shapely

from etl.outlines.districts import BORDER, districts
from etl.typing.ingest import ReadSheet, file_fault

EASTING, NORTHING = (100_000, 900_000), (500_000, 2_300_000)  # metres, of Thailand and some way around it
ZONES = {47: 99.0, 48: 105.0}  # zone -> its central meridian, degrees east
SCALE, FALSE_EASTING = 0.9996, 500_000.0  # of every zone
AXIS, FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS 84, metres


def read(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> None:
    """Turn such points of a sheet into degrees in a table made of the sheet's; those of no one zone are left out and listed."""
    if not {"latitude", "longitude", "village_code"} <= sheet.there:
        return
    low, high = "least(latitude, longitude)", "greatest(latitude, longitude)"
    metres = f"{low} between {EASTING[0]} and {EASTING[1]} and {high} between {NORTHING[0]} and {NORTHING[1]}"
    asked = f"select {sheet.row_id} as row_id, latitude, longitude, village_code[1:4] as district from {sheet.table} s where {metres}"
    points = connection.execute(asked).df()
    if not len(points):
        return
    found = _degrees(points)
    connection.register("metres", points.assign(**found))
    connection.execute(f"create table in_degrees_{sheet.number} as from metres")
    connection.unregister("metres")
    _say(connection, sheet)
    own = "" if sheet.by_place else "row_id, "
    connection.execute(
        f"""create table sheet_{sheet.number}_surveyed as
        select its_row as row_id, s.* exclude ({own}its_row)
               replace (if(d.row_id is null, s.latitude, d.lat) as latitude, if(d.row_id is null, s.longitude, d.lon) as longitude)
        from (select {sheet.row_id} as its_row, s.* from {sheet.table} s) s
        left join in_degrees_{sheet.number} d on d.row_id = its_row"""
    )
    connection.execute(f"drop table {sheet.table}")
    sheet.table, sheet.by_place = f"sheet_{sheet.number}_surveyed", False


def _say(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> None:
    """A notice for the points that were read, and one fault each for those that were not."""
    read_as = connection.execute(
        f"select zone, count(*) from in_degrees_{sheet.number} where zone is not null group by zone order by zone"
    ).fetchall()
    for zone, count in read_as:
        file_fault(connection, sheet.number, "read_as_utm", str(int(zone)), str(count))
    connection.execute(
        f"""insert into fault
        select '{sheet.match.register}', row_id, {sheet.number}, 'latitude', 'utm_or_what', 'warning',
               concat(latitude::bigint, ', ', longitude::bigint), ''
        from in_degrees_{sheet.number} where zone is null"""
    )


def _degrees(points: pd.DataFrame) -> dict[str, np.ndarray]:
    """`lat`, `lon` and `zone` of each point, NaN where not exactly one zone and order of the two numbers puts it into its district."""
    ways = [(zone, *pair) for zone in ZONES for pair in (("longitude", "latitude"), ("latitude", "longitude"))]
    lats, lons, inside = [], [], []
    for zone, easting, northing in ways:
        east, north = points[easting].to_numpy(float), points[northing].to_numpy(float)
        lon, lat = inverse(east, north, ZONES[zone])
        possible = (east >= EASTING[0]) & (east <= EASTING[1]) & (north >= NORTHING[0]) & (north <= NORTHING[1])
        lats.append(lat)
        lons.append(lon)
        inside.append(possible & _in_district(points["district"].to_numpy(), lon, lat))
    fits = np.array(inside)
    one, which = fits.sum(axis=0) == 1, fits.argmax(axis=0)
    rows = np.arange(len(points))
    zones = np.array([zone for zone, *_ in ways], float)[which]
    lat, lon = np.round(np.array(lats)[which, rows], 6), np.round(np.array(lons)[which, rows], 6)
    return {name: np.where(one, values, np.nan) for name, values in (("lat", lat), ("lon", lon), ("zone", zones))}


def _in_district(codes: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Whether each point lies in its district, or as near as the simplified outline allows; a question per district, not per row."""
    inside = np.zeros(len(codes), bool)
    for code in pd.unique(codes):
        if (shape := districts().get(code)) is not None:
            mine = codes == code
            inside[mine] = shapely.dwithin(shape, shapely.points(lon[mine], lat[mine]), BORDER)
    return inside


def inverse(easting: np.ndarray, northing: np.ndarray, meridian: float) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude, degrees, of UTM metres north of the equator: Krüger's series to the third order, good to a millimetre.

    Source: Karney, "Transverse Mercator with an accuracy of a few nanometers" (2011), equations 11, 15, 36.
    """
    n = FLATTENING / (2 - FLATTENING)
    radius = AXIS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    xi, eta = northing / (SCALE * radius), (easting - FALSE_EASTING) / (SCALE * radius)
    twice = [2 * (j + 1) for j in range(3)]
    xi_ = xi - sum(b * np.sin(k * xi) * np.cosh(k * eta) for b, k in zip(beta, twice, strict=True))
    eta_ = eta - sum(b * np.cos(k * xi) * np.sinh(k * eta) for b, k in zip(beta, twice, strict=True))
    chi = np.arcsin(np.sin(xi_) / np.cosh(eta_))
    latitude = chi + sum(d * np.sin(k * chi) for d, k in zip(delta, twice, strict=True))
    return meridian + np.degrees(np.arctan2(np.sinh(eta_), np.cos(xi_))), np.degrees(latitude)

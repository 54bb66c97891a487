"""What official outlines and cells have in common: corners on one grid, whole areas, a place for the label."""

import numpy as np
import pandas as pd
import shapely

DECIMALS = 4  # of a degree, some 11 m


def repaired(shapes: np.ndarray) -> np.ndarray:
    """The same areas where no line crosses itself; of what is no area nothing is left."""
    areas = np.isin(shapely.get_type_id(shapes), (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    shapes = np.where(areas, shapes, shapely.MultiPolygon())
    crossing = ~shapely.is_valid(shapes)
    shapes[crossing] = shapely.make_valid(shapes[crossing], method="structure", keep_collapsed=False)
    return shapes


def rounded(shapes: np.ndarray) -> np.ndarray:
    """Every corner on the grid, so that neighbours keep their common border; outer rings run as RFC 7946 wants them."""
    moved = shapely.transform(shapes, lambda corners: corners.round(DECIMALS))
    crossing = ~shapely.is_valid(moved)  # a narrow place closed: there corners are added, and a neighbour may not have them
    moved[crossing] = shapely.set_precision(shapely.set_precision(shapes[crossing], 10**-DECIMALS), 0)
    return shapely.orient_polygons(repaired(moved))


def only_areas(shapes: np.ndarray) -> np.ndarray:
    """The areas of cuts, without the lines and points that a common border leaves behind."""
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    shapes[mixed] = [
        shapely.union_all([part for part in shapely.get_parts(shape) if shapely.area(part)]) for shape in shapes[mixed]
    ]
    return shapes


def label_points(shapes: np.ndarray, compact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes and latitudes within each shape's largest part: in the middle of a `compact` one, else where it is widest."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    largest = parts[pd.Series(shapely.area(parts)).groupby(of).idxmax().to_numpy()]
    centre = shapely.centroid(largest)
    crooked = ~(compact & shapely.contains(largest, centre))
    widest = shapely.maximum_inscribed_circle(largest[crooked], tolerance=np.sqrt(shapely.area(largest[crooked])) / 10)
    centre[crooked] = shapely.get_point(widest, 0)
    return shapely.get_x(centre).round(5), shapely.get_y(centre).round(5)

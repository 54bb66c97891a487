"""Diff of a new build against the present one."""

from pathlib import Path

from etl import stages
from etl.areas import Areas
from etl.compare.area_guard import both
from etl.report import Report, rows


def builds(before: Path, after: Path, areas: Areas = None) -> Report:
    """Households of the areas by year and district before and after, how they moved, and the deprived of each dimension."""
    with both(before, after, areas) as connection:
        stages.run(connection, "diff")
        places = rows(connection, "from place_change")
        dimensions = rows(connection, "from dimension_change")
        total = rows(connection, "from total_change")[0]
    return {**total, "places": places, "dimensions": dimensions}

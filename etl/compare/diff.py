"""Diff of a new build against the present one."""

from pathlib import Path

import duckdb

import definitions
from etl import stages
from etl.areas import Areas
from etl.compare.area_guard import both
from etl.report import Report, rows

NAMED = 20  # households of a village that are named; the number counts all


def builds(before: Path, after: Path, areas: Areas = None) -> Report:
    """Households of the areas by year and district before and after, how they moved, and the deprived of each dimension."""
    with both(before, after, areas) as connection:
        stages.run(connection, "diff")
        places = rows(connection, "from place_change")
        dimensions = rows(connection, "from dimension_change")
        total = rows(connection, "from total_change")[0]
    return {**total, "places": places, "dimensions": dimensions}


def leaving(before: Path, after: Path, areas: Areas, role: str) -> list[Report]:
    """The households of the areas that a load takes away, by year and village: how many, and `who` for a role that sees names.

    Nothing of the sample: that goes as a whole, and is nobody.
    """
    with both(before, after, areas) as connection:
        stages.masks(connection)
        stages.run(connection, "leaving", named=NAMED)
        villages = rows(connection, "from leaving")
    return [village | ({} if sees_names(role) else {"who": []}) for village in villages]


def sees_names(role: str) -> bool:
    """Whether a role of roles.csv sees names and addresses; who loads in a shell is the desk."""
    row = next((row for row in definitions.table("roles") if row["role"] == (role or "desk")), {})
    return row.get("name") == row.get("address") == "open"


def is_sample(build: Path) -> bool:
    """Whether a build is there and is that of the sample."""
    if not build.exists():
        return False
    with duckdb.connect(str(build), read_only=True) as connection:
        return bool(connection.execute("select sample from build").fetchall()[0][0])

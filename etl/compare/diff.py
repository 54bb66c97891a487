"""Diff of a new build against the present one, and the headings recognised in the new files."""

from pathlib import Path

import duckdb

import definitions
from etl import stages
from etl.areas import Areas
from etl.compare.area_guard import both
from etl.files.headings import OF_REGISTER, columns, stored
from etl.report import Report, rows


def builds(before: Path, after: Path, areas: Areas = None) -> Report:
    """Households of the areas by year and district before and after, how they moved, and the deprived of each dimension."""
    with both(before, after, areas) as connection:
        stages.run(connection, "diff")
        places = rows(connection, "from place_change")
        dimensions = rows(connection, "from dimension_change")
        total = rows(connection, "from total_change")[0]
    return {**total, "places": places, "dimensions": dimensions}


def recognised(path: Path, files: set[str], language: str) -> list[Report]:
    """Each sheet of `files`: every heading with the column that it was read as (none where it is unknown), what that means, and
    the key by which it is matched by hand; and the columns that are still `free`."""
    with duckdb.connect(str(path), read_only=True) as connection:
        sheets = rows(connection, "select file, sheet, register, headings, columns from sheet_heading order by file, sheet_no")
    recognised_sheets = []
    for sheet in [s for s in sheets if s["file"] in files]:
        of_register = columns(sheet["register"])
        headings = [
            {
                "heading": heading.strip(),
                "key": f"{sheet['register']}{OF_REGISTER}{heading.strip()}",
                "column": column,
                "means": getattr(of_register[column], f"name_{language}") if column else None,
            }
            for heading, column in zip(sheet["headings"], sheet["columns"], strict=True)
            if heading.strip()
        ]
        name = definitions.names("registers", "register", language)[sheet["register"]]
        free = {c.name: getattr(c, f"name_{language}") for c in stored(sheet["register"]) if c.name not in sheet["columns"]}
        about = {key: sheet[key] for key in ("file", "sheet", "register")}
        recognised_sheets.append({**about, "name": name, "headings": headings, "free": free})
    return recognised_sheets

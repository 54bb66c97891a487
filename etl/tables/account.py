"""The books of a build: places, loads with rows in = kept + refused, problems, the build itself, and their balance.

Reads: <register>_3_records, official
"""

import duckdb

from etl import stages
from etl.clean.steps import Steps
from etl.headings.columns import columns
from etl.tables import balance


def close(connection: duckdb.DuckDBPyConnection, steps: Steps, name: str, sample: bool, program: str) -> None:
    """Write the books of the build `name`, made by this version of the loader; raises balance.Unaccounted."""
    years = "list(distinct register_year order by register_year)"
    counted = [
        f"select sheet_no, count(*) as rows_in, {years if 'register_year' in columns(r) else 'null'} as register_years "
        f"from {r}_3_records group by sheet_no"
        for r in steps.present()
    ] + ["select sheet_no, count(*) as rows_in, null as register_years from official group by sheet_no"]
    stages.run(
        connection, "account", {"build": name, "sample": sample, "program": program}, records=" union all ".join(counted)
    )
    balance.strike(connection)

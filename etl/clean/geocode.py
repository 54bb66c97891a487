"""Geocode: places by names, or by parts of a code, to village codes, against the full national list, never guessed.

Reads: <sheet>
"""

import duckdb

from etl import stages
from etl.typing.casts import RECORD
from etl.typing.ingest import ReadSheet

PARTS = {  # column -> its type, of what may name a place
    "province_code": "varchar",
    "district_code": "varchar",
    "tambon_code": "varchar",
    "province_name": "varchar",
    "district_name": "varchar",
    "tambon_name": "varchar",
    "moo": "usmallint",
    "village_name": "varchar",
}


def resolve(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet) -> None:
    """Give every record of a sheet its village code, in a table made of the sheet's, or a fault that lists the candidates."""
    there, places = sheet.there, sheet.match.places
    if not {"tambon_code", "tambon_name"} & there:
        return
    if (
        "village_code" in there
        and not connection.execute(f"select count(*) from {sheet.table} where village_code is null and {RECORD}").fetchone()[0]
    ):
        return
    parts = {column: f"s.{column}" if column in there else f"null::{kind}" for column, kind in PARTS.items()}
    given = [column for column in PARTS if column in there]
    says = next((c for c in ("tambon_name", "tambon_code") if c in places), "village_code")
    own = "s.village_code" if "village_code" in there else "null::varchar"
    stages.run(connection, "places")
    stages.run(
        connection,
        "place_of",
        columns=", ".join(f"{sql} as {column}" for column, sql in parts.items()),
        tambon_code=parts["tambon_code"],
        tambon_name=parts["tambon_name"],
        village_code=own,
        rest="* exclude (village_code)" if "village_code" in there else "*",
        sheet=sheet.table,
        row_id=sheet.row_id,
        number=sheet.number,
        register=sheet.match.register,
        says=says,
        says_moo="moo" if "moo" in places else says,
        says_village="village_name" if "village_name" in places else says,
        same=" and ".join([f"s.{c} is not distinct from r.{c}" for c in given]),
    )
    connection.execute(f"drop table {sheet.table}")
    sheet.table, sheet.by_place, sheet.there = f"sheet_{sheet.number}_placed", False, there | {"village_code"}

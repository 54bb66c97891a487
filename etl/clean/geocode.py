"""Places by names, or by parts of a code, to village codes: against the full national list, never guessed."""

import duckdb

from etl import stages
from etl.clean.fill_and_derive import RECORD
from etl.typing.headings import Match

SAID = {
    "province_code": "varchar",
    "district_code": "varchar",
    "tambon_code": "varchar",
    "province_name": "varchar",
    "district_name": "varchar",
    "tambon_name": "varchar",
    "moo": "usmallint",
    "village_name": "varchar",
}


def resolve(connection: duckdb.DuckDBPyConnection, number: int, match: Match, there: set[str]) -> set[str]:
    """Give every record of a sheet its village code, or a fault that lists the candidates; returns the columns now there.

    Wants `place` and `village_sheets`.
    """
    if "village_code" not in there:
        connection.execute(f"alter table sheet_{number} add column village_code varchar")
    elif not connection.execute(f"select count(*) from sheet_{number} where village_code is null and {RECORD}").fetchone()[0]:
        return there
    here = {column: column if column in there else f"null::{kind}" for column, kind in SAID.items()}
    said = [column for column in SAID if column in there]
    says = next((c for c in ("tambon_name", "tambon_code") if c in match.places), "village_code")
    spelled = {
        "columns": ", ".join(f"{sql} as {column}" for column, sql in here.items()),
        "tambon_code": here["tambon_code"],
        "tambon_name": here["tambon_name"],
        "sheet": f"sheet_{number}",
        "number": number,
        "register": match.register,
        "says": says,
        "says_moo": "moo" if "moo" in match.places else says,
        "says_village": "village_name" if "village_name" in match.places else says,
        "same": " and ".join([f"h.{c} is not distinct from r.{c}" for c in said] or ["true"]),
        "same_here": " and ".join([f"sheet_{number}.{c} is not distinct from r.{c}" for c in said] or ["true"]),
        "record": RECORD,
    }
    if "tambon_code" in there or "tambon_name" in there:
        stages.run(connection, "places")
        stages.run(connection, "place_of", **spelled)
    return there | {"village_code"}

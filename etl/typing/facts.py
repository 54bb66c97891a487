"""What the reader of files says of a sheet's cells and rows, as faults: each at its row and column, or of the whole sheet.

Appends: fault
"""

import duckdb

import definitions
from etl.files.headings import Match
from etl.files.sheets import Sheet


def hand_on(connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, match: Match | None) -> None:
    """List the facts of one sheet. A column that the register does not have, or a sheet that is none, is named by its heading."""
    if not sheet.facts:
        return
    severity = {row["fault"]: row["severity"] for row in definitions.table("faults")}
    names = {place: name for name, place in match.places.items()} if match else {}
    register = match.register if match else None
    rows = [
        (
            register if fact.row is not None else None,
            fact.row - sheet.first if fact.row is not None and match else None,
            names.get(fact.place, "") if fact.place is not None else "",
            fact.fault,
            severity[fact.fault],
            fact.found,
            fact.expected,
        )
        for fact in sheet.facts
    ]
    connection.execute(
        """insert into fault
        select f[1], row_id($number, cast(f[2] as bigint)), $number, f[3], f[4], f[5], quoted(f[6]), quoted(f[7])
        from (select unnest($rows) as f)""",
        {"number": number, "rows": [[None if v is None else str(v) for v in row] for row in rows]},
    )

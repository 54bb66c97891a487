"""What the reader of files says of a sheet's cells and rows, as faults: each at its row and column, or of the whole sheet.

Appends: fault
"""

import duckdb

import definitions
from etl.files.cell_marks import Fact
from etl.files.sheets import Sheet
from etl.headings.recognise import Match

WHOLE = {"hidden_rows", "several_tables", "empty_column"}  # of a sheet, whichever columns it has


def hand_on(connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, match: Match | None) -> None:
    """List the facts of one sheet. What is said of a column that is not read, or of a sheet that is no register, is nobody's loss."""
    names = {place: name for name, place in match.places.items()} if match else {}
    told = [fact for fact in sheet.facts if fact.fault in WHOLE or any(place in names for place in _places(fact))]
    if not told:
        return
    severity = {row["fault"]: row["severity"] for row in definitions.table("faults")}
    rows = [
        (
            match.register if match and fact.row is not None else None,
            fact.row - sheet.first if fact.row is not None else None,
            next((names[place] for place in _places(fact) if place in names), ""),
            fact.fault,
            severity[fact.fault],
            fact.found,
            fact.expected,
        )
        for fact in told
    ]
    connection.execute(
        """insert into fault
        select f[1], row_id($number, cast(f[2] as bigint)), $number, f[3], f[4], f[5], quoted(f[6]), quoted(f[7])
        from (select unnest($rows) as f)""",
        {"number": number, "rows": [[None if v is None else str(v) for v in row] for row in rows]},
    )


def _places(fact: Fact) -> range:
    """The columns that a fact is of: a merged cell is of all that it stretches over."""
    if fact.place is None:
        return range(0)
    return range(fact.place, fact.place + (int(fact.found) if fact.fault.startswith("merged_cell") else 1))

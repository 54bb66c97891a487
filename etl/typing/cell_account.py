"""An account of every column of a sheet: its filled cells are those understood, those refused and those blank by rule.

Reads: sheet_<n>_typed
Appends: column_account
"""

import duckdb

from etl.headings.columns import columns
from etl.headings.understand import Heading

BITS = 60  # columns of which one number of a record says whether their cells are filled
REFUSED = "f.severity <> 'notice' and f.fault not in ('missing_value', 'extra_cells')"


def masks(width: int) -> list[str]:
    """SQL of the columns filled_0 …: a bit for each of a record's cells in which anything stands."""
    cells = [f"if(c{place} is null or trim(c{place}) = '', 0, 1::ubigint << {place % BITS})" for place in range(width)]
    return [f"{' + '.join(cells[at : at + BITS])} as filled_{at // BITS}" for at in range(0, width, BITS)]


def names(width: int) -> list[str]:
    """The columns that `masks` makes."""
    return [f"filled_{at // BITS}" for at in range(0, width, BITS)]


def settle(connection: duckdb.DuckDBPyConnection, number: int, register: str, headings: list[Heading]) -> None:
    """Write the account of one sheet that was read."""
    if not headings:
        return
    filled = [f"count(*) filter (filled_{h.place // BITS} & (1::ubigint << {h.place % BITS}) <> 0)" for h in headings]
    understood = [f"count({h.column})" if h.used and h.column else "0" for h in headings]
    counted = connection.execute(f"select {', '.join(filled + understood)} from sheet_{number}_typed").fetchall()[0]
    refused = dict(
        connection.execute(
            f"""select f.column_name, count(*) from (select unnest(faults) as f from sheet_{number}_typed where len(faults) > 0)
            where {REFUSED} group by all"""
        ).fetchall()
    )
    per_heading = zip(headings, counted[: len(headings)], counted[len(headings) :], strict=True)
    rows = [[*_named(number, register, h), n, read, refused.get(h.column, 0) if h.used else 0] for h, n, read in per_heading]
    _append(connection, rows)


def unread(
    connection: duckdb.DuckDBPyConnection, number: int, register: str, headings: list[Heading], filled: list[int]
) -> None:
    """Write the account of a sheet that is no register: nothing of it was understood."""
    rows = [[*_named(number, register, h), filled[h.place] if h.place < len(filled) else 0, 0, 0] for h in headings]
    _append(connection, rows)


def _named(number: int, register: str, heading: Heading) -> list:
    column = columns(register).get(heading.column or "")
    means = [column.name_th, column.name_en] if column else [None, None]
    return [number, heading.place + 1, heading.key, heading.column, *means, heading.degree, list(heading.candidates)]


def _append(connection: duckdb.DuckDBPyConnection, rows: list[list]) -> None:
    if rows:
        connection.executemany("insert into column_account values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

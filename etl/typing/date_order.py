"""Tell from a whole column whether its dates write the day or the month first, and read a sheet again where it is not the day.

Day first is how Thai offices write, so a sheet is read so at first. Only one in which a date could not be read that way, and can
be read the other way (03/15/2565), pays for a second look.

Reads: <sheet>, sheet_<n>_typed
Appends: fault
"""

from collections.abc import Mapping
from dataclasses import replace

import duckdb

import definitions
from etl.files.sheets import Sheet
from etl.headings.columns import Column, columns
from etl.typing import casts
from etl.typing.casts import Layout
from etl.typing.date_columns import DAY, MONTH, TOLD, Orders

SLIPS = 20  # cells that only begin with a day, to one that only begins with a month, from which that one is a slip of the hand

Seen = Mapping[str, int]  # what a cell can begin with ("day", "month", "either") -> cells of a column


def said_orders(said: Mapping[str, str]) -> dict[str, str]:
    """What an officer said: `COLUMN.first` is "day" or "month"."""
    answers = {name.removesuffix(".first"): value for name, value in said.items() if name.endswith(".first")}
    return {name: value for name, value in answers.items() if value in (DAY, MONTH)}


def read_in_order(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    number: int,
    layout: Layout,
) -> None:
    """The table of a sheet that was read day first, made anew where that is not the order of a column; lists what was assumed."""
    match = layout.match
    dates = [c for name in match.places if (c := columns(match.register)[name]).type == "date" and name not in layout.orders]
    if not dates or not _doubtful(connection, number):
        return
    seen = {column.name: _seen(connection, sheet, match.places[column.name]) for column in dates}
    orders = {name: order for name in seen if (order := _order(seen[name], list(seen.values()))) != DAY}
    if not orders:
        return
    casts.read_sheet(connection, sheet, number, replace(layout, orders={**layout.orders, **orders}))
    for column in dates:
        if column.name in orders:
            _list(connection, number, match.register, column, orders, seen[column.name])


def _doubtful(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
    """Whether a date of the sheet could only be read month first."""
    found = connection.execute(
        f"""select 1 from (select unnest(faults, recursive := true) from sheet_{number}_typed where len(faults) > 0)
        where fault = 'not_a_date' and order_of(date_text(tidied(found))) = 'month' limit 1"""
    )
    return bool(found.fetchall())


def _seen(connection: duckdb.DuckDBPyConnection, sheet: Sheet, place: int) -> Seen:
    return dict(
        connection.execute(
            f"""select begins, count(*) from (
              select order_of(date_text(tidied(c{place}))) as begins from {casts.source(sheet)})
            where begins is not null group by begins"""
        ).fetchall()
    )


def _order(seen: Seen, of_sheet: list[Seen]) -> str:
    """What stands first in a column: by its own cells, and where these tell nothing by the other columns of the sheet."""
    days, months = seen.get("day", 0), seen.get("month", 0)
    if days and months:
        return DAY if days >= SLIPS * months else TOLD
    foreign = any(other.get("month", 0) and not other.get("day", 0) for other in of_sheet)
    return MONTH if months or (not days and foreign and seen.get("either", 0)) else DAY


def _list(
    connection: duckdb.DuckDBPyConnection, number: int, register: str, column: Column, orders: Orders, seen: Seen
) -> None:
    """Say of a column what was assumed."""
    if orders[column.name] == TOLD:
        fault, cells = "mixed_dates", seen.get("either", 0)
    elif seen.get("month", 0):
        fault, cells = "month_first", seen["month"]
    else:
        fault, cells = "assumed_month_first", seen.get("either", 0)
    severity = next(row["severity"] for row in definitions.table("faults") if row["fault"] == fault)
    connection.execute(
        "insert into fault values (?, null, ?, ?, ?, ?, ?, ?)",
        [register, number, column.name, fault, severity, str(cells), column.name],
    )

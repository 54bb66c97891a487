"""Fill blanks under merged cells; derive columns (monthly → yearly income, a full name → its parts).

Reads: <sheet>, sheet_<n>_typed
Writes: sheet_<n>_derived, sheet_<n>_filled
"""

import duckdb

from etl.headings.columns import Column, columns
from etl.headings.recognise import Match
from etl.typing.casts import RECORD, is_money, sql_type

PARENTS = (  # from the whole to the part: a blank cell below stands for the one above it
    ("province_code", "province_name"),
    ("district_code", "district_name"),
    ("tambon_code", "tambon_name"),
    ("moo", "village_name"),
)


def derived(connection: duckdb.DuckDBPyConnection, number: int, match: Match, there: set[str]) -> tuple[str, set[str]]:
    """Columns that others give, such as income per person from that of the household.

    Returns the table of the sheet, a new one where something was derived, and the columns that it has.
    """
    of_register = columns(match.register)
    expressions: dict[str, list[str]] = {}
    givers = {name for name in match.places if of_register[name].gives}
    for target, expression in [one.split(" = ", 1) for name in match.places for one in _gives(of_register[name])]:
        words = expression.replace("(", " ").replace(")", " ").replace(",", " ").split()
        if {name for name in of_register if name in words} <= there:
            expressions.setdefault(target, []).append(expression)
    if not givers:
        return f"sheet_{number}_typed", there
    made = [
        f"cast({_kept(of_register[target], [*([target] if target in there else []), *ways])}"
        f" as {sql_type(of_register[target])}) as {target}"
        for target, ways in expressions.items()
        if target in of_register
    ]
    dropped = ", ".join(sorted(givers | (expressions.keys() & there)))
    connection.execute(
        f"""create table sheet_{number}_derived as
        select {", ".join([f"* exclude ({dropped})", *made])} from sheet_{number}_typed"""
    )
    connection.execute(f"drop table sheet_{number}_typed")
    return f"sheet_{number}_derived", (there - givers) | (expressions.keys() & of_register.keys())


def _kept(column: Column, ways: list[str]) -> str:
    """SQL of the first way that gives a value; baht as money is kept, so that a twelfth of 38,000 a month is 38,000 a year."""
    first = f"coalesce({', '.join(ways)})"
    return f"round({first}, 2)" if is_money(column) else first


def _gives(column: Column) -> list[str]:
    """`target = expression` of each column that this one gives its value."""
    return column.gives.split("|") if column.gives else []


def fill_down(connection: duckdb.DuckDBPyConnection, number: int, table: str, there: set[str]) -> tuple[str, dict[str, int]]:
    """Write into blank cells of the places what stands above them; returns the table of the sheet, and column -> cells filled.

    Only where a column is kept that way: it says each value once, and most of its cells are blank. A cell that somebody
    forgot in an ordinary list stays blank, and the record says so.
    """
    filled: dict[str, int] = {}
    above: list[str] = []
    relation = f"(select rowid as place, * from {table})"
    for level in PARENTS:
        for column in [name for name in level if name in there]:
            if blank := _blank_under(connection, table, column):
                filled[column] = blank
                within = ", ".join([RECORD, *above])
                value = f"last_value({column} ignore nulls) over (partition by {within} order by place)"
                relation = f"(select * replace (if({RECORD}, {value}, {column}) as {column}) from {relation})"
        above += [name for name in level if name in there]
    if not filled:
        return table, filled
    connection.execute(f"create table sheet_{number}_filled as select * exclude (place) from {relation} order by place")
    connection.execute(f"drop table {table}")
    return f"sheet_{number}_filled", filled


def _blank_under(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    """How many cells of a column are blank because they are under the one that says it; 0 where it is kept in another way."""
    blank, filled, begins, repeated = connection.execute(
        f"""select count(*) filter ({column} is null), count({column}),
                   coalesce(first({column} order by rowid) is not null, false), count(*) filter ({column} = before)
        from (select rowid, {column}, lag({column}) over (order by rowid) as before from {table} where {RECORD})"""
    ).fetchone()
    return blank if blank >= filled and begins and not repeated else 0

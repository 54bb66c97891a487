"""What a sheet says once for many rows or in another measure: blank cells under a parent, and columns that give others theirs."""

import duckdb

from etl.typing.casts import sql_type
from etl.typing.headings import Match, columns

PARENTS = (  # from the whole to the part: a blank cell below stands for the one above it
    ("province_code", "province_name"),
    ("district_code", "district_name"),
    ("tambon_code", "tambon_name"),
    ("moo", "village_name"),
)
RECORD = "(faults is null or len(faults) > 0)"


def given(connection: duckdb.DuckDBPyConnection, number: int, match: Match, there: set[str]) -> set[str]:
    """Columns that others give, such as income per person from that of the household; returns the columns now there."""
    of_register = columns(match.register)
    sums: dict[str, list[str]] = {}
    givers = [of_register[name] for name in match.places if of_register[name].gives]
    for giver in givers:
        for one in giver.gives.split("|"):
            target, expression = one.split(" = ", 1)
            needs = [
                name for name in of_register if name in expression.replace("(", " ").replace(")", " ").replace(",", " ").split()
            ]
            if set(needs) <= there:
                sums.setdefault(target, []).append(expression)
    if not givers:
        return there
    made = [
        f"cast(coalesce({', '.join([*([target] if target in there else []), *expressions])}) as {sql_type(of_register[target])}) as {target}"
        for target, expressions in sums.items()
        if target in of_register
    ]
    dropped = {giver.name for giver in givers} | (sums.keys() & there)
    connection.execute(
        f"create or replace table sheet_{number} as "
        f"select * exclude ({', '.join(sorted(dropped))}){''.join(f', {one}' for one in made)} from sheet_{number}"
    )
    return (there - {giver.name for giver in givers}) | (sums.keys() & of_register.keys())


def fill_down(connection: duckdb.DuckDBPyConnection, number: int, there: set[str]) -> dict[str, int]:
    """Write into blank cells of the places what stands above them; returns column -> cells filled.

    Only where a column is kept that way: it says each value once, and most of its cells are blank. A cell that somebody
    forgot in an ordinary list stays blank, and the record says so.
    """
    filled: dict[str, int] = {}
    above: list[str] = []
    for level in PARENTS:
        for column in [name for name in level if name in there]:
            blank, said, begins, repeated = connection.execute(
                f"""select count(*) filter ({column} is null), count({column}), coalesce(first({column} order by rowid) is not null, false),
                           count(*) filter ({column} = was)
                from (select rowid, {column}, lag({column}) over (order by rowid) as was from sheet_{number} where {RECORD})"""
            ).fetchone()
            if not blank or blank < said or repeated or not begins:
                continue
            parents = f"partition by {', '.join(above)}" if above else ""
            connection.execute(
                f"""update sheet_{number} set {column} = down.value from (
                  select rowid as place, last_value({column} ignore nulls) over ({parents} order by rowid) as value
                  from sheet_{number} where {RECORD}) down
                where sheet_{number}.rowid = down.place and {column} is null and {RECORD}"""
            )
            filled[column] = blank
        above += [name for name in level if name in there]
    return filled

"""Restore masked citizen IDs: a cell that an officer left masked is the original ID of the row that a correction refers to.

Reads: <sheet>, given_back, sheet
Writes: cells_<n>
Appends: given_back
"""

from dataclasses import replace

import duckdb

from etl.files.sheets import SPARE, Sheet
from etl.headings.columns import plain
from etl.headings.recognise import Match
from etl.typing.casts import literal, source


def restored(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, match: Match, earlier: dict[int, Sheet]
) -> Sheet:
    """Replace unchanged masked cells of a sheet of corrections with the original value; `earlier` are the sheets read so far,
    by number. A masked cell whose row is not there, or is of another register, or came back with an earlier file already,
    stays masked, and is listed as no citizen ID."""
    reference = f"trim(c{match.places['corrects']})"
    named = connection.execute(
        f"""select distinct s.sheet_no, s.first, s.checksum, s.ordinal
        from (select {reference} as r from {source(sheet)}) join sheet s
          on refers_to(r, s.checksum, s.ordinal) and s.register = $register""",
        {"register": match.register},
    ).fetchall()
    wanted = f"select try_cast(split_part({reference}, ':', 3) as bigint) from {source(sheet)}"
    originals = [
        _original(earlier[no], first, sum_, ordinal, sheet, wanted) for no, first, sum_, ordinal in named if no in earlier
    ]
    if not originals:
        return sheet
    width = len(sheet.headings)
    cells = [f"if(c{i} <> o{i} and c{i} = without_ids(o{i}), o{i}, c{i}) as c{i}" for i in range(width)]
    cells += [f"c{width + i}" for i in range(SPARE)]
    connection.execute(
        f"""create or replace table cells_{number} as
        select {", ".join(cells)} from (select *, row_number() over () as place from {source(sheet)}) s
        left join ({" union all ".join(originals)}) o
          on o.reference = {reference} and o.reference not in (select reference from given_back where sheet_no <> {number})
        order by place"""
    )
    connection.execute(
        f"insert into given_back select {number}, {reference} from {source(sheet)} where {reference} is not null"
    )
    return replace(sheet, table=f"cells_{number}")


def _original(original: Sheet, first: int, checksum: str, ordinal: int, sheet: Sheet, wanted: str) -> str:
    """SQL of the rows that a sheet's corrections refer to (their rows on paper are `wanted`), o0 … by the places of the same
    headings in it."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(original.headings)))}
    cells = [
        f"{f'c{places[plain(heading)]}' if plain(heading) in places else 'null::varchar'} as o{i}"
        for i, heading in enumerate(sheet.headings)
    ]
    return (
        f"select reference_to({literal(checksum)}, {ordinal}, paper_row) as reference, {', '.join(cells)}"
        f" from (select *, row_number() over () - 1 + {first} as paper_row from {source(original)})"
        f" where paper_row in ({wanted})"
    )

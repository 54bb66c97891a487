"""Values that a newer file left blank: an empty cell never wipes what an older file said, unless the officer wants it so.

They lie among the registers as a file of their own, one row per value, so that a build stays a function of its files.
"""

import csv
from pathlib import Path

import duckdb

from etl.store import Register, checksum
from etl.typing.casts import literal, sql_type, typed_value, where_so
from etl.typing.headings import stored

NAME = "ค่าเดิมที่ยังใช้.csv"
KEYS = {"household": ("register_year", "household_id"), "person": ("register_year", "household_id", "member_no")}
HEADINGS = ("ปีทะเบียน", "รหัสครัวเรือน", "คนที่", "คอลัมน์", "ค่าเดิม")


def left_blank(before: Path, after: Path, folder: Path) -> Register | None:
    """The file of values that `before` has and `after` has not, for households and persons of both; None where there are none."""
    rows: list[tuple] = []
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(before))} as was (read_only); attach {literal(str(after))} as now (read_only)")
        for register, key in KEYS.items():
            there = {name for (name, *_) in connection.execute(f"describe was.{register}").fetchall()}
            columns = [c.name for c in stored(register) if c.name in there and c.name not in key]
            lost = {c: f'w."{c}" is not null and n."{c}" is null' for c in columns}
            each = where_so(
                (gone, f"row('{register}.{c}', w.\"{c}\"::varchar)::struct(c varchar, v varchar)") for c, gone in lost.items()
            )
            rows += connection.execute(
                f"""select w.register_year, w.household_id, {"w.member_no" if register == "person" else "null"},
                           unnest({each}, recursive := true)
                from was.{register} w join now.{register} n using ({", ".join(key)})
                where {" or ".join(f"({gone})" for gone in lost.values())}"""
            ).fetchall()
    if not rows:
        return None
    path = folder / "carried.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADINGS, *sorted(rows, key=str)])
    return Register(NAME, checksum(path), path)


def apply(connection: duckdb.DuckDBPyConnection) -> None:
    """Put such values into the blank cells of `household_sound` and `person_sound`."""
    if not connection.execute("select count(*) from carried_sound").fetchone()[0]:
        return
    for register, key in KEYS.items():
        kept = connection.execute(
            "select distinct split_part(column_name, '.', 2) from carried_sound where split_part(column_name, '.', 1) = ?",
            [register],
        ).fetchall()
        columns = [c for c in stored(register) if (c.name,) in kept]
        if not columns:
            continue
        values = ", ".join(
            f"max({typed_value(c, 'former_value')}) filter (column_name = '{register}.{c.name}')::{sql_type(c)} as {c.name}"
            for c in columns
        )
        filled = ", ".join(f"coalesce(s.{c.name}, v.{c.name}) as {c.name}" for c in columns)
        connection.execute(
            f"""create table {register}_carried as select {", ".join(key)}, {values} from carried_sound
            where column_name like '{register}.%' group by all;
            create table {register}_filled as
            select s.* replace ({filled}) from {register}_sound s left join {register}_carried v using ({", ".join(key)});
            create or replace view {register}_sound as from {register}_filled"""
        )

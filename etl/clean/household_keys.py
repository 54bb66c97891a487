"""Resolve keys in a stated order of trust: ids of households without one, members of lists, records that hang on a household.

Reads: <register>_1_placed, <register>_2_keyed, <sheet>, fault, person_1_placed
Writes: <register>_2_keyed, <register>_4_united, numbered, sheet_<n>_keyed
Appends: fault
"""

import duckdb

from definitions.registers import HOUSEHOLD, children, registers
from etl import stages
from etl.clean.steps import Steps
from etl.clean.union_sheets import union
from etl.headings.columns import Column, columns, stored
from etl.typing.casts import FAULT_TYPE, RECORD, sql_type
from etl.typing.ingest import ReadSheet

WAYS = ("house_code", "household_no", "head_citizen_id")  # by which a record names its household where it has no id
OF_HEAD = {"members", "head_title", "head_first_name", "head_last_name", "head_citizen_id", "register_year", "household_id"}
ORDERED = ("birth_date", "citizen_id", "first_name", "last_name", "title", "relation")  # what tells members apart, dates first
SAYS_SO = ("tambon_name", "tambon_code", "moo", "village_name")  # columns at which a missing place is listed already


def own(register: str) -> list[Column]:
    """The columns that the table of a register keeps: those stored, but for the ways in which a child names its household."""
    return [c for c in stored(register) if not (registers()[register].parent and c.name in WAYS)]


def given(connection: duckdb.DuckDBPyConnection, steps: Steps, sheets: dict[str, list[ReadSheet]]) -> None:
    """The step `2_keyed` of all registers but children: household ids and member numbers where the files give none."""
    for register in [r for r in sheets if not registers()[r].parent]:
        keys: dict[str, list[str]] = {}
        if register == "household" and _lacking(connection, "household", "household_id"):
            stages.run(connection, "household_ids")
            keys = {"named": ["household_id"]}
        if register == "member_list":
            stages.run(connection, "listed_ids", standing=_standing("member_list"))
            keys = {"listed_named": ["household_id", "member_no"]}
        _write(connection, steps, register, sheets[register], keys)


def linked(connection: duckdb.DuckDBPyConnection, steps: Steps, sheets: dict[str, list[ReadSheet]]) -> None:
    """The step `2_keyed` of the children: their household's id, or a fault, and numbers of members that have none."""
    for register in [child.name for child in children() if child.name in sheets]:
        keys: dict[str, list[str]] = {}
        if register == "person" and _lacking(connection, "person", "member_no"):
            _number(connection)
            keys = {"numbered": ["member_no"]}
        if _lacking(connection, register, "household_id"):
            _link(connection, register)
            keys[f"{register}_only_one"] = ["household_id"]
        _write(connection, steps, register, sheets[register], keys)


def _lacking(connection: duckdb.DuckDBPyConnection, register: str, key: str) -> bool:
    rows = connection.execute(f"select 1 from {register}_1_placed where {key} is null limit 1")
    return bool(rows.fetchall())


def _standing(register: str) -> str:
    """SQL: in which order members without a number are numbered, in whatever order the file has them: the oldest first."""
    return f"row({', '.join(c for c in ORDERED if c in columns(register))})"


def _number(connection: duckdb.DuckDBPyConnection) -> None:
    """Members without a number are numbered: the head, then by age, so that a list sorted anew gives each the same number."""
    connection.execute(
        f"""create table numbered as
        select row_id, row_number() over (
          partition by register_year, household_id, house_code, household_no, head_citizen_id
          order by coalesce(relation ilike 'หัวหน้า%', false) desc, {_standing("person")}, row_id) as member_no
        from person_1_placed"""
    )


def _link(connection: duckdb.DuckDBPyConnection, register: str) -> None:
    own_columns, of_household = columns(register), columns(HOUSEHOLD)
    ways = [name if name in own_columns else f"null::{sql_type(of_household[name])} as {name}" for name in WAYS]
    with_house = (
        "house_code" in own_columns
        and connection.execute(f"select count(house_code) > 0 from {register}_1_placed").fetchone()[0]
    )
    stages.run(connection, "links", register=register, ways=", ".join(ways), has_house="yes" if with_house else "no")


def _write(
    connection: duckdb.DuckDBPyConnection,
    steps: Steps,
    register: str,
    sheets: list[ReadSheet],
    keys: dict[str, list[str]],
) -> None:
    """The step `2_keyed` of one register: `keys` are tables by row id -> the columns that they give where a sheet has none."""
    lacking = [sheet for sheet in sheets if any(_blank(connection, sheet, c) for given in keys.values() for c in given)]
    for sheet in lacking:
        _fill(connection, sheet, keys)
    if lacking:
        union(connection, register, "2_keyed", sheets)
        steps.changed(register, "2_keyed")
    else:
        steps.unchanged(register, "2_keyed")
    for column in [c.name for c in columns(register).values() if c.required == "derived"]:
        if not (registers()[register].parent and column == "household_id"):  # that is listed by `_link`
            _list_missing(connection, register, column)


def _blank(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet, column: str) -> bool:
    """Whether some record of a sheet lacks a key."""
    blank = f"select 1 from {sheet.table} where {column} is null and {RECORD} limit 1"
    return column not in sheet.there or bool(connection.execute(blank).fetchall())


def _fill(connection: duckdb.DuckDBPyConnection, sheet: ReadSheet, keys: dict[str, list[str]]) -> None:
    """A table made of the sheet's, in which the keys are filled in."""
    given = {column: source for source, named in keys.items() for column in named}
    kept = ", ".join(f"s.{c}" for c in ["sheet_no", *sorted(sheet.there - given.keys()), "faults", "cells"])
    types = {c: sql_type(columns(sheet.match.register)[c]) for c in given}
    values = {c: f"coalesce(s.{c}, {source}.{c})" if c in sheet.there else f"{source}.{c}" for c, source in given.items()}
    filled = ", ".join(f"cast({value} as {types[c]}) as {c}" for c, value in values.items())
    joins = " ".join(f"left join {source} on {source}.row_id = {sheet.row_id}" for source in keys)
    connection.execute(
        f"""create table sheet_{sheet.number}_keyed as
        select {sheet.row_id} as row_id, {kept}, {filled} from {sheet.table} s {joins}"""
    )
    connection.execute(f"drop table {sheet.table}")
    sheet.table, sheet.by_place, sheet.there = f"sheet_{sheet.number}_keyed", False, sheet.there | given.keys()


def _list_missing(connection: duckdb.DuckDBPyConnection, register: str, column: str) -> None:
    """A fault for each record that lacks a key and of which no fault says so yet."""
    listed = ", ".join(f"'{name}'" for name in (column, *SAYS_SO))
    connection.execute(
        f"""insert into fault select '{register}', row_id, sheet_no, '{column}', 'missing_value', 'error', '', ''
        from {register}_2_keyed s where {column} is null
          and not exists (from fault f where f.row_id = s.row_id and f.column_name in ({listed}))
          and not list_contains(list_transform(coalesce(faults, []), lambda f: f.column_name), '{column}')"""
    )


def unite_households(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """The step `4_united` of households: beside them those of person lists."""
    if "member_list" not in steps.present():
        steps.unchanged("household", "4_united")
        return
    facts = [c for c in stored("household") if c.name not in OF_HEAD]
    listed = {c.name for c in stored("member_list")}
    stages.run(
        connection,
        "listed_household",
        facts=", ".join(f"arg_min({c.name}, place) as {c.name}" for c in facts if c.name in listed),
        faults=FAULT_TYPE,
    )
    steps.changed("household", "4_united")


def unite_persons(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """The step `4_united` of persons: beside them those of person lists."""
    if "member_list" not in steps.present():
        steps.unchanged("person", "4_united")
        return
    listed = {c.name for c in stored("member_list")}
    shared = ", ".join(["row_id", "sheet_no", *(c.name for c in stored("person") if c.name in listed)])
    stages.run(connection, "listed_person", columns=shared, faults=FAULT_TYPE)
    steps.changed("person", "4_united")

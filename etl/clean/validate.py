"""Validate: from sheets to the records that the tables are made of, step by step (see etl/clean/steps.py).

Reads: <before>, <register>_9_unique, <register>_faults, again_<register>, <register>_10_kept, repeated_<register>
Writes: <register>_10_kept, <register>_1_placed, <register>_5_valid, <register>_6_known, <register>_9_unique,
Writes: <register>_faults, again_<register>, repeated_<register>
Appends: fault, overlap
"""

from collections.abc import Iterable

import duckdb

from definitions.registers import HOUSEHOLD, registers
from etl import stages
from etl.clean import (
    carry_forward,
    geocode,
    household_keys,
    merge_sources,
    metric_points,
    non_records,
    recorded_rows,
    serial_numbers,
)
from etl.clean.steps import Steps
from etl.clean.union_sheets import absent, union
from etl.headings.columns import columns
from etl.typing.casts import PER_COLUMN
from etl.typing.ingest import ReadSheet

READ_EARLY = ("household", "village")  # by scripts that match others with them, also where there are none


def records(connection: duckdb.DuckDBPyConnection, steps: Steps, read: list[ReadSheet]) -> None:
    """Every step of every register; `fault` has what was wrong on the way."""
    sheets = _by_register(read)
    children = [r for r in sheets if registers()[r].parent == HOUSEHOLD]
    own = [r for r in sheets if r not in children]
    _place(connection, steps, sheets)
    household_keys.given(connection, steps, sheets)
    non_records.leave_out(connection, steps, sheets, own)
    _person_lists(connection, steps)
    household_keys.unite_households(connection, steps)
    household_keys.linked(connection, steps, sheets)
    non_records.leave_out(connection, steps, sheets, children)
    if "person" in steps.present() or "member_list" in steps.present():
        household_keys.unite_persons(connection, steps)
    others = [r for r in steps.present() if r != "member_list"]
    _valid(connection, steps, others)
    _check_codes(connection, steps, others)
    recorded_rows.amend(connection, steps)
    merge_sources.merge(connection, steps)
    carry_forward.apply(connection, steps)
    _unique(connection, steps, others)
    _kept(connection, steps, others)
    absent(connection, steps, "10_kept")


def _by_register(read: list[ReadSheet]) -> dict[str, list[ReadSheet]]:
    """Register -> its sheets, in the order in which registers are declared; persons also where only lists tell of them."""
    names = {sheet.match.register for sheet in read} | set(READ_EARLY)
    names |= {"person"} if "member_list" in names else set()
    names |= {registers()[name].parent for name in names} - {""}  # also where no file has them: then theirs hang on nothing
    return {r: [sheet for sheet in read if sheet.match.register == r] for r in registers() if r in names}


def _place(connection: duckdb.DuckDBPyConnection, steps: Steps, sheets: dict[str, list[ReadSheet]]) -> None:
    """The step `1_placed`; villages first, since others name them."""
    for register in sorted(sheets, key=lambda name: name != "village"):
        of_register = columns(register)
        if "village_code" in of_register and of_register["village_code"].required == "derived":
            for sheet in sheets[register]:
                geocode.resolve(connection, sheet)
        for sheet in sheets[register]:
            metric_points.read(connection, sheet)
        if register == "village":  # read by those that follow
            _placed(connection, steps, register, sheets[register])
    serial_numbers.leave_out(connection, sheets)
    for register in [register for register in sheets if register != "village"]:
        _placed(connection, steps, register, sheets[register])


def _placed(connection: duckdb.DuckDBPyConnection, steps: Steps, register: str, sheets: list[ReadSheet]) -> None:
    union(connection, register, "1_placed", sheets)
    steps.changed(register, "1_placed")


def _person_lists(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """Person lists go through all their steps first: their records become households and persons."""
    if "member_list" in steps.present():
        _list_faults(connection, "member_list", "member_list_3_records")
        steps.refuse("lists_valid", "5_valid", ["member_list"])
        _list_repeated(connection, "member_list", "member_list_5_valid")
        steps.refuse("lists_unique", "10_kept", ["member_list"])


def _valid(connection: duckdb.DuckDBPyConnection, steps: Steps, names: Iterable[str]) -> None:
    """The step `5_valid`: what is wrong with single cells and keys."""
    for register in names:
        _list_faults(connection, register, f"{register}_{'4_united' if register in ('household', 'person') else '3_records'}")
    steps.refuse("valid", "5_valid", names)


def _list_faults(connection: duckdb.DuckDBPyConnection, register: str, before: str) -> None:
    """Every fault of every record; those that are the same for a whole column once for it, with how many cells."""
    once = ", ".join(f"'{fault}'" for fault in PER_COLUMN)
    connection.execute(
        f"""create table {register}_faults as
        select row_id, sheet_no, unnest(faults, recursive := true) from {before} where len(faults) > 0;
        insert into fault select '{register}', * from {register}_faults where fault not in ({once});
        insert into fault
        select '{register}', null, sheet_no, column_name, fault, severity, count(*)::varchar, any_value(expected)
        from {register}_faults where fault in ({once}) group by all"""
    )


def _check_codes(connection: duckdb.DuckDBPyConnection, steps: Steps, names: list[str]) -> None:
    """The step `6_known`: places and steps of cases that there are."""
    for register in [registers()[name] for name in names if registers()[name].place]:
        script = "unknown_village" if register.name in READ_EARLY else "unknown_place"
        stages.run(connection, script, register=register.name, place=register.place)
    if "step" in names:
        stages.run(connection, "unknown_step")
    recorded_rows.refuse_copies(connection, names)
    steps.refuse("known", "6_known", names)
    stages.run(connection, "place_notices")


def _unique(connection: duckdb.DuckDBPyConnection, steps: Steps, names: list[str]) -> None:
    """The step `9_unique`: one record of a key, where a second one is refused."""
    for register in [registers()[name] for name in names]:
        if register.table and register.repeated == "refused":
            _list_repeated(connection, register.name, f"{register.name}_8_carried")
    steps.refuse("unique", "9_unique", names)


def _list_repeated(connection: duckdb.DuckDBPyConnection, register: str, before: str) -> None:
    """List records whose key another has already, and which sheets share how many keys."""
    key = ", ".join(registers()[register].key)
    connection.execute(f"create table repeated_{register} as select {key} from {before} group by {key} having count(*) > 1")
    if not connection.execute(f"select count(*) from repeated_{register}").fetchone()[0]:
        return
    connection.execute(
        f"""create table again_{register} as
        select {key}, row_id, sheet_no from {before} semi join repeated_{register} using ({key});
        insert into overlap
        with each_once as (select distinct {key}, sheet_no from again_{register})
        select '{register}', a.sheet_no, b.sheet_no, count(*) from each_once a join each_once b using ({key})
        where a.sheet_no <> b.sheet_no group by all;
        insert into fault
        select '{register}', row_id, sheet_no, '{registers()[register].key[-1]}', 'repeated_key', 'error',
               concat_ws(' / ', {key}), ''
        from again_{register} qualify row_number() over (partition by {key} order by row_id) > 1"""
    )


def _kept(connection: duckdb.DuckDBPyConnection, steps: Steps, names: list[str]) -> None:
    """The step `10_kept`: records of which what they hang on is kept."""
    for register in names:
        if not registers()[register].parent:
            steps.unchanged(register, "10_kept")
    children = [r for r in names if registers()[r].parent]
    for register in children:
        parent = registers()[registers()[register].parent]
        connection.execute(
            f"""insert into fault
            select '{register}', row_id, sheet_no, '{parent.key[-1]}', 'unknown_{parent.name}', 'error', {parent.key[-1]}, ''
            from {register}_9_unique anti join {parent.name}_10_kept using ({", ".join(parent.key)})"""
        )
    steps.refuse("kept", "10_kept", children)

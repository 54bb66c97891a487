"""Who belongs to what, by keys in a stated order of trust: households without an id, members of lists, what hangs on a household."""

import duckdb

from definitions.registers import HOUSEHOLD, children, registers
from etl import stages
from etl.typing.casts import FAULT_TYPE, ROW_BITS, sql_type
from etl.typing.headings import Column, columns, stored

WAYS = ("house_code", "household_no", "head_citizen_id")  # by which a record names its household where it has no id
OF_HEAD = {"members", "head_title", "head_first_name", "head_last_name", "head_citizen_id", "register_year", "household_id"}


def sheets(connection: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """Every register -> the numbers of its sheets."""
    read = dict(connection.execute("select register, list(sheet_no order by sheet_no) from sheet group by register").fetchall())
    return {register: read.get(register, []) for register in registers()}


def own(register: str) -> list[Column]:
    """The columns that the table of a register keeps: those stored, but for the ways in which a child names its household."""
    return [c for c in stored(register) if not (registers()[register].parent and c.name in WAYS)]


def named(connection: duckdb.DuckDBPyConnection) -> None:
    """Household ids and member numbers where the files give none, written into the sheets; wants the views `_sheets`."""
    if connection.execute("select count(*) from household_sheets where household_id is null").fetchone()[0]:
        stages.run(connection, "household_ids")
        _write(connection, "household", "named", "household_id")
    of = sheets(connection)
    if of["member_list"]:
        stages.run(connection, "listed_ids")
        _write(connection, "member_list", "listed_named", "household_id")
        _write(connection, "member_list", "listed_named", "member_no")
    if of["person"]:
        _numbered(connection)
    for register in filter(of.get, registers()):
        for column in [c.name for c in columns(register).values() if c.required == "derived"]:
            if registers()[register].parent and column == "household_id":
                continue  # listed by `linked`
            connection.execute(
                f"""insert into fault select '{register}', row_id, sheet_no, '{column}', 'missing_value', 'error', '', ''
                from {register}_sheets s where {column} is null and (faults is null or len(faults) > 0)
                  and not exists (from fault f where f.row_id = s.row_id and f.column_name in ('{column}', 'tambon_name', 'tambon_code', 'moo', 'village_name'))
                  and not list_contains(list_transform(coalesce(faults, []), lambda f: f.column_name), '{column}')"""
            )


def _numbered(connection: duckdb.DuckDBPyConnection) -> None:
    """Members without a number are numbered as they stand in the file."""
    if connection.execute(
        "select count(*) from person_sheets where member_no is null and (faults is null or len(faults) > 0)"
    ).fetchone()[0]:
        connection.execute(
            """create table numbered as select row_id,
            row_number() over (partition by register_year, household_id, house_code, household_no, head_citizen_id order by row_id) as member_no
            from person_sheets where faults is null or len(faults) > 0"""
        )
        _write(connection, "person", "numbered", "member_no")


def _write(connection: duckdb.DuckDBPyConnection, register: str, source: str, column: str) -> None:
    for number in sheets(connection)[register]:
        here = [name for (name, *_) in connection.execute(f"describe sheet_{number}").fetchall()]
        if column not in here:
            kind = "usmallint" if column == "member_no" else "varchar"
            connection.execute(f"alter table sheet_{number} add column {column} {kind}")
        connection.execute(
            f"""update sheet_{number} set {column} = s.{column} from {source} s
            where s.row_id = ({number}::bigint << {ROW_BITS} | sheet_{number}.rowid) and sheet_{number}.{column} is null"""
        )


def lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `household_read` and `person_read`: the registers, and the households and persons of person lists."""
    facts = [c for c in stored("household") if c.name not in OF_HEAD]
    member = [c.name for c in stored("person")]
    both = {c.name for c in stored("member_list")}
    stages.run(
        connection,
        "listed_household",
        facts=", ".join(f"arg_min({c.name}, place) as {c.name}" for c in facts if c.name in both),
        member=", ".join(["row_id", "sheet_no", *(c for c in member if c in both)]),
        faults=FAULT_TYPE,
    )


def linked(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every record that hangs on a household its household id, or a fault; wants `household_read`."""
    of, of_household = sheets(connection), columns(HOUSEHOLD)
    for register in [child.name for child in children() if of[child.name]]:
        if not connection.execute(
            f"select count(*) from {register}_sheets where household_id is null and (faults is null or len(faults) > 0)"
        ).fetchone()[0]:
            continue
        ways = [name if name in columns(register) else f"null::{sql_type(of_household[name])} as {name}" for name in WAYS]
        with_house = (
            "house_code" in columns(register)
            and connection.execute(f"select count(house_code) > 0 from {register}_sheets").fetchone()[0]
        )
        stages.run(connection, "links", register=register, ways=", ".join(ways), has_house="yes" if with_house else "no")
        connection.execute(
            "create or replace table only_one as select row_id, households[1] as household_id from link where len(households) = 1"
        )
        _write(connection, register, "only_one", "household_id")

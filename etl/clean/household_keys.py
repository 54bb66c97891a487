"""Who belongs to what, by keys in a stated order of trust: households without an id, members of lists, what hangs on a household."""

import duckdb

import definitions
from etl import stages
from etl.typing.casts import FAULT_TYPE, ROW_BITS
from etl.typing.headings import columns, stored

REGISTERS = [row["register"] for row in definitions.table("registers")]
HANG = [r for r in REGISTERS if r not in ("household", "member_list", "carried") and "household_id" in columns(r)]
OF_HEAD = {"members", "head_title", "head_first_name", "head_last_name", "head_citizen_id", "register_year", "household_id"}


def sheets(connection: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """Every register -> the numbers of its sheets."""
    found = connection.execute("select register, list(sheet_no order by sheet_no) from sheet group by register").fetchall()
    return {register: [] for register in REGISTERS} | {
        register: numbers for register, numbers in found if register in REGISTERS
    }


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
    for register in filter(of.get, ("household", "member_list", "person")):
        keys = [
            c
            for c in ("village_code", "household_id", "member_no")
            if c in columns(register) and columns(register)[c].required == "derived"
        ]
        for column in keys:
            if register == "person" and column == "household_id":
                continue  # said by `linked`
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
    of = sheets(connection)
    for register in filter(of.get, HANG):
        if not connection.execute(
            f"select count(*) from {register}_sheets where household_id is null and (faults is null or len(faults) > 0)"
        ).fetchone()[0]:
            continue
        with_house = connection.execute(f"select count(house_code) > 0 from {register}_sheets").fetchone()[0]
        stages.run(connection, "links", register=register, has_house="yes" if with_house else "no")
        connection.execute(
            "create or replace table only_one as select row_id, households[1] as household_id from link where len(households) = 1"
        )
        _write(connection, register, "only_one", "household_id")

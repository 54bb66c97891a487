"""The balance of a build, struck before it is published: every record that was kept stands in its register's table.

Wants `out.load` and the `<register>_10_kept` that the tables were made of.

Reads: <register>_10_kept, absorbed, fault, household_10_kept, out.<table>, out.case_step, out.household, out.load, out.person,
Reads: out.place, out.published, person_10_kept, published_10_kept, sheet, step_10_kept, village_10_kept
"""

import duckdb

from definitions.registers import Register, registers
from etl.headings.columns import stored

LISTED = "(select sheet_no from sheet where register = 'member_list')"
OF_ITS_OWN = {  # register -> SQL of how many of its records stand in the build, where that is not the length of its table
    # two sources of one household are one row (listed as `in_both` or `in_two_lists`); households that only person lists have are no rows of it
    "household": "(select count(*) from out.household) + (select count(*) from fault where fault in ('in_both', 'in_two_lists'))"
    " - (select count(*) from household_10_kept where sheet_no in {listed})",
    "person": "(select count(*) from out.person) - (select count(*) from person_10_kept where sheet_no in {listed})",
    "member_list": "(select count(*) from out.person) - (select count(*) from person_10_kept where sheet_no not in {listed})",
    "step": "(select count(*) from step_10_kept semi join out.case_step using (register_year, household_id, template, step))",
    "village": "(select count(*) from village_10_kept"
    " where village_code in (select code from out.place where level = 'village'))",
    "published": "(select count(*) from published_10_kept where coalesce({figures}) is null"
    " or (register_year, area_code) in (select register_year, area_code from out.published))",
}
ABSORBED = (
    "(select coalesce(sum(absorbed), 0) from absorbed where register = '{register}')"  # rows that became a part of others
)
BECOMES_OTHERS = {"carried"}  # its records fill blank cells of others


class Unaccounted(ValueError):
    """Records that were kept stand in no table; the text names the register and both numbers, in Thai and in English."""


def strike(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise Unaccounted where a register kept more or fewer records than stand in its table."""
    loaded = connection.execute(
        "select register, sum(rows_kept) from out.load where rows_kept > 0 group by register"
    ).fetchall()
    kept = {name: int(rows) for name, rows in loaded if name in registers() and name not in BECOMES_OTHERS}
    if not kept:
        return
    counts = ", ".join(f"{_standing(registers()[name])} + {ABSORBED.format(register=name)}" for name in kept)
    standing = connection.execute(f"select {counts}").fetchall()[0]
    wrong = [(name, rows, there) for (name, rows), there in zip(kept.items(), standing, strict=True) if rows != there]
    if wrong:
        raise Unaccounted(
            "; ".join(
                f"{name}: รับ {rows:,} แถว แต่อยู่ในตาราง {there:,} แถว · "
                f"{rows:,} records were kept and {there:,} stand in its table"
                for name, rows, there in wrong
            )
        )


def _standing(register: Register) -> str:
    """SQL of how many records of a register stand in the build."""
    if register.name in OF_ITS_OWN:
        figures = ", ".join(c.name for c in stored(register.name) if c.name not in register.key)
        return OF_ITS_OWN[register.name].format(figures=figures, listed=LISTED)
    if register.repeated == "first":
        return (
            f"(select count(*) from {register.name}_10_kept semi join out.{register.table} using ({', '.join(register.key)}))"
        )
    return f"(select count(*) from out.{register.table})"

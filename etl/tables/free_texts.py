"""Mask names in free texts: beside each text, where it differs, the text without the names of its own household.

Reads: <register>_10_kept, names_of
"""

from dataclasses import dataclass

import duckdb

from definitions.registers import registers
from etl import stages
from etl.clean.household_keys import own
from etl.clean.steps import Steps

NO_TEXT = "select 0::usmallint as register_year, '' as household_id, '' as text where false"


def columns(register: str) -> list[str]:
    """The columns that hold somebody's own words about a household, of a register whose names are removed in the build."""
    build = registers()[register].names_removed == "build"
    return [c.name for c in own(register) if build and c.personal == "text"]


@dataclass(frozen=True)
class Masks:
    """SQL of the masked texts; without a join where no text names anybody."""

    some: bool

    @property
    def names(self) -> str:
        """The join by which a record finds the names of its household."""
        return " left join names_of using (register_year, household_id)" if self.some else ""

    def of(self, register: str, record: str) -> str:
        """`<column>_masked` of each free text, null where nothing had to go; `record` is what the table is called."""
        return "".join(f", {self._masked(f'{record}.{c}')} as {c}_masked" for c in columns(register))

    def _masked(self, text: str) -> str:
        masked = f"without_names({text}, names_of.names)"
        return f"case when {text} <> {masked} then {masked} end" if self.some else "null::varchar"


def find_names(connection: duckdb.DuckDBPyConnection, steps: Steps) -> Masks:
    """Make `names_of`, and say how texts are masked with it."""
    written = [
        f"select register_year, household_id, concat_ws(' ', {', '.join(texts)}) as text from {register}_10_kept"
        f" where {' or '.join(f'{column} is not null' for column in texts)}"
        for register in steps.present()
        if (texts := columns(register))
    ]
    stages.run(connection, "names_of", written=" union all ".join([*written, NO_TEXT]))
    return Masks(bool(connection.execute("select 1 from names_of limit 1").fetchall()))

"""Steps of a register's records: each is a relation `<register>_<step>` that nothing changes afterwards.

1_placed    every row of its sheets, cells as values of their columns, places by their codes
2_keyed     with the ids that files do not give
3_records   without rows that are no records (totals, notes, rows that a correction took the place of)
4_united    beside the households and persons that person lists tell of
5_valid     without records of which a cell or a key is wrong
6_known     whose places and case steps exist
7_amended   with what the journal recorded, where rows that it wrote came back
7_merged    a household of two sources once
8_carried   with what an older file said where a newer one left it blank
9_unique    without records whose key another has
10_kept     whose household is kept, too: the tables are made of these

A step that changes nothing is a view of the last that did, never of one view upon the other: so a register is copied only where
its values change, and its plan stays as small as it is in the first step. Of a register that no file brought there is only
`<register>_10_kept`, an empty table.

Reads: <root>, fault
Writes: <register>_<step>, refused_<errors>
"""

from collections.abc import Iterable

import duckdb


class Steps:
    """Where each register stands: the relation that changed last, and the errors by which its records are left out since."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._root: dict[str, str] = {}
        self._refused: dict[str, str] = {}

    def present(self) -> list[str]:
        """The registers of which there are records."""
        return list(self._root)

    def changed(self, register: str, step: str, relation: str = "") -> None:
        """A step that was made by a statement of its own; it is `relation` where it has another name."""
        self._root[register] = relation or f"{register}_{step}"
        self._refused.pop(register, None)

    def unchanged(self, register: str, step: str) -> None:
        """A step at which nothing happens to a register."""
        root, refused = self._root[register], self._refused.get(register)
        left_out = (
            f" where row_id not in (select row_id from refused_{refused} where register = '{register}')" if refused else ""
        )
        self.connection.execute(f"create view {register}_{step} as from {root}{left_out}")

    def refuse(self, errors: str, step: str, registers: Iterable[str]) -> None:
        """A step that leaves out the records of which an error is listed by now, which stand in `refused_<errors>`."""
        self.connection.execute(
            f"""create table refused_{errors} as
            select register, row_id from fault where severity = 'error' and row_id is not null"""
        )
        for register in registers:
            self._refused[register] = errors
            self.unchanged(register, step)

"""What the headlines of some households rest on at one moment, to tell which of it is another at the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from queries.filters import Filters
from queries.moments import View

STATEMENTS = ("facts", "answers", "records")

Record = tuple[str, str]  # register, key within its household


@dataclass(frozen=True)
class Inputs:
    """`said`: household -> input -> record -> value; `origins`: household and record -> where it was read."""

    said: dict[str, dict[str, dict[Record, str]]]
    origins: dict[tuple[str, Record], dict[str, Any]]

    def of(self, ref: str, name: str) -> dict[Record, str]:
        """What the records of a household say of one input."""
        return self.said.get(ref, {}).get(name, {})


def inputs(seen: View, refs: Sequence[str]) -> Inputs:
    """The inputs of some households; those that the reader does not see have none."""
    said: dict[str, dict[str, dict[Record, str]]] = {}
    for name in STATEMENTS:
        for row in seen.table(name, Filters(), refs=list(refs)).to_pylist():
            of = said.setdefault(row["ref"], {}).setdefault(row["input"], {})
            of[row["register"], row["record"]] = row["said"] or ""
    rows = seen.table("origins", refs=list(refs)).to_pylist() if seen.has("origin") else []
    return Inputs(said, {(row["ref"], (row["register"], row["record"])): row for row in rows})

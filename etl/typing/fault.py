"""A fault of a record as SQL: the struct that stands in its list of faults."""

from collections.abc import Iterable

import definitions

FAULT_TYPE = "struct(column_name varchar, fault varchar, severity varchar, found varchar, expected varchar)"


def literal(text: str) -> str:
    """A text of our own definitions as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def fault_as(column: str, fault: str, required: bool, found: str, expected: str, name: str = "") -> str:
    """A fault as a struct; `found`, `expected` and `name` are SQL."""
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    severity = "error" if required else severity
    values = (literal(column), name or literal(fault), literal(severity), f"quoted({found})", expected or "''")
    return f"row({', '.join(values)})::{FAULT_TYPE}"


def where_so(cases: Iterable[tuple[str, str]]) -> str:
    """SQL: the list of those values whose condition holds, of (condition, value)."""
    values = ", ".join(f"case when {condition} then {value} end" for condition, value in cases)
    return f"list_filter([{values}], lambda v: v is not null)"

"""Faults of a whole sheet or file.

Appends: fault
"""

import duckdb

import definitions


def file_fault(connection: duckdb.DuckDBPyConnection, number: int, fault: str, found: str, expected: str = "") -> None:
    """A fault of a whole sheet or file."""
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    connection.execute("insert into fault values (null, null, ?, '', ?, ?, ?, ?)", [number, fault, severity, found, expected])

"""Builds that nobody shows any more are let go, with their doors."""

from pathlib import Path

from queries import warehouse as opened
from queries.probing import probe


def test_no_more_than_two_builds_are_kept_open_with_as_many_doors(warehouse, tmp_path: Path) -> None:
    for number in range(4):
        made = warehouse(household=f"household_id\n H{number}")
        made.ask("summary")
    assert len(opened._open) <= 2
    assert set(opened._doors) >= {id(connection) for connection, _ in opened._open.values()}
    probe(next((made.folder / "warehouse").glob("*.duckdb")))
    kept = set(opened._doors)
    probe(next((made.folder / "warehouse").glob("*.duckdb")))
    assert set(opened._doors) == kept
    assert len([doors for doors in opened._doors.values() if doors.connection in [c for c, _ in opened._open.values()]]) <= 2

"""Audit entries of loads, written before what they tell of; raises audit.log.Unwritable, and then nothing may change."""

from collections.abc import Iterable, Mapping
from typing import Any

from audit import log
from etl.store import RegisterFile, Store
from etl.wish import Officer


def write_check(store: Store, officer: Officer, checksums: Iterable[str], outcome: str) -> None:
    """Files were looked at: from what a load would change one can learn who is listed."""
    _write(store, officer, "load_checked", checksums, outcome=outcome)


def write_load(
    store: Store, officer: Officer, build: str, files: list[RegisterFile], matched: Mapping[str, str] | None = None
) -> None:
    """A build becomes current, and which columns were matched by hand."""
    by_hand = sorted(set((matched or {}).values())) or None
    _write(store, officer, "load", [f.checksum for f in files], build=build, before=store.current(), matched=by_hand)


def _write(store: Store, officer: Officer, action: str, checksums: Iterable[str], **facts: Any) -> None:
    """One entry: files by checksum, for a file's name may name a family."""
    sums = [checksum[:16] for checksum in checksums]
    log.write(store.folder, officer.name, action, role=officer.role, areas=officer.area_codes(), files=sums, **facts)

"""Audit entries of loads, written before what they tell of; raises audit.log.Unwritable, and then nothing may change."""

from collections.abc import Iterable, Mapping
from typing import Any

from audit import log
from etl.store import RegisterFile, Store
from etl.wish import Officer


def write_check(store: Store, officer: Officer, checksums: Iterable[str], outcome: str) -> None:
    """Files were looked at: from what a load would change one can learn who is listed."""
    log.write(store.folder, officer.name, "load_checked", **_about(officer, checksums), outcome=outcome)


def write_load(
    store: Store, officer: Officer, build: str, files: list[RegisterFile], matched: Mapping[str, str] | None = None
) -> None:
    """A build becomes current, and which columns were matched by hand."""
    by_hand = sorted(set((matched or {}).values())) or None
    facts = {"build": build, "before": store.current(), "matched": by_hand}
    log.write(store.folder, officer.name, "load", **_about(officer, [f.checksum for f in files]), **facts)


def _about(officer: Officer, checksums: Iterable[str]) -> dict[str, Any]:
    """Who, for which areas, and the files by checksum, for a file's name may name a family."""
    sums = [checksum[:16] for checksum in checksums]
    return {"role": officer.role, "areas": officer.area_codes(), "files": sums}

"""Log retention: months older than the rule allows are removed; the removal is an entry, behind which the chain begins anew."""

from datetime import UTC, datetime
from pathlib import Path

import definitions
from audit import chain, log
from audit.verify import verify


class Faulty(Exception):
    """The log is not whole: removing its beginning would remove evidence."""


def prune(folder: Path, who: str, months: int | None = None, faulty_too: bool = False) -> list[Path]:
    """Remove the months that ended at least `months` ago (the rule `log_kept` when none is given); returns them.

    The entry is written before a file goes. Raises Faulty when the chain has faults, unless `faulty_too`; log.Unwritable.
    """
    kept = definitions.rule("log_kept") if months is None else months
    now = datetime.now(UTC)
    whole_months = now.year * 12 + now.month - 1 - kept
    oldest = f"{whole_months // 12:04}-{whole_months % 12 + 1:02}"
    old = [path for path in chain.months(folder)[:-1] if path.stem < oldest]
    if not old:
        return []
    verdict = verify(folder)
    if not verdict.whole and not faulty_too:
        raise Faulty
    removed = [[path.stem, *_last(folder, path)] for path in old]
    log.write(folder, who, "log_pruned", removed=removed, months=kept, faults=len(verdict.findings))
    for path in old:  # oldest first: whatever remains after a power cut begins behind one of `removed`
        path.unlink()
    return old


def _last(folder: Path, path: Path) -> tuple[int, str]:
    """Number and hash of a file's last entry."""
    key = chain.key(folder)
    lines = (chain.authentic(key, line.rstrip(b"\n")) for line in chain.backwards(path))
    return next(((e["n"], e["hash"]) for e in lines if e), (0, chain.FIRST))

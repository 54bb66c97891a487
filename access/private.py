"""Files that only their owner may read: how they are written, and which of a data folder's are not so."""

import os
import stat
from pathlib import Path

SHARED = ("geo", "sample", "making")  # of `data/` in a checkout: outlines, invented people and the programs that made them


def replace(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old or the new one, whole."""
    part = path.with_name(f"{path.name}.tmp")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


PRIVATE = ("warehouse", "registers", "staging", "shapes", "audit")
FILES = ("secret.key", "access.csv", "audit.head", "decisions.jsonl", "headings.json")


def readable_by_others(folder: Path) -> list[Path]:
    """What of a data folder others on this machine may open: private folders, and private files that lie in it.

    A file inside a closed folder is closed whatever its own mode says. Windows has no such modes: there the rights of the
    user's own folders hold.
    """
    if os.name == "nt":
        return []
    found = [path for name in (*PRIVATE, *FILES) if (path := folder / name).exists()]
    return [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]

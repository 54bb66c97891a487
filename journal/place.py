"""Where the journal lies, and whether there is one: asked by every command, most of which record nothing.

Apart from the store, since SQLAlchemy takes 0.2 CPU-seconds to be there.
"""

import os
from pathlib import Path
from typing import Any

NAME = "journal"  # the folder below the data folder
ADDRESS = "BAAN_SUK_JOURNAL"  # environment: the address of a database that several servers share


class Unreachable(ConnectionError):
    """The disk or the database of the journal cannot be asked now."""


Entry = dict[str, Any]  # one row of the journal, as the store keeps it


def key(folder: Path) -> tuple[Path, str]:
    """Which journal a data folder has: that folder's own, or the one of the address."""
    return folder.resolve(), os.environ.get(ADDRESS, "")


def exists(folder: Path) -> bool:
    """Whether anything was ever recorded here."""
    return bool(os.environ.get(ADDRESS)) or (folder / NAME / "journal.db").exists()

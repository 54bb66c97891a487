"""Paths of the project's own files, and of the live data of this installation."""

import os
from pathlib import Path

PROJECT = Path(__file__).parent.parent
GEO = PROJECT / "data" / "geo"
SAMPLE = PROJECT / "data" / "sample"
LIVE = PROJECT / "data" / "live"  # one folder, so that one line keeps people's data out of any repository


def data_folder() -> Path:
    """The live data of this process: BAAN_SUK_DATA, or the project's own folder."""
    return Path(os.environ.get("BAAN_SUK_DATA") or LIVE)

"""Paths of the project's own files, and of the live data of this installation."""

import contextlib
import os
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
GEO = PROJECT / "data" / "geo"
SAMPLE = PROJECT / "data" / "sample"
LIVE = PROJECT / "data" / "live"  # one folder, so that one line keeps people's data out of any repository


def data_folder() -> Path:
    """The live data of this process: BAAN_SUK_DATA, or the project's own folder."""
    return Path(os.environ.get("BAAN_SUK_DATA") or LIVE)


def cache_folder() -> Path | None:
    """Where what can be made again is kept between starts: BAAN_SUK_CACHE, or the system's place for it; none without a home."""
    if named := os.environ.get("BAAN_SUK_CACHE"):
        return Path(named)
    with contextlib.suppress(RuntimeError):  # a service account without a home
        if os.name == "nt":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "baansuk"
        own = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        return Path(os.environ.get("XDG_CACHE_HOME") or own) / "baansuk"
    return None

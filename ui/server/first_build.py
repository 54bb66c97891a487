"""A start without any build: the sample is built first, so that `streamlit run dashboard.py` shows what `serve` shows."""

import subprocess
import sys

from installation import private_files
from installation.paths import PROJECT, data_folder
from queries import NoBuild, build


def make_ready() -> None:
    """Build where nothing was built yet; when that fails, the page says that there is no data."""
    private_files.keep_private()
    try:
        private_files.hold_private(data_folder())
        build()
    except NoBuild:
        subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", str(data_folder())], cwd=PROJECT)
    except private_files.Exposed as reason:
        raise SystemExit(str(reason)) from reason

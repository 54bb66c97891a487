"""First start without a build: build the sample, so that `streamlit run dashboard.py` shows what `serve` shows."""

import subprocess
import sys

from installation import private_files
from installation.paths import PROJECT, data_folder
from queries import NoBuild, build


def make_ready() -> None:
    """Build where there is no build yet; when that fails, the page shows that there is no data."""
    private_files.keep_private()
    try:
        private_files.hold_private(data_folder())
        build()
    except NoBuild:
        subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", str(data_folder())], cwd=PROJECT)
    except private_files.Exposed as reason:
        raise SystemExit(str(reason)) from reason

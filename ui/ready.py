"""A start without any build: the sample is built first, so that `streamlit run dashboard.py` shows what `serve` shows."""

import subprocess
import sys
from pathlib import Path

from access import private
from queries import NoBuild, build
from queries.warehouse import folder

ROOT = Path(__file__).parent.parent


def make_ready() -> None:
    """Build where nothing was built yet; when that fails, the page says that there is no data."""
    private.keep_private()
    try:
        private.hold_private(folder())
        build()
    except NoBuild:
        subprocess.run([sys.executable, "-m", "etl", "ensure", "--data", str(folder())], cwd=ROOT)
    except private.Exposed as reason:
        raise SystemExit(str(reason)) from reason

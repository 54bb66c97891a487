"""A peer's own virtual environment, pinned, made once in the user's cache folder: nothing of it comes into the project's."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baan-suk-peers"
INSTALLED = "installed"  # written last, so a broken start is made anew


class NotInstalled(Exception):
    """The registry was not reached, or does not have a pinned package for this Python."""


def programs(peer: str) -> Path:
    """The folder of the peer's programs, installed from `PEER.txt` beside this file; raises NotInstalled with pip's last lines."""
    pins = PINS / f"{peer}.txt"
    version = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
    home = CACHE / f"{peer}-{version}"
    if not (home / INSTALLED).exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(pins)]
        done = subprocess.run(pip, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise NotInstalled(done.stderr[-500:])
        (home / INSTALLED).touch()
    return home / "bin"


def pinned(peer: str) -> str:
    """The version of the peer itself."""
    package = {"superset": "apache_superset"}.get(peer, peer)
    lines = (PINS / f"{peer}.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{package}=="))

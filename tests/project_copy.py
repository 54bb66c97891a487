"""A copy of the project that a test may change, and its own tests run in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installation.paths import PROJECT

MADE = (".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", "live")  # what a run or an installation leaves behind


def copied(folder: Path, *without: str) -> Path:
    """The project in `folder`, which must not exist; files and folders of the names `without` stay behind, too."""
    return shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns(*MADE, *without))


def run_tests(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The copy's own tests, in one process and with nothing kept, as its own engineer runs them."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(("BAAN_SUK_DATA", "PYTEST_"))}
    environment = {**inherited, "PYTHONPATH": str(project), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "-q", "--tb=line"]
    command = [sys.executable, "-P", "-m", "pytest", *options, *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8")

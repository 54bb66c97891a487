"""Layout and lint of every JavaScript file of the project: oxfmt and oxlint, by .oxfmtrc.json and .oxlintrc.json.

python -m tests.javascript   exit 0 when both hold; to lay a file out: .venv/bin/oxfmt FILE
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sysconfig.get_path("scripts"))  # where pip puts single programs, which `python -m` does not know
CHECKS = (("oxfmt", "--check"), ("oxlint", "--deny-warnings"))


def scripts(folder: Path = ROOT) -> list[Path]:
    """Every .js file below a folder; nothing in hidden folders, so none of .venv."""
    kept = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept += [Path(place) / name for name in sorted(files) if name.endswith((".js", ".mjs"))]
    return kept


def check(files: list[Path]) -> int:
    """0 when all files are laid out and hold no undefined, unused or shadowed name; says what is wrong on standard output."""
    codes = [subprocess.run([PROGRAMS / program, option, *files], cwd=ROOT).returncode for program, option in CHECKS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(check(scripts()))

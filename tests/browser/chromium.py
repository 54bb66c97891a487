"""A Chromium for the browser tests: the installed one, else Debian's package, else Playwright's own; never a silent skip.

python -m tests.browser.chromium   prints its path, installing it first where there is none; exit 1 says what to install
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
NONE = (
    "ไม่มีเบราว์เซอร์สำหรับทดสอบ ติดตั้ง Chromium หรือ Google Chrome แล้วลองใหม่ (Debian: apt-get install chromium)"
    " · no browser for the tests: install Chromium or Google Chrome and try again (Debian: apt-get install chromium)"
)


def find() -> str | None:
    """The browser of this machine: the one that BAAN_SUK_CHROMIUM names, else on the path, in a usual place or Playwright's."""
    if named := os.environ.get("BAAN_SUK_CHROMIUM"):
        return named if works(named) else None
    on_path = filter(None, map(shutil.which, NAMES))
    return next(filter(works, (*on_path, *PLACES, _playwright())), None)


def works(path: str) -> bool:
    """Whether it starts: Ubuntu's chromium-browser may be a stub that only asks for a snap."""
    if not Path(path).exists() or os.name == "nt":  # on Windows `--version` opens a window
        return Path(path).exists()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwright() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Try Debian's package when root, then Playwright's download, with the libraries it needs when root."""
    apt = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if apt:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=sys.stderr)
    if not find():
        own = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if apt else []), "chromium"]
        subprocess.run(own, stdout=sys.stderr)


def main() -> int:
    """Print the browser's path, installing one first where there is none."""
    found = find()
    if not found and not os.environ.get("BAAN_SUK_CHROMIUM"):
        print("กำลังติดตั้ง Chromium สำหรับทดสอบ… · installing Chromium for the tests…", file=sys.stderr, flush=True)
        install()
        found = find()
    print(found or NONE, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())

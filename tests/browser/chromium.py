"""A Chromium for the browser tests: the installed one, else Debian's package, else Playwright's own; never a silent skip.

python -m tests.browser.chromium   finds or installs it, exit 1 with what to install when it cannot
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


def find() -> str | None:
    """The browser of this machine: BAAN_SUK_CHROMIUM, one on the path, a usual place, or Playwright's."""
    named = os.environ.get("BAAN_SUK_CHROMIUM")
    on_path = (shutil.which(name) for name in NAMES)
    placed = (place for place in PLACES if Path(place).exists())
    return next(filter(None, (named, *on_path, *placed, _playwright())), None)


def _playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try Debian's package when root, then Playwright's download."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=sys.stderr)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=quiet, stdout=sys.stderr)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)


def main() -> int:
    """Print the browser's path, installing one first where there is none."""
    if not find():
        print("กำลังติดตั้ง Chromium สำหรับทดสอบ… · installing Chromium for the tests…", file=sys.stderr, flush=True)
        install()
    found = find()
    if not found:
        print(
            "ไม่มีเบราว์เซอร์สำหรับทดสอบ ติดตั้ง Chromium หรือ Google Chrome แล้วลองใหม่ (Debian: apt-get install chromium)"
            " · no browser for the tests: install Chromium or Google Chrome and try again (Debian: apt-get install chromium)",
            file=sys.stderr,
        )
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

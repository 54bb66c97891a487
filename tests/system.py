"""What the tests need of the machine besides Python: Chromium, LibreOffice Calc and Writer, nginx, PostgreSQL; found, or installed where we may.

python -m tests.system   prints a line NAME=path of each for the tests' environment, after installing what is missing from Debian
(root and apt-get). Exit 1 says what to install: there for each that is missing, elsewhere for the browser only, since what needs
the others is then skipped, and counted with its reason at the end of the run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.patience import patience

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
OFFICES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
PACKAGES = {  # Debian's, by the name under which a path is handed on
    "BAAN_SUK_CHROMIUM": "chromium",
    "BAAN_SUK_OFFICE": "libreoffice-calc",
    "BAAN_SUK_WRITER": "libreoffice-writer",
    "BAAN_SUK_NGINX": "nginx-light",
    "BAAN_SUK_POSTGRES": "postgresql",
}
NO_CHROMIUM = (
    "ไม่มีเบราว์เซอร์สำหรับทดสอบ ติดตั้ง Chromium หรือ Google Chrome แล้วลองใหม่ (Debian: apt-get install chromium)"
    " · no browser for the tests: install Chromium or Google Chrome and try again (Debian: apt-get install chromium)"
)
NO_OFFICE = (
    "ไม่มี LibreOffice Calc ที่แปลงไฟล์ CSV ได้ (Debian: apt-get install --no-install-recommends libreoffice-calc)"
    " · no LibreOffice Calc that converts a CSV file (Debian: apt-get install --no-install-recommends libreoffice-calc)"
)
NO_WRITER = (
    "ไม่มี LibreOffice Writer ที่แปลงเอกสารได้ (Debian: apt-get install --no-install-recommends libreoffice-writer)"
    " · no LibreOffice Writer that converts a document (Debian: apt-get install --no-install-recommends libreoffice-writer)"
)
NO_NGINX = "ไม่มี nginx (Debian: apt-get install nginx-light) · no nginx (Debian: apt-get install nginx-light)"
NO_POSTGRES = "ไม่มี PostgreSQL (Debian: apt-get install postgresql) · no PostgreSQL (Debian: apt-get install postgresql)"


def chromium() -> str | None:
    """The browser of this machine: the one that BAAN_SUK_CHROMIUM names, else on the path, in a usual place or Playwright's."""
    if named := os.environ.get("BAAN_SUK_CHROMIUM"):
        return named if _starts(named, "--version") else None
    on_path = filter(None, map(shutil.which, CHROMIUMS))
    return next((path for path in (*on_path, *PLACES, _playwright()) if _starts(path, "--version")), None)


def office() -> str | None:
    """A LibreOffice that has Calc. `soffice` is there with Writer alone, too: then it says that it has no filter for the file."""
    if named := os.environ.get("BAAN_SUK_OFFICE"):
        return named if Path(named).exists() else None  # who named it has seen it convert
    return next(filter(_converts, filter(None, map(shutil.which, OFFICES))), None)


def writer() -> str | None:
    """A LibreOffice that has Writer, for documents; Calc alone says that it cannot load them."""
    if named := os.environ.get("BAAN_SUK_WRITER"):
        return named if Path(named).exists() else None
    return next(filter(_writes, filter(None, map(shutil.which, OFFICES))), None)


def nginx() -> str | None:
    """An nginx; Debian puts it where only root's path leads."""
    named = os.environ.get("BAAN_SUK_NGINX") or shutil.which("nginx") or "/usr/sbin/nginx"
    return named if _starts(named, "-v") else None


def postgres() -> str | None:
    """The server of PostgreSQL; its other programs lie beside it. Debian has a folder for each version and none on the path."""
    named = [Path(given)] if (given := os.environ.get("BAAN_SUK_POSTGRES")) else []
    places = named or [
        *Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        *map(Path, filter(None, [shutil.which("postgres")])),
    ]
    real = [path.resolve() for path in places]
    whole = sorted(path for path in real if path.with_name("initdb").exists())
    return next((str(path) for path in reversed(whole) if _starts(str(path), "--version")), None)


FINDERS = {
    "BAAN_SUK_CHROMIUM": (chromium, NO_CHROMIUM),
    "BAAN_SUK_OFFICE": (office, NO_OFFICE),
    "BAAN_SUK_WRITER": (writer, NO_WRITER),
    "BAAN_SUK_NGINX": (nginx, NO_NGINX),
    "BAAN_SUK_POSTGRES": (postgres, NO_POSTGRES),
}


def convert(binary: str, files: Sequence[Path], profile: Path, *options: str) -> list[str]:
    """Files as LibreOffice understands them, each as flat OpenDocument text; a profile that exists spares seconds.

    Raises OSError where it writes none, or a subprocess's errors.
    """
    return [made.read_text("utf-8") for made in converted(binary, files, profile, "fods", *options)]


def converted(binary: str, files: Sequence[Path], profile: Path, form: str, *options: str, **variables: str) -> list[Path]:
    """What LibreOffice writes of files in a form ("fods", "fodt", "pdf"): its path for each, whether it was written or not."""
    out = files[0].parent / "out"
    command = [binary, "--headless", f"-env:UserInstallation={profile.as_uri()}", *options]
    command += ["--convert-to", form, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=patience(120), env={**os.environ, **variables})
    return [out / f"{file.stem}.{form}" for file in files]


def _converts(binary: str) -> bool:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (file := Path(folder) / "try.csv").write_text("a,b\n1,2\n", "ascii")
        try:
            return "<table:table " in convert(binary, [file], Path(folder) / "profile")[0]
        except (OSError, subprocess.SubprocessError):
            return False


def _writes(binary: str) -> bool:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (file := Path(folder) / "try.rtf").write_text(r"{\rtf1 a}", "ascii")
        try:
            made = converted(binary, [file], Path(folder) / "profile", "docx")
        except (OSError, subprocess.SubprocessError):
            return False
        return made[0].exists()


def _starts(path: str, option: str) -> bool:
    """Whether it starts: Ubuntu's chromium-browser may be a stub that only asks for a snap."""
    if not Path(path).exists() or os.name == "nt":  # on Windows `--version` opens a window
        return Path(path).exists()
    try:
        return subprocess.run([path, option], capture_output=True, timeout=patience(30)).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwright() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def may_install() -> bool:
    """Whether this is Debian, or a child of it, and we are root."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def install(missing: Sequence[str]) -> None:
    """Debian's packages in one call when root; then, for a browser, Playwright's download with the libraries it needs when root."""
    if may_install():
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = [PACKAGES[name] for name in missing]
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=sys.stderr)
    if "BAAN_SUK_CHROMIUM" in missing and not chromium():
        own = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if may_install() else []), "chromium"]
        subprocess.run(own, stdout=sys.stderr)


def needed(name: str) -> bool:
    """Whether the tests must not run without it."""
    return name == "BAAN_SUK_CHROMIUM" or may_install()


def main() -> int:
    """Find all of them, installing first what is missing and not named by whoever started this; print their paths."""
    found = {name: find() for name, (find, _) in FINDERS.items()}
    missing = [name for name in found if not found[name] and not os.environ.get(name) and needed(name)]
    if missing:
        packages = " ".join(PACKAGES[name] for name in missing)
        print(f"กำลังติดตั้งสำหรับทดสอบ… · installing for the tests: {packages}…", file=sys.stderr, flush=True)
        install(missing)
        found |= {name: FINDERS[name][0]() for name in missing}
    for name, path in found.items():
        print(f"{name}={path}" if path else FINDERS[name][1], file=sys.stdout if path else sys.stderr)
    return int(any(needed(name) and not path for name, path in found.items()))


if __name__ == "__main__":
    sys.exit(main())

"""บ้านสุข · Baan Suk: two commands are enough, with nothing but Python 3.11 or newer.

python3 manage.py serve    ติดตั้ง สร้างคลังข้อมูล แล้วเปิดแดชบอร์ด · set up, build, open the dashboard
python3 manage.py test     ติดตั้งทุกอย่างรวมเบราว์เซอร์ แล้วทดสอบทั้งหมด · set up everything, run all tests

load FILE… [--report FILE.json]   โหลดทะเบียน · load registers
ask [QUESTION] [filters]          ถามตัวเลขที่หน้าจอแสดง · any number of the screens, in a shell
bench [NAME…] [--json FILE]       วัดความเร็ว · measurements against baselines
check                             ตรวจรูปแบบโค้ด · format, lint, types
--data DIR                        โฟลเดอร์ข้อมูล (ปกติคือ data) · where the warehouse lies
"""

# Standard library only: this file runs before anything is installed, on Windows offices too, and imports none of the rooms.
import argparse
import contextlib
import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PORT = 8501
PORTS_TRIED = 50


def say(thai: str, english: str) -> None:
    """Progress goes to standard error, so that the answers of `ask` and `load` stay clean."""
    print(f"{thai} · {english}", file=sys.stderr, flush=True)


def fail(thai: str, english: str) -> NoReturn:
    """Stop with a message that says what to do."""
    say(thai, english)
    raise SystemExit(2)


def stamp(requirements: str) -> tuple[Path, str]:
    """Where it is written that `requirements` are installed, and what must stand there."""
    pinned = b"".join((ROOT / name).read_bytes() for name in sorted({"requirements.txt", requirements}))
    return VENV / f"{requirements}.installed", f"{sys.version_info[:2]} {hashlib.sha256(pinned).hexdigest()}"


def installed(requirements: str) -> bool:
    """Whether a set-up with these very packages was once finished."""
    path, expected = stamp(requirements)
    return PYTHON.exists() and path.exists() and path.read_text(encoding="ascii") == expected


def set_up(requirements: str) -> None:
    """Make `.venv` and install the pinned packages, once: stamps are written last, so a broken start is made anew."""
    if installed(requirements):
        return
    if not installed("requirements.txt"):
        say("กำลังเตรียมโปรแกรม ครั้งแรกใช้เวลาสองสามนาที…", "setting up, the first time takes some minutes…")
        shutil.rmtree(VENV, ignore_errors=True)
        make_venv()
    install(requirements)
    for name in {"requirements.txt", requirements}:
        path, expected = stamp(name)
        path.write_text(expected, encoding="ascii")


def make_venv() -> None:
    """A virtual environment with pip in it."""
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        fail(
            "Python เครื่องนี้ขาดส่วน venv บน Debian หรือ Ubuntu ให้ติดตั้งด้วย: apt-get install python3-venv",
            f"this Python has no venv; on Debian or Ubuntu: apt-get install python3-venv\n{made.stdout}{made.stderr}",
        )


def install(requirements: str) -> None:
    """Install one requirements file, a dot for each line that pip says, its whole output if it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", str(ROOT / requirements)]
    said = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting", "Installing")):
                print(f"\r  {line.split(' (from')[0].strip()[:70]:<72}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if pip.returncode:
        fail(
            "ติดตั้งไม่สำเร็จ ตรวจอินเทอร์เน็ตแล้วเรียกคำสั่งเดิมอีกครั้ง",
            "not installed; check the network and run the same command again\n" + "".join(said[-30:]),
        )


def run(*command: str, **environment: str) -> int:
    """Run a module of the virtual environment where the caller stands; returns its exit code."""
    known = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    try:
        return subprocess.run([str(PYTHON), "-m", *command], env={**os.environ, **known, **environment}).returncode
    except KeyboardInterrupt:
        return 0 if "streamlit" in command else 130


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with contextlib.suppress(OSError), socket.socket() as probe:
            if os.name != "nt":  # on Windows the option would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            if port != wanted:
                say(f"พอร์ต {wanted} มีโปรแกรมอื่นใช้อยู่ จึงใช้ {port}", f"port {wanted} is taken, using {port}")
            return port
    fail(f"ไม่มีพอร์ตว่างตั้งแต่ {wanted}", f"no free port from {wanted}; name another with --port")


def serve(arguments: argparse.Namespace) -> int:
    """Set up, build when there is nothing to show, and serve on this machine alone."""
    set_up("requirements.txt")
    data = str(arguments.data.resolve())
    if built := run("etl", "ensure", "--data", data):
        return built
    port = free_port(arguments.port)
    address = f"http://127.0.0.1:{port}"
    say(f"เปิดที่ {address} (ปิดด้วย Ctrl+C)", f"serving at {address} (Ctrl+C ends it)")
    if not arguments.no_browser and (os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY")):
        webbrowser.open(address)
    os.chdir(ROOT)  # the settings of .streamlit/ are those of the folder it starts in
    return run(
        "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", str(port), BAAN_SUK_DATA=data
    )


def ask(rest: list[str]) -> int:
    """Answer a question; where nothing was ever built, build the sample first as `serve` would."""
    set_up("requirements.txt")
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    data = parser.parse_known_args(rest)[0].data.resolve()
    if not (data / "warehouse" / "CURRENT").exists() and (built := run("etl", "ensure", "--data", str(data))):
        return built
    return run("queries", *rest)


def test(rest: list[str]) -> int:
    """Set up everything, the browser included, and run all tests."""
    set_up("requirements-dev.txt")
    os.chdir(ROOT)
    if found := run("tests.browser.chromium"):
        return found
    return run("pytest", *rest)


def check() -> int:
    """Format, lint and types, all three whatever the first says."""
    set_up("requirements-dev.txt")
    os.chdir(ROOT)
    return max(run("ruff", "format", "--check", "."), run("ruff", "check", "."), run("mypy"))


def main(arguments: list[str]) -> int:
    """Run one verb; every verb sets up what it needs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < (3, 11):
        fail("ต้องใช้ Python 3.11 ขึ้นไป", "Python 3.11 or newer is needed")
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb == "serve":
        parser = argparse.ArgumentParser(prog="manage.py serve")
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--data", type=Path, default=ROOT / "data")
        parser.add_argument("--no-browser", action="store_true")
        return serve(parser.parse_args(rest))
    if verb == "load":
        set_up("requirements.txt")
        return run("etl", "load", *rest)
    if verb == "ask":
        return ask(rest)
    if verb == "bench":
        set_up("requirements-dev.txt")
        return run("benchmarks", *rest)
    if verb == "test":
        return test(rest)
    if verb == "check" and not rest:
        return check()
    print(__doc__)
    return 0 if verb in {"", "-h", "--help", "help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

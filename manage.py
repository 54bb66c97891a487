"""บ้านสุข · Baan Suk: two commands are enough, with nothing but Python 3.11 or newer.

python3 manage.py serve [--port N]   ติดตั้ง สร้างคลังข้อมูล แล้วเปิดแดชบอร์ด · set up, build, open the dashboard
                        [--workers N] หลายกระบวนการหลัง nginx สำหรับผู้ใช้หลายสิบคน (docs/signin.th.md)
                                     · several processes behind nginx, for dozens of readers (docs/signin.md)
python3 manage.py test [--quick]     ติดตั้งทุกอย่างรวมเบราว์เซอร์ แล้วทดสอบทั้งหมด · set up everything, run all tests
                                     --quick ทดสอบระหว่างเขียนโค้ด ไม่เกินนาทีครึ่ง ไม่ใช้เบราว์เซอร์ ส่วนที่แก้ก่อน
                                     · while working: a minute and a half at most, no browser, changed rooms first

load FILE… [--preview] [--report FILE.json] [--refused FOLDER]
                                     โหลดทะเบียน · load registers
template [REGISTER…] [--to FOLDER]   สมุดงานเปล่าให้กรอก · workbooks to fill in
users [list | add EMAIL ROLE AREA… | disable EMAIL]
                                     ใครลงชื่อเข้าใช้ได้ ในบทบาทใด พื้นที่ใด · who may sign in
builds, use BUILD                    การโหลดครั้งก่อน กลับไปใช้ · earlier loads, use one again
ask [QUESTION] [filters]             ถามตัวเลขที่หน้าจอแสดง · any number of the screens, in a shell
why [--from BUILD[@SEQ]] [--to BUILD[@SEQ]] [filters]
                                     ทำไมตัวเลขเปลี่ยน ครัวเรือนใดเข้าหรือออก เพราะอะไร · why the numbers changed, whom and by what
print PAPER [filters] --to FILE.pdf  เอกสาร PDF/A: summary, family, visits, agency, certification, report, minutes · papers
record FILE.json                     บันทึกงานจากไฟล์ (docs/journal.md) · record events from a file
journal export | import | verify | unattached | prune
                                     ดูแลสมุดบันทึก · look after the journal
journal registers --to FILE.xlsx     บันทึกที่ยังไม่อยู่ในทะเบียน เป็นไฟล์ทะเบียนที่โหลดได้ · what is recorded, as registers to load
audit verify | list | prune          บันทึกว่าใครทำอะไร · the log of who did what
backup TO                            สำรองทุกอย่างลงไฟล์ที่เข้ารหัส ขณะใช้งานได้ · everything into one encrypted file, while in use
restore FROM --data DIR              กู้ไฟล์สำรองลงโฟลเดอร์เปล่า แล้วตรวจ · put a backup into an empty folder, and verify it
bench [NAME…] [--json FILE]          วัดความเร็ว · measurements against baselines
check [--audit]                      ตรวจรูปแบบโค้ดและแพ็กเกจ · format, lint, types, packages; known vulnerabilities
--data DIR                           โฟลเดอร์ข้อมูล (ปกติคือ data/live) · where the live data lie
"""

# Standard library only: this file runs before anything is installed, on Windows offices too, and imports none of the rooms.
from __future__ import annotations  # so that Python 3.8 gets as far as being told that it is too old

import argparse
import contextlib
import hashlib
import io
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LIVE = ROOT / "data" / "live"  # installation/paths.py says the same
PORT = 8501
PORTS_TRIED = 50
OWN = "127.0.0.1"  # this machine and nobody else; any other address needs sign-in
AUDITOR = "pip-audit==2.10.1"
GRACE = 5  # seconds that a child has to end after Ctrl-C, which it got too
START = 60  # seconds until the dashboard must answer; a cold start takes about 4
MOST_WORKERS = 32  # each takes a core at most, and some hundred MB
LOOK = 0.2  # seconds between two looks whether a worker has ended
PAUSES = (1, 2, 4, 8, 15, 30, 60)  # seconds before a worker is started again; the last one for ever
STEADY = 60  # seconds after which a worker that ends counts as one that had run well
REFUSED = 2  # how the dashboard ends when it may not serve with these settings; it has said why


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
    return PYTHON.exists() and path.exists() and path.read_bytes() == expected.encode()


def set_up(requirements: str) -> None:
    """Make `.venv` and install the pinned packages, once: stamps are written last, so a broken start is made anew."""
    if installed(requirements):
        return
    if not installed("requirements.txt"):
        say("กำลังเตรียมโปรแกรม ครั้งแรกใช้เวลาสองสามนาที…", "setting up, the first time takes some minutes…")
        make_venv()
    install(requirements)
    for name in {"requirements.txt", requirements}:
        path, expected = stamp(name)
        path.write_bytes(expected.encode())


def make_venv() -> None:
    """A new virtual environment with pip in it, in place of whatever was there."""
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)  # who starts this file with .venv's own python has just lost that
    with child([base, "-P", "-m", "venv", "--clear", str(VENV)], **PIPED) as made:
        output = made.communicate()[0]
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        package = "python{}.{}-venv".format(*sys.version_info)
        if os.name == "nt":  # a dashboard that still runs from .venv holds its files
            fail("สร้าง .venv ไม่ได้ ปิดแดชบอร์ดที่เปิดอยู่แล้วลองใหม่", f"cannot make .venv; close the running dashboard first\n{output}")
        fail(
            f"สร้าง .venv ไม่ได้ บน Debian หรือ Ubuntu ให้ติดตั้งก่อนด้วย: apt-get install {package} แล้วเรียกคำสั่งเดิมอีกครั้ง",
            f"cannot make .venv; on Debian or Ubuntu: apt-get install {package}, then run the same command again\n{output}",
        )


def install(requirements: str) -> None:
    """Install one requirements file: a line that moves while pip works, its last words in full if it fails."""
    pip = module("pip", "install", "--disable-pip-version-check", "--no-input", "-r", str(ROOT / requirements))
    # Wheels only: a compiler would run for an hour and then fail. No bytecode ahead of need: 12 s instead of 24.
    # No PYTHONPATH: pip takes what it finds there for installed, and the verbs do not look there.
    options = {**PIPED, "env": {**PIPED["env"], "PYTHONPATH": ""}}
    output: list[str] = []
    with child([*pip, "--only-binary=:all:", "--no-compile"], **options) as made:
        for line in made.stdout or ():
            output.append(line)
            if line.startswith(("Collecting", "Installing")):
                progress(line.split(" (from")[0].strip())
        made.wait()
    progress("", end="\n")
    if made.returncode:
        fail(
            "ติดตั้งไม่สำเร็จ ตรวจอินเทอร์เน็ตและพื้นที่ดิสก์ แล้วเรียกคำสั่งเดิมอีกครั้ง",
            f"not installed; check the network and the disk, then run the same command again\n{''.join(output[-30:])}",
        )


def progress(text: str, end: str = "") -> None:
    """One line that overwrites itself on a screen; in a log, a line each."""
    if sys.stderr.isatty():
        print(f"\r  {text[:76]:<76}", end=end, file=sys.stderr, flush=True)
    elif text:
        print(f"  {text[:200]}", file=sys.stderr, flush=True)


# What a child says, as text whatever the office's code page is.
PIPED: dict[str, Any] = {
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
    "encoding": "utf-8",
    "errors": "replace",
    "env": {**os.environ, "PYTHONUTF8": "1"},
}


@contextlib.contextmanager
def child(command: list[str], **options: Any) -> Iterator[subprocess.Popen]:
    """A process that does not outlive this one: Ctrl-C reaches both and it may finish; a kill reaches only this one."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        raise
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()


def module(*command: str) -> list[str]:
    """A module in the virtual environment; -P, since the caller's folder may hold an `etl` or a `pip.py` of its own."""
    return [str(PYTHON), "-P", "-m", *command]


def environment(**more: str) -> dict[str, str]:
    """What every child knows: where the rooms are, that text is UTF-8, and that compiled modules are kept: 1 s a start, not 3."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "", **more}


def run(*command: str, **more: str) -> int:
    """Run a module where the caller stands, so that relative file names mean what they mean there; returns its exit code."""
    with child(module(*command), env=environment(**more)) as process:
        process.wait()
    return process.returncode if process.returncode >= 0 else 128 - process.returncode  # as a shell says "ended by a signal"


def port_number(text: str) -> int:
    """A port as somebody types it."""
    if not (text.isdecimal() and 0 < int(text) < 65536):  # argparse would answer `choices` with a list of all 65,535
        raise argparse.ArgumentTypeError(f"{text!r} ไม่ใช่พอร์ต 1–65535 · is no port from 1 to 65535")
    return int(text)


def worker_count(text: str) -> int:
    """How many server processes, as somebody types it."""
    if not (text.isdecimal() and 0 < int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"{text!r} ไม่ใช่จำนวน 1–{MOST_WORKERS} · is no number from 1 to {MOST_WORKERS}")
    return int(text)


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    with contextlib.suppress(OSError), socket.socket() as probe:
        if os.name != "nt":  # on Windows the option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if is_free(port):
            if port != wanted:
                say(f"พอร์ต {wanted} มีโปรแกรมอื่นใช้อยู่ จึงใช้ {port}", f"port {wanted} is taken, using {port}")
            return port
    fail(f"ไม่มีพอร์ตว่างตั้งแต่ {wanted}", f"no free port from {wanted}; name another with --port")


def ports_of_workers(first: int, count: int) -> list[int]:
    """These very ports, which stand in the configuration of nginx: another program must not get its readers."""
    ports = list(range(first, first + count))
    if taken := [str(port) for port in ports if port > 65535 or not is_free(port)]:
        fail(
            f"ใช้พอร์ต {', '.join(taken)} ไม่ได้ กระบวนการทั้ง {count} ต้องใช้ {first}–{ports[-1]} ตามที่เขียนใน nginx หยุดโปรแกรมที่ใช้พอร์ตนั้น หรือระบุ --port อื่นและแก้ใน nginx ด้วย",
            f"port {', '.join(taken)} is taken: {count} workers need {first} to {ports[-1]}, as nginx has them; "
            "stop what listens there, or name others with --port and in nginx",
        )
    return ports


def open_when_up(port: int) -> None:
    """Open the browser once somebody answers: before that it would show that the page cannot be reached."""
    end = time.monotonic() + START
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            webbrowser.open(f"http://127.0.0.1:{port}")
            return
        time.sleep(0.2)


def has_screen() -> bool:
    """Whether a browser window can be seen by whoever started this."""
    return os.name == "nt" or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# What lay in `data` itself before it had a folder of its own, as patterns.
MOVED = (
    "secret.key", "secret.former", "secret.lock", "access.csv", "headings.json", "audit", "audit.head", "decisions.*", "registers", "staging", "shapes",
    "users.lock", "signed_out", "journal", "warehouse",
)  # fmt: skip


def move_live_data() -> None:
    """Bring an older installation's data to where live data lie now; `warehouse` last, so that a start cut short goes on the next time.

    Ends with words where both places hold something: nobody but an officer can tell which is right.
    """
    old = [path for pattern in MOVED for path in sorted((ROOT / "data").glob(pattern))]
    if not old:
        return
    if both := [path.name for path in old if (LIVE / path.name).exists()]:
        fail(
            f"มีข้อมูลทั้งใน data และ data/live: {', '.join(both)} ให้เหลือชุดที่ถูกต้องไว้ใน data/live แห่งเดียว แล้วเริ่มใหม่",
            f"data and data/live both hold {', '.join(both)}: leave the right ones in data/live alone, then start again",
        )
    LIVE.mkdir(mode=0o700, exist_ok=True)
    for path in old:
        path.rename(LIVE / path.name)
    say(f"ย้ายข้อมูลของเครื่องนี้ไปไว้ที่ {LIVE} แล้ว", f"this installation's data were moved to {LIVE}")


class Worker:
    """One server process at its own port, started again when it ends: after PAUSES that grow with every short life."""

    def __init__(self, port: int, command: list[str], variables: dict[str, str]) -> None:
        self.port, self.command, self.variables = port, command, variables
        self.in_row, self.starts, self.again = 0, 0, 0.0  # short lives in a row, all lives, when the next one begins
        self.start()

    def start(self) -> None:
        """Begin a life."""
        self.process = subprocess.Popen(self.command, env=self.variables)
        self.begun, self.again = time.monotonic(), 0.0
        self.starts += 1

    def look(self) -> None:
        """Start it again when its pause is over; say so in one line when it has just ended."""
        if self.again and time.monotonic() >= self.again:
            self.start()
        elif not self.again and (code := self.process.poll()) is not None:
            self.in_row = 0 if time.monotonic() - self.begun >= STEADY else self.in_row
            pause = PAUSES[min(self.in_row, len(PAUSES) - 1)]
            self.in_row, self.again = self.in_row + 1, time.monotonic() + pause
            why = (f"สัญญาณ {-code}", f"signal {-code}") if code < 0 else (f"รหัส {code}", f"code {code}")
            say(
                f"กระบวนการที่พอร์ต {self.port} หยุดไป ({why[0]}) จะเริ่มใหม่ใน {pause} วินาที",
                f"worker {self.port} ended ({why[1]}), starting again in {pause} s",
            )

    @property
    def refused(self) -> bool:
        """Whether its very first life ended because the settings let nobody serve."""
        return self.starts == 1 and self.process.poll() == REFUSED


def keep_up(workers: list[Worker]) -> int:
    """Look after all workers until somebody stops this, or they may not serve."""
    while not any(worker.refused for worker in workers):
        for worker in workers:
            worker.look()
        time.sleep(LOOK)
    return REFUSED


def serve_many(address: str, ports: list[int], data: str) -> int:
    """Several workers over one data folder, none outlives this; nginx in front keeps each browser with its worker (docs/nginx)."""
    say(
        f"เปิด {len(ports)} กระบวนการที่ http://{address} พอร์ต {ports[0]}–{ports[-1]} ผู้ใช้เปิดที่อยู่ของ nginx (docs/signin.th.md ข้อ 3) "
        "ถ้าไม่มี nginx ใครเปิดพอร์ตใดก็ใช้กระบวนการนั้นเพียงตัวเดียว (ปิดทั้งหมดด้วย Ctrl+C)",
        f"{len(ports)} workers at http://{address}, ports {ports[0]} to {ports[-1]}; readers open the address of nginx "
        "(docs/signin.md, section 3), without it whoever opens one port has that worker alone (Ctrl+C ends all)",
    )
    workers: list[Worker] = []
    try:
        for port in ports:
            workers.append(Worker(port, module(*dashboard(address, port)), environment(BAAN_SUK_DATA=data)))
        return keep_up(workers)
    except KeyboardInterrupt:
        return 0
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.wait()


def dashboard(address: str, port: int) -> tuple[str, ...]:
    """One server process, as a module and its arguments."""
    return "streamlit", "run", "dashboard.py", "--server.address", address, "--server.port", str(port)


def serve(rest: list[str]) -> int:
    """Set up, build when there is nothing to show, and serve: on this machine alone, or elsewhere behind a sign-in."""
    parser = argparse.ArgumentParser(prog="manage.py serve", allow_abbrev=False)
    parser.add_argument("--port", type=port_number, metavar="N", default=PORT)
    parser.add_argument("--data", type=Path, metavar="DIR", default=LIVE)
    parser.add_argument("--address", default=OWN, metavar="ADDRESS")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--workers", type=worker_count, metavar="N", default=1)
    chosen = parser.parse_args(rest)
    data = str(chosen.data.resolve())
    set_up("requirements.txt")
    os.chdir(ROOT)  # the settings of .streamlit/ are those of the folder it starts in
    if chosen.address != OWN and (refused := run("ui.server.preflight", "--address", chosen.address, "--data", data)):
        return refused  # a network without sign-in; the dashboard would say so too, but only after building
    if unbuilt := run("etl", "ensure", "--data", data):
        return unbuilt
    if chosen.workers > 1:
        return serve_many(chosen.address, ports_of_workers(chosen.port, chosen.workers), data)
    port = free_port(chosen.port)
    say(f"เปิดที่ http://{chosen.address}:{port} (ปิดด้วย Ctrl+C)", f"serving at http://{chosen.address}:{port} (Ctrl+C ends it)")
    if chosen.address == OWN and has_screen() and not chosen.no_browser:
        threading.Thread(target=open_when_up, args=(port,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        return run(*dashboard(chosen.address, port), BAAN_SUK_DATA=data)
    return 0


def preview(rest: list[str]) -> int:
    """Say what a load would change, then what recorded entries would become; nothing changes."""
    data, token = data_of(rest), secrets.token_hex(16)
    try:
        code = run("etl", "load", *rest, "--token", token)
        build = data / "staging" / token / "build.duckdb"
        if build.exists():
            tell_entries(build, rest)
    finally:
        if (data / "staging" / token).exists():
            run("etl", "leave", token, "--data", str(data))
    return code


def changing(verb: str, rest: list[str]) -> int:
    """Load, or go back to an earlier load, then say what became of recorded entries."""
    data = data_of(rest)
    before = current_build(data)
    code = run("etl", verb, *rest)
    after = current_build(data)
    if before and after and before != after and before.exists():
        tell_entries(after, rest, "--since", str(before))
    return code


def tell_entries(build: Path, rest: list[str], *more: str) -> None:
    """Say what recorded entries become under a build, in the report of the load, too, for whom the load is made."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    for name in ("--areas", "--role", "--report"):
        parser.add_argument(name)
    chosen = parser.parse_known_args(rest)[0]
    said = [part for name, value in vars(chosen).items() if value for part in (f"--{name}", value)]
    run("queries.becoming", str(build), *more, *said, BAAN_SUK_DATA=str(data_of(rest)))


def data_of(rest: list[str]) -> Path:
    """The data folder that a verb's arguments name."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path, default=LIVE)
    return parser.parse_known_args(rest)[0].data.resolve()


def current_build(data: Path) -> Path | None:
    """The file that is shown of a data folder, None before anything was built."""
    name = data / "warehouse" / "CURRENT"
    return data / "warehouse" / f"{name.read_text(encoding='ascii').strip()}.duckdb" if name.exists() else None


def ask(room: str, rest: list[str]) -> int:
    """Answer a question or print a paper; where nothing was ever built, build the sample first as `serve` would."""
    set_up("requirements.txt")
    data = data_of(rest)
    if not (data / "warehouse" / "CURRENT").exists() and (unbuilt := run("etl", "ensure", "--data", str(data))):
        return unbuilt
    return run(room, *rest, BAAN_SUK_DATA=str(data))


def test(rest: list[str]) -> int:
    """Set up everything, with browser, spreadsheet and proxy, and run all tests; what is meant for pytest is passed on."""
    set_up("requirements-dev.txt")
    os.chdir(ROOT)
    code, paths = (0, {}) if "--quick" in rest else system()
    return code or run("pytest", *rest, **paths)


def system() -> tuple[int, dict[str, str]]:
    """Whether the machine has what the tests need, and where it lies, for their environment; it is installed where it may be."""
    with child(module("tests.system"), env=environment(), stdout=subprocess.PIPE, encoding="utf-8") as finder:
        lines = finder.communicate()[0].splitlines()
    return finder.returncode, {name: path for name, _, path in (line.partition("=") for line in lines)}


def check(audit: bool) -> int:
    """Format, lint, types, the same of JavaScript, whether the installed packages fit together, and known vulnerabilities, all whatever the first says.

    With `audit` a service that does not answer about vulnerabilities fails, too: before a release silence is no safety.
    """
    set_up("requirements-dev.txt")
    os.chdir(ROOT)
    checks = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("tests.javascript",),
        ("pip", "--disable-pip-version-check", "check"),
    )
    codes = [run(*command) for command in checks]
    return max(*codes, vulnerabilities(audit))


def vulnerabilities(silence_fails: bool) -> int:
    """Known vulnerabilities of what is pinned: each is said and fails; what nobody answered about is said.

    The tool is fetched for this once, beside the installed packages: they stay what was pinned.
    """
    with tempfile.TemporaryDirectory() as folder:
        run("pip", "--disable-pip-version-check", "install", "-qq", "--target", folder, AUDITOR, PYTHONPATH="")
        asked = module(
            "pip_audit", "--disable-pip", "--no-deps", "-r", "requirements.txt", "-f", "json", "--progress-spinner", "off"
        )
        answer = subprocess.run(asked, env=environment(PYTHONPATH=folder), capture_output=True, encoding="utf-8").stdout
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):  # no network, or no such tool where packages come from
        packages = []
    holes = [
        f"{package['name']} {package['version']} {hole['id']}" for package in packages for hole in package.get("vulns", ())
    ]
    silent = [package["name"] for package in packages if "vulns" not in package]
    for hole in holes:
        say(f"ช่องโหว่ที่รู้แล้ว: {hole}", f"known vulnerability: {hole}")
    if silent or not packages:
        say("ถามเรื่องช่องโหว่แล้วไม่มีคำตอบ", f"no answer about known vulnerabilities of {len(silent) or 'all'} packages")
    return int(bool(holes) or (silence_fails and (bool(silent) or not packages)))


WITH_DATA = {
    "serve", "ask", "why", "print", "load", "builds", "use", "refused", "users", "audit", "record", "journal", "backup", "restore",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run one verb; every verb sets up what it needs and passes on the rest of the line."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in WITH_DATA:
        move_live_data()
    if verb == "serve":
        return serve(rest)
    if verb == "test":
        return test(rest)
    if verb == "check" and rest in ([], ["--audit"]):
        return check(bool(rest))
    if verb in ("ask", "print"):
        return ask("queries" if verb == "ask" else verb, rest)
    if verb == "why":
        set_up("requirements.txt")
        os.environ.setdefault("BAAN_SUK_DATA", str(LIVE))
        return run("queries.why_verb", *rest)
    if verb in ("load", "template", "builds", "use", "refused"):
        set_up("requirements.txt")
        if verb == "load" and "--preview" in rest:
            return preview(rest)
        return changing(verb, rest) if verb in ("load", "use") else run("etl", verb, *rest)
    if verb == "users":
        set_up("requirements.txt")
        os.environ.setdefault("BAAN_SUK_DATA", str(LIVE))
        return run("access.users", *rest)
    if verb in ("record", "journal"):
        set_up("requirements.txt")
        os.environ.setdefault("BAAN_SUK_DATA", str(LIVE))
        return run("journal", *(["record"] if verb == "record" else []), *rest)
    if verb == "audit":
        set_up("requirements.txt")
        return run("audit", *rest)
    if verb in ("backup", "restore"):
        set_up("requirements.txt")
        os.environ.setdefault("BAAN_SUK_DATA", str(LIVE))
        return run("backup", verb, *rest)
    if verb == "bench":
        set_up("requirements-dev.txt")
        return run("benchmarks", *rest)
    asked = verb in {"", "-h", "--help", "help"}
    print(__doc__, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def begin() -> int:
    """Words in UTF-8, a Python that is new enough, and no traceback for who stops it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < (3, 11):
        fail("ต้องใช้ Python 3.11 ขึ้นไป", f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a service manager's stop ends the children too
    try:
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        say("\nหยุดแล้ว", "stopped")
        return 130


if __name__ == "__main__":
    sys.exit(begin())

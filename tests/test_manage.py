"""The verbs as a shell sees them: manage.py in a folder with a space and Thai letters, with stubs for all that it starts."""

import ast
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import manage
from tests import workers
from tests.patience import patience

MANAGE = Path(__file__).parent.parent / "manage.py"

# Says on standard output how it was called; with a port it answers there until it is stopped.
ROOM = """
import json, os, socket, sys
name = {name!r}
if name != "streamlit":
    open(os.environ["CALLS"], "a").write(name + "\\n")
told = {{k: os.environ.get(k) for k in ("BAAN_SUK_DATA", "PYTHONPATH", "PYTHONUTF8", "BAAN_SUK_CHROMIUM", "BAAN_SUK_OFFICE")}}
line = json.dumps({{"room": name, "args": sys.argv[1:], "cwd": os.getcwd(), **told}}) + "\\n"
os.write(1, line.encode())  # in one piece: several may speak at once
if name == "streamlit" and os.environ.get("SHORT") and not os.path.exists(os.environ["SHORT"]):
    open(os.environ["SHORT"], "w").close()
    sys.exit(7)
if name == "streamlit" and os.environ.get("STAY"):
    try:
        with socket.create_server(("127.0.0.1", int(sys.argv[-1]))) as server:
            while True:
                server.accept()[0].close()
    except KeyboardInterrupt:
        pass
sys.exit(int(os.environ.get("ROOM_EXIT", "0")))
"""

# Stands before the library's own: makes a real environment with a stub for pip, or fails as Debian without ensurepip does.
VENV = """
import os, pathlib, shutil, sys
sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
sys.modules.pop("venv", None)
import venv
open(os.environ["CALLS"], "a").write("venv\\n")
if os.environ.get("VENV_FAILS"):
    print("The virtual environment was not created successfully because ensurepip is not available.")
    sys.exit(1)
venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt", clear=True).create(sys.argv[-1])
shutil.copy(os.environ["PIP"], next(pathlib.Path(sys.argv[-1]).rglob("site-packages")) / "pip.py")
"""

PIP = """
import json, os, sys, time
if sys.argv[-1] == "check":
    print(json.dumps({"room": "pip", "args": sys.argv[1:]}))
    sys.exit(0)
assert not os.environ.get("PYTHONPATH"), "pip would take what it finds there for installed"
if "--target" in sys.argv:
    print(json.dumps({"room": "pip", "args": sys.argv[1:]}))
    with open(os.path.join(sys.argv[sys.argv.index("--target") + 1], "pip_audit.py"), "w") as tool:
        tool.write("import os, sys; print(os.environ.get('AUDIT', 'no network')); sys.exit(1)")
    sys.exit(0)
open(os.environ["CALLS"], "a").write("pip " + os.path.basename(sys.argv[sys.argv.index("-r") + 1]) + "\\n")
print("Collecting duckdb==2.0.0 (from -r requirements.txt)", flush=True)
time.sleep(float(os.environ.get("PIP_TAKES", "0")))
if os.environ.get("PIP_FAILS"):
    print("ERROR: ไม่พบ wheel")
    sys.exit(1)
"""

SYSTEM = "print('BAAN_SUK_CHROMIUM=/usr/bin/my chromium'); print('BAAN_SUK_OFFICE=/usr/bin/a=b')"


class Office:
    """A computer with a copy of the project's manage.py and nothing installed."""

    def __init__(self, folder: Path) -> None:
        self.root, self.elsewhere, self.calls_file = folder / "บ้าน สุข", folder / "ที่อื่น", folder / "calls"
        stubs = folder / "stubs"
        for made in (self.root, self.elsewhere, stubs):
            made.mkdir()
        (self.root / "manage.py").write_bytes(MANAGE.read_bytes())
        (self.root / "requirements.txt").write_text("duckdb==2.0.0\n")
        (self.root / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9.2.0\n")
        for name in (
            "etl",
            "queries",
            "benchmarks",
            "streamlit",
            "pytest",
            "ruff",
            "mypy",
            "tests/javascript",
            "ui/server/preflight",
            "access/users",
            "audit",
        ):
            (self.root / name).mkdir(parents=True)
            (self.root / name / "__main__.py").write_text(ROOM.format(name=name), encoding="utf-8")
        (self.root / "tests").mkdir(exist_ok=True)
        (self.root / "tests" / "system.py").write_text(SYSTEM)
        (stubs / "venv.py").write_text(VENV, encoding="utf-8")
        (folder / "pip.py").write_text(PIP, encoding="utf-8")
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "BAAN_SUK_DATA", "BAAN_SUK_CHROMIUM", "BAAN_SUK_OFFICE", "BAAN_SUK_NGINX"}
        known = {k: v for k, v in os.environ.items() if k not in hidden}
        paths = {"PYTHONPATH": stubs, "CALLS": self.calls_file, "PIP": folder / "pip.py"}
        self.environment = {**known, "PYTHONUTF8": "1", **{k: str(path) for k, path in paths.items()}}

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        """Begin a verb from a foreign folder."""
        return subprocess.Popen(
            [sys.executable, str(self.root / "manage.py"), *arguments],
            cwd=self.elsewhere,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=None if os.name == "nt" else heed_ctrl_c,
        )

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a verb to its end."""
        with self.start(*arguments, **environment) as process:
            out, err = process.communicate(timeout=patience(60))
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def calls(self) -> list[str]:
        """What was started since the last look."""
        said = self.calls_file.read_text().split("\n")[:-1] if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return said


def heed_ctrl_c() -> None:
    """A shell starts what it runs in the background deaf to Ctrl-C, and that is inherited: nobody would ever stop."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def stop(process: subprocess.Popen, how: str) -> None:
    """Ctrl-C reaches everything that runs in the terminal, any other signal the one process that it is sent to."""
    if how == "SIGINT":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(getattr(signal, how))


def said(result: subprocess.CompletedProcess) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def wait_for(happened: Callable[[], object]) -> None:
    end = time.monotonic() + patience(20)
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on, with a free one next to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(MANAGE.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_help_names_every_verb_in_both_languages(office: Office, arguments: tuple[str, ...]) -> None:
    result = office.manage(*arguments)
    assert result.returncode == 0
    for word in ("serve", "test", "load", "ask", "bench", "check", "แดชบอร์ด", "dashboard"):
        assert word in result.stdout
    assert office.calls() == []


def test_an_unknown_verb_is_refused_with_the_help(office: Office) -> None:
    result = office.manage("sreve")
    assert (result.returncode, result.stdout) == (2, "")
    assert "serve" in result.stderr


def test_serve_sets_up_builds_and_starts_the_dashboard_for_this_machine_only(office: Office) -> None:
    result = office.manage("serve", "--data", "ข้อมูล ลอง")
    data = str((office.elsewhere / "ข้อมูล ลอง").resolve())
    built, shown = said(result)
    assert (built["room"], built["args"]) == ("etl", ["ensure", "--data", data])
    assert shown["args"][:4] == ["run", "dashboard.py", "--server.address", "127.0.0.1"]
    assert (shown["cwd"], shown["BAAN_SUK_DATA"], shown["PYTHONUTF8"]) == (str(office.root.resolve()), data, "1")
    assert "Collecting duckdb" in result.stderr
    assert office.calls() == ["venv", "pip requirements.txt", "etl"]


def test_serving_elsewhere_is_asked_for_before_anything_is_built(office: Office) -> None:
    result = office.manage("serve", "--address", "10.0.0.5", "--data", "x")
    asked, built, shown = said(result)
    assert (asked["room"], asked["args"][:2]) == ("ui/server/preflight", ["--address", "10.0.0.5"])
    assert built["room"] == "etl" and shown["args"][:4] == ["run", "dashboard.py", "--server.address", "10.0.0.5"]
    assert "http://10.0.0.5:" in result.stderr
    refused = office.manage("serve", "--address", "0.0.0.0", ROOM_EXIT="2")
    assert refused.returncode == 2 and [call["room"] for call in said(refused)] == ["ui/server/preflight"]


def test_users_are_those_of_the_data_folder(office: Office) -> None:
    [call] = said(office.manage("users", "add", "a@example.go.th", "viewer", "34"))
    assert (call["room"], call["args"]) == ("access/users", ["add", "a@example.go.th", "viewer", "34"])
    assert call["BAAN_SUK_DATA"] == str(office.root.resolve() / "data" / "live")


def test_a_second_start_installs_nothing(office: Office) -> None:
    office.manage("serve")
    office.calls()
    assert office.manage("serve").returncode == 0
    assert office.calls() == ["etl"]


def test_changed_requirements_are_installed(office: Office) -> None:
    office.manage("load", "a.csv")
    (office.root / "requirements.txt").write_text("duckdb==2.0.1\n")
    office.calls()
    office.manage("load", "a.csv")
    assert office.calls() == ["venv", "pip requirements.txt", "etl"]


def test_tests_need_more_than_the_dashboard_and_the_dashboard_not_more_than_tests(office: Office) -> None:
    office.manage("load", "a.csv")
    office.manage("bench")
    assert office.calls() == ["venv", "pip requirements.txt", "etl", "pip requirements-dev.txt", "benchmarks"]
    office.manage("load", "a.csv")
    assert office.calls() == ["etl"]


def test_a_failed_install_says_why_and_heals_at_the_next_start(office: Office) -> None:
    result = office.manage("load", "a.csv", PIP_FAILS="1")
    assert (result.returncode, result.stdout) == (2, "")
    assert "ติดตั้งไม่สำเร็จ" in result.stderr and "not installed" in result.stderr and "ERROR: ไม่พบ wheel" in result.stderr
    office.calls()
    assert office.manage("load", "a.csv").returncode == 0
    assert office.calls() == ["venv", "pip requirements.txt", "etl"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGKILL", -9)])
def test_an_interrupted_install_heals_at_the_next_start(office: Office, sent: str, code: int) -> None:
    with office.start("load", "a.csv", PIP_TAKES="2") as process:
        wait_for(lambda: office.calls_file.exists() and "pip" in office.calls_file.read_text())
        stop(process, sent)
        _, err = process.communicate(timeout=patience(20))
    assert process.returncode == code
    assert "Traceback" not in err
    office.calls()
    assert office.manage("load", "a.csv").returncode == 0
    assert office.calls() == ["venv", "pip requirements.txt", "etl"]


def test_a_venv_whose_python_is_gone_is_made_again(office: Office) -> None:
    office.manage("load", "a.csv")
    office.calls()
    for name in ("bin/python", "Scripts/python.exe"):
        (office.root / ".venv" / name).unlink(missing_ok=True)
    assert office.manage("load", "a.csv").returncode == 0
    assert office.calls() == ["venv", "pip requirements.txt", "etl"]


@pytest.mark.skipif(os.name == "nt", reason="Python for Windows always has ensurepip")
def test_a_python_without_ensurepip_is_told_what_to_install(office: Office) -> None:
    result = office.manage("serve", VENV_FAILS="1")
    assert result.returncode == 2
    assert f"apt-get install python3.{sys.version_info.minor}-venv" in result.stderr
    assert "ensurepip is not available" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_gives_way_to_the_next_free_one_and_says_so(office: Office, taken: int) -> None:
    result = office.manage("serve", "--port", str(taken))
    used = int(said(result)[1]["args"][-1])
    assert used > taken
    assert f"พอร์ต {taken}" in result.stderr and f"port {taken} is taken, using {used}" in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_what_is_no_port_is_refused_in_one_line_before_anything_is_installed(office: Office, port: str) -> None:
    result = office.manage("serve", f"--port={port}")
    assert (result.returncode, result.stdout, office.calls()) == (2, "", [])
    assert f"{port!r} ไม่ใช่พอร์ต" in result.stderr and "is no port" in result.stderr and len(result.stderr) < 300


def test_nothing_newer_than_python_3_8_stands_in_the_way_of_saying_that_it_is_too_old() -> None:
    text = MANAGE.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 8))
    assert "from __future__ import annotations" in text


def test_a_failed_build_stops_serve_with_its_exit_code(office: Office) -> None:
    result = office.manage("serve", ROOM_EXIT="2")
    assert result.returncode == 2
    assert [call["room"] for call in said(result)] == ["etl"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 0), ("SIGTERM", 143)])
def test_stopping_serve_stops_the_dashboard_too(office: Office, taken: int, sent: str, code: int) -> None:
    with office.start("serve", "--port", str(taken), STAY="1") as process:
        lines = [json.loads(process.stdout.readline()) for _ in range(2)]
        port = int(lines[1]["args"][-1])

        def answers() -> bool:
            with socket.socket() as client:
                return client.connect_ex(("127.0.0.1", port)) == 0

        wait_for(answers)
        stop(process, sent)
        _, err = process.communicate(timeout=patience(20))
    assert process.returncode == code
    assert "Traceback" not in err
    assert not answers()


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def two_ports() -> int:
    return workers.two_ports()


def test_workers_listen_side_by_side_over_one_data_folder_and_are_explained(office: Office, two_ports: int) -> None:
    with office.start("serve", "--port", str(two_ports), "--workers", "2", "--data", "x", STAY="1") as process:
        built, *shown = [json.loads(process.stdout.readline()) for _ in range(3)]
        wait_for(lambda: listens(two_ports) and listens(two_ports + 1))
        stop(process, "SIGTERM")
        _, err = process.communicate(timeout=patience(20))
    assert built["room"] == "etl" and {call["BAAN_SUK_DATA"] for call in shown} == {str((office.elsewhere / "x").resolve())}
    ports = [str(two_ports), str(two_ports + 1)]
    assert sorted(call["args"] for call in shown) == [
        ["run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", port] for port in ports
    ]
    assert "2 workers" in err and "2 กระบวนการ" in err and "nginx" in err and "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 0), ("SIGTERM", 143)])
def test_a_worker_that_dies_is_started_again_and_stopping_ends_all(
    office: Office, two_ports: int, sent: str, code: int, tmp_path: Path
) -> None:
    once = str(tmp_path / "once")
    with office.start("serve", "--port", str(two_ports), "--workers", "2", STAY="1", SHORT=once) as process:
        wait_for(lambda: listens(two_ports) and listens(two_ports + 1))
        stop(process, sent)
        out, err = process.communicate(timeout=patience(20))
    assert process.returncode == code and "Traceback" not in err
    assert len(out.splitlines()) == 4, "the build, two workers, and one of them again"
    [line] = [line for line in err.splitlines() if "ended (code 7)" in line]
    assert "starting again in 1 s" in line and "จะเริ่มใหม่ใน 1 วินาที" in line
    assert not listens(two_ports) and not listens(two_ports + 1)


def test_pauses_grow_with_every_short_life_and_begin_anew_after_a_steady_one(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    now, lives = [0.0], []

    class Life:
        def __init__(self, *_: object, **__: object) -> None:
            lives.append(now[0])

        def poll(self) -> int | None:
            return -9 if len(lives) != 5 or now[0] - lives[-1] >= manage.STEADY else None

    monkeypatch.setattr(manage.subprocess, "Popen", Life)
    monkeypatch.setattr(manage.time, "monotonic", lambda: now[0])
    worker = manage.Worker(8502, ["streamlit"], {})
    while len(lives) < 8:
        worker.look()
        now[0] += 0.5
    err = capsys.readouterr().err
    assert re.findall(r"worker 8502 ended \(signal 9\), starting again in (\d+) s", err) == ["1", "2", "4", "8", "1", "2", "4"]
    assert [after - before for before, after in itertools.pairwise(lives[:5])] == [1, 2.5, 4.5, 8.5], "half a second a look"


def test_settings_that_let_nobody_serve_end_all_workers_at_once(office: Office, two_ports: int) -> None:
    (office.root / "etl" / "__main__.py").write_text("")
    result = office.manage("serve", "--port", str(two_ports), "--workers", "2", ROOM_EXIT="2")
    assert result.returncode == 2 and {call["room"] for call in said(result)} == {"streamlit"}


def test_a_worker_takes_no_other_port_than_nginx_knows(office: Office, taken: int) -> None:
    result = office.manage("serve", "--port", str(taken - 1), "--workers", "2")
    assert result.returncode == 2 and [call["room"] for call in said(result)] == ["etl"]
    assert f"port {taken}" in result.stderr and f"พอร์ต {taken}" in result.stderr


@pytest.mark.parametrize("workers", ["0", "-1", "33", "two"])
def test_what_is_no_number_of_workers_is_refused_in_one_line(office: Office, workers: str) -> None:
    result = office.manage("serve", f"--workers={workers}")
    assert (result.returncode, result.stdout, office.calls()) == (2, "", [])
    assert f"{workers!r} ไม่ใช่จำนวน 1–32" in result.stderr and "is no number" in result.stderr


def test_the_log_is_asked_in_its_own_room(office: Office) -> None:
    [call] = said(office.manage("audit", "list", "--who", "a@b"))
    assert (call["room"], call["args"]) == ("audit", ["list", "--who", "a@b"])


def test_what_ask_answers_stands_alone_on_standard_output(office: Office) -> None:
    result = office.manage("ask", "summary", "--format", "json", "--year", "2565")
    assert said(result)[-1]["args"] == ["summary", "--format", "json", "--year", "2565"]
    assert all(line.startswith("{") for line in result.stdout.splitlines())
    assert "setting up" in result.stderr


def test_file_names_mean_what_they_mean_where_the_caller_stands(office: Office) -> None:
    for name in ("etl.py", "pip.py", "venv.py", "json.py"):
        (office.elsewhere / name).write_text("raise SystemExit('a stranger in the caller\\'s folder')")
    result = office.manage("load", "ทะเบียน 2565.csv", "--report", "ผล.json")
    [call] = said(result)
    assert call["args"] == ["load", "ทะเบียน 2565.csv", "--report", "ผล.json"]
    assert (call["cwd"], call["PYTHONPATH"]) == (str(office.elsewhere.resolve()), str(office.root.resolve()))


@pytest.mark.parametrize("verb", ["load", "ask", "bench", "test", "check"])
def test_the_exit_code_of_what_was_started_is_passed_on(office: Office, verb: str) -> None:
    (office.root / "data" / "live" / "warehouse").mkdir(parents=True)
    (office.root / "data" / "live" / "warehouse" / "CURRENT").touch()
    assert office.manage(verb, ROOM_EXIT="1").returncode == 1


def test_tests_are_told_what_was_found_on_the_machine_and_do_not_run_where_it_is_not_enough(office: Office) -> None:
    [call] = said(office.manage("test", "-k", "page", "tests/ui"))
    assert (call["room"], call["args"]) == ("pytest", ["-k", "page", "tests/ui"])
    assert (call["BAAN_SUK_CHROMIUM"], call["BAAN_SUK_OFFICE"]) == ("/usr/bin/my chromium", "/usr/bin/a=b")
    (office.root / "tests" / "system.py").write_text("raise SystemExit('no browser for the tests')")
    result = office.manage("test")
    assert (result.returncode, result.stdout) == (1, "")
    assert "no browser for the tests" in result.stderr


def test_quick_tests_look_for_nothing_on_the_machine(office: Office) -> None:
    (office.root / "tests" / "system.py").write_text("raise SystemExit('looked')")
    result = office.manage("test", "--quick", "-x")
    [call] = said(result)
    assert (call["room"], call["args"], call["BAAN_SUK_CHROMIUM"]) == ("pytest", ["--quick", "-x"], None)
    assert result.returncode == 0 and "looked" not in result.stderr


def test_check_runs_all_of_them_whatever_the_first_says(office: Office) -> None:
    calls = [(call["room"], *call["args"]) for call in said(office.manage("check", ROOM_EXIT="1"))]
    assert calls == [
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("tests/javascript",),
        ("pip", "--disable-pip-version-check", "check"),
        ("pip", "--disable-pip-version-check", "install", "-qq", "--target", calls[5][5], calls[5][6]),
    ]
    assert calls[5][6].startswith("pip-audit==")


CLEAN = {"name": "duckdb", "version": "2.0.0", "vulns": []}
HOLE = {"name": "pandas", "version": "3.1.1", "vulns": [{"id": "PYSEC-2026-1"}]}
SILENT = {"name": "plotly", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "words", "code", "code_of_audit"),
    [
        ([CLEAN], "", 0, 0),
        ([CLEAN, HOLE], "known vulnerability: pandas 3.1.1 PYSEC-2026-1", 1, 1),
        ([CLEAN, SILENT], "no answer about known vulnerabilities of 1 packages", 0, 1),
        (None, "no answer about known vulnerabilities of all packages", 0, 1),
    ],
)
def test_check_fails_for_a_known_vulnerability_and_audit_for_silence_too(
    office: Office, packages: list | None, words: str, code: int, code_of_audit: int
) -> None:
    answer = {} if packages is None else {"AUDIT": json.dumps({"dependencies": packages})}
    plain, audit = office.manage("check", **answer), office.manage("check", "--audit", **answer)
    assert (plain.returncode, audit.returncode) == (code, code_of_audit)
    assert words in plain.stderr and words in audit.stderr

"""Background jobs: the loader as a subprocess that reports progress and its result as lines of JSON.

A hostile file can only crash that process, never the server.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from installation.paths import PROJECT, data_folder
from ui.export.deferred import Requester, requester

LARGEST = 300  # MB of one file, as .streamlit/config.toml says; larger ones go by `manage.py load`
SHARE = {
    "unpack": (0.0, 0.02),
    "read": (0.02, 0.6),
    "check": (0.6, 0.75),
    "tag": (0.75, 0.95),
    "account": (0.95, 0.98),
}  # of the time


class Upload(Protocol):
    """An uploaded file, as Streamlit gives it."""

    name: str

    def getbuffer(self) -> memoryview:
        """Its bytes."""


@dataclass
class Job:
    """One load, running or staged: what the officer said of it, its last progress message (as etl writes it), its report once
    done, else its error."""

    token: str
    uploads: str
    process: subprocess.Popen
    stated: dict[str, dict[str, str]] = field(default_factory=dict)
    matched: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)
    progress: dict = field(default_factory=dict)
    report: dict | None = None
    error: str = ""

    @property
    def running(self) -> bool:
        """Neither report nor error yet."""
        return self.report is None and not self.error

    @property
    def seconds(self) -> float:
        """Elapsed seconds."""
        return time.monotonic() - self.begun

    @property
    def part(self) -> float:
        """Progress from 0 to 1."""
        begin, end = SHARE.get(self.progress.get("step", "unpack"), (0.98, 1.0))
        inside = self.progress.get("percent", 0) / 100
        if self.progress.get("of"):
            inside = self.progress["bytes"] / self.progress["of"]
        return begin + (end - begin) * inside


_jobs: dict[str, Job] = {}


def job(token: str | None) -> Job | None:
    """The job of a token, none if this server did not start it."""
    return _jobs.get(token or "")


def upload(files: Sequence[Upload]) -> str:
    """Store uploaded files in a staging folder of mode 700, one of a name that another has in a folder of its own; returns the
    folder's name."""
    name = token_hex(16)
    place = data_folder() / "staging" / name
    place.mkdir(parents=True, mode=0o700)
    for number, file in enumerate(files):
        path = place / Path(file.name.replace("\\", "/")).name
        if path.exists():
            path = place / f"{number}" / path.name
            path.parent.mkdir(mode=0o700)
        path.write_bytes(file.getbuffer())
    return name


def begin(uploads: str, stated: Mapping[str, Mapping[str, str]], matched: Mapping[str, str]) -> str:
    """Start a staging job: read, validate, compare; `stated` holds constants per file, `matched` headings matched by hand.

    Returns the job's token."""
    token = token_hex(16)
    place = data_folder() / "staging" / uploads
    wish = place / ".wish.json"
    wish.write_text(json.dumps({"said": stated, "matched": dict(matched)}), encoding="utf-8")
    files = sorted(str(p) for p in place.rglob("*") if p.is_file() and p != wish)
    command = _command(requester(), "stage", *files, "--token", token, "--wish", str(wish))
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    _jobs[token] = made = Job(token, uploads, process, {file: dict(said) for file, said in stated.items()}, dict(matched))
    threading.Thread(target=_listen, args=(made,), daemon=True).start()
    return token


def _listen(made: Job) -> None:
    for line in made.process.stdout or ():
        progress = json.loads(line)
        made.progress = progress
        if progress["step"] == "done":
            made.report = progress["report"]
    _, error = made.process.communicate()
    if made.report is None:
        made.error = error.strip().splitlines()[-1] if error.strip() else "–"


def drop(made: Job) -> None:
    """Cancel a job and remove its staged build; the uploads stay for another try."""
    if made.process.poll() is None:
        made.process.terminate()
        made.process.wait()
    _jobs.pop(made.token, None)
    _run("leave", made.token)


def leave(made: Job) -> None:
    """Cancel a job and remove its staged build and uploads; the current build stays."""
    drop(made)
    _run("leave", made.uploads)


def accept(made: Job) -> str:
    """Publish the staged build; returns an error message, "" on success."""
    wrong = _run("accept", made.token)[1]
    if not wrong:
        _jobs.pop(made.token, None)
        _run("leave", made.uploads)
    return wrong


def staged(made: Job) -> Path:
    """The file of the build that waits for an answer, as etl/staging.py names it."""
    return data_folder() / "staging" / made.token / "build.duckdb"


def builds() -> list[dict]:
    """Earlier loads, the latest first: build, made_at, files, kept, current."""
    warehouse = data_folder() / "warehouse"
    return json.loads(_builds(warehouse, warehouse.stat().st_mtime_ns if warehouse.exists() else 0))


@lru_cache(maxsize=1)
def _builds(warehouse: Path, changed: int) -> str:
    """The loader's list, asked when a file came, went or was replaced in `warehouse`: each tap of the page shows it, a child costs 0.7 CPU-s."""
    return _run("builds", "--json")[0] or "[]"


def compare(build: str) -> dict:
    """What would change if an earlier build came back; empty where that cannot be told."""
    said, wrong = _run("compare", build)
    return {} if wrong else json.loads(said)


def use(build: str) -> str:
    """Roll back to an earlier build; returns an error message, "" on success."""
    return _run("use", build)[1]


def template(register: str, of: Requester, place: str = "") -> bytes:
    """The workbook to fill in for one register, of a place where one is chosen."""
    return _made(of, "template", register, *(("--place", place) if place else ()))


def refused_rows(file: str, of: Requester, token: str = "") -> bytes:
    """The workbook with the rows to correct of one file, of the present build or of a staged load."""
    return _made(of, "refused", "--file", file, *(("--token", token) if token else ()))


def _made(of: Requester, verb: str, *arguments: str) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        _run(verb, *arguments, "--to", place, of=of)
        return next(Path(place).iterdir()).read_bytes()


def _run(verb: str, *arguments: str, of: Requester | None = None) -> tuple[str, str]:
    """Run one short verb of the loader as a user, by default this run's: (standard output, error message or "")."""
    done = subprocess.run(_command(of or requester(), verb, *arguments), cwd=PROJECT, capture_output=True, encoding="utf-8")
    return done.stdout, (done.stderr.strip().splitlines() or ["–"])[-1] if done.returncode else ""


def _command(of: Requester, verb: str, *arguments: str) -> list[str]:
    about = ["--data", str(data_folder().resolve()), "--language", of.language, "--areas", ",".join(of.reader.areas)]
    about += ["--who", of.who, "--role", of.reader.role]
    return [sys.executable, "-m", "etl", verb, *arguments, *about]

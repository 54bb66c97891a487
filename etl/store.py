"""Where registers and builds lie, and the one pointer that moves: `DIR/registers/`, `DIR/warehouse/`, `CURRENT`.

Beside each build stands `<build>.json`: the files that it was made of, so that an earlier one can be made current again.

No file that a reader may have open is ever written: a build is a new file, and `CURRENT` is replaced in one step.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from installation import private_files
from installation.secret import secret

NOTHING: Mapping[str, object] = {}
KEPT_BUILDS = 3
KEPT_INPUTS = 10  # builds of which the register files are kept, so that they can be made again


@dataclass(frozen=True)
class RegisterFile:
    """One accepted file: what the officer calls it, its checksum, where its bytes lie, and what he says of all its rows."""

    name: str
    checksum: str
    path: Path
    constants: Mapping[str, str] = field(default_factory=dict)


class Busy(Exception):
    """Another load holds the lock."""


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Store:
    """The data folder of one installation, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "warehouse"
        self.registers = folder / "registers"
        self.shapes = folder / "shapes"
        self._index = self.registers / "index.json"
        self._by_hand = folder / "headings.json"

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One load at a time; raises Busy when another runs."""
        for folder in (self.folder, self.warehouse):  # `parents` would make the outer one readable by all
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(self.warehouse / "lock", timeout=0, mode=0o600):
                self._sweep()
                yield
        except Timeout as fault:
            raise Busy from fault

    def _sweep(self) -> None:
        """Remove what a killed load left behind: half-made files hold people's data too."""
        folders = (self.folder, self.warehouse, self.registers, self.shapes)
        for path in [p for f in folders for p in (*f.glob("*.tmp"), *f.glob("*.wal"))]:
            path.unlink()
        for folder in self.warehouse.glob("work-*"):
            shutil.rmtree(folder)

    def current(self) -> str | None:
        """The id of the build that readers see."""
        try:
            return (self.warehouse / "CURRENT").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def build_path(self, build: str) -> Path:
        """The file of one build."""
        return self.warehouse / f"{build}.duckdb"

    def secret(self) -> bytes:
        """The installation's own secret, made once: household addresses are keyed with it."""
        return secret(self.folder)

    def accepted(self) -> list[RegisterFile]:
        """The register files of the present build, in the order in which they first came."""
        return self._registers(json.loads(self._index.read_text(encoding="utf-8"))) if self._index.exists() else []

    def _registers(self, rows: list[dict]) -> list[RegisterFile]:
        return [
            RegisterFile(r["name"], r["checksum"], self._content(r["checksum"], r["name"]), r.get("said", {})) for r in rows
        ]

    def history(self) -> list[dict]:
        """What each known build was made of, the latest first: build, made_at, files, by_hand, and whether its file is kept."""
        entries = [json.loads(p.read_text(encoding="utf-8")) for p in self.warehouse.glob("*.json")]
        entries.sort(key=lambda entry: entry["made_at"], reverse=True)
        return [{**entry, "kept": self.build_path(entry["build"]).exists()} for entry in entries]

    def files_of(self, entry: dict) -> list[RegisterFile]:
        """The register files of one entry of `history`."""
        return self._registers(entry["files"])

    def by_hand(self) -> dict[str, str]:
        """Heading -> column, as officers matched them before."""
        return json.loads(self._by_hand.read_text(encoding="utf-8")) if self._by_hand.exists() else {}

    def remember(self, matched: Mapping[str, str]) -> None:
        """Headings that an officer matched by hand, for every later file."""
        if matched:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.replace_by_hand(self.by_hand() | dict(matched))

    def replace_by_hand(self, matched: Mapping[str, str]) -> None:
        """Exactly these headings are matched by hand."""
        if matched or self._by_hand.exists():
            replace(self._by_hand, json.dumps(dict(matched), ensure_ascii=False, indent=1).encode())

    def accept(self, files: list[RegisterFile]) -> None:
        """Make `files` the accepted ones: copy what is new, then replace the index in one step."""
        self.registers.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in files:
            kept = self._content(file.checksum, file.name)
            if not kept.exists():
                shutil.copyfile(file.path, kept.with_suffix(".tmp"))
                os.chmod(kept.with_suffix(".tmp"), 0o400)
                os.replace(kept.with_suffix(".tmp"), kept)
        replace(self._index, json.dumps(_rows(files), ensure_ascii=False, indent=1).encode())

    def _content(self, sum_: str, name: str) -> Path:
        return self.registers / f"{sum_}{Path(name).suffix.lower()}"

    def staged(self, token: str) -> Path:
        """The folder of a load that waits for an answer; raises ValueError for what is no token."""
        if not re.fullmatch("[0-9a-f]{32}", token):
            raise ValueError(token)
        return self.folder / "staging" / token

    def publish(
        self,
        build: str,
        finished: Path,
        files: list[RegisterFile],
        by_hand: Mapping[str, str],
        about: Mapping[str, object] = NOTHING,
    ) -> None:
        """Make a finished, closed build file the current one; older builds go once nobody can hold them.

        `about` is who loaded it and how much it holds, for the history; a build that comes back keeps its place there.
        """
        if not self.build_path(build).exists():  # an earlier build come back is the same, and somebody may have it open
            _sync(finished)
            os.chmod(finished, 0o400)
            os.replace(finished, self.build_path(build))
            _sync(self.warehouse)
        made = {"build": build, "made_at": datetime.now(UTC).isoformat(), **about, **self._earlier(build)}
        made |= {"files": _rows(files), "by_hand": dict(by_hand)}
        replace(self.warehouse / f"{build}.json", json.dumps(made, ensure_ascii=False, indent=1).encode())
        replace(self.warehouse / "CURRENT", build.encode())
        self._forget(build)

    def _earlier(self, build: str) -> dict:
        """What the history says of a build; nothing of one that it does not have."""
        path = self.warehouse / f"{build}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def _forget(self, build: str) -> None:
        """Remove what no kept build needs: old builds, their lists of files, and register files that stand in none."""
        earlier = [entry["build"] for entry in self.history() if entry["build"] != build]
        for old in self.warehouse.glob("*.duckdb"):
            if old.stem not in {build, *earlier[: KEPT_BUILDS - 1]}:
                _remove(old)  # Windows refuses while a reader has it open: the next load tries again
        for old in earlier[KEPT_INPUTS - 1 :]:
            _remove(self.warehouse / f"{old}.json")
        kept = {
            self._index,
            *(f.path for entry in self.history() for f in self.files_of(entry)),
            *(f.path for f in self.accepted()),
        }
        for replaced in set(self.registers.glob("*")) - kept:
            _remove(replaced)


def _rows(files: list[RegisterFile]) -> list[dict]:
    return [{"name": f.name, "checksum": f.checksum, "said": dict(f.constants)} for f in files]


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.chmod(path, 0o600)
        path.unlink()


def replace(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old or the new one, whole, also after a power cut."""
    private_files.replace(path, content)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Flush a file or a folder to the disk; Windows cannot open folders and does not need it."""
    with contextlib.suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

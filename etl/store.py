"""Where registers and builds lie, and the one pointer that moves: `DIR/registers/`, `DIR/warehouse/`, `CURRENT`.

No file that a reader may have open is ever written: a build is a new file, and `CURRENT` is replaced in one step.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

KEPT_BUILDS = 3


@dataclass(frozen=True)
class Register:
    """One accepted file: what the officer calls it, its checksum, and where its bytes lie."""

    name: str
    checksum: str
    path: Path


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

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One load at a time; raises Busy when another runs."""
        self.warehouse.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(self.warehouse / "lock", timeout=0, mode=0o600):
                self._sweep()
                yield
        except Timeout as fault:
            raise Busy from fault

    def _sweep(self) -> None:
        """Remove what a killed load left behind: half-made files hold people's data too."""
        left = [
            p for f in (self.folder, self.warehouse, self.registers, self.shapes) for p in (*f.glob("*.tmp"), *f.glob("*.wal"))
        ]
        for path in left:
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
        path = self.folder / "secret.key"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace(path, secrets.token_hex(32).encode())
        return bytes.fromhex(path.read_text(encoding="ascii").strip())

    def accepted(self) -> list[Register]:
        """The register files of the present build, in the order in which they first came."""
        if not self._index.exists():
            return []
        rows = json.loads(self._index.read_text(encoding="utf-8"))
        return [Register(r["name"], r["checksum"], self._content(r["checksum"], r["name"])) for r in rows]

    def accept(self, files: list[Register]) -> None:
        """Make `files` the accepted ones: copy what is new, then replace the index in one step."""
        self.registers.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in files:
            kept = self._content(file.checksum, file.name)
            if not kept.exists():
                shutil.copyfile(file.path, kept.with_suffix(".tmp"))
                os.chmod(kept.with_suffix(".tmp"), 0o400)
                os.replace(kept.with_suffix(".tmp"), kept)
        rows = [{k: v for k, v in asdict(f).items() if k != "path"} for f in files]
        replace(self._index, json.dumps(rows, ensure_ascii=False, indent=1).encode())
        current = {self._index, *(self._content(f.checksum, f.name) for f in files)}
        for replaced in set(self.registers.iterdir()) - current:
            os.chmod(replaced, 0o600)
            replaced.unlink()

    def _content(self, sum_: str, name: str) -> Path:
        return self.registers / f"{sum_}{Path(name).suffix.lower()}"

    def publish(self, build: str, finished: Path) -> None:
        """Make a finished, closed build file the current one; older builds go once nobody can hold them."""
        if not self.build_path(build).exists():  # an earlier build come back is the same, and somebody may have it open
            _sync(finished)
            os.chmod(finished, 0o400)
            os.replace(finished, self.build_path(build))
            _sync(self.warehouse)
        replace(self.warehouse / "CURRENT", build.encode())
        builds = sorted(self.warehouse.glob("*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in [p for p in builds if p.stem != build][KEPT_BUILDS - 1 :]:
            with contextlib.suppress(OSError):  # Windows refuses while a reader has it open: the next load tries again
                os.chmod(old, 0o600)
                old.unlink()


def replace(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old or the new one, whole, also after a power cut."""
    part = path.with_name(f"{path.name}.tmp")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Flush a file or a folder to the disk; Windows cannot open folders and does not need it."""
    with contextlib.suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

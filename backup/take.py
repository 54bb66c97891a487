"""Take a backup: copy, pack, encrypt, read it back, and only then give it its name."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audit import log
from backup import archive, checks, contents, packing
from backup.packing import Manifest
from backup.progress import Progress
from backup.refusal import Refused
from backup.snapshot import snapshot
from etl.store import Store

CONSOLE = "console"  # whoever has the machine
SUFFIX = ".backup"


@dataclass(frozen=True)
class Taken:
    """A finished backup: its file and what is in it, what was found of it, and what was left out because nobody knows it."""

    path: Path
    manifest: Manifest
    found: checks.Found
    unknown: tuple[str, ...]


def take(folder: Path, to: Path, passphrase: bytes, progress: Progress) -> Taken:
    """Back up a data folder to a new file, or a new file in a folder. Everything acknowledged before this began is in it.

    Raises Refused, log.Unwritable, OSError, sqlite3.Error or sqlalchemy.exc.DBAPIError, and then there is no such file.
    """
    if not (folder / "secret.key").exists():
        raise Refused(
            f"ไม่มีข้อมูลของระบบในโฟลเดอร์ {folder} ระบุ --data · there is no installation in {folder}: name it with --data"
        )
    if os.name != "nt" and (folder / "secret.key").stat().st_uid != os.geteuid():
        raise Refused(
            "ให้ผู้ใช้ที่เปิดระบบเป็นผู้สำรอง มิฉะนั้นระบบจะเปิดไฟล์ล็อกและ audit.head ไม่ได้อีก · "
            "run this as the user that runs the dashboard: it could not open the locks and audit.head that another leaves behind"
        )
    now = datetime.now(log.OFFICE)
    path = _destination(folder, to, now)
    log.write(folder, CONSOLE, "backed_up", file=path.name)  # first: who takes all personal data along is written down
    with snapshot(folder, progress) as copy:
        unknown = tuple(contents.unknown(folder))
        manifest = _written(copy, path, passphrase, now.isoformat(timespec="seconds"), progress)
        progress.step("ตรวจสมุดบันทึกและบันทึกการใช้งาน…", "verifying the journal and the audit log…")
        return Taken(path, manifest, checks.look(copy, manifest.files), unknown)


def _destination(folder: Path, to: Path, now: datetime) -> Path:
    """Where the file shall lie; raises Refused."""
    path = to.resolve()
    if path.is_dir():
        path = path / f"baansuk-{now:%Y-%m-%dT%H%M%S}{SUFFIX}"
    if path.is_relative_to(folder.resolve()):
        raise Refused(
            "ไฟล์สำรองต้องอยู่นอกโฟลเดอร์ข้อมูล มิฉะนั้นจะหายไปพร้อมกัน · a backup must lie outside the data folder, it would be lost with it"
        )
    if path.exists():
        raise Refused(f"มี {path} อยู่แล้ว ใช้ชื่ออื่น · {path} is there already: name another, nothing is replaced")
    if not path.parent.is_dir():
        raise Refused(f"ไม่มีโฟลเดอร์ {path.parent} สร้างก่อน · there is no folder {path.parent}: make it first")
    return path


def _written(copy: Path, path: Path, passphrase: bytes, made_at: str, progress: Progress) -> Manifest:
    """The file under its name, whole and read back; or none."""
    names = [name for name in contents.names(copy) if contents.kept(name)]
    total = sum((copy / name).stat().st_size for name in names)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)  # of one that was killed; what it holds is encrypted
    try:
        progress.step("เข้ารหัสและเขียนไฟล์สำรอง…", "encrypting and writing the backup…", total)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            sealed = archive.Sealed(file, passphrase)
            manifest = packing.pack(copy, names, made_at, Store(copy).current() or "", sealed, progress.advance)
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        progress.step("อ่านกลับมาตรวจทุกไบต์…", "reading it back, every byte…", total)
        with open(part, "rb") as file:
            if packing.listed(archive.Opened(file, passphrase), progress.advance) != manifest:
                raise Refused("ไฟล์ที่เขียนอ่านกลับมาไม่ตรง ใช้ดิสก์อื่น · what was written reads back otherwise: use another disk")
        os.replace(part, path)
        _sync(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _sync(folder: Path) -> None:
    """Flush a folder's names; Windows keeps them by itself."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Restore a backup into an empty folder: nothing is written before every byte of it was found authentic, and half is never left."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit import log
from backup import archive, checks, contents, packing, shared_journal
from backup.packing import Manifest
from backup.progress import Progress
from backup.refusal import Refused
from backup.snapshot import JOURNAL
from backup.take import CONSOLE
from etl.load import ensure
from etl.store import Store

Tell = Callable[[dict], None]


@dataclass(frozen=True)
class Restored:
    """What a backup held, what was found of it where it lies now, and the build that is current there ("" for none)."""

    manifest: Manifest
    found: checks.Found
    build: str


def restore(file: Path, folder: Path, passphrase: bytes, progress: Progress) -> Manifest:
    """Put the files of a backup into a folder that is missing or empty; raises Refused, OSError or sqlalchemy.exc.DBAPIError, and
    then the folder is as it was."""
    _hold_empty(folder)
    if shared_journal.address() and not shared_journal.is_empty():
        raise Refused(
            "ฐานข้อมูลที่ BAAN_SUK_JOURNAL ระบุมีบันทึกอยู่แล้ว ยกเลิกตัวแปรนี้เพื่อกู้ลงไฟล์ หรือระบุฐานข้อมูลเปล่า · "
            "the database that BAAN_SUK_JOURNAL names holds entries: unset it to restore into a file, or name an empty database"
        )
    with open(file, "rb") as encrypted:
        opened, total = archive.Opened(encrypted, passphrase), os.fstat(encrypted.fileno()).st_size
        progress.step("ตรวจไฟล์สำรองทุกไบต์…", "verifying the backup, every byte…", total)
        manifest = packing.listed(opened, progress.advance)
        opened.again()
        progress.step("เขียนไฟล์…", "writing the files…", total)
        _put(opened, manifest, folder, progress)
    return manifest


def _hold_empty(folder: Path) -> None:
    """Raises Refused for a folder that holds something, or is none."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} ไม่ใช่โฟลเดอร์ · {folder} is no folder")
    if folder.is_dir() and (there := sorted(path.name for path in folder.iterdir())):
        raise Refused(
            f"โฟลเดอร์ {folder} ไม่ว่าง มี {', '.join(there[:5])} ระบุโฟลเดอร์ใหม่ · "
            f"{folder} is not empty, it holds {', '.join(there[:5])}: name a new folder"
        )


def _put(opened: archive.Opened, manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Write beside its place, read back, and move into place at the end; all of it or nothing."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = folder / contents.RESTORING
    work.mkdir(mode=0o700)  # two at once: the second fails here
    try:
        os.chmod(folder, 0o700)
        packing.unpack(opened, work, progress.advance)
        if packing.digests(work, manifest.files) != manifest.files:
            raise Refused("ไฟล์ที่เขียนอ่านกลับมาไม่ตรง ใช้ดิสก์อื่น · what was written reads back otherwise: use another disk")
        for path in sorted(work.iterdir()):
            os.rename(path, folder / path.name)
        work.rmdir()
        if shared_journal.address() and (folder / JOURNAL).exists():
            progress.step("ใส่สมุดบันทึกลงฐานข้อมูลที่ใช้ร่วมกัน…", "putting the journal into the shared database…")
            shared_journal.fill(folder / JOURNAL)  # last: it is all or nothing by itself
            (folder / JOURNAL).unlink()  # it would be a second journal, which nobody keeps up
    except BaseException:
        for name in {contents.RESTORING, *(file.split("/")[0] for file in manifest.files)}:
            path = folder / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if made:
            folder.rmdir()
        raise


def finish(manifest: Manifest, folder: Path, progress: Progress, tell: Tell) -> Restored:
    """Verify what lies there now, write that down, and make the build again; raises log.Unwritable, duckdb.Error or OSError, and
    the files stay."""
    progress.step("ตรวจสมุดบันทึกและบันทึกการใช้งาน…", "verifying the journal and the audit log…")
    found = checks.look(folder, manifest.files, shared=bool(shared_journal.address()))
    log.write(folder, CONSOLE, "restored", made_at=manifest.made_at, entries=found.entries, faults=len(found.faults) or None)
    store = Store(folder)
    if manifest.build:
        progress.step("สร้างคลังข้อมูลจากทะเบียน…", "making the build again from the registers…")
        with store.lock():
            ensure(store, tell)
    return Restored(manifest, found, store.current() or "")

"""A consistent copy of an installation that is in use, in a folder within it: as private, and gone when the backup is done.

The order makes it consistent. Registers, users, verdicts and the audit log are copied while none of them can change, so the log
tells of just the loads and grants that are there. The journal is copied after the log: an entry is kept before the log tells of it,
so no line of the copy names an entry that the copy has not; entries without a line are only newer. Photos come after the journal,
which names them.
"""

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from backup import contents, shared_journal
from backup.progress import Progress
from backup.refusal import Refused
from etl.store import Busy, Store

WAIT_LOAD = 900  # seconds for a load that is under way
WAIT = 30  # seconds for any other lock
LOOK = 0.5  # seconds between two looks whether a load is done
JOURNAL = "journal/journal.db"

Choose = Callable[[str], bool]


@contextlib.contextmanager
def snapshot(folder: Path, progress: Progress) -> Iterator[Path]:
    """The copy, for as long as this lasts. Raises Refused where another backup runs or a load does not end, sqlite3.Error or
    sqlalchemy.exc.DBAPIError where the journal cannot be read, OSError."""
    work = folder / contents.WORK
    try:
        with FileLock(folder / contents.LOCK, timeout=0, mode=0o600):
            shutil.rmtree(work, ignore_errors=True)  # of one that was killed
            work.mkdir(mode=0o700)
            try:
                _all(folder, work, progress)
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except Timeout as fault:
        raise Refused(
            f"รอ {Path(fault.lock_file).name} ไม่ได้ มีการสำรองหรืองานอื่นกำลังทำอยู่ ลองใหม่เมื่อเสร็จ · "
            f"{Path(fault.lock_file).name} is held: another backup or change is under way, try again when it is done"
        ) from fault


def _all(folder: Path, work: Path, progress: Progress) -> None:
    with _still(folder, progress):
        _copy(folder, work, lambda name: not name.startswith(("audit", "journal/", "signed_out/")))
        if (folder / "audit").exists():
            with FileLock(folder / "audit" / "lock", timeout=WAIT, mode=0o600):
                _copy(folder, work, lambda name: name.startswith("audit"))
    _journal(folder, work, progress)
    _copy(folder, work, lambda name: name.startswith(("journal/photos/", "signed_out/")))


@contextlib.contextmanager
def _still(folder: Path, progress: Progress) -> Iterator[None]:
    """No load, no change of users, no verdict meanwhile."""
    end, store, waits = time.monotonic() + WAIT_LOAD, Store(folder), False
    with contextlib.ExitStack() as held:
        while True:
            try:
                held.enter_context(store.lock())
                break
            except Busy:
                if time.monotonic() > end:
                    raise Refused(
                        "มีการโหลดทะเบียนที่ยังไม่เสร็จ ลองใหม่เมื่อเสร็จ · a load of registers does not end: try again when it is done"
                    ) from None
                if not waits:
                    progress.step("รอการโหลดทะเบียนที่กำลังทำอยู่…", "waiting for a load that is under way…")
                waits = True
                time.sleep(LOOK)
        for name in ("users.lock", "decisions.lock"):
            held.enter_context(FileLock(folder / name, timeout=WAIT, mode=0o600))
        yield


def _copy(folder: Path, work: Path, chosen: Choose) -> None:
    for name in contents.names(folder):
        if contents.kept(name) and chosen(name):
            place = work
            for part in name.split("/")[:-1]:
                place = place / part
                place.mkdir(exist_ok=True, mode=0o700)
            with contextlib.suppress(FileNotFoundError) if name.startswith("signed_out/") else contextlib.nullcontext():
                _same(folder / name, work / name)  # a sign-in too old to count may be forgotten just now


def _same(path: Path, copy: Path) -> None:
    """One file in the copy: a register never changes, so a second name for it costs nothing."""
    if os.name != "nt" and path.parent.name == "registers" and path.name != "index.json":
        with contextlib.suppress(OSError):  # on another disk, or one without such names
            os.link(path, copy)
            return
    shutil.copy2(path, copy)


def _journal(folder: Path, work: Path, progress: Progress) -> None:
    """All of the journal as of one moment. A plain copy of the files of a running SQLite database held 427 of 716 rows."""
    shared, path = shared_journal.address(), folder / JOURNAL
    if not shared and not path.exists():
        return
    (work / "journal").mkdir(mode=0o700)
    if shared:
        progress.step("คัดลอกสมุดบันทึกจากฐานข้อมูลที่ใช้ร่วมกัน…", "copying the journal out of the shared database…")
        shared_journal.export(work / JOURNAL)
        return
    progress.step("คัดลอกสมุดบันทึก…", "copying the journal…")
    with contextlib.closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
        connection.execute("vacuum into ?", (str(work / JOURNAL),))

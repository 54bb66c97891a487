"""The verbs `backup TO` and `restore FROM --data DIR`.

Exit 0 done and verified; 1 done, but something of it is at fault or was left out, by name; 2 nothing was done.
"""

import argparse
import io
import signal
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
from sqlalchemy.exc import SQLAlchemyError

from audit.log import Unwritable
from backup import shared_journal
from backup.checks import Found
from backup.passphrase import passphrase
from backup.progress import Progress
from backup.refusal import Refused
from backup.restore import finish, restore
from backup.take import take
from etl import os_errors
from etl.__main__ import narrator
from etl.store import Busy
from installation import private_files
from installation.paths import data_folder

SHOWN = 10  # names or faults


def parser() -> argparse.ArgumentParser:
    """The arguments of both verbs."""
    made = argparse.ArgumentParser(prog="manage.py", allow_abbrev=False)
    verbs = made.add_subparsers(dest="verb", required=True)
    taken = verbs.add_parser("backup", help="one encrypted file of everything, while it is in use")
    taken.add_argument("to", type=Path, metavar="TO", help="a new file, or a folder for one that is named by its time")
    taken.add_argument("--data", type=Path, metavar="DIR")
    back = verbs.add_parser("restore", help="put a backup into an empty folder")
    back.add_argument("source", type=Path, metavar="FROM")
    back.add_argument("--data", type=Path, metavar="DIR", required=True, help="a folder that is missing or empty")
    return made


def _say(thai: str, english: str) -> None:
    print(f"{thai} · {english}")


def _counts(found: Found) -> None:
    """What was verified, and each fault."""
    _say(
        f"{found.entries:,} บันทึก, {found.lines:,} รายการการใช้งาน, {found.registers:,} ไฟล์ทะเบียน ข้อผิด {len(found.faults):,}",
        f"{found.entries:,} entries of the journal, {found.lines:,} lines of the audit log, {found.registers:,} registers; "
        f"{len(found.faults):,} faults",
    )
    _several([f"- {thai} · {english}" for thai, english in found.faults])


def _several(lines: Sequence[str]) -> None:
    print(*lines[:SHOWN], *([f"… {len(lines):,}"] if len(lines) > SHOWN else []), sep="\n", end="\n" if lines else "")


def _backup(chosen: argparse.Namespace) -> int:
    folder = (chosen.data or data_folder()).resolve()
    done = take(folder, chosen.to, passphrase(new=True), Progress())
    _say(
        f"สำรองแล้ว {done.path}", f"backed up, {done.path.stat().st_size:,} bytes, {len(done.manifest.files):,} files, read back"
    )
    if shared_journal.address():
        _say("สมุดบันทึกมาจากฐานข้อมูลที่ใช้ร่วมกัน", "the journal in it was exported from the shared database")
    _counts(done.found)
    if done.unknown:
        _say(f"ไม่รู้จัก จึงไม่อยู่ในไฟล์สำรอง {len(done.unknown)} อย่าง", "unknown, and so NOT in the backup:")
        _several([f"- {name}" for name in done.unknown])
    return int(bool(done.found.faults or done.unknown))


def _restore(chosen: argparse.Namespace) -> int:
    folder, progress = chosen.data.resolve(), Progress()
    if not chosen.source.is_file():
        raise Refused(f"ไม่มีไฟล์ {chosen.source} · there is no file {chosen.source}")
    manifest = restore(chosen.source, folder, passphrase(new=False), progress)
    try:
        done = finish(manifest, folder, progress, narrator(as_json=False))
    except (Busy, Unwritable, SQLAlchemyError, duckdb.Error, OSError, MemoryError, RuntimeError, ValueError) as fault:
        reason = os_errors.words(fault, folder)
        _say("กู้ไฟล์ครบแล้ว แต่ตรวจหรือสร้างคลังข้อมูลไม่สำเร็จ", f"all files are restored, but not verified or built: {reason}")
        return 1
    _say(f"กู้ไฟล์สำรองของ {manifest.made_at} ลง {folder} แล้ว", f"restored, {len(manifest.files):,} files, read back")
    if shared_journal.address():
        _say("สมุดบันทึกอยู่ในฐานข้อมูลที่ใช้ร่วมกัน", "the journal lies in the shared database")
    _counts(done.found)
    if done.build == manifest.build:
        _say(f"คลังข้อมูล {done.build or '–'} เหมือนเดิม", "the build is the one that was current then")
    else:
        _say(
            f"คลังข้อมูลเป็น {done.build} ตอนสำรองเป็น {manifest.build} เพราะโปรแกรมหรือนิยามต่างรุ่นกัน",
            f"the build is {done.build}, then it was {manifest.build}: of the same registers, by another version of program or definitions",
        )
    return int(bool(done.found.faults))


def main(arguments: list[str]) -> int:
    """Run one verb; returns its exit code."""
    chosen = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    private_files.keep_private()
    try:
        return _backup(chosen) if chosen.verb == "backup" else _restore(chosen)
    except Refused as reason:
        print(reason, file=sys.stderr)
    except Unwritable as fault:
        print(
            f"เขียนบันทึกการใช้งานไม่ได้ จึงไม่สำรอง · the audit log cannot be written, so nothing was done: {fault}", file=sys.stderr
        )
    except (sqlite3.Error, SQLAlchemyError) as fault:
        print(
            f"อ่านหรือเขียนสมุดบันทึกไม่ได้ ไม่มีอะไรถูกทำ · the journal cannot be read or written, nothing was done: {fault}",
            file=sys.stderr,
        )
    except (OSError, MemoryError) as fault:
        words = os_errors.words(fault, chosen.data or data_folder())
        print(f"ไม่สำเร็จ ไม่มีอะไรถูกทำ · failed, nothing was done: {words}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a stop takes the unfinished copy away, too
    sys.exit(main(sys.argv[1:]))

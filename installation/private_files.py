"""File permissions: private files written atomically, and what of a data folder others on this machine could open."""

import os
import shlex
import stat
from pathlib import Path

OTHERS = 0o077  # whatever group and world may do
PRIVATE = (
    "warehouse", "registers", "staging", "shapes", "audit", "audit.head", "secret.key", "access.csv", "decisions.jsonl", "headings.json",
    "signed_out", "journal", "secret.former",
)  # fmt: skip


class Exposed(Exception):
    """Others on this machine could open personal data; the text says what to type."""


def replace(path: Path, content: bytes) -> None:
    """Write a small file atomically: a reader sees the old or the new one."""
    part = path.with_name(f"{path.name}.tmp")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def keep_private() -> None:
    """Set the umask: what this process creates is its owner's alone."""
    os.umask(OTHERS)


def exposed(folder: Path) -> list[Path]:
    """What of a data folder others could open: the folder itself and its private parts, each of which may be copied elsewhere.

    Windows has no such modes: there the rights of the user's own folders hold.
    """
    if os.name == "nt" or not folder.exists():
        return []
    parts = [folder, *(folder / name for name in PRIVATE if (folder / name).exists())]
    return [part for part in parts if stat.S_IMODE(part.stat().st_mode) & OTHERS]


def hold_private(folder: Path) -> None:
    """Raise Exposed where others could open personal data: nothing is loaded or shown from such a folder."""
    if open_ := exposed(folder):
        command = f"chmod go-rwx {shlex.join(map(str, open_))}"
        raise Exposed(
            f"ผู้ใช้อื่นของเครื่องนี้เปิดโฟลเดอร์ข้อมูลได้ พิมพ์คำสั่งนี้ แล้วเรียกใหม่ · other users of this machine can open the data folder; "
            f"type this, then start again:\n  {command}"
        )

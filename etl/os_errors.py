"""Errors of the operating system in words: a full disk, a folder that cannot be written, too little memory.

Whatever it was, the earlier build is still in place; an officer needs to know what to do, not which call failed.
"""

import errno
import shutil
from pathlib import Path

import duckdb

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
MESSAGES_FULL = (
    "no space left",
    "file too large",
    "disk quota",
    "max_temp_directory_size",
)  # as DuckDB passes on the system's words
MESSAGES_CLOSED = ("permission denied", "read-only file system", "operation not permitted")


def words(fault: Exception, folder: Path) -> str:
    """One sentence in both languages, and what to do."""
    message, number = str(fault).lower(), getattr(fault, "errno", None)
    if number in FULL or any(text in message for text in MESSAGES_FULL):
        free = shutil.disk_usage(_there(folder)).free >> 20
        return (
            f"ดิสก์เต็ม เหลือ {free:,} MB ลบหรือย้ายไฟล์ที่ไม่ใช้ แล้วลองใหม่ · "
            f"the disk is full, {free:,} MB are left: make room and try again"
        )
    if number in CLOSED or any(text in message for text in MESSAGES_CLOSED):
        return (
            f"เขียนในโฟลเดอร์ {folder} ไม่ได้ ให้ผู้ดูแลเครื่องเปิดสิทธิ์เขียน แล้วลองใหม่ · "
            f"the folder {folder} cannot be written: ask for the right to write there and try again"
        )
    if isinstance(fault, duckdb.OutOfMemoryException | MemoryError):
        return "หน่วยความจำไม่พอ ปิดโปรแกรมอื่น แล้วลองใหม่ · there is too little memory: close other programs and try again"
    return f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}"


def _there(folder: Path) -> Path:
    """The nearest folder above that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())

"""The passphrase of a backup: from the environment for what runs at night, asked for on a terminal otherwise. Never an argument:
other users of the machine see those."""

import getpass
import os
import sys
import unicodedata

from backup.refusal import Refused

NAME = "BAAN_SUK_PASSPHRASE"
SHORTEST = 12  # characters


def passphrase(new: bool) -> bytes:
    """As bytes, the same from every keyboard (NFC); a `new` one is asked twice. Raises Refused."""
    given = os.environ.get(NAME)
    if given is None:
        if not sys.stdin.isatty():
            raise Refused(
                f"ไม่มีรหัสผ่านของไฟล์สำรอง ตั้งตัวแปร {NAME} หรือเรียกคำสั่งนี้ในเทอร์มินัล · "
                f"there is no passphrase: set {NAME}, or run this in a terminal"
            )
        given = getpass.getpass(f"รหัสผ่านของไฟล์สำรอง อย่างน้อย {SHORTEST} ตัวอักษร · passphrase of the backup: ")
        if new and getpass.getpass("อีกครั้ง · once more: ") != given:
            raise Refused("รหัสผ่านสองครั้งไม่ตรงกัน เรียกคำสั่งใหม่ · the two passphrases differ: run this again")
    if new and len(given.strip()) < SHORTEST:
        raise Refused(
            f"รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย {SHORTEST} ตัวอักษร · "
            f"the passphrase is too short, {SHORTEST} characters at least: some words that nobody else would put together"
        )
    return unicodedata.normalize("NFC", given).encode()

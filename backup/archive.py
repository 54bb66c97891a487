"""The encrypted container: one stream under a passphrase, of which no byte can be changed, cut off or added unseen.

scrypt (RFC 7914) makes a key of its own for each file, AES-256-GCM seals the stream in chunks, both by `cryptography`. How chunks
are tied together is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as the file format `age` has it: the nonce of a chunk is its
number and whether it is the last, so none can be moved, repeated or left out, and nothing can follow the last.

    MAGIC (17 bytes) · salt (16) · chunks of CHUNK bytes, each with its tag of 16; the last one may be shorter
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backup.refusal import Refused

MAGIC = b"baansuk backup 1\n"
SALT = 16  # bytes
COST = 2**17  # scrypt's N with r = 8: 128 MB and 0.34 s for each guess; OWASP Password Storage Cheat Sheet
CHUNK = 1 << 18  # bytes; each is held in memory
TAG = 16  # bytes that AES-GCM adds


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealed:
    """A stream to write to; what was written is whole only after `finish`."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        salt = os.urandom(SALT)
        self._file, self._cipher, self._header = file, _cipher(passphrase, salt), MAGIC + salt
        self._waiting, self._number = bytearray(), 0
        file.write(self._header)

    def write(self, data: bytes) -> int:
        """Take some bytes; a chunk goes out as soon as it is known not to be the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk, marked as such."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), plain, self._header))
        self._number += 1


class Opened:
    """A stream to read from, as often as somebody begins anew; no byte comes out of a chunk that was not authentic."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        """Raises Refused for a file that is none of ours."""
        file.seek(0)
        self._header = file.read(len(MAGIC) + SALT)
        if len(self._header) < len(MAGIC) + SALT or not self._header.startswith(MAGIC):
            raise Refused(
                "ไฟล์นี้ไม่ใช่ไฟล์สำรองของบ้านสุข หรือต้นไฟล์เสียหาย ใช้ไฟล์อื่น · this is no backup of Baan Suk, or its beginning is damaged: use another file"
            )
        self._file, self._cipher = file, _cipher(passphrase, self._header[len(MAGIC) :])
        self.again()

    def again(self) -> None:
        """Begin at the beginning."""
        self._plain, self._rest = self._chunks(), b""

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end of the stream only. Raises Refused where the file is not what was written."""
        while len(self._rest) < size and (more := next(self._plain, None)) is not None:
            self._rest += more
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _chunks(self) -> Iterator[bytes]:
        self._file.seek(len(self._header))
        number, block = 0, self._file.read(CHUNK + TAG)
        last = False
        while not last:
            following = self._file.read(CHUNK + TAG)
            last = not following
            try:
                yield self._cipher.decrypt(_nonce(number, last), block, self._header)
            except (InvalidTag, ValueError) as fault:  # ValueError: shorter than a tag
                raise Refused(CHANGED if number else WRONG) from fault
            number, block = number + 1, following


WRONG = (
    "รหัสผ่านของไฟล์สำรองไม่ถูกต้อง หรือไฟล์ถูกแก้ไขหรือตัดสั้น ลองรหัสผ่านอีกครั้ง ถ้ายังไม่ได้ให้ใช้ไฟล์อื่น · "
    "the passphrase is wrong, or the file was changed or cut off: try the passphrase again, then another file"
)
CHANGED = (
    "ไฟล์สำรองถูกแก้ไข ตัดสั้น หรือมีอะไรต่อท้าย ใช้ไม่ได้ ให้ใช้ไฟล์อื่น · "
    "the backup was changed, cut off or added to since it was written: use another file"
)

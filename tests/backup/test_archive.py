"""The container: what comes out is what went in, or nothing; and what an archive may hold."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup import archive, packing
from backup.refusal import Refused
from backup.restore import restore
from tests.backup.quiet import QUIET

PASSPHRASE = "สามคำที่ไม่มีใครเดา".encode()
CHUNK = 32


def sealed(plain: bytes) -> bytes:
    """A container of some bytes."""
    file = io.BytesIO()
    stream = archive.Sealed(file, PASSPHRASE)
    for place in range(0, len(plain), 7):
        stream.write(plain[place : place + 7])
    stream.finish()
    return file.getvalue()


def opened(data: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    """The bytes of a container."""
    stream = archive.Opened(io.BytesIO(data), passphrase)
    return b"".join(iter(lambda: stream.read(11), b""))


def refused(data: bytes, passphrase: bytes = PASSPHRASE) -> bool:
    """Whether a container is refused, with words in both languages."""
    with pytest.raises(Refused, match=" · "):
        opened(data, passphrase)
    return True


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several chunks of few bytes."""
    monkeypatch.setattr(archive, "CHUNK", CHUNK)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 3])
def test_every_changed_cut_or_added_byte_is_refused(size: int) -> None:
    good = sealed(bytes(range(size % 256)) or b"")
    for place in range(len(good)):
        changed = bytearray(good)
        changed[place] ^= 1 << place % 8
        assert refused(bytes(changed)) and refused(good[:place])
    assert refused(good + b"\0") and refused(good + good) and refused(good + b"x" * (CHUNK + archive.TAG))
    assert refused(good, b"another passphrase") and refused(b"")


def test_chunks_cannot_be_moved_left_out_repeated_or_taken_from_another_file() -> None:
    head, size = len(archive.MAGIC) + archive.SALT, CHUNK + archive.TAG
    good, other = sealed(b"a" * 100), sealed(b"b" * 100)
    first, second, rest = good[head : head + size], good[head + size : head + 2 * size], good[head + 2 * size :]
    for body in (
        second + first + rest,
        first + rest,
        second + rest,
        first + first + second + rest,
        first + second,
        first + second + second,
    ):
        assert refused(good[:head] + body)
    assert refused(good[:head] + other[head : head + size] + second + rest) and refused(other[:head] + good[head:])


@given(st.binary(max_size=4 * CHUNK))
def test_what_comes_out_is_what_went_in(plain: bytes) -> None:
    one, two = sealed(plain), sealed(plain)
    assert opened(one) == opened(two) == plain and one != two  # each file has a key of its own


def test_a_chunk_is_opened_by_the_library_s_own_words() -> None:
    """Said a second time from the docstring alone, so that a backup can be read without this program."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    data = sealed(b"x" * (CHUNK + 5))
    magic, salt, body = data[:17], data[17:33], data[33:]
    key = AESGCM(Scrypt(salt=salt, length=32, n=archive.COST, r=8, p=1).derive(PASSPHRASE))
    first = key.decrypt(bytes(12), body[: CHUNK + 16], magic + salt)
    assert first + key.decrypt(bytes(10) + b"\1\1", body[CHUNK + 16 :], magic + salt) == b"x" * (CHUNK + 5)


def plain_file(name: str, text: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.size = len(text)
    return made, text


def special(name: str, kind: bytes, to: str = "../../outside") -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, to
    return made, b""


def manifest(**files: str) -> tuple[tarfile.TarInfo, bytes]:
    return plain_file(packing.MANIFEST, json.dumps({"made_at": "", "build": "", "files": files}).encode())


X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # SHA-256 of x
EVIL = {
    "up": [plain_file("../outside")],
    "up from a known folder": [plain_file("registers/../../outside")],
    "up from the photos": [plain_file("journal/photos/../../../outside")],
    "absolute": [plain_file("/tmp/outside")],
    "of Windows": [plain_file("..\\outside")],
    "a link": [special("secret.key", tarfile.SYMTYPE)],
    "a hard link": [special("secret.key", tarfile.LNKTYPE)],
    "a folder that is a link": [special("journal", tarfile.SYMTYPE), plain_file("journal/journal.db")],
    "a device": [special("access.csv", tarfile.CHRTYPE)],
    "a pipe": [special("access.csv", tarfile.FIFOTYPE)],
    "a folder": [special("journal/", tarfile.DIRTYPE)],
    "unknown": [plain_file("notes.txt")],
    "a build": [plain_file(f"warehouse/{'0' * 16}.duckdb")],
    "twice": [plain_file("secret.key"), plain_file("secret.key")],
    "other bytes": [plain_file("secret.key", b"y"), manifest(**{"secret.key": X})],
    "not in the manifest": [plain_file("secret.key"), plain_file("access.csv"), manifest(**{"secret.key": X})],
    "missing": [plain_file("secret.key"), manifest(**{"secret.key": X, "access.csv": X})],
    "no manifest": [plain_file("secret.key")],
    "a manifest that is none": [plain_file(packing.MANIFEST, b"[1]")],
    "nothing": [],
}


@pytest.mark.parametrize("members", EVIL.values(), ids=list(EVIL))
def test_an_archive_that_would_write_something_else_writes_nothing(tmp_path: Path, members: list) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w") as tar:
        for member, text in members:
            tar.addfile(member, io.BytesIO(text))
    (tmp_path / "evil.backup").write_bytes(sealed(inner.getvalue()))
    with pytest.raises(Refused, match=r" · .*nothing was written"):
        restore(tmp_path / "evil.backup", tmp_path / "a" / "new", PASSPHRASE, QUIET)
    assert [path.name for path in tmp_path.iterdir()] == ["evil.backup"]


@given(st.binary(max_size=2000))
def test_what_is_no_tar_is_refused_too(tmp_path_factory, data: bytes) -> None:
    with pytest.raises(Refused):
        packing.listed(archive.Opened(io.BytesIO(sealed(data)), PASSPHRASE))

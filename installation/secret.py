"""The installation's own secret, made once, and key derivation from it by HMAC: one key for each purpose."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from installation.private_files import replace


def secret(folder: Path) -> bytes:
    """32 random bytes of this installation, in `DIR/secret.key`, readable by their owner only."""
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / "secret.lock", mode=0o600):  # two that begin at once must end with the same one
            if not path.exists():
                replace(path, secrets.token_hex(32).encode())
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def key(folder: Path, purpose: str) -> bytes:
    """The key derived for one purpose: what is sealed for another is not valid under it."""
    return hmac.new(secret(folder), purpose.encode(), hashlib.sha256).digest()


def keys(folder: Path, purpose: str) -> Iterator[bytes]:
    """The key derived for one purpose, then those of former secrets: lines of `DIR/secret.former`, put there by whoever replaced it.

    Former ones only open what waits elsewhere, sealed to them; nothing new is made with them.
    """
    yield key(folder, purpose)
    former = folder / "secret.former"
    for line in former.read_text(encoding="ascii").split() if former.exists() else ():
        yield hmac.new(bytes.fromhex(line), purpose.encode(), hashlib.sha256).digest()

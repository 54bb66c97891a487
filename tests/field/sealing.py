"""The tablet's side of an envelope, as field/static/seal.js does it: for tests of the side that opens it."""

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from journal import envelope


def enciphered(folder: Path, bytes_: bytes, info: bytes, what: str, who: str) -> tuple[str, bytes, bytes]:
    """Name of the key, ephemeral point and cipher text."""
    said = envelope.public(folder)
    point = base64.b64decode(said["point"])
    own = ec.generate_private_key(ec.SECP256R1())
    by = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    made = HKDF(SHA256(), 44, by + point, info).derive(shared)
    return said["key"], by, AESGCM(made[:32]).encrypt(made[32:], bytes_, f"{what}\n{who}".encode())


def sealed(folder: Path, event: dict[str, Any], who: str) -> dict[str, Any]:
    """An event as a tablet sends it."""
    outside = {name: event[name] for name in envelope.OUTSIDE if name in event}
    inside = {name: value for name, value in event.items() if name != "id" and name not in outside}
    key, by, words = enciphered(folder, json.dumps(inside).encode(), b"baansuk entry 1", event["id"], who)
    text = {"by": base64.b64encode(by).decode(), "words": base64.b64encode(words).decode()}
    return {"id": event["id"], **outside, "sealed": {"v": 1, "key": key, "of": who, **text}}


def picture(folder: Path, body: bytes, who: str) -> tuple[str, bytes]:
    """A picture's digest, and its bytes as a tablet keeps them."""
    digest = hashlib.sha256(body).hexdigest()
    key, by, words = enciphered(folder, body, b"baansuk picture 1", digest, who)
    return digest, bytes.fromhex(key) + by + words


def another_secret(folder: Path) -> str:
    """Replace the secret of an installation, as one that was restored without it; returns the former one."""
    path = folder / "secret.key"
    former = path.read_text("ascii")
    path.write_text(os.urandom(32).hex(), "ascii")
    return former

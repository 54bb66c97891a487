"""Envelopes: what a tablet sealed to this installation once it was final; whoever holds the secret opens them, nobody else.

ECIES of standard parts: an ephemeral key on P-256 for each, ECDH, HKDF-SHA-256, AES-256-GCM. A seal names the entry (or picture)
and whose it is, so neither can be put under another name. What a tablet has to change after sealing, on which entries it builds,
stands outside. The contract: docs/journal.md; the tablet's side: field/static/seal.js.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from installation import secret
from journal.event import UUID, Reason

VERSION = 1
PURPOSE = "field envelopes"  # under which the private key comes of the installation's secret
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of its points
POINT, NAMED = 65, 8  # bytes of an uncompressed point, and of the name of a key
ENTRY, PICTURE = b"baansuk entry 1", b"baansuk picture 1"
OUTSIDE = ("base", "thing", "device", "device_at", "device_n", "app")  # of an event, beside its seal
SUFFIX = ".sealed"  # of a sealed picture that was saved as a file

GONE: Reason = (
    "เครื่องแม่ข่ายนี้เปิดผนึกไม่ได้ เพราะไม่มีกุญแจที่ใช้ผนึก เก็บรายการไว้ก่อน แล้วแจ้งผู้ดูแลระบบ",
    "sealed to a key that this installation does not hold; keep it, and tell the administrator",
)
BROKEN: Reason = ("ผนึกเสียหายหรือถูกแก้ไข", "the seal is damaged or was changed")
OTHERS: Reason = ("ผนึกโดยผู้อื่น", "sealed by somebody else")


class Shut(ValueError):
    """Why an envelope was not opened; `word` is the verdict: "sealed" where its key is not here, else "refused"."""

    def __init__(self, reason: Reason, word: str = "refused") -> None:
        super().__init__(reason[1])
        self.reason, self.word = reason, word


@dataclass(frozen=True)
class Key:
    """A private key, its public point, and the name by which an envelope says to which one it was sealed."""

    private: ec.EllipticCurvePrivateKey
    point: bytes

    @property
    def name(self) -> bytes:
        return sha256(self.point).digest()[:NAMED]


def public(folder: Path) -> dict[str, str]:
    """What a tablet seals with: the name of the key (16 hex digits) and its uncompressed point (base64)."""
    key = next(_keys(folder))
    return {"key": key.name.hex(), "point": base64.b64encode(key.point).decode()}


def _keys(folder: Path) -> Iterator[Key]:
    """The key of the installation's secret, then those of its former ones."""
    for drawn in secret.keys(folder, PURPOSE):
        wide = HKDF(SHA256(), 48, None, b"P-256").derive(
            drawn
        )  # 48 bytes: no residue is likelier than another (FIPS 186-5, A.2.1)
        private = ec.derive_private_key(int.from_bytes(wide) % (ORDER - 1) + 1, CURVE)
        yield Key(private, private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def is_envelope(event: object) -> bool:
    """Whether an event of a batch is sealed."""
    return isinstance(event, dict) and "sealed" in event


def opened(folder: Path, envelope: Mapping[str, Any], who: str | None = None) -> dict[str, Any]:
    """The event in an envelope, of `who` where that is given; raises Shut."""
    seal = envelope.get("sealed")
    id_ = envelope.get("id")
    if not isinstance(seal, dict) or seal.get("v") != VERSION or not (isinstance(id_, str) and UUID.fullmatch(id_)):
        raise Shut(BROKEN)
    if who is not None and seal.get("of") != who:
        raise Shut(OTHERS)
    if strange := set(envelope) - {"id", "sealed", *OUTSIDE}:
        raise Shut((f"{BROKEN[0]}: {str(sorted(strange))[:80]}", f"{BROKEN[1]}: {str(sorted(strange))[:80]}"))
    words = _open(folder, _hex(seal.get("key")), _bytes(seal.get("by")), _bytes(seal.get("words")), ENTRY, id_, seal.get("of"))
    try:
        event = json.loads(words)
    except (ValueError, RecursionError) as fault:
        raise Shut(BROKEN) from fault
    if not isinstance(event, dict) or set(event) & {"id", *OUTSIDE}:
        raise Shut(BROKEN)
    return {"id": id_, **event, **{name: envelope[name] for name in OUTSIDE if name in envelope}}


def picture(folder: Path, digest: str, sealed: bytes, who: object) -> bytes:
    """A picture of somebody's: name of the key, ephemeral point, cipher text; raises Shut."""
    by = sealed[NAMED : NAMED + POINT]
    return _open(folder, sealed[:NAMED], by, sealed[NAMED + POINT :], PICTURE, digest, who)


def _open(folder: Path, name: bytes, by: bytes, words: bytes, info: bytes, of_what: str, who: object) -> bytes:
    key = next((key for key in _keys(folder) if key.name == name), None)
    if key is None:
        raise Shut(GONE, "sealed")
    try:
        shared = key.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, by))
        made = HKDF(SHA256(), 44, by + key.point, info).derive(shared)
        return AESGCM(made[:32]).decrypt(made[32:], words, f"{of_what}\n{who}".encode())
    except (ValueError, InvalidTag) as fault:  # no point of the curve; UnicodeEncodeError is a ValueError, too
        raise Shut(BROKEN) from fault


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Shut(BROKEN) from fault


def _hex(text: object) -> bytes:
    try:
        return bytes.fromhex(text if isinstance(text, str) else "")
    except ValueError as fault:
        raise Shut(BROKEN) from fault


def through(
    folder: Path, events: Sequence[object], take: Callable[[list[object]], list[dict[str, Any]]], who: str | None = None
) -> list[dict[str, Any]]:
    """Verdicts on events of which some are sealed, in their order: `take` gets those that could be opened."""
    read = [_opened(folder, event, who) for event in events]
    verdicts = iter(take([event for event in read if not isinstance(event, Shut)]))
    return [_said(event, shut) if isinstance(shut, Shut) else next(verdicts) for event, shut in zip(events, read, strict=True)]


def _opened(folder: Path, event: object, who: str | None) -> object:
    """An event as it is, opened where it is sealed; the reason where it cannot be."""
    try:
        return opened(folder, event, who) if isinstance(event, dict) and is_envelope(event) else event
    except Shut as shut:
        return shut


def _said(event: object, shut: Shut) -> dict[str, Any]:
    given = event.get("id") if isinstance(event, dict) else None
    id_ = given if isinstance(given, str) and UUID.fullmatch(given) else ""
    return {"id": id_, "verdict": shut.word, "seq": None, "reason": shut.reason[0], "reason_en": shut.reason[1]}

"""OpenID Connect settings: the section `[auth]` of Streamlit's secrets.toml, or the same names in the environment.

Read and validated once at startup: no insecure default, all faults reported together.
"""

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ui.streamlit_internals import CALLBACK, SecretsUnreadable, auth_secrets, can_sign_in, option, set_auth_secrets

ENVIRONMENT = "BAAN_SUK_AUTH__"  # BAAN_SUK_AUTH__COOKIE_SECRET, BAAN_SUK_AUTH__GOOGLE__CLIENT_SECRET
HOURS = 8  # a working day; after it one signs in again
LONGEST = 24  # hours; Streamlit's own is 30 days and cannot be called back
DISCOVERY = "/.well-known/openid-configuration"
SECRET_LENGTH = 32  # characters; 16 random bytes written as hex, 128 bits
DISTINCT = 10  # different characters; 32 random hex digits have 14 on average, fewer than 10 once in 100,000
REASON = 20  # characters: less is no reason
WEAK = (
    "changeme",
    "change-me",
    "password",
    "baansuk",
    "baan-suk",
    "example",
    "123456",
    "abcdef",
    "qwerty",
    "xxxx",
    "your_",
    "your-",
)
SHARED = re.compile(r"/(common|organizations|consumers)/")  # Entra's, where every account of the world may sign in
NAMES = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True)
class Provider:
    """One OpenID provider: its key in the settings, its button label, and the client and issuer that its tokens must name."""

    key: str
    label: str
    client_id: str
    issuer: str
    email_trusted_because: str  # why e-mails count although the provider never says that it verified them; else empty


@dataclass(frozen=True)
class SignIn:
    """Sign-in settings: redirect URI, lifetime in hours, providers by key, and whom to ask for a right."""

    redirect_uri: str
    hours: int
    providers: Mapping[str, Provider]
    ask: str = ""

    @property
    def origin(self) -> str:
        """Scheme and host that this dashboard is reached by."""
        return self.redirect_uri.removesuffix(CALLBACK)

    @property
    def host(self) -> str:
        """The one Host header that is answered."""
        return urlsplit(self.redirect_uri).netloc.lower()

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by TLS, so that cookies may be kept off plain connections."""
        return self.redirect_uri.startswith("https://")


class Misconfigured(Exception):
    """Sign-in is configured, but not safely; `faults` lists everything that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@cache
def sign_in() -> SignIn | None:
    """The sign-in settings, none for the single-user desk; raises Misconfigured with all faults."""
    section, faults = _section()
    if section is None and not faults:
        return None
    section = section or {}
    providers = _providers(section)
    faults += [*_shared(section), *_server()]
    faults += [fault for key, given in providers.items() for fault in _provider(key, given)]
    if not providers:
        faults.append(_fault("auth.client_id", "ไม่มีผู้ให้บริการ OpenID สักราย", "no OpenID provider is configured"))
    if faults:
        raise Misconfigured(faults)
    made = {key: _made(key, given) for key, given in providers.items()}
    return SignIn(_redirect(section), int(section.get("lifetime_hours", HOURS)), made, str(section.get("ask", "")))


def secret_files() -> list[Path]:
    """Where Streamlit looks for secrets, those that exist."""
    return [Path(path) for path in option("secrets.files") if Path(path).exists()]


def _section() -> tuple[dict[str, Any] | None, list[str]]:
    """The settings of sign-in, the environment's over the file's, also handed to Streamlit; none when there are none."""
    section: dict[str, Any] = {}
    if secret_files():
        try:
            section = auth_secrets()
        except SecretsUnreadable as fault:
            return None, [f"secrets.toml: อ่านไม่ได้ · cannot be read: {fault}"]
        except (TypeError, ValueError):
            return None, ['secrets.toml: "auth" ต้องเป็นหมวด [auth] · must be the section [auth]']
    given = {name.removeprefix(ENVIRONMENT): text for name, text in os.environ.items() if name.startswith(ENVIRONMENT)}
    for name, text in given.items():
        *inside, last = name.lower().split("__")
        place = section
        for part in inside:
            place = place.setdefault(part, {})
        place[last] = text
    if given:
        set_auth_secrets(section)
    return section or None, []


def _providers(section: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The configured providers: one nameless in [auth] itself, called "default" as Streamlit calls it, and [auth.name]s."""
    named = {key: given for key, given in section.items() if isinstance(given, Mapping) and key != "client_kwargs"}
    own = {"default": section} if any(name in section for name in NAMES) else {}
    return {**own, **named}


def _redirect(section: Mapping[str, Any]) -> str:
    return str(section.get("redirect_uri", "")).replace("{port}", str(option("server.port")))


def _shared(section: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the settings that all providers share."""
    secret, hours = str(section.get("cookie_secret", "")), str(section.get("lifetime_hours", HOURS))
    if weak(secret):
        yield _fault(
            "auth.cookie_secret",
            f"ต้องเป็นอักขระสุ่มอย่างน้อย {SECRET_LENGTH} ตัว สร้างด้วย python3 -c 'import secrets; print(secrets.token_hex(32))'",
            f"must be {SECRET_LENGTH} random characters or more; make it with that command",
        )
    address = urlsplit(_redirect(section))
    if address.path != CALLBACK or address.query or address.username or not _safe(_redirect(section)):
        yield _fault(
            "auth.redirect_uri",
            f"ต้องเป็น https://ชื่อเครื่อง{CALLBACK} (http ได้เฉพาะ localhost)",
            f"must be https://your.host{CALLBACK} (http for localhost only)",
        )
    if not hours.isdecimal() or not 1 <= int(hours) <= LONGEST:
        yield _fault("auth.lifetime_hours", f"ต้องเป็นจำนวนเต็ม 1–{LONGEST}", f"must be a whole number from 1 to {LONGEST}")


def weak(secret: str) -> bool:
    """Whether a secret can be guessed: short, of few different characters, a repetition, or a well-known word."""
    parts = {secret[i : i + 4] for i in range(len(secret) - 3)}
    well_known = any(word in secret.lower() for word in WEAK)
    return len(secret) < SECRET_LENGTH or len(set(secret)) < DISTINCT or 2 * len(parts) < SECRET_LENGTH or well_known


def _provider(key: str, given: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one provider."""
    where = "auth" if key == "default" else f"auth.{key}"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        yield _fault(where, "ชื่อต้องเป็น a-z 0-9 -", "the name must be of a-z, 0-9 and -")
    for name in NAMES:
        text = str(given.get(name, "")).strip()
        if not text or any(word in text.lower() for word in ("xxx", "<", "your_", "your-", "changeme")):
            yield _fault(f"{where}.{name}", "ยังไม่ได้ใส่", "is missing")
    url = str(given.get("server_metadata_url", ""))
    if url and (not url.endswith(DISCOVERY) or not _safe(url)):
        yield _fault(f"{where}.server_metadata_url", f"ต้องเป็น https://…{DISCOVERY}", f"must be https://…{DISCOVERY}")
    if SHARED.search(url):
        yield _fault(
            f"{where}.server_metadata_url",
            "ต้องระบุผู้เช่า (tenant) ของหน่วยงาน มิฉะนั้นบัญชีใดในโลกก็เข้าได้",
            "must name your organisation's tenant, or every account of the world could sign in",
        )
    scope = str((given.get("client_kwargs") or {}).get("scope", "openid email"))
    if not {"openid", "email"} <= set(scope.split()):
        yield _fault(f"{where}.client_kwargs.scope", "ต้องมี openid และ email", "must hold openid and email")
    because = given.get("email_trusted_because")
    if because is not None and len(str(because).strip()) < REASON:
        yield _fault(f"{where}.email_trusted_because", "ต้องเป็นเหตุผลหนึ่งประโยค", "must be a reason, a sentence long")


def _server() -> Iterator[str]:
    """Settings of Streamlit that would bypass the sign-in."""
    if not can_sign_in():
        yield "Authlib: ยังไม่ได้ติดตั้ง · is not installed: pip install -r requirements.txt"
    if option("server.trustedUserHeaders"):  # a header would override the signed cookie
        yield _fault("server.trustedUserHeaders", "ต้องไม่ตั้ง", "must not be set")
    if option("server.baseUrlPath"):
        yield _fault(
            "server.baseUrlPath", "ไม่รองรับ ใช้ชื่อเครื่องของตนเอง", "is not supported; give the dashboard a host of its own"
        )
    for name in ("server.enableXsrfProtection", "server.enableCORS"):
        if not option(name):
            yield _fault(name, "ต้องเป็น true", "must be true")


def _made(key: str, given: Mapping[str, Any]) -> Provider:
    issuer = str(given.get("issuer") or given["server_metadata_url"].removesuffix(DISCOVERY))
    label = str(given.get("label") or ("" if key == "default" else key.capitalize()))
    return Provider(key, label, str(given["client_id"]), issuer.rstrip("/"), str(given.get("email_trusted_because", "")))


def _safe(url: str) -> bool:
    """HTTPS, or HTTP on a loopback host."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and loopback(parts.hostname or "")))


def loopback(host: str) -> bool:
    """Whether a host is loopback: localhost, 127.0.0.0/8, ::1."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _fault(name: str, thai: str, english: str) -> str:
    return f"{name}: {thai} · {english}"

"""The shell of the field page: its few files, which a service worker keeps on the tablet, and nothing of anybody's data.

Each file is asked again by its content's tag; the worker takes all of one version or none (field/static/sw.js).
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from field.asking import asking
from ui.auth.identity import Refused
from ui.static import compressed
from ui.static.static_routes import FONTS, REGULAR, address

BASE = "/field/"
INDEX, WORKER, MANIFEST, APP = "index.html", "sw.js", "manifest.webmanifest", "app.js"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".webmanifest": "application/manifest+json"}
FILES = {path.name: path for path in sorted((Path(__file__).parent / "static").glob("*.*")) if path.suffix in KINDS}
BOLD = "/fonts/Sarabun-Bold.ttf"
ASKED_AGAIN = "no-cache"  # kept, and asked whether it is still so
MESSAGE = """<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · บ้านสุข</title><link rel="stylesheet" href="/field/field.css"></head><body><main class="message">
<h1>{title}</h1><p>{says}</p><p><a class="button" href="/">ไปหน้าหลักของบ้านสุข</a></p></main></body></html>"""


def index(request: Request) -> Response:
    """The page itself; a plain one for whoever holds no role that records."""
    try:
        may = asking(request).reader is not None
    except Refused:
        may = False  # the gate has asked for a sign-in before; a right that ended meanwhile is one that is not there
    if not may:
        says = "หน้านี้ใช้บันทึกงานภาคสนาม บทบาทของท่านบันทึกข้อมูลไม่ได้ หากต้องใช้ โปรดติดต่อผู้ดูแลผู้ใช้ของศูนย์"
        return message("ไม่มีสิทธิ์ใช้หน้าภาคสนาม", says, 403)
    return file(request, INDEX)


def enter(_: Request) -> Response:
    """Where the page sends whoever has to sign in: the gate asks for it on the way here, the worker never answers for it."""
    return RedirectResponse(BASE, 303, {"cache-control": "no-store"})


def nothing(_: Request) -> Response:
    """What lies under the field page and is nothing."""
    return message("ไม่มีหน้านี้", "ที่อยู่นี้ไม่มีในหน้าภาคสนาม", 404)


def message(title: str, says: str, status: int) -> Response:
    """A plain page without script."""
    return HTMLResponse(MESSAGE.format(title=title, says=says), status, {"cache-control": "no-store"})


def named(request: Request) -> Response:
    """One file by its name."""
    return file(request, request.url.path.rsplit("/", 1)[-1])


def file(request: Request, name: str) -> Response:
    """One file of the shell, compressed."""
    body = content(name)
    return compressed.answer(request, body, KINDS[Path(name).suffix], ASKED_AGAIN, sha256(body).hexdigest(), on_disk=True)


@cache
def content(name: str) -> bytes:
    """What a file holds: as it lies there, the manifest with its icon, and the worker and the page told which version this is."""
    if name == MANIFEST:
        return json.dumps(manifest(), ensure_ascii=False).encode()
    body = FILES[name].read_bytes()
    if name == WORKER:
        body = body.replace(b'"VERSION"', f'"{version()}"'.encode()).replace(b'"FILES"', f'"{" ".join(kept())}"'.encode())
    if name == INDEX:
        body = body.replace(b"<!-- modules -->", "\n".join(preloads()).encode())
    return body.replace(b'"VERSION"', f'"{version()}"'.encode()) if name == APP else body


def preloads() -> list[str]:
    """Links that fetch all scripts at once: a browser would otherwise find one in another, round trip by round trip."""
    scripts = [name for name in FILES if name.endswith(".js") and name not in (APP, WORKER)]
    return [f'<link rel="modulepreload" href="{BASE}{name}">' for name in scripts]


@cache
def version() -> str:
    """Twelve digits of what all files hold: one that changed makes a new shell."""
    return sha256(b"".join(path.read_bytes() for path in FILES.values())).hexdigest()[:12]


def kept() -> list[str]:
    """What the worker keeps: the page, its files, two weights of the typeface."""
    own = [BASE + name for name in (*FILES, MANIFEST) if name not in (INDEX, WORKER)]
    return [BASE, *own, REGULAR, BOLD, address("mark.svg")]


def manifest() -> dict[str, object]:
    """The web manifest, by which Android installs the page."""
    icon = {"src": address("mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    return {
        "id": BASE,
        "name": "บ้านสุข ภาคสนาม",
        "short_name": "ภาคสนาม",
        "description": "บันทึกการเยี่ยมบ้าน แผน และสิ่งที่ครอบครัวได้รับ แม้ไม่มีเครือข่าย",
        "lang": "th",
        "start_url": BASE,
        "scope": BASE,
        "display": "standalone",
        "background_color": "#FFFDF8",
        "theme_color": "#1A5B52",
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
    }


assert BOLD.rsplit("/", 1)[-1] in FONTS  # what the worker cannot fetch keeps all of the shell from being kept

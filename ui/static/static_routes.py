"""Static assets served by the app itself, so that no browser contacts a third party: fonts, styles, the map's script, icon."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import fontpkg_sarabun
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from installation.paths import PROJECT
from ui.static import compressed, streamlit_style

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
FILES = {path.name: path for path in sorted((PROJECT / "ui").rglob("*.*")) if path.suffix in KINDS}
FONTS = {path.name: path for path in sorted((Path(fontpkg_sarabun.ROOT) / "files").glob("*.ttf"))}
FOREVER = "public, max-age=31536000, immutable"  # seconds in a year; every such address changes with its content


REGULAR = "/fonts/Sarabun-Regular.ttf"


def routes() -> list[BaseRoute]:
    """Asset routes beside Streamlit's own; a weight of Sarabun is 90 kB, 37 kB on the wire."""
    files = [Route(address(name), look) for name in (*FILES, streamlit_style.NAME)]
    return [*files, *(Route(f"/fonts/{name}", font) for name in FONTS)]


def address(name: str) -> str:
    """Content-addressed URL of an asset, so that it may be cached for ever."""
    return f"/look/{_content(name)[1][:12]}/{name}"


def look(request: Request) -> Response:
    """Serve one asset."""
    name = request.url.path.rsplit("/", 1)[-1]
    body, version = _content(name)
    return compressed.answer(request, body, KINDS[Path(name).suffix], FOREVER, version, on_disk=True)


def font(request: Request) -> Response:
    """Serve one weight of the typeface."""
    body, version = _content(request.url.path.rsplit("/", 1)[-1])
    return compressed.answer(request, body, "font/ttf", FOREVER, version, on_disk=True)


@cache
def _content(name: str) -> tuple[bytes, str]:
    """Bytes of an asset and their SHA-256."""
    if name == streamlit_style.NAME:
        body = streamlit_style.text(address("icons.woff2"), REGULAR).encode()
    else:
        body = (FILES | FONTS)[name].read_bytes()
    return body, sha256(body).hexdigest()

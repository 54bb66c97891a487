"""Static assets served by the app itself, so that no browser contacts a third party: fonts, styles, the map's script, icon."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import fontpkg_sarabun
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from installation.paths import PROJECT

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FILES = {path.name: path for path in sorted((PROJECT / "ui").rglob("*.*")) if path.suffix in KINDS}
FOREVER = "public, max-age=31536000, immutable"  # seconds in a year; every such address changes with its content


def routes() -> list[BaseRoute]:
    """Asset routes beside Streamlit's own, which gzips them (a weight of Sarabun is 90 kB, 45 kB on the wire)."""
    files = [Route(f"/look/{version(name)}/{name}", look) for name in FILES]
    return [*files, Mount("/fonts", StaticFiles(directory=Path(fontpkg_sarabun.ROOT) / "files"))]


def address(name: str) -> str:
    """Content-addressed URL of an asset, so that it may be cached for ever."""
    return f"/look/{version(name)}/{name}"


def look(request: Request) -> Response:
    """Serve one asset."""
    name = request.url.path.rsplit("/", 1)[-1]
    return Response(FILES[name].read_bytes(), media_type=KINDS[FILES[name].suffix])


@cache
def version(name: str) -> str:
    """Cache-busting version: the first digits of a file's SHA-256."""
    return sha256(FILES[name].read_bytes()).hexdigest()[:12]

"""Files that the app itself serves, so that no reader's browser asks anybody else: the typeface, the look, the mark."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import fontpkg_sarabun
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent
MAP = FOLDER.parent / "map"
FILES = {
    path.name: path for path in (*FOLDER.glob("*.css"), *FOLDER.glob("*.svg"), MAP / "component.css", MAP / "component.js")
}
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"  # seconds in a year; every such address changes with its content


def routes() -> list[BaseRoute]:
    """Routes beside Streamlit's own; it gzips what they send (a weight of Sarabun is 90 kB, 45 kB on the wire)."""
    files = [Route(f"/look/{version(name)}/{name}", look) for name in FILES]
    return [*files, Mount("/fonts", StaticFiles(directory=Path(fontpkg_sarabun.ROOT) / "files"))]


def address(name: str) -> str:
    """Where a file of the look is served: its content is part of the address, so it may be kept for ever."""
    return f"/look/{version(name)}/{name}"


def look(request: Request) -> Response:
    """One file of the look."""
    name = request.url.path.rsplit("/", 1)[-1]
    return Response(FILES[name].read_bytes(), media_type=KINDS[FILES[name].suffix])


@cache
def version(name: str) -> str:
    """The first digits of a file's checksum."""
    return sha256(FILES[name].read_bytes()).hexdigest()[:12]

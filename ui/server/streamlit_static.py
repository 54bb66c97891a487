"""Streamlit's own JavaScript and styles, compressed once: it sends them as they are, 2.1 MB for a first screen instead of 0.4."""

import threading
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ui.server.index_html import EVERYWHERE, ON_PAGE
from ui.static import compressed
from ui.static.static_routes import FOREVER
from ui.static.streamlit_chunks import entry, files, lazy

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]

KINDS = {".js": "text/javascript", ".css": "text/css"}  # its fonts and pictures are compressed already


class CompressedStatic:
    """ASGI middleware inside the gate: answers for the files below /static, and passes everything else on."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app
        threading.Thread(target=warm, name="compress", daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        path = files().get(scope["path"]) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        if path is None:
            return await self.app(scope, receive, send)
        request = Request(scope)
        if (hashed := _hashes.get(path)) and compressed.at_hand(hashed, compressed.offered(request.headers)):
            response = answer(request, path)
        else:
            response = await run_in_threadpool(answer, request, path)
        await response(scope, receive, send)


def answer(request: Request, path: Path) -> Response:
    """One file; its bytes are read again for each answer, as Streamlit does: the system keeps what is asked often."""
    return compressed.answer(request, path.read_bytes(), KINDS[path.suffix], FOREVER, hashed(path), on_disk=True)


_hashes: dict[Path, str] = {}


def hashed(path: Path) -> str:
    """SHA-256 of a file of the installed package, worked out once."""
    if path not in _hashes:
        _hashes[path] = sha256(path.read_bytes()).hexdigest()
    return _hashes[path]


def warm() -> None:
    """Make the Brotli variants of a first screen before anybody asks: 3 s of one core at the first start, then 0.1."""
    for address in (*entry(), *lazy((*EVERYWHERE, *(part for parts in ON_PAGE.values() for part in parts)))):
        if path := files().get(address):
            compressed.variant(path.read_bytes(), hashed(path), "br", on_disk=True)

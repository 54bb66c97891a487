"""Streamlit's own JavaScript and styles in the installed package: addresses, and which files a part of it needs."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ui.streamlit_internals import static_folder

HASHED = re.compile(r"[^/]+\.[\w-]{8}\.(js|css)")  # PageLink.BERvM-yN.js: only such a name may be kept for ever
IMPORTED = re.compile(r"""(?:from|import)[`"']\./([^`"']+\.js)[`"']""")  # statically; `import(…)` is lazy
NAMED = re.compile(r'\./(static/(?:js|css)/[^"]+)"')


@cache
def files() -> dict[str, Path]:
    """Address -> file: a list made once, so that no address can lead anywhere else."""
    root = static_folder()
    found = sorted(path for path in (root / "static").rglob("*.*") if HASHED.fullmatch(path.name))
    return {f"/{path.relative_to(root).as_posix()}": path for path in found}


@cache
def entry() -> tuple[str, ...]:
    """Addresses that index.html names, in its order: what every first visit fetches."""
    return tuple(f"/{name}" for name in NAMED.findall((static_folder() / "index.html").read_text("utf-8")))


def lazy(parts: Iterable[str]) -> tuple[str, ...]:
    """Addresses of the named parts and of all that they import, without what the entry brings; an unknown part is left out."""
    named = {address.rsplit("/", 1)[-1].rsplit(".", 2)[0]: address for address in files() if address.endswith(".js")}
    found: dict[str, None] = {}
    waiting = [named[part] for part in parts if part in named]
    while waiting:
        address = waiting.pop(0)
        if address in files() and address not in found and address not in entry():
            found[address] = None
            waiting += [f"/static/js/{name}" for name in IMPORTED.findall(files()[address].read_text("utf-8"))]
    return tuple(found)

"""Streamlit's stylesheet with our typeface and icons in it: 10 kB of icons instead of 375, Sarabun instead of 171 kB of Source Sans.

A rule of ours beside its own would not do: Chromium fetches both files while neither is there yet.
"""

import re
from functools import cache

from ui.static.streamlit_chunks import entry, files

MEDIA = re.compile(r"url\(\.\./(media/[^)]+)\)")
SYMBOLS = re.compile(r"url\(\.\./media/MaterialSymbols-Rounded\.[\w-]+\.woff2\)")
SANS = re.compile(r'url\(\.\./media/SourceSansVF-Upright\.[\w.-]+\.woff2\) ?format\("woff2"\)')
NAME = "streamlit.css"


@cache
def original() -> str:
    """The address of the stylesheet that index.html names."""
    return next(address for address in entry() if address.endswith(".css"))


def text(icons: str, sans: str) -> str:
    """The stylesheet, its icons from the address `icons`, what it writes before the theme has arrived from `sans`."""
    style = files()[original()].read_text("utf-8")
    style = SANS.sub(f"url({sans})", SYMBOLS.sub(f"url({icons})", style))
    return MEDIA.sub(r"url(/static/\1)", style)

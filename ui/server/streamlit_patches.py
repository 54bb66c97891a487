"""Small answers leave at once: the rerun of an empty page takes 6 ms on a loopback instead of 44 ms.

asyncio switches TCP_NODELAY on for every connection whose socket names TCP as its protocol. Streamlit makes its listening
socket without naming it, so each connection waits up to 40 ms for the other side's acknowledgement. Streamlit offers no
way to hand in a socket, and this module is loaded when it is listening already; so asyncio's check is made wider.

And labels are looked at once: Streamlit searches the head of each for one of 3,700 emojis, 50 µs a label, 120 labels a rerun.
"""

import asyncio
import contextlib
import socket
from functools import lru_cache

from streamlit import string_util


def at_once() -> None:
    """Switch TCP_NODELAY on for every TCP connection accepted from now on, whatever its protocol number says."""
    if hasattr(asyncio.base_events, "_set_nodelay"):  # a private name: without it answers are slower, nothing else
        asyncio.base_events._set_nodelay = _without_delay


def known_labels() -> None:
    """Keep what was found at the head of a label: it depends on nothing but the text."""
    if hasattr(string_util, "extract_leading_emoji"):  # as above
        string_util.extract_leading_emoji = lru_cache(8_192)(string_util.extract_leading_emoji)


def _without_delay(sock: socket.socket) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM:
        with contextlib.suppress(OSError):  # the other side is gone already
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

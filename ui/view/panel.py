"""Panels: what a page says as one piece of HTML, made once for all readers who ask the same of the same build and journal.

A page of sixty elements costs the server sixty messages at every tap, whoever has asked before (docs/decisions/0065-panels.md).
"""

from collections.abc import Callable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, state
from ui.filters.url import FRAME

Text = TypeVar("Text", bound=str)
KEPT = 1_000  # panels of some 10 kB


def panel(make: Callable[..., Markup], filters: Filters, reader: Reader, *more: Any) -> bool:
    """Draw what `make(filters, reader, *more)` returns; says whether that was anything.

    `make` may depend on nothing else: not on a name that its page sets at each run, not on the session (tests/ui/test_panel.py).
    """
    html = made(make, filters, reader, *more)
    if html:
        st.html(html)
    return bool(html)


def made(make: Callable[..., Text], filters: Filters, reader: Reader, *more: Any) -> Text:
    """What `make` returns, from the cache where somebody has asked the same before."""
    frame = tuple(st.query_params.get(name) for name in FRAME)  # the language, and what every link carries along
    function = cast(FunctionType, make)
    return cast(Text, _made(Maker(function), state(), frame, filters, reader, more))


class Maker:
    """A function of a page: a page runs anew at each tap, so its functions are new, but their compiled code is the same."""

    def __init__(self, function: FunctionType) -> None:
        self.function: FunctionType | None = function
        self.code = cast(CodeType, function.__code__)

    def __call__(self, *given: Any) -> str:
        """What the function returns, once: the cache keeps this, and a function would keep its page's whole run with it."""
        function, self.function = cast(FunctionType, self.function), None
        return function(*given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Maker) and self.code == other.code

    def __hash__(self) -> int:
        return hash(self.code)


def forget() -> None:
    """Clear the cache, for measurements of what a panel costs."""
    _made.cache_clear()


@lru_cache(maxsize=KEPT)
def _made(make: Maker, of: str, frame: tuple[str | None, ...], filters: Filters, reader: Reader, more: tuple[Any, ...]) -> str:
    return make(filters, reader, *more)

"""Work in a thread of its own: where Playwright's event loop runs already, asyncio takes no second one."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Made = TypeVar("Made")


def in_a_thread(work: Callable[..., Made], *arguments: Any) -> Made:
    """What `work` returns, done elsewhere."""
    with ThreadPoolExecutor(1) as fresh:
        return fresh.submit(work, *arguments).result()


def awaited(made: Coroutine[Any, Any, Made]) -> Made:
    """What a coroutine returns, run by a loop of its own."""
    return in_a_thread(asyncio.run, made)

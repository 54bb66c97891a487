"""Progress of a load: every step as it begins, and twice a second the percent of the running statement."""

import contextlib
import threading
from collections.abc import Callable, Iterator

import duckdb

Tell = Callable[[dict], None]
EVERY = 0.5  # seconds


@contextlib.contextmanager
def ticking(connection: duckdb.DuckDBPyConnection, tell: Tell) -> Iterator[Tell]:
    """A `tell` whose last word is repeated with the percent of the statement that `connection` runs."""
    last: dict = {}
    over = threading.Event()

    def repeating(state: dict) -> None:
        last.clear()
        last.update(state)
        tell(state)

    def repeat() -> None:
        while not over.wait(EVERY):
            with contextlib.suppress(duckdb.Error):
                percent = connection.query_progress()
                if last and percent > 0:
                    tell({**last, "percent": round(min(percent, 100))})

    ticker = threading.Thread(target=repeat, daemon=True)
    ticker.start()
    try:
        yield repeating
    finally:
        over.set()
        ticker.join()

"""A tab of a server that is asked over HTTP: the requests of a view, six at once on connections that stay open."""

import asyncio
import contextlib
import gzip
import http.client
import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.peers.peer import CONNECTIONS, PATIENCE
from benchmarks.peers.views import Rows
from queries import Filters
from tests.browser.app import free_port

READERS = 40
START = 120  # seconds until a server must answer
POOL = ThreadPoolExecutor(READERS * CONNECTIONS)


@dataclass(frozen=True)
class Request:
    """One question as the peer is asked it: a GET, or a POST where there is a body."""

    path: str
    body: Any = None


Asked = Callable[[Filters], Mapping[str, Request]]
Understood = Callable[[dict[str, Any]], dict[str, Rows]]


class HttpTab:
    """A tab that asks `asked(view)` with its headers; `understood` makes rows of the answers."""

    def __init__(self, port: int, headers: dict[str, str], asked: Asked, understood: Understood) -> None:
        self.headers = {"Accept-Encoding": "gzip", "Content-Type": "application/json", **headers}
        self.asked, self.understood = asked, understood
        self.idle = [http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(CONNECTIONS)]
        self.free = asyncio.Semaphore(CONNECTIONS)
        self.answers: dict[str, tuple[bytes, str]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self.idle:
            connection.close()

    async def begin(self, view: Filters) -> None:
        """Nothing: no question knows of the one before."""

    async def change(self, view: Filters) -> int:
        """Ask all that a view shows; bytes of bodies as they came and of the answers' headers."""
        self.answers = {}
        return sum(await asyncio.gather(*(self.ask(name, request) for name, request in self.asked(view).items())))

    async def ask(self, name: str, request: Request) -> int:
        """One question, on a connection that is free."""
        async with self.free:
            connection = self.idle.pop()
            body, encoding, size = await asyncio.get_running_loop().run_in_executor(POOL, self.fetch, connection, request)
            self.idle.append(connection)
        self.answers[name] = body, encoding
        return size

    def fetch(self, connection: http.client.HTTPConnection, request: Request) -> tuple[bytes, str, int]:
        """Body, its encoding, bytes; raises RuntimeError for an answer that is none."""
        try:
            answer = self.sent(connection, request)
        except ConnectionError:  # the server has closed what was idle; a browser opens another, too
            connection.close()
            answer = self.sent(connection, request)
        came = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{request.path}: {answer.status} {came[:500]!r}")
        return came, answer.headers.get("Content-Encoding", ""), len(came) + len(str(answer.headers))

    def sent(self, connection: http.client.HTTPConnection, request: Request) -> http.client.HTTPResponse:
        """One question and the begin of its answer."""
        body = None if request.body is None else json.dumps(request.body)
        connection.request("POST" if body else "GET", request.path, body, self.headers)
        return connection.getresponse()

    def shown(self) -> dict[str, Rows]:
        """The rows of every question of the view asked last."""
        texts = {name: gzip.decompress(body) if encoding == "gzip" else body for name, (body, encoding) in self.answers.items()}
        return self.understood({name: json.loads(text) for name, text in texts.items()})


@contextlib.contextmanager
def running(
    command: Callable[[int], list[str]], folder: Path, healthy: str, environment: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """A server of its own folder; its process and port. Raises RuntimeError with what it wrote if it does not come up."""
    port, log = free_port(), folder / "server.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(command(port), cwd=folder, env=dict(environment), stdout=output, stderr=output)
    try:
        wait_for(f"http://127.0.0.1:{port}{healthy}", process, log)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Until the address answers."""
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=1)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer: {log.read_text(errors='replace')[-1000:]}")

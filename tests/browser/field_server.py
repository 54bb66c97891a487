"""Servers of the field page that are cheap to kill: `python -m tests.browser.field_server PORT` forks one for each line it is given.

Each is a process of its own with the routes behind the gate, as dashboard.py has them; what makes one dear, its imports, was done before
the fork. Now and then one ends itself in the moment in which the verdicts are flushed and the answer is not sent.
"""

import os
import random
import signal
import sys
import threading
import time

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from field.routes import routes
from ui.server.middleware import Gate
from ui.static import static_routes

LOSES = 0.05  # of its answers to what was sent


class Dying:
    """Ends the process where an answer to a batch would begin, now and then."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.dice = app, random.Random()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answered(message: dict) -> None:
            if message["type"] == "http.response.start" and scope["method"] == "POST" and self.dice.random() < LOSES:
                os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        await self.app(scope, receive, answered)


def _last(parent: int) -> None:
    """Ends this process when its parent has ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main(port: int) -> None:
    """A server for each line of standard input; its process id is the answer."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for _ in sys.stdin:
        if not (pid := os.fork()):
            threading.Thread(target=_last, args=(os.getppid(),), daemon=True).start()
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the pipe is for process ids
            app = Starlette(routes=[*static_routes.routes(), *routes()], middleware=[Middleware(Dying), Middleware(Gate)])
            uvicorn.run(app, port=port, log_level="critical", access_log=False)
            os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""A server that knows where its CPU time went: `python -m benchmarks.metered SCRIPT --server.port N`, started by a benchmark alone.

It answers every line sent to BAAN_SUK_METER (a port on loopback) with its counters as JSON, CPU-seconds since the start: `total` of
the process, `loop` of the thread that sends and receives, `threads` of all finished runs of scripts, and of these `enqueue` (messages
made ready and handed over) and `questions`; `forget` empties the cache of answers first. The clocks are the threads' own, read at the
beginning and the end of each: waiting for the interpreter's lock is no CPU time.
"""

import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.web.cli import main

spent: Counter[str] = Counter()
_lock = threading.Lock()


def metered(owner: Any, name: str, what: str) -> None:
    """Count the CPU time of each call of `owner.name` under `what`; AttributeError when it is no longer there."""
    plain: Callable[..., Any] = getattr(owner, name)

    @wraps(plain)
    def counted(*args: Any, **more: Any) -> Any:
        begin = time.thread_time()
        try:
            return plain(*args, **more)
        finally:
            took = time.thread_time() - begin
            with _lock:
                spent[what] += took  # type: ignore[assignment]

    setattr(owner, name, counted)


def counters() -> dict[str, float]:
    """All counters now."""
    loop = time.clock_gettime(time.pthread_getcpuclockid(threading.main_thread().ident or 0))
    with _lock:
        return {"threads": 0, "enqueue": 0, "questions": 0, **spent, "loop": loop, "total": time.process_time()}


class Answer(StreamRequestHandler):
    """One connection of a benchmark."""

    def handle(self) -> None:
        """A line in, the counters out."""
        for line in self.rfile:
            if line.strip() == b"forget":
                from queries.ask import forget
                from ui.view.panel import forget as forget_panels

                forget()
                forget_panels()
            self.wfile.write(json.dumps(counters()).encode() + b"\n")


class Meter(ThreadingTCPServer):
    """Listens for benchmarks until the process ends."""

    allow_reuse_address, daemon_threads = True, True


def hooks(ours: bool) -> None:
    """Put the clocks in; `ours` is whether the app asks questions."""
    metered(ScriptRunner, "_run_script_thread", "threads")
    metered(ScriptRunContext, "enqueue", "enqueue")
    if ours:
        from queries import ask

        metered(sys.modules[ask.__module__], "answer_on", "questions")


if __name__ == "__main__":
    script, *settings = sys.argv[1:]
    hooks(script.endswith("dashboard.py"))
    meter = Meter(("127.0.0.1", int(os.environ["BAAN_SUK_METER"])), Answer)
    threading.Thread(target=meter.serve_forever, daemon=True).start()
    sys.argv = ["streamlit", "run", script, *settings]
    main()

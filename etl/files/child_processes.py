"""Child processes that end with their parent, whatever ends it: they hold its standard input, and the kernel is asked, too.

A parent that is killed cannot end its children. A child reads from a pipe that only its parent writes to: the pipe's end is the
parent's end, on every system. On Linux the kernel ends the child even while it is inside a library that lets no other thread run.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import IO

from etl.files.filetype import Unreadable
from installation.paths import PROJECT

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent() -> None:
    """Called by a child at its start, whose standard input is a pipe of its parent."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_end_with_pipe, daemon=True).start()


def _end_with_pipe() -> None:
    with contextlib.suppress(OSError):
        os.read(0, 1)  # nobody writes: it returns when the parent is gone
    os._exit(1)


def run(commands: Sequence[Sequence[str]], seconds: float) -> list[bytes]:
    """What each command prints, all running at the same time; the first that fails ends the others.

    Raises Unreadable: too_slow beyond `seconds`, too_large where one was killed, else what its last words say.
    """
    with contextlib.ExitStack() as held:
        outputs = [
            (held.enter_context(tempfile.TemporaryFile()), held.enter_context(tempfile.TemporaryFile())) for _ in commands
        ]
        children = [_started(command, *files, held) for command, files in zip(commands, outputs, strict=True)]
        until = time.monotonic() + seconds
        for child, (_, words) in zip(children, outputs, strict=True):
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired as fault:
                raise Unreadable("too_slow", int(seconds)) from fault
            if child.returncode < 0:
                raise Unreadable("too_large")
            if child.returncode:
                raise Unreadable.of_last_words(_read(words).decode(errors="replace"))
        return [_read(said) for said, _ in outputs]


def _started(command: Sequence[str], said: IO[bytes], words: IO[bytes], held: contextlib.ExitStack) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=words, cwd=PROJECT)
    held.callback(_ended, child)
    return child


def _ended(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    if child.stdin:
        child.stdin.close()


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()

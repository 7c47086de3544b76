"""A child process that does something to the database and kills itself (SIGKILL) in the middle."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connections


def die(*_: Any, **__: Any) -> None:
    """End this process at once, as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object]) -> bool:
    """Run ``work`` in a forked process; tell whether it was killed by SIGKILL."""
    connections.close_all()  # the child must not share this process's sessions
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(7)  # it came through, or failed otherwise
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

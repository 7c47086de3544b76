"""Ties a process to its parent, then becomes the given command: ``leash.py PARENT COMMAND...``.

Linux kills the process when its parent ends, however it ends: nothing outlives a supervisor that
was killed with -9. Elsewhere the next supervisor has to be told (docs/how-to/run.md).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie(parent: int) -> None:
    """Let the kernel kill this process when the thread that made it ends.

    Args:
        parent: its process id; when it is gone already, this process ends at once.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    tie(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606  # no shell is wanted

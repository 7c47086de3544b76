"""Ports on the loopback interface."""

import os
import random
import socket
import time

from balai.embedded.errors import EmbeddedError

HOST = "127.0.0.1"
PATIENCE = 3.0
"""Seconds until the port of the last run is given up."""
FIRST, LENT = 20_000, 32_768
"""From the second on the system lends ports to clients (Linux: ip_local_port_range).

A client that keeps calling a server which is away is some day lent that server's own port, is
connected with itself, and the server cannot come back to it.
"""


def is_free(port: int) -> bool:
    """Tell whether a server could listen on ``port`` of the loopback interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose(variable: str, kept: int | None) -> int:
    """Return the port for a server: the one asked for, the one it had, or any free one.

    Args:
        variable: the environment variable that may ask for a certain port.
        kept: the port of the last run.

    Raises:
        EmbeddedError: when the port that was asked for is taken.
    """
    asked = os.environ.get(variable)
    if asked:
        if not asked.isdigit() or not is_free(int(asked)):
            raise EmbeddedError(
                f"Port {asked} of {HOST}, which {variable} asks for, is taken or no port.",
                f"Stop what listens there, or unset {variable}: a free port is chosen then.",
            )
        return int(asked)
    if kept and _comes_free(kept):
        return kept
    return unused()


def _comes_free(port: int) -> bool:
    """Wait for what a killed server left behind: those who knew its port look for it there."""
    deadline = time.monotonic() + PATIENCE
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def unused() -> int:
    """Return a free port that no client is lent, so that its server can come back to it.

    Raises:
        EmbeddedError: when a hundred of them are taken.
    """
    for port in random.sample(range(FIRST, LENT), 100):
        if is_free(port):
            return port
    raise EmbeddedError(
        f"A hundred ports of {HOST} between {FIRST} and {LENT} are taken.",
        "End what listens there, or name ports in BALAI_POSTGRES_PORT and BALAI_VALKEY_PORT.",
    )

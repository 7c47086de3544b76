"""Ports on the loopback interface."""

import os
import socket

from balai.embedded.errors import EmbeddedError

HOST = "127.0.0.1"


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
    if kept and is_free(kept):
        return kept
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port

"""One web process: uvicorn on a given socket. ``python -m balai.supervise.web --fd 3``.

The supervisor keeps the listening socket, so a connection that comes while a web process is
being replaced waits in the queue instead of being refused (D-01).
"""

import argparse
import os
import socket

import uvicorn

APPLICATION = "balai.asgi:application"
SHUTDOWN_SECONDS = 5
BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket that child processes can inherit.

    Raises:
        OSError: when the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    try:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
        server.listen(BACKLOG)
    except OSError:
        server.close()
        raise
    return server


def serve(server: socket.socket) -> None:
    """Serve the application on a listening socket until SIGTERM.

    Proxy headers are believed only from the addresses in FORWARDED_ALLOW_IPS (none by default);
    open event streams are cut after five seconds, browsers reconnect.
    """
    config = uvicorn.Config(
        APPLICATION,
        log_config=None,
        access_log=False,
        lifespan="auto",
        server_header=False,
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        backlog=BACKLOG,
    )
    uvicorn.Server(config).run(sockets=[server])


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fd", type=int, help="an inherited listening socket")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args()
    inherited = chosen.fd is not None
    serve(socket.socket(fileno=chosen.fd) if inherited else listen(chosen.host, chosen.port))


if __name__ == "__main__":
    main()

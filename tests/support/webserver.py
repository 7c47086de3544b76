"""The real ASGI application on a real uvicorn, in this process, for raw-socket tests."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Literal

import uvicorn


@contextmanager
def serve(*, live: bool = False) -> Iterator[int]:
    """Serve ``balai.asgi`` on a free loopback port and yield the port.

    Args:
        live: start the event hub, too, so that open pages hear of events.
    """
    from balai.asgi import application

    lifespan: Literal["on", "off"] = "on" if live else "off"
    config = uvicorn.Config(
        application, lifespan=lifespan, log_config=None, http="h11", access_log=False
    )
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        asyncio.run(server.serve(sockets=[listener]))

    thread = Thread(target=run)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def exchange(port: int, request: bytes) -> tuple[int, bytes]:
    """Send raw bytes and return the status (0 when the connection was closed) and the body."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(request)
        received = b"".join(iter(lambda: raw.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status = head.split(b" ", 2)[1] if head.startswith(b"HTTP/1.") else b"0"
    return int(status), body

"""Asking a server on this machine, by address: Python does not know names under .localhost."""

import http.client
import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from celery import Celery

LOOPBACK = "127.0.0.1"
ANSWERS = (200, 302)


def status_of(port: int, path: str, host: str = "localhost", timeout: float = 10.0) -> int:
    """Return the HTTP status that ``host`` on this machine answers with, 0 when it does not.

    Args:
        timeout: seconds to wait for the answer.
    """
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def until_ready(port: int, seconds: float, given_up: Callable[[], bool]) -> bool:
    """Wait until ``/readyz`` says 200.

    Args:
        seconds: how long to wait.
        given_up: asked between two tries; True ends the wait.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not given_up():
        if status_of(port, "/readyz", timeout=5.0) == 200:
            return True
        time.sleep(0.1)
    return False


def worker_answers(seconds: float) -> bool:
    """Wait until a worker answers on the broker that CELERY_BROKER_URL names.

    Args:
        seconds: how long to wait.
    """
    client = Celery(broker=os.environ["CELERY_BROKER_URL"], set_as_current=False)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if client.control.ping(timeout=1.0, limit=1):
            return True
    return False


def unreachable(port: int, urls: list[str]) -> list[str]:
    """Return those addresses that answer neither with a page nor with the way to sign in."""
    failed = []
    for url in urls:
        parts = urlsplit(url)
        if status_of(port, parts.path or "/", parts.netloc) not in ANSWERS:
            failed.append(url)
    return failed

"""Does LISTEN hear anything on this connection? Behind a transaction pooler it does not."""

import select
import time
from typing import Final

import psycopg2

PATIENCE: Final = 2.0


def hears(url: str, patience: float = PATIENCE) -> bool:
    """Tell whether a NOTIFY sent on one connection arrives at another that listens.

    A pooler in transaction mode gives the listener's session away after each statement; the
    notice then reaches nobody, without any error.

    Args:
        url: the database as the listeners (event hub, relay) connect to it.
        patience: seconds to wait for the notice.

    Raises:
        psycopg2.OperationalError: when the database cannot be reached.
    """
    listener = psycopg2.connect(url, connect_timeout=5)
    sender = psycopg2.connect(url, connect_timeout=5)
    try:
        for connection in (listener, sender):
            connection.autocommit = True
        channel = f"balai_start_{listener.info.backend_pid}_{time.monotonic_ns()}"
        with listener.cursor() as cursor:
            cursor.execute(f'LISTEN "{channel}"')
        with sender.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [channel])
        return _arrives(listener, channel, patience)
    finally:
        listener.close()
        sender.close()


def _arrives(listener: psycopg2.extensions.connection, channel: str, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0:
        select.select([listener], [], [], left)
        listener.poll()
        if any(notice.channel == channel for notice in listener.notifies):
            return True
    return False

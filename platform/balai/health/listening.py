"""Does LISTEN hear anything on this connection? Behind a transaction pooler it does not."""

import secrets
import select
import time
from typing import Any, Final

from balai import listen
from balai.context import MAIN_CELL

PATIENCE: Final = 2.0


def hears(patience: float = PATIENCE, *, cell: str = MAIN_CELL) -> bool:
    """Tell whether a NOTIFY sent on one connection arrives at another that listens.

    A pooler in transaction mode gives the listener's session away after each statement; the
    notice then reaches nobody, without any error.

    The connections are made as the event hub and the relay make theirs.

    Args:
        patience: seconds to wait for the notice.
        cell: in which database.

    Raises:
        psycopg2.OperationalError: when the database cannot be reached.
    """
    channel = f"balai_start_{secrets.token_hex(8)}"
    listener = listen.connect([channel], name="balai start", cell=cell)
    sender = listen.connect([], name="balai start", cell=cell)
    try:
        with sender.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [channel])
        return _arrives(listener, channel, patience)
    finally:
        listener.close()
        sender.close()


def _arrives(listener: Any, channel: str, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0:
        select.select([listener], [], [], left)
        if any(heard == channel for heard, _ in listen.drain(listener)):
            return True
    return False

"""A PostgreSQL connection that only listens, apart from Django's own."""

import json
from typing import Any, Final

import psycopg2
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from psycopg2 import extensions, sql

from balai import env
from balai.context import MAIN_CELL

RELAY_CHANNEL: Final = "balai_outbox"
LIVE_CHANNEL: Final = "balai_live"

# A dead line is noticed within half a minute, also when the other side vanished without a word.
KEEPALIVE: Final = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "connect_timeout": 5,
}


def cells() -> list[str]:
    """Return the databases in which notices are sent: the main one first."""
    return [MAIN_CELL, *import_string(f"{settings.CELL_DIRECTORY}.names")()]


def connect(channels: list[str], *, name: str, cell: str = MAIN_CELL) -> Any:
    """Return a new autocommit connection that listens on ``channels``.

    It goes to ``LISTEN_DATABASE_URL`` where that is set, because a transaction pooler takes
    LISTEN and never delivers. It has no region and reads no tables.

    Args:
        name: what the database's list of sessions shows.
        cell: in which database; a notice does not leave the one in which it was sent.

    Raises:
        psycopg2.OperationalError: when the database cannot be reached.
    """
    raw = psycopg2.connect(**_parameters(cell), **KEEPALIVE, application_name=name)
    raw.autocommit = True
    with raw.cursor() as cursor:
        for channel in channels:
            cursor.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
    return raw


def drain(raw: Any) -> list[tuple[str, str]]:
    """Return the (channel, payload) pairs that have arrived on ``raw``, without waiting.

    Raises:
        psycopg2.Error: when the connection is gone.
    """
    raw.poll()
    arrived = [(notice.channel, notice.payload) for notice in raw.notifies]
    raw.notifies.clear()
    return arrived


def parse(payload: str) -> dict[str, Any]:
    """Return a notice's JSON object; {} for anything else, which nobody of ours sent."""
    try:
        value = json.loads(payload)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _parameters(cell: str) -> dict[str, Any]:
    url = import_string(f"{settings.CELL_DIRECTORY}.listening")(cell)
    chosen = {**connection.settings_dict, **env.database(url)} if url else connection.settings_dict
    return {
        "dbname": chosen["NAME"],
        "user": chosen["USER"],
        "password": chosen["PASSWORD"],
        "host": chosen["HOST"],
        "port": chosen["PORT"] or None,
        **{key: value for key, value in chosen["OPTIONS"].items() if key.startswith("ssl")},
        "cursor_factory": extensions.cursor,
    }

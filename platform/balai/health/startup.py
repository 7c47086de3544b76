"""The last question before work begins: would we keep what we promise? If not, do not start."""

from collections.abc import Iterator
from typing import Final

import psycopg2
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from balai import listen
from balai.context import MAIN_CELL
from balai.health import listening
from balai.health.settings_rules import Refusal, broken_rules, is_production

log = structlog.get_logger(__name__)

OLDEST_POSTGRES: Final = 150000
FACTS: Final = """
    SELECT current_setting('server_version_num')::int, current_setting('synchronous_commit'),
        current_setting('fsync')
"""


class StartupRefused(SystemExit):
    """Ends the process with a message that a person can act on, not with a traceback."""


def require_sound() -> None:
    """Return if this installation is sound, so that web, worker and relay may begin.

    A database that cannot be reached is no refusal: it may come back, ``/readyz`` says 503 until
    it does. So it is with the databases of further cells.

    Raises:
        StartupRefused: with every reason and what to do about each.
    """
    reasons = [refusal for _, refusal in broken_rules()]
    for cell in listen.cells():
        try:
            reasons += _database(cell)
        except (DatabaseError, psycopg2.OperationalError) as error:
            log.warning("database_unreachable_at_start", cell=cell, error=type(error).__name__)
    if reasons:
        lines = [f"  - {reason.problem}\n    {reason.remedy}" for reason in reasons]
        raise StartupRefused("\n".join(["Balai does not start:", *lines]))


def _database(cell: str) -> Iterator[Refusal]:
    inside = import_string(f"{settings.CELL_DIRECTORY}.caretaker")
    with inside(cell), connection.cursor() as cursor:
        cursor.execute(FACTS)
        version, synchronous, fsync = cursor.fetchone()
    where = "" if cell == MAIN_CELL else f" (cell {cell})"
    if version < OLDEST_POSTGRES:
        yield Refusal(
            f"PostgreSQL {version // 10000} is too old{where}.", "Use PostgreSQL 15 or later."
        )
    if synchronous == "off":
        yield Refusal(
            f"PostgreSQL's synchronous_commit is off{where}: a crash would lose acknowledged"
            " reports.",
            "Run: ALTER SYSTEM SET synchronous_commit = 'on'; SELECT pg_reload_conf(); and look at "
            "the role's and the database's own settings (\\drds in psql).",
        )
    if fsync == "off" and is_production():
        yield Refusal(
            f"PostgreSQL's fsync is off{where}.", "Run: ALTER SYSTEM RESET fsync; and restart it."
        )
    if not listening.hears(cell=cell):
        name = "BALAI_LISTEN_DATABASE_URL" if cell == MAIN_CELL else "BALAI_LISTEN_CELLS"
        usual = "DATABASE_URL" if cell == MAIN_CELL else "the cell's address"
        yield Refusal(
            f"LISTEN hears nothing{where}: the database is reached through a transaction pooler.",
            f"Set {name} to the database itself; {usual} may stay as it is.",
        )

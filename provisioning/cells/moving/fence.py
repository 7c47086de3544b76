"""What keeps a moving region's rows where they are, written as rights in the database itself."""

import time
from typing import Any, Final

import psycopg2

from tenants import roles

PATIENCE: Final = 10.0
LOOK_EVERY: Final = 0.02
# Whoever passed the check of rights before they were taken away holds such a lock until commit.
WRITERS: Final = """
    SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND c.relnamespace = to_regnamespace(%s) AND c.relkind IN ('r', 'p')
      AND l.mode NOT IN ('AccessShareLock') AND l.pid <> pg_backend_pid()
"""


class WritersError(RuntimeError):
    """Raised when a transaction that writes to the region does not end."""


def raise_fence(raw: Any, schema: str, role: str) -> None:
    """Take the region's right to write away and wait until nothing that wrote is still open.

    Reads go on. After this no row of the region changes, whatever any process believes.

    Args:
        raw: a connection of the login role to the region's cell, in autocommit.

    Raises:
        WritersError: when a transaction is still writing after ten seconds.
    """
    _retried(raw, f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA "{schema}"'
                  f' FROM "{role}"')  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with raw.cursor() as cursor:
            cursor.execute(WRITERS, [f'"{schema}"'])
            if cursor.fetchone() == (0,):
                return
        time.sleep(LOOK_EVERY)
    raise WritersError("a transaction has been writing to the region for more than ten seconds")


def lower_fence(raw: Any, schema: str, role: str) -> None:
    """Give the right to write back, each table as far as it was."""
    _retried(raw, roles.grant_tables_sql(schema, role))


def put_aside(raw: Any, schema: str, kept: str, role: str) -> None:
    """Rename the old copy and take every right away from its role. Harmless when repeated."""
    with raw.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [f'"{schema}"'])
        if cursor.fetchone() == (True,):
            cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO "{kept}"')
    _retried(raw, f'REVOKE ALL ON ALL TABLES IN SCHEMA "{kept}" FROM "{role}";'
                  f'REVOKE ALL ON ALL SEQUENCES IN SCHEMA "{kept}" FROM "{role}";'
                  f'REVOKE ALL ON SCHEMA "{kept}" FROM "{role}"')  # fmt: skip


def _retried(raw: Any, statement: str) -> None:
    # Rights are columns of pg_class: VACUUM and ANALYZE update the same rows.
    for last in (False, False, False, True):
        try:
            with raw.cursor() as cursor:
                cursor.execute(statement)
        except psycopg2.errors.InternalError_:
            if last:
                raise
            time.sleep(LOOK_EVERY)
        else:
            return

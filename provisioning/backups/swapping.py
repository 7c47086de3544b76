"""The schemas of a restore, in the cell of their region: exchanged, marked, dropped, looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from balai import context
from provisioning import release
from provisioning.models import Restore, RestoreState
from provisioning.release import fingerprint
from tenants import cells, roles
from tenants.models import Region

PATIENCE: Final = "SET LOCAL lock_timeout = '4s';\n"
THERE: Final = """
    SELECT to_regnamespace(%s) IS NOT NULL, obj_description(to_regnamespace(%s), 'pg_namespace')
"""


def exchange(row: Region, *, new: str, kept: str) -> None:
    """Rename the schemas, in the caller's transaction: nobody is between two statements then."""
    live, role = row.schema_name, row.role
    with _cursor(row) as cursor:
        cursor.execute(fingerprint.check_sql(new, release.ensure().fingerprint))
        cursor.execute(
            "SELECT string_agg(format('%%I.%%I', schemaname, tablename), ', ')"
            " FROM pg_catalog.pg_tables WHERE schemaname = %s", [live]
        )  # fmt: skip
        [tables] = cursor.fetchone()
        cursor.execute(f"{PATIENCE}LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(
            f'ALTER SCHEMA "{live}" RENAME TO "{kept}";\n'
            f'ALTER SCHEMA "{new}" RENAME TO "{live}";\n'
            f'REVOKE USAGE ON SCHEMA "{kept}" FROM "{role}";\n'
            + roles.grant_schema_sql(live, role)
            + roles.grant_tables_sql(live, role)
        )


def drop(row: Region, schema: str) -> None:
    """Drop a schema of a restore, in the caller's transaction."""
    with _cursor(row) as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def mark(row: Region, made: Restore) -> None:
    """Write on the loaded schema whose it is; the words stay with it when it is renamed."""
    with _cursor(row) as cursor:
        cursor.execute(f"COMMENT ON SCHEMA \"{made.beside}\" IS '{_mark(made)}'")


def kept_name(made: Restore) -> str:
    """Return what the replaced schema is called."""
    return f"kept_{made.region_id}_{made.pk}"


def state_of(made: Restore) -> str:
    """Return how far an open restore is, by the names and marks in the region's cell.

    In the main cell that is what its row says: both change in one transaction.
    """
    row = made.region
    if row.cell_id == context.MAIN_CELL:
        return str(made.state)
    with _cursor(row) as cursor:
        cursor.execute(THERE, [f'"{made.beside}"', f'"{row.schema_name}"'])
        beside, said = cursor.fetchone()
    served = said == _mark(made)
    if made.state == RestoreState.LOADED:
        loaded = RestoreState.LOADED if beside else RestoreState.DROPPED
        return RestoreState.SWITCHED if served else loaded
    if not served:
        return RestoreState.UNDONE
    return RestoreState.SWITCHED if beside else RestoreState.CONFIRMED


def clear(row: Region) -> None:
    """Drop what dead processes loaded beside a region that has no open restore."""
    with _cursor(row) as cursor:
        cursor.execute(
            "SELECT nspname::text FROM pg_namespace WHERE nspname ~ %s",
            [f"^(restore|kept)_{row.pk}_[0-9]+$"],
        )
        for [schema] in cursor.fetchall():
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')


def _mark(made: Restore) -> str:
    return f"balai restore {made.pk}"


@contextmanager
def _cursor(row: Region) -> Iterator[Any]:
    with context.crossing(), cells.caretaker(row.cell_id), connection.cursor() as cursor:
        yield cursor

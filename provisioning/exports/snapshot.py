"""One consistent view of a region's tables, however long the reading takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from balai import context

READ: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
SEQUENCES: Final = """
    SELECT s.relname, t.relname, a.attname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
      AND s.relnamespace = %s::regnamespace
    ORDER BY t.relname, a.attname
"""


@contextmanager
def snapshot(place: context.Region) -> Iterator[CursorWrapper]:
    """Yield a cursor that sees the region as it is now and nothing that comes later.

    Raises:
        RuntimeError: inside another transaction, whose view it would share.
    """
    with (
        context.region_context(place),
        transaction.atomic(durable=True),
        connection.cursor() as cursor,
    ):
        cursor.execute(READ)
        yield cursor


def sequences(cursor: CursorWrapper, schema: str) -> dict[str, int]:
    """Return the last value of each sequence of ``schema`` by "table.column"; 0: never used."""
    cursor.execute(SEQUENCES, [schema])
    found = cursor.fetchall()
    values: dict[str, int] = {}
    for sequence, table, column in found:
        cursor.execute(f'SELECT last_value, is_called FROM "{sequence}"')  # noqa: S608  # from the catalog
        last, called = cursor.fetchone()
        values[f"{table}.{column}"] = last if called else 0
    return values

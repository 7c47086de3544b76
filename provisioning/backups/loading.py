"""Load a backup into a schema of its own and prove that it is what was saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import connection

from balai import context
from provisioning import release
from provisioning.backups import reading
from provisioning.backups.tables import copy_in, copy_out, tables
from provisioning.models import Release
from provisioning.release import fingerprint
from tenants import cells
from tenants.backend.migrating import migrating

SEQUENCE: Final = "SELECT setval(pg_get_serial_sequence(%s, %s), %s)"


class RestoreError(Exception):
    """Raised when a backup cannot be put back; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came back: ``tables`` compared, ``rows``, and the backup's own last words."""

    tables: int
    rows: int
    end: dict[str, Any]


def load(path: Path, key: bytes, schema: str, *, cell: str = context.MAIN_CELL) -> Loaded:
    """Make ``schema`` in ``cell`` and fill it, in the caller's transaction. Runs on the platform.

    In another cell than the main one that part commits just before the caller's own.

    Structure, number of rows and SHA-256 of every table are compared with the backup's.

    Raises:
        RestoreError: when anything differs, or the release is unknown here.
        Unreadable: for a file that was altered, or of another region.
    """
    with reading.opened(path, key) as content:
        made_of = _release(content.head)
        with _inside(cell), connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{schema}";\n' + release.fill(made_of.sql, schema))
        with context.crossing(), migrating(schema, cell=cell), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _fill(cursor, content)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            rows = _compare(cursor, content.end)
    with _inside(cell), connection.cursor() as cursor:
        cursor.execute(fingerprint.check_sql(schema, content.head["fingerprint"]))
    return Loaded(len(content.end["tables"]), rows, content.end)


def missing_files(region: context.Region, end: dict[str, Any]) -> list[str]:
    """Return which of the backup's files the region no longer has, or has in another size."""
    with context.region_context(region):
        return [name for name, size in end["media"] if _size(name) != size]


@contextmanager
def _inside(cell: str) -> Iterator[None]:
    with context.crossing(), cells.caretaker(cell):
        yield


def _size(name: str) -> int:
    try:
        return int(default_storage.size(name))
    except FileNotFoundError:
        return -1


def _release(head: dict[str, Any]) -> Release:
    found = Release.objects.filter(fingerprint=head["fingerprint"]).first()
    if found is None and release.ensure().fingerprint == head["fingerprint"]:
        found = release.ensure()
    if found is None:
        raise RestoreError(
            f"this backup is of release {head['fingerprint'][:12]}, which this platform has never"
            " had: restore it where that release is known"
        )
    return found


def _fill(cursor: Any, content: reading.Content) -> None:
    cursor.execute("SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'"
                   " AND c.relnamespace = current_schema()::regnamespace")  # fmt: skip
    names = [row[0] for row in cursor.fetchall()]
    cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))
    columns = _columns(cursor)
    for name, source in content.tables():
        if name not in columns:
            raise RestoreError(f"the table {name} is not in its release")
        copy_in(cursor, {"table": name, "columns": columns[name]}, source)
    for place, last in content.end["sequences"].items():
        table, _, column = place.partition(".")
        if last:
            cursor.execute(SEQUENCE, [f'"{table}"', column, last])


def _columns(cursor: Any) -> dict[str, list[str]]:
    cursor.execute("SELECT current_schema()")
    [schema] = cursor.fetchone()
    return {table["table"]: table["columns"] for table in tables(cursor, schema)}


def _compare(cursor: Any, end: dict[str, Any]) -> int:
    rows = 0
    for table in end["tables"]:
        found = copy_out(cursor, table, None)
        if found["rows"] != table["rows"] or found["sha256"] != table["sha256"]:
            raise RestoreError(
                f"{table['table']}: {table['rows']} rows were saved, {found['rows']} came back"
                " or differ"
            )
        rows += table["rows"]
    return rows

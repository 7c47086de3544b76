"""A second database in the same server, to be a cell."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg2
from django.conf import settings
from django.db import connections

from tests.support.database import admin_cursor, drop

NOWHERE = "postgres://balai:x@127.0.0.1:9/nowhere"
"""An address at which nothing listens."""


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make an empty database and yield its address; gone afterwards with the roles in it."""
    _drop(name)
    with admin_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    chosen = settings.DATABASES["default"]
    user, password = quote(chosen["USER"]), quote(chosen["PASSWORD"])
    try:
        yield f"postgres://{user}:{password}@{chosen['HOST']}:{chosen['PORT']}/{name}"
    finally:
        connections.close_all()
        _drop(name)


@contextmanager
def addresses(**urls: str) -> Iterator[None]:
    """Let these cells have these addresses."""
    usual = settings.CELL_URLS
    settings.CELL_URLS = {**usual, **urls}
    try:
        yield
    finally:
        connections.close_all()
        settings.CELL_URLS = usual


def _drop(name: str) -> None:
    with admin_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            return
    with admin_cursor(name) as cursor:
        cursor.execute(
            "SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
            " WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname LIKE 'r\\_%'"
            " AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        found = [row[0] for row in cursor.fetchall()]
    drop(name)
    with admin_cursor() as cursor:
        for role in found:
            try:
                cursor.execute(f'DROP ROLE "{role}"')
            except psycopg2.errors.DependentObjectsStillExist:
                continue  # another copy of the same template still names it

"""Statements that need a session, threads, and django-tenants' own ways of choosing a tenant."""

import contextvars
import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django_tenants.utils import schema_context, tenant_context

from balai import context
from balai.context import NoRegionError, platform, region_context
from tenants.backend.cursor import PooledConnectionError
from tenants.backend.migrating import migrating
from tests.support import pgbouncer

ALIAS = "scratch"
INDEX = "CREATE INDEX CONCURRENTLY canary_city ON canary (city)"


def indexes(connection) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        return {row[0] for row in cursor.fetchall()}


def test_concurrent_index_goes_alone_and_leaves_the_session_clean(scratch, a, b) -> None:
    with migrating(a), scratch.cursor() as cursor:
        cursor.execute(INDEX)
        assert "canary_city" in indexes(scratch)
        cursor.execute("REINDEX INDEX CONCURRENTLY canary_city")
        cursor.execute("VACUUM canary")
    with migrating(b):
        assert "canary_city" not in indexes(scratch)
    with scratch.connection.cursor(cursor_factory=plain_cursor()) as plain:
        plain.execute("SELECT current_user, current_setting('search_path')")
        assert plain.fetchone() == ("balai", "pg_catalog")
    with migrating(a), scratch.cursor() as cursor:
        cursor.execute("DROP INDEX CONCURRENTLY canary_city")


def test_a_failed_one_leaves_the_session_clean_as_well(scratch, a) -> None:
    failure = pytest.raises(Exception, match="must be owner")
    with region_context(a), scratch.cursor() as cursor, failure:
        cursor.execute(INDEX)
    with scratch.connection.cursor(cursor_factory=plain_cursor()) as plain:
        plain.execute("SELECT current_user, current_setting('search_path')")
        assert plain.fetchone() == ("balai", "pg_catalog")


@pytest.mark.skipif(pgbouncer.PROGRAM is None, reason="pgbouncer is not installed")
def test_it_is_refused_through_a_transaction_pooler(scratch, a) -> None:
    chosen = scratch.settings_dict
    url = (
        f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT']}"
        f"/{chosen['NAME']}"
    )
    with pgbouncer.transaction_pooler(url) as address:
        port = address.rsplit(":", 1)[1].partition("/")[0]
        pooled = type(scratch)(chosen | {"PORT": port}, alias="pooled")
        with migrating(a), pooled.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM canary")
            with pytest.raises(PooledConnectionError):
                cursor.execute(INDEX)
        pooled.close()


def test_a_new_thread_has_a_connection_but_no_region(scratch, a) -> None:
    def count() -> int:
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("SELECT count(*) FROM canary")
                return int(cursor.fetchone()[0])
        finally:
            connections[ALIAS].close()

    with region_context(a), ThreadPoolExecutor(1) as pool:
        with pytest.raises(NoRegionError):
            pool.submit(count).result()
        assert pool.submit(contextvars.copy_context().run, count).result() == 9
        assert context.current() == a, "a new wrapper must not touch the caller's context"


def test_connections_of_ended_threads_are_freed(scratch, a) -> None:
    def open_and_forget() -> None:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")

    def open_now() -> int:
        with scratch.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            return int(cursor.fetchone()[0])

    with platform():
        for _ in range(3):
            with ThreadPoolExecutor(1) as pool:
                pool.submit(contextvars.copy_context().run, open_and_forget).result()
        gc.collect()
        for _ in range(50):
            if not open_now():
                break
        assert open_now() == 0


def test_django_tenants_context_managers_go_through_the_context(scratch, a, b, monkeypatch) -> None:
    monkeypatch.setattr("tenants.directory.by_schema", {a.schema: a, b.schema: b}.get)
    for enter in (
        lambda: schema_context(a.schema, database=ALIAS),
        lambda: tenant_context(a, database=ALIAS),
    ):
        with enter():
            assert context.current() == a
            assert scratch.schema_name == a.schema
            with tenant_context(b, database=ALIAS):
                assert context.current() == b
            assert context.current() == a
        assert context.current() is None, "nothing before means nothing after, not the platform"
    with schema_context("shared", database=ALIAS):
        assert context.current() is context.PLATFORM
    with pytest.raises(NoRegionError), schema_context("r_nowhere", database=ALIAS):
        pass


def plain_cursor():
    from tenants.backend.cursor import PlainCursor

    return PlainCursor

"""A place to make one region's schema by stock migrate: a small database of its own."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import psycopg2
import structlog
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from balai.context import platform
from provisioning.release import dump, fingerprint, source
from tenants.backend.migrating import migrating

log = structlog.get_logger(__name__)
ALIAS: Final = "blueprint"


@dataclass(frozen=True)
class Blueprint:
    """An empty schema called ``dump.PLACE`` and a connection of its own."""

    connection: BaseDatabaseWrapper

    def migrate(self) -> None:
        """Bring the schema to the head of the region apps' migrations."""
        with self.entered():
            executor = MigrationExecutor(self.connection)
            executor.migrate(source.targets(executor.loader))

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Run a block in the schema, as its owner, with Django's default connection led there.

        A data migration may use a model without ``using(...)``: it must find the blueprint.
        """
        usual = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.connection
        try:
            with migrating(dump.PLACE):
                yield
        finally:
            connections[DEFAULT_DB_ALIAS] = usual

    def replay(self, sql: str) -> None:
        """Make the schema that an earlier release describes."""
        with platform(), self.connection.cursor() as cursor:
            cursor.execute(dump.fill(sql, dump.PLACE))

    def applied(self) -> list[source.Key]:
        """Return the applied migrations in the order in which they ran."""
        with migrating(dump.PLACE):
            rows = MigrationRecorder(self.connection).migration_qs.order_by("id")
            return [(row.app, row.name) for row in rows]

    def fingerprint(self) -> str:
        """Return what the schema looks like now.

        Raises:
            RuntimeError: when it holds no migrations.
        """
        with platform(), self.connection.cursor() as cursor:
            found = fingerprint.of_one(cursor, dump.PLACE)
        if found is None:
            raise RuntimeError("the blueprint has no django_migrations")
        return found

    def dump(self) -> str:
        """Return the schema as SQL text."""
        self.connection.ensure_connection()
        parameters = self.connection.get_connection_params()
        version: int = self.connection.pg_version  # type: ignore[attr-defined]  # PostgreSQL's
        return dump.dump(parameters, schema=dump.PLACE, server_version=version)


@contextmanager
def blueprint() -> Iterator[Blueprint]:
    """Yield an empty blueprint; nothing of it is left afterwards.

    It lives in the database ``<name>_blueprint``: pg_dump there does not wade through hundreds
    of regions. Where the login role may not create databases it is a schema beside the regions.
    Call it under a lock: two at once would throw each other's away.
    """
    name = f"{connection.settings_dict['NAME'][:53]}_blueprint"
    own = _create_database(name)
    connections.databases[ALIAS] = {
        **connections.databases["default"],
        "NAME": name if own else connection.settings_dict["NAME"],
        "CONN_MAX_AGE": 0,
    }
    try:
        wrapper = connections[ALIAS]
        with platform(), wrapper.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{dump.PLACE}" CASCADE')
            cursor.execute(f'CREATE SCHEMA "{dump.PLACE}"')
        yield Blueprint(wrapper)
        if not own:
            with platform(), wrapper.cursor() as cursor:
                cursor.execute(f'DROP SCHEMA "{dump.PLACE}" CASCADE')
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
        if own:
            with suppress(psycopg2.Error):  # what is left goes before the next one is made
                _maintain(f'DROP DATABASE IF EXISTS "{name}"')


def _create_database(name: str) -> bool:
    try:
        # Not WITH (FORCE): that wants to end an autovacuum worker too, and may not.
        _maintain(f'DROP DATABASE IF EXISTS "{name}"')
        _maintain(f'CREATE DATABASE "{name}" TEMPLATE template0')
        with closing(psycopg2.connect(**{**_parameters(), "dbname": name})):
            return True
    except (psycopg2.errors.InsufficientPrivilege, psycopg2.OperationalError) as error:
        log.info("blueprint_in_same_database", reason=str(error).strip())
        return False


def _maintain(statement: str) -> None:
    with closing(psycopg2.connect(**_parameters())) as raw:
        raw.autocommit = True
        with raw.cursor() as cursor:
            cursor.execute(statement)


def _parameters() -> dict[str, Any]:
    given: dict[str, Any] = connection.get_connection_params()
    return {key: value for key, value in given.items() if key != "cursor_factory"}

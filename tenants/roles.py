"""One database role per region: its name, and the SQL that makes, arms and drops it."""

import hashlib
from collections.abc import Iterable
from typing import Final

from balai.audit import APPEND_ONLY
from tenants.backend.statements import SAFE_NAME

PG16: Final = 160000

# What a region's code may not do to these tables of its own schema.
APPEND_ONLY_TABLES: Final = APPEND_ONLY
READ_ONLY_TABLES: Final = ("django_migrations",)


def role_name(database: str, schema: str) -> str:
    """Return the role of ``schema`` in ``database``, at most 57 characters.

    Roles belong to the whole cluster: the database is hashed in, so that two databases (test
    databases running side by side, a restored copy) never share a role.
    """
    digest = hashlib.sha256(f"{database}\0{schema}".encode()).hexdigest()[:16]
    return f"{_safe(schema)[:40]}_{digest}"


def create_role_sql(role: str, *, login: str, server_version: int) -> str:
    """Return the SQL that makes ``role`` and lets ``login`` become it, by SET ROLE only.

    Args:
        login: the role the application connects as; it must be NOINHERIT before PostgreSQL 16.
        server_version: the server's version number, such as 150004 or 180006.
    """
    how = " WITH INHERIT FALSE, SET TRUE" if server_version >= PG16 else ""
    return (
        f"CREATE ROLE {_q(role)} NOLOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE;\n"
        f"GRANT {_q(role)} TO {_q(login)}{how};\n"
    )


def grant_schema_sql(schema: str, role: str) -> str:
    """Return the SQL for a new, empty schema: tables made in it later are open to ``role``.

    Run it as the role that will own the tables; default privileges are the maker's.
    """
    here = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {_q(schema)}"
    return (
        f"GRANT USAGE ON SCHEMA {_q(schema)} TO {_q(role)};\n"
        f"{here} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {_q(role)};\n"
        f"{here} GRANT USAGE, SELECT ON SEQUENCES TO {_q(role)};\n"
    )


def grant_tables_sql(schema: str, role: str) -> str:
    """Return the SQL that opens tables that exist already to ``role``, each as far as it may."""
    place = f"IN SCHEMA {_q(schema)} TO {_q(role)}"
    return (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES {place};\n"
        f"GRANT USAGE, SELECT ON ALL SEQUENCES {place};\n" + restrict_tables_sql(schema, role)
    )


def restrict_tables_sql(
    schema: str,
    role: str,
    *,
    append_only: Iterable[str] = APPEND_ONLY_TABLES,
    read_only: Iterable[str] = READ_ONLY_TABLES,
) -> str:
    """Return the SQL that takes rights back once the tables exist. Harmless when repeated.

    Args:
        append_only: tables that keep only SELECT and INSERT (the audit log).
        read_only: tables that keep only SELECT.
    """
    lines = [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {_q(schema)}.{_q(table)} FROM {_q(role)};\n"
        for table in append_only
    ]
    lines += [
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {_q(schema)}.{_q(table)} FROM {_q(role)};\n"
        for table in read_only
    ]
    return "".join(lines)


def drop_sql(schema: str, role: str) -> str:
    """Return the SQL that ends a region's schema and role, for one transaction."""
    return f"DROP SCHEMA IF EXISTS {_q(schema)} CASCADE;\nDROP ROLE IF EXISTS {_q(role)};\n"


def prepare_login_sql(login: str, database: str) -> str:
    """Return the SQL, run once per database, after which an unprefixed statement sees nothing."""
    return f"ALTER ROLE {_q(login)} IN DATABASE {_q(database)} SET search_path = pg_catalog;\n"


def _safe(name: str) -> str:
    if not SAFE_NAME.match(name):
        raise ValueError(f"{name!r} is no plain lower-case name")
    return name


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

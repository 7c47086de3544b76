"""A database of its own with two cities, made without the product's own opening."""

import os
from collections.abc import Iterator

import pytest
from django.db import connections

from balai import context
from tenants import roles
from tests.support.database import admin_cursor, drop

ALIAS = "scratch"


def city(name: str, database: str) -> context.Region:
    """Return a region whose schema is ``name``."""
    return context.Region(
        id=1, slug=name[2:], schema=name, role=roles.role_name(database, name), name=name,
        code="00.00", kind="kota", timezone="Asia/Jakarta", state="active", host="",
    )  # fmt: skip


@pytest.fixture(scope="module")
def scratch_name(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The database, under its own alias; gone afterwards with its roles."""
    name = f"balai_scratch_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    cities = [city(schema, name) for schema in ("r_kota_a", "r_kota_b")]
    drop(name)
    _drop_roles(cities)
    with admin_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    with admin_cursor(name) as cursor:
        login = connections.settings["default"]["USER"]
        cursor.execute(roles.prepare_login_sql(login, name))
        cursor.execute("CREATE SCHEMA shared; CREATE TABLE shared.operators (id int)")
        for item in cities:
            cursor.execute(_city_sql(item, login, cursor.connection.server_version))
    connections.settings[ALIAS] = connections["default"].settings_dict | {"NAME": name}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        yield name
        connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]
    drop(name)
    _drop_roles(cities)


@pytest.fixture
def scratch(scratch_name: str):
    """The connection to it, with the backend under test."""
    return connections[ALIAS]


@pytest.fixture
def a(scratch_name: str) -> context.Region:
    """City A."""
    return city("r_kota_a", scratch_name)


@pytest.fixture
def b(scratch_name: str) -> context.Region:
    """City B."""
    return city("r_kota_b", scratch_name)


def _city_sql(region: context.Region, login: str, version: int) -> str:
    schema = region.schema
    return (
        roles.create_role_sql(region.role, login=login, server_version=version)
        + f"CREATE SCHEMA {schema};"
        + roles.grant_schema_sql(schema, region.role)
        + f"CREATE TABLE {schema}.canary (id int PRIMARY KEY, city text);"
        f"CREATE TABLE {schema}.audit_entry (id int);"
        f"CREATE TABLE {schema}.django_migrations (id int);"
        f"INSERT INTO {schema}.canary SELECT n, '{schema}' FROM generate_series(1, 9) n;"
        f"CREATE FUNCTION {schema}.who(suffix text) RETURNS text LANGUAGE sql"
        f" AS $$ SELECT '{schema}' || suffix $$;"
        + roles.restrict_tables_sql(schema, region.role, append_only=("audit_entry",))
    )


def _drop_roles(cities: list[context.Region]) -> None:
    with admin_cursor() as cursor:
        for item in cities:
            cursor.execute(f'DROP ROLE IF EXISTS "{item.role}"')

"""A database of its own for tests that commit: openings killed half-way, fleets upgraded."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from balai.context import platform


@pytest.fixture(scope="module")
def scratch(django_db_blocker) -> Iterator[str]:
    """Switch this module's tests to a fresh database with the shared schema and no region."""
    from provisioning.setup import migrate_shared
    from tests.support import database

    usual = settings.DATABASES["default"]["NAME"]
    name = f"{usual}_scratch"
    with django_db_blocker.unblock():
        database.drop(name)
        with database.admin_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        database.use(name)
        migrate_shared()
        yield name
        database.use(usual)
        database.drop(name)


@pytest.fixture
def on_platform(scratch: str) -> Iterator[None]:
    """Run the test on the platform, in the scratch database, committing."""
    with platform():
        yield


@pytest.fixture
def scratch_url(scratch: str) -> str:
    """The scratch database as DATABASE_URL, for child processes."""
    chosen = settings.DATABASES["default"]
    return (
        f"postgres://{chosen['USER']}:{chosen['PASSWORD']}"
        f"@{chosen['HOST']}:{chosen['PORT']}/{scratch}"
    )


@pytest.fixture
def child_environment(scratch_url: str) -> dict[str, str]:
    """What a child process needs to work on the scratch database."""
    return {**os.environ, "DATABASE_URL": scratch_url, "PYTHONPATH": ".:platform"}

"""A database of its own for tests that commit: openings killed half-way, fleets upgraded."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from balai.context import platform


@pytest.fixture(scope="module")
def scratch(django_db_blocker) -> Iterator[str]:
    """Switch this module's tests to a fresh database with the shared schema and no region."""
    from tests.support import database

    usual = settings.DATABASES["default"]["NAME"]
    name = f"{usual}_scratch"
    with django_db_blocker.unblock():
        database.drop(name)
        database.clone_shared(name)
        yield name
        database.use(usual)
        database.drop(name)


@pytest.fixture
def on_platform(scratch: str) -> Iterator[None]:
    """Run the test on the platform, in the scratch database, committing."""
    with platform():
        yield

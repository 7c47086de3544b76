"""The real stack for the live pages' tests: two web processes, relay and worker."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.support import database
from tests.support.stack import Stack, running

NAME = f"balai_live_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="package")
def processes(django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """Run the stack on a database of its own."""
    with django_db_blocker.unblock(), running(NAME) as stack:  # type: ignore[attr-defined]  # pytest-django's own object
        yield stack


@pytest.fixture
def stack(processes: Stack, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """Yield the running stack; meanwhile this process uses the stack's database, too."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        database.use(NAME)
        yield processes
        database.use(before)

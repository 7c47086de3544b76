"""The real stack for the live pages' tests: two web processes, relay and worker."""

import os
from collections.abc import Iterator

import pytest

from tests.support.stack import Stack, running


@pytest.fixture(scope="package")
def stack(django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """Yield the running stack on a database of its own, which Django uses meanwhile."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock(), running(f"balai_live_{worker}") as stack:  # type: ignore[attr-defined]  # pytest-django's own object
        yield stack

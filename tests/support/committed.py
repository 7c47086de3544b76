"""A fixture for tests whose transactions really commit: other connections must see them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, connections

from balai import context
from balai.context import Region
from tenants import directory

# What tests of the kernel write. The rest of the two cities stays as provisioning made it.
EMPTIED = ("outbox_delivery", "outbox_event", "outbox_idempotencykey", "notify_message")
ALSO_IN_REGIONS = ("files_storedfile", "specimen_note")


@dataclass(frozen=True, slots=True)
class Cities:
    """The two regions of the test database."""

    here: Region
    there: Region


@pytest.fixture
def cities(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cities]:
    """Yield both cities with a database that keeps what is committed, emptied afterwards."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        found = [directory.by_schema(f"r_{slug}") for slug in ("tangerang", "purworejo")]
        assert found[0] is not None
        assert found[1] is not None
        try:
            yield Cities(found[0], found[1])
        finally:
            _empty(context.PLATFORM, EMPTIED)
            for region in found:
                _empty(region, EMPTIED + ALSO_IN_REGIONS)
            connections.close_all()


def _empty(place: context.Context | None, tables: tuple[str, ...]) -> None:
    token = context.activate(place)
    try:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
    finally:
        context.deactivate(token)

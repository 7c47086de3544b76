"""A way past the region's role, as somebody with the database's own password has."""

from collections.abc import Callable

import pytest
from django.db import connection

from balai.context import Region, platform


@pytest.fixture
def as_owner() -> Callable[..., None]:
    """Return a function that runs a statement on a region's tables as their owner."""

    def run(city: Region, statement: str, values: list[object]) -> None:
        table = f'"{city.schema}".audit_entry'
        with platform(), connection.cursor() as cursor:
            cursor.execute(statement.replace("audit_entry", table), values)

    return run

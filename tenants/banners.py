"""Until when a region's pages may have banners: two columns that every request has at hand."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from balai import context
from balai.context import MAIN_CELL
from tenants import directory
from tenants.models import Region

CHANNEL: Final = "balai_banners"


def keep(schema: str, until: Callable[[], datetime | None]) -> None:
    """Write down that the region's banners changed; every process knows when this commits.

    Args:
        until: tells when the last of them ends, None for none at all. It is asked behind the
            row's lock: of two changes at once, the later one must know of the earlier.
    """
    with context.platform():
        Region.objects.select_for_update().get(schema_name=schema)
    end = until()
    with context.platform():
        Region.objects.filter(schema_name=schema).update(
            banners_until=end, banners_version=uuid.uuid4()
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, schema])
    transaction.on_commit(lambda: directory.invalidate(schema))
    active = context.current()
    if active is not None and active.cell != MAIN_CELL:
        transaction.on_commit(lambda: _renew(schema))


def _renew(schema: str) -> None:
    """Give a new version once more: in another cell the banners commit just after the first.

    A process that looked in between keeps the old banners under the first version only.
    """
    with context.platform():
        Region.objects.filter(schema_name=schema).update(banners_version=uuid.uuid4())
        directory.notify(schema)


def on_notify(payload: str) -> bool:
    """Handle a message of :data:`CHANNEL`, a schema's name.

    Returns:
        False: what open pages may hear has not changed, their streams stay.
    """
    directory.invalidate(payload)
    return False

"""The release: what every new region is made of, built once per set of migrations (ADR 0004)."""

from typing import Final

from django.db import connection, transaction

from balai.context import platform
from provisioning.models import Release
from provisioning.release import source
from provisioning.release.blueprint import blueprint
from provisioning.release.dump import ToolError, fill

__all__ = ["ToolError", "ensure", "fill"]

LOCK: Final = 0x62616C6149  # "balaI": one builder at a time in a database


def ensure() -> Release:
    """Return the release of the code that is running; build and store it when it is new.

    Without a change this reads the migration files and one row. Processes that find it missing
    at the same moment build it once.

    Raises:
        ToolError: when there is no pg_dump that fits the server.
    """
    with platform():
        connection.ensure_connection()
        wanted = source.digest(connection.pg_version)  # type: ignore[attr-defined]  # PostgreSQL's
        return Release.objects.filter(source=wanted).first() or _build(wanted)


@transaction.atomic
def _build(wanted: str) -> Release:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    found = Release.objects.filter(source=wanted).first()
    if found:
        return found
    with blueprint() as place:
        place.migrate()
        return Release.objects.create(
            source=wanted,
            fingerprint=place.fingerprint(),
            sql=place.dump(),
            migrations=place.applied(),
        )

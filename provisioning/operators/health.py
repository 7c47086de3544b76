"""Measure the regions: each by its own role, and what the catalog knows of all at once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai import context
from balai.aggregates import registry, services as figures
from balai.away import AwayError
from balai.files.models import StoredFile
from provisioning import release
from provisioning.fleet import survey
from provisioning.models import RegionHealth
from tenants import cells

log = structlog.get_logger(__name__)

AWAY: Final = gettext_noop("The region's database cannot be reached.")

STALE: Final = timedelta(hours=1)
"""A region that was not measured for so long is in trouble: beat or its workers stand still."""

# One statement a region. Logs without a fitting index are read from their end only.
MEASURE: Final = """
    SELECT (SELECT max(last_login) FROM accounts_user),
        (SELECT count(*) FROM accounts_user WHERE is_active),
        waiting, oldest, dead,
        (SELECT count(*) FROM (SELECT status, created_at FROM notify_message
            ORDER BY id DESC LIMIT 2000) AS late
         WHERE status = 'failed' AND created_at > now() - interval '7 days'),
        (SELECT count(*) FROM (SELECT status FROM api_webhookdelivery
            ORDER BY id DESC LIMIT 2000) AS late WHERE status = 'failed')
    FROM (SELECT count(*) AS waiting, min(created_at) AS oldest,
            count(*) FILTER (WHERE next_attempt_at IS NULL) AS dead
          FROM outbox_event WHERE done_at IS NULL) AS events
"""
COLUMNS: Final = (
    "last_seen_at", "accounts", "waiting", "oldest_at", "dead_letters", "failed_messages",
    "failed_webhooks",
)  # fmt: skip

# All regions in one statement: through each schema's dependencies, never the whole of pg_class.
SIZES: Final = """
    SELECT n.nspname, coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_namespace'::regclass
        AND d.refobjid = n.oid AND d.refobjsubid = 0 AND d.classid = 'pg_catalog.pg_class'::regclass
    JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'r'
    WHERE n.nspname = ANY(%s) GROUP BY n.nspname
"""


def measure() -> RegionHealth:
    """Measure the active region and keep the result; a broken region says why it could not be."""
    region = context.current_region()
    try:
        found: dict[str, Any] = {**_counts(), "problem": ""}
    except AwayError as error:
        log.warning("region_not_measured", region=region.slug, error=type(error).__name__)
        found = {"problem": AWAY}
    except DatabaseError as error:
        log.warning("region_not_measured", region=region.slug, error=type(error).__name__)
        found = {"problem": type(error).__name__}
    found["measured_at"] = timezone.now()
    with context.platform():
        kept, _new = RegionHealth.objects.update_or_create(region_id=region.id, defaults=found)
    return kept


def compare() -> int:
    """Keep of every region where it stands to the release and how large its tables are.

    A handful of statements a cell, however many regions there are. A region whose cell cannot be
    reached keeps what was known of it, and is marked so. Returns how many were written.
    """
    with context.platform():
        try:
            report = survey.status()
        except release.ToolError as error:
            log.warning("release_not_made", error=str(error))
            return 0
        ids = dict(survey.living().values_list("schema_name", "pk"))
        sizes = _sizes(report.places)
        now = timezone.now()
        rows = [
            RegionHealth(
                region_id=ids[place.schema], structure_at=now, where=place.where,
                fingerprint=place.fingerprint, database_bytes=sizes.get(place.schema, 0),
            )
            for place in report.places if place.schema in ids and place.where != "away"
        ]  # fmt: skip
        RegionHealth.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["region"],
            update_fields=["structure_at", "where", "fingerprint", "database_bytes"],
        )
        away = [ids[place.schema] for place in report.places
                if place.where == "away" and place.schema in ids]  # fmt: skip
        RegionHealth.objects.filter(region__in=away).update(where="away", structure_at=now)
        return len(rows)


def _sizes(places: Iterable[survey.Place]) -> dict[str, int]:
    """Return the bytes of the tables by schema, of the cells that answer."""
    by_cell: dict[str, list[str]] = {}
    for place in places:
        by_cell.setdefault(place.cell, []).append(place.schema)
    sizes: dict[str, int] = {}
    for cell, schemas in by_cell.items():
        try:
            with cells.caretaker(cell), connection.cursor() as cursor:
                cursor.execute(SIZES, [schemas])
                sizes |= dict(cursor.fetchall())
        except AwayError as error:
            log.warning("cell_not_measured", cell=cell, error=type(error).__name__)
    return sizes


def _counts() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(MEASURE)
        found: dict[str, Any] = dict(zip(COLUMNS, cursor.fetchone(), strict=True))
    found["file_bytes"] = StoredFile.objects.aggregate(sum=Sum("bytes"))["sum"] or 0
    found["reports"] = _inflow()
    return found


def _inflow() -> int | None:
    """Return how many cases came in last month, by the region's own figures."""
    inflow = {key for key, known in registry.known().items() if known.figure.inflow}
    counted = [row.value for key, row in figures.latest().items() if key in inflow]
    return int(sum(counted)) if counted else None

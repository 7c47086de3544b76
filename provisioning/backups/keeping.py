"""Which backups are made by themselves, and how long they are kept."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from balai.away import AwayError
from provisioning.backups import making
from provisioning.models import Backup, BackupCause
from tenants.models import Region
from tenants.states import WORKING

log = structlog.get_logger(__name__)
EVERY: Final = timedelta(hours=24)
OVERDUE: Final = timedelta(days=2)
ALWAYS: Final = 3
"""So many of the latest backups of a region are never deleted by age."""
HALF_DONE: Final = timedelta(days=1)


def due(now: datetime | None = None) -> list[Region]:
    """Return the regions whose last backup is older than a day. Runs on the platform."""
    since = (now or timezone.now()) - EVERY
    fresh = Backup.objects.filter(made_at__gt=since).values("region")
    still = Region.objects.filter(state__in=WORKING, moving_since=None)
    return list(still.exclude(pk__in=fresh).order_by("pk"))


def back_up_due(now: datetime | None = None) -> tuple[int, list[str]]:
    """Back up every region that is due; return how many were, and whose failed."""
    regions = due(now)
    failed = [region.slug for region in regions if not _back_up(region, now)]
    return len(regions) - len(failed), failed


def back_up_if_due(region_id: int) -> bool:
    """Back up one region if its last backup is older than a day; return whether it was."""
    region = next((row for row in due() if row.pk == region_id), None)
    return region is not None and _back_up(region, None)


def _back_up(region: Region, now: datetime | None) -> bool:
    try:
        making.back_up(region, cause=BackupCause.SCHEDULE)
    except AwayError as error:
        log.warning("backup_waits", region=region.schema_name, error=type(error).__name__)
        return False
    except (OSError, DatabaseError):
        log.exception("backup_failed", region=region.schema_name)
        return False
    tidy(region, now)
    return True


def tidy(region: Region, now: datetime | None = None) -> int:
    """Delete the region's old backups and files that a dead process left; return how many."""
    moment = now or timezone.now()
    latest = Backup.objects.filter(region=region).values_list("pk", flat=True)[:ALWAYS]
    old = Backup.objects.filter(
        region=region, made_at__lt=moment - timedelta(days=settings.BACKUP_KEEP_DAYS)
    ).exclude(pk__in=list(latest))
    count = 0
    for backup in old:
        making.path_of(backup).unlink(missing_ok=True)
        backup.delete()
        count += 1
    folder = settings.BACKUP_ROOT / region.schema_name
    for path in folder.glob(f".*{making.ENDING}"):
        if moment.timestamp() - path.stat().st_mtime > HALF_DONE.total_seconds():
            path.unlink(missing_ok=True)
    return count


def overdue(now: datetime | None = None) -> list[Region]:
    """Return the regions that have been there for two days without a backup of these days."""
    since = (now or timezone.now()) - OVERDUE
    fresh = Backup.objects.filter(made_at__gt=since).values("region")
    old = Region.objects.filter(state__in=WORKING, created_at__lt=since)
    return list(old.exclude(pk__in=fresh).order_by("slug"))


def in_trouble() -> list[Backup]:
    """Return the backups that are their region's latest and did not come back when tried."""
    latest = Backup.objects.filter(region=OuterRef("region")).values("pk")[:1]
    found = Backup.objects.filter(pk=Subquery(latest), region__state__in=WORKING)
    return list(found.exclude(trouble="").select_related("region").order_by("region__slug"))


def last(region: Region) -> Backup | None:
    """Return the region's latest backup."""
    return Backup.objects.filter(region=region).first()

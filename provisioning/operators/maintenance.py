"""Notices of planned work: made, taken back, and the one a region's people see now."""

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from balai import audit, context
from provisioning.models import Maintenance

KEY: Final = "maintenance"
SECONDS: Final = 600
AHEAD: Final = timedelta(days=3)
"""How long before its beginning a notice is shown."""

Line = tuple[int | None, str, str, datetime, datetime]


@transaction.atomic
def announce(notice: Maintenance, *, by: str) -> Maintenance:
    """Keep a notice; it is shown from three days before it begins, within a minute."""
    notice.by = by
    notice.save()
    audit.record(action="maintenance.announced", target=str(notice.pk))
    transaction.on_commit(refresh)
    return notice


@transaction.atomic
def withdraw(notice: Maintenance) -> None:
    """Take a notice back."""
    if Maintenance.objects.filter(pk=notice.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    ):
        audit.record(action="maintenance.withdrawn", target=str(notice.pk))
        transaction.on_commit(refresh)


@transaction.atomic
def restore(notice: Maintenance) -> None:
    """Show a notice that was taken back again."""
    if Maintenance.objects.filter(pk=notice.pk, withdrawn_at__isnull=False).update(
        withdrawn_at=None
    ):
        audit.record(action="maintenance.restored", target=str(notice.pk))
        transaction.on_commit(refresh)


def current() -> dict[str, object] | None:
    """Return the text and times of the notice for the active region, or None.

    Read from the cache alone, so that a page costs no query: a notice may come a minute late.
    """
    region, now = context.region_or_none(), timezone.now()
    if region is None:
        return None
    lines: list[Line] = caches["global"].get(KEY) or []
    for region_id, text_id, text_en, begins_at, ends_at in lines:
        if region_id in {None, region.id} and begins_at <= now + AHEAD and now < ends_at:
            text = text_en if get_language() == "en" else text_id
            return {"text": text, "begins_at": begins_at, "ends_at": ends_at}
    return None


def refresh() -> int:
    """Put the notices of now into the cache; return how many. Runs on the platform, each minute."""
    now = timezone.now()
    with context.platform():
        rows = Maintenance.objects.filter(
            withdrawn_at=None, ends_at__gt=now, begins_at__lte=now + AHEAD
        ).order_by("begins_at", "pk")
        found = list(rows.values_list("region_id", "text_id", "text_en", "begins_at", "ends_at"))
    caches["global"].set(KEY, found, SECONDS)
    return len(found)

"""Apply declared retention where a part has no job of its own, and tell what was removed.

Source: UU PDP 27/2022, articles 42 to 44.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from balai import audit
from balai.audit.actor import acting_as

KEPT_YEARS: Final = 5
APPLIED: Final = "privacy.retention_applied"


def apply(*, now: datetime) -> dict[str, int]:
    """Remove what is over for each purpose; return {purpose: rows}, and audit what was removed.

    Each purpose has its own transaction; one that fails is told after all others were done.

    Raises:
        ExceptionGroup: with what kept back some of them.
    """
    from balai.privacy import registry  # its declarations name functions of this file

    removed: dict[str, int] = {}
    failed: list[Exception] = []
    for purpose in registry.purposes():
        if purpose.retain is None:
            continue
        try:
            with transaction.atomic():
                removed[purpose.slug] = purpose.retain(now)
        except Exception as error:  # raised below, when the rest is done
            failed.append(error)
    if any(removed.values()):
        with transaction.atomic(), acting_as("system"):
            audit.record(action=APPLIED, after=removed)
    if failed:
        raise ExceptionGroup("purposes whose retention could not be applied", failed)
    return removed


def forget_requests(now: datetime) -> int:
    """Delete the words of requests answered years ago; the receipt stays (article 45)."""
    from balai.privacy.models import DataRequest  # declarations are read before the tables

    old = DataRequest.objects.filter(decided_at__lt=now - timedelta(days=365 * KEPT_YEARS))
    return int(old.exclude(asked=None, answered=None).update(asked=None, answered=None))

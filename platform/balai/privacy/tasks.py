"""What the clock does for personal data rights, in every region."""

from datetime import timedelta

from django.utils import timezone

from balai.privacy import keeping
from balai.privacy.services import deletion, requests
from balai.tasks import periodic_region_task


@periodic_region_task(timedelta(minutes=5))
def look_at_clocks() -> None:
    """Carry out deletions whose time to be taken back is over; remind of open requests."""
    now = timezone.now()
    deletion.run_due(now=now)
    deletion.forget_receipts()
    requests.remind(now=now)


@periodic_region_task(timedelta(days=1))
def apply_retention() -> None:
    """Remove what is over for each purpose."""
    keeping.apply(now=timezone.now())

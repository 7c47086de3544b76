"""What the clock does, every quarter of an hour, in every region that takes reports."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.complaints import services
from modules.complaints.services import bulk, saved_filters


@periodic_module_task(timedelta(minutes=15))
def sweep() -> None:
    """Close what the reporters left open, end what was never answered, remind."""
    services.sweep(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def tidy_desk() -> None:
    """Forget bulk actions of long ago and saved filters that were deleted yesterday."""
    bulk.forget_actions(now=timezone.now())
    saved_filters.forget_filters(now=timezone.now())

"""What the clock does, every quarter of an hour, in every region that takes reports."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.complaints import services
from modules.complaints.services import (
    bulk,
    capturing,
    following,
    indexing,
    retention,
    saved_filters,
    sp4n_hearing,
)


@periodic_module_task(timedelta(minutes=15))
def sweep() -> None:
    """Close what the reporters left open, end what was never answered, remind."""
    services.sweep(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def empty_old_reports() -> None:
    """Empty the reports that have been kept for as long as the region allows."""
    retention.sweep(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def tidy_desk() -> None:
    """Forget bulk actions of long ago and saved filters that were deleted yesterday."""
    bulk.forget_actions(now=timezone.now())
    saved_filters.forget_filters(now=timezone.now())


@periodic_module_task(timedelta(minutes=10))
def hear_sp4n() -> None:
    """Ask SP4N-LAPOR! what became of our cases and what it has for us."""
    sp4n_hearing.listen(now=timezone.now())


@periodic_module_task(timedelta(minutes=15))
def index_missing() -> None:
    """Let searches find reports that came without it; a large import takes several rounds."""
    for _ in range(20):
        if indexing.index_missing() < indexing.BATCH:
            break


@periodic_module_task(timedelta(minutes=15))
def count_followers() -> None:
    """Bring the order "most followed" up to date."""
    following.recount()


@periodic_module_task(timedelta(days=1))
def forget_captures() -> None:
    """Delete permissions to take a photo that nobody can use any more."""
    capturing.forget(now=timezone.now())

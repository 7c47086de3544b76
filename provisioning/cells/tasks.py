"""What is left over in the cells is dealt with by itself."""

from datetime import timedelta

from balai.tasks import periodic_platform_task
from provisioning.cells import moving, orphans


@periodic_platform_task(timedelta(seconds=30))
def sweep_moves() -> int:
    """Undo moves whose process ended before the switch, go on with the others; return how many."""
    return len(moving.sweep())


@periodic_platform_task(timedelta(hours=1))
def sweep_orphans() -> int:
    """Drop schemas of births that came to nothing; return how many."""
    return len(orphans.sweep())

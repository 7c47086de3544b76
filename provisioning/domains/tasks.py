"""The daily look, one job a domain: a slow name server holds up nobody else."""

from datetime import timedelta

from balai.tasks import periodic_platform_task, platform_task
from provisioning.domains import daily


@platform_task(name="provisioning.domains.look")
def look(pk: int) -> None:
    """Check one domain."""
    daily.look(pk)


@periodic_platform_task(timedelta(hours=24))
def look_at_all() -> int:
    """Send every domain to a worker; return how many."""
    found = list(daily.waiting().values_list("pk", flat=True))
    for pk in found:
        look.delay(pk)
    return len(found)

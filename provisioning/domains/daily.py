"""The daily look at every own domain: three failed days are told, fourteen end the trust."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from provisioning.domains import services
from provisioning.lifecycle import notices
from provisioning.models import OwnDomain
from tenants.states import WORKING

TELL_AFTER: Final = timedelta(days=3)
DISTRUST_AFTER: Final = timedelta(days=14)
HOPE: Final = timedelta(days=30)  # names nobody proves are looked for that long


def waiting(now: datetime | None = None) -> QuerySet[OwnDomain]:
    """Return the domains to look at: all that were proved, and new ones for 30 days."""
    young = Q(added_at__gt=(now or timezone.now()) - HOPE)
    rows = OwnDomain.objects.filter(Q(proved_at__isnull=False) | young)
    return rows.filter(region__state__in=WORKING)


def look(pk: int, *, now: datetime | None = None) -> None:
    """Check one domain and draw the consequences. Idempotent; runs on the platform."""
    moment = now or timezone.now()
    own = OwnDomain.objects.select_related("region").filter(pk=pk).first()
    if own is None or not services.check(own, now=moment):
        return
    own.refresh_from_db()
    if own.proved_at is None or own.failing_since is None:
        return
    failing = moment - own.failing_since
    episode = f"{own.name}:{own.failing_since:%Y-%m-%d}"
    if failing >= DISTRUST_AFTER:
        services.distrust(own)
        notices.plan(own.region, f"domain-lost:{episode}", "domain_lost", name=own.name)
    elif failing >= TELL_AFTER:
        until = own.failing_since + DISTRUST_AFTER
        notices.plan(
            own.region, f"domain-failing:{episode}", "domain_failing", name=own.name, until=until
        )

"""Adding, proving, preferring and removing own domains; each is audited in the region."""

import secrets
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from provisioning.domains import dns, entitlement, names
from provisioning.domains.dns import Problem
from provisioning.models import OwnDomain
from tenants import hosts, naming, selectors
from tenants.models import Domain, Region, RetiredName
from tenants.models.domain import DomainKind
from tenants.models.retired import RetiredKind

MOST: Final = 10


@transaction.atomic
def add(*, typed: str, by: str) -> OwnDomain:
    """Note a domain of the active region; it serves nobody before its proof.

    Raises:
        ValidationError: for a name that cannot be, or a plan without own domains.
    """
    region = context.current_region()
    if not entitlement.includes_domains(region):
        raise ValidationError(_("Own domains are part of the Plus plan."), code="plan")
    with context.platform():
        row = Region.objects.select_for_update().get(pk=region.id)
        name = names.check(typed)
        mine = OwnDomain.objects.filter(region=row)
        if mine.filter(name=name).exists():
            raise ValidationError(_("This domain is in your list already."), code="twice")
        if mine.count() >= MOST:
            raise ValidationError(_("At most %(n)d domains.") % {"n": MOST}, code="many")
        token = mine.values_list("token", flat=True).first() or secrets.token_urlsafe(24)
        own = OwnDomain.objects.create(region=row, name=name, token=token, added_by=by[:120])
    audit.record(action="domain.added", target=name)
    return own


def check(own: OwnDomain, *, now: datetime | None = None) -> Problem:
    """Ask the DNS for the proof, and where the name leads; keep what was found. On the platform.

    A proof makes the domain trusted, again after a loss, too. What a failure does is up to
    :mod:`provisioning.domains.daily`.
    """
    moment = now or timezone.now()
    problem = dns.proof(names.record(own.name), own.token)
    platform_host = own.region.domains.filter(kind=DomainKind.PLATFORM).first()
    here = dns.addresses(platform_host.domain) if platform_host else frozenset()
    points_here = bool(here & dns.addresses(own.name))
    with transaction.atomic():
        row = OwnDomain.objects.select_for_update().filter(pk=own.pk).first()
        if row is None:
            return problem  # removed in the meantime
        if not problem and not _trust(row, moment):
            problem = Problem.TAKEN
        row.checked_at, row.problem, row.points_here = moment, problem, points_here
        row.failing_since = (row.failing_since or moment) if problem else None
        row.save()
    return problem


@transaction.atomic
def prefer(domain: Domain, *, by: str) -> None:
    """Make one trusted address of the active region its primary one; the others lead there.

    Raises:
        ValidationError: for an address that is not (or no longer) trusted.
    """
    region = context.current_region()
    with context.platform():
        row = Domain.objects.select_for_update().get(pk=domain.pk, tenant_id=region.id)
        if not row.is_trusted:
            raise ValidationError(_("Only a proved domain can be the main address."))
        row.is_primary = True
        row.save()  # django-tenants takes the mark from the others
    audit.record(action="domain.preferred", target=row.domain, reason=by)


@transaction.atomic
def remove(own: OwnDomain) -> None:
    """Take a domain off the active region; a proved one is nobody's for 90 days (I-04)."""
    region = context.current_region()
    with context.platform():
        row = Region.objects.select_for_update().get(pk=region.id)
        OwnDomain.objects.filter(pk=own.pk, region=row).delete()
        served = Domain.objects.filter(domain=own.name, tenant=row, kind=DomainKind.OWN).first()
        if served is not None:
            served.delete()
            RetiredName.objects.create(
                kind=RetiredKind.DOMAIN, name=own.name,
                free_after=timezone.now() + naming.QUARANTINE,
            )  # fmt: skip
            if served.is_primary:
                first = row.domains.filter(kind=DomainKind.PLATFORM).first()
                first.is_primary = True
                first.save()
    audit.record(action="domain.removed", target=own.name)


@transaction.atomic
def distrust(own: OwnDomain) -> bool:
    """Stop answering at a domain whose proof is gone; tell whether it was answered.

    Runs on the platform. Its platform address goes on; a later proof brings it back as it was.
    """
    served = Domain.objects.filter(domain=own.name, tenant_id=own.region_id).first()
    if served is None or served.verified_at is None:
        return False
    served.verified_at = None
    served.save()
    _record(own, "domain.distrusted")
    return True


def _trust(own: OwnDomain, now: datetime) -> bool:
    if not names.may_be_proved(own.name, own.region_id):
        return False
    try:
        with transaction.atomic():
            served, new = Domain.objects.get_or_create(
                domain=own.name, tenant_id=own.region_id,
                defaults={"kind": DomainKind.OWN, "is_primary": False, "verified_at": now},
            )  # fmt: skip
    except IntegrityError:  # another region was faster
        return False
    if not new:
        served.verified_at = now
        served.save()
    if own.proved_at is None:
        own.proved_at = now
        _record(own, "domain.proved")
    return True


def _record(own: OwnDomain, action: str) -> None:
    with context.crossing(), context.region_context(selectors.freeze(own.region)):
        audit.record(action=action, target=own.name)


def platform_name(slug: str) -> str:
    """Return the address that the CNAME of an own domain names: "<slug>.<apex>"."""
    return f"{slug}.{hosts.apex().name}"

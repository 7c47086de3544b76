"""Closing a region's addresses: nobody inherits its visitors for 90 days (I-04)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants import hosts, naming
from tenants.models import Domain, Region, RetiredName
from tenants.models.retired import RetiredKind
from tenants.states import State


@transaction.atomic
def retire_names(region: Region, *, now: datetime | None = None) -> None:
    """Hold back the slug and domains of a region that has been closed. Runs on the platform.

    Its state is the life cycle's affair (``provisioning.lifecycle.moves``). The row stays as a
    tombstone; its schema's name is changed in the row, so that a later region may have the
    address and its schema.

    Raises:
        ValueError: for a region that is not closed.
    """
    if region.state != State.CLOSED:
        raise ValueError(f"{region.slug} is not closed")
    free_after = (now or timezone.now()) + naming.QUARANTINE
    names = [(RetiredKind.SLUG, region.slug)]
    names += [(RetiredKind.DOMAIN, domain.domain) for domain in region.domains.all()]
    RetiredName.objects.bulk_create(
        RetiredName(kind=kind, name=name, free_after=free_after) for kind, name in names
    )
    for domain in region.domains.all():
        domain.delete()
    region.schema_name = region.role = tombstone(region)
    region.save()


def tombstone(region: Region) -> str:
    """Return what the schema and the role of a closed region are called."""
    return f"closed_{region.pk}"


def check_slug(slug: str) -> None:
    """Refuse a slug that is malformed, reserved, in use or held back. Runs on the platform.

    Raises:
        ValidationError: with a sentence for the person who typed it.
    """
    naming.validate_slug(slug)
    in_use = Region.objects.filter(schema_name=naming.schema_name(slug)).exists()
    if in_use or _held_back(RetiredKind.SLUG, slug):
        raise ValidationError(_("This address is taken."), code="taken")


def check_domain(domain: str) -> str:
    """Return ``domain`` normalised, or refuse one that is in use or held back.

    Raises:
        ValidationError: with a sentence for the person who typed it.
    """
    try:
        name = hosts.normalise_name(domain.strip())
    except hosts.BadHostError as error:
        raise ValidationError(_("This is not a domain name."), code="invalid") from error
    in_use = Domain.objects.filter(domain=name).exists()
    if in_use or _held_back(RetiredKind.DOMAIN, name):
        raise ValidationError(_("This domain is taken."), code="taken")
    return name


def _held_back(kind: str, name: str) -> bool:
    held = RetiredName.objects.filter(kind=kind, name=name, free_after__gt=timezone.now())
    return held.exists()

"""Provisioning's objects for the two-city matrix."""

from django.core.files.base import ContentFile
from django.utils import timezone

from balai.context import current_region, platform
from provisioning.domains.tests import shown as domains
from provisioning.exports.tests.exported import exported
from provisioning.models import LegalBasis
from tests.isolation.exhibits import CANARY, Exhibits


def exhibits() -> Exhibits:
    """Keep one decree of the active region; the platform stores it, under the region's id."""
    region = current_region()
    with platform():
        kept = LegalBasis.objects.create(
            region_id=region.id,
            kind="sk",
            number=f"{CANARY} 1/2026",
            dated=timezone.localdate(),
            document=ContentFile(f"%PDF-1.7 {CANARY}".encode(), name="sk.pdf"),
            by=CANARY,
        )
    shown = {"provisioning_console:document": {"pk": kept.pk}, **exported(CANARY)}
    return shown | domains.exhibits(CANARY)

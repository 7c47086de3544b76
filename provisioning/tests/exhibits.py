"""Provisioning's objects for the two-city matrix."""

from django.core.files.base import ContentFile
from django.utils import timezone

from balai.context import current_region, platform
from provisioning.domains.tests import shown as domains
from provisioning.models import Invoice, LegalBasis
from tests.isolation.exhibits import CANARY, Exhibits

NO_OBJECT = {"provisioning_console:billing:choose": "a plan's key, the same in every region"}


def exhibits() -> Exhibits:
    """Keep a decree and an invoice of the active region; the platform stores them, by region."""
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
        invoice = Invoice.objects.create(
            region_id=region.id, number=f"{CANARY}/1", text=CANARY, net=1, total=1, buyer=CANARY,
            issued_on=timezone.localdate(), due_on=timezone.localdate(), reason=CANARY,
        )  # fmt: skip
    return {
        "provisioning_console:document": {"pk": kept.pk},
        "provisioning_console:billing:document": {"pk": invoice.pk},
    } | domains.exhibits(CANARY)

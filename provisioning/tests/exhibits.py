"""Provisioning's objects for the two-city matrix."""

from django.core.files.base import ContentFile
from django.utils import timezone

from balai.accounts.models import User
from balai.context import current_region, platform
from provisioning.domains.tests import shown as domains
from provisioning.exports.tests.exported import exported
from provisioning.models import Entry, Invoice, LegalBasis
from tests.isolation.exhibits import CANARY, Exhibits

NO_OBJECT = {
    "provisioning_console:billing:choose": "a plan's key, the same in every region",
    "sharing_console:switch": "a figure's key, the same in every region",
    "support:enter": "the secret of a hand-over; test_visits tries wrong and used ones",
}


def exhibits() -> Exhibits:
    """Keep what the platform stores of the active region: decree, invoice, operator's request."""
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
        visit = Entry.objects.create(
            region_id=region.id,
            operator=User.objects.create_user(email="kanari@balai.test"),
            operator_name=CANARY,
            reason=CANARY,
            minutes=60,
        )
    return (
        domains.exhibits(CANARY)
        | exported(CANARY)
        | {
            "provisioning_console:document": {"pk": kept.pk},
            "provisioning_console:billing:document": {"pk": invoice.pk},
            "support_console:decide": {"reference": visit.uuid},
            "support_console:stop": {"reference": visit.uuid},
        }
    )

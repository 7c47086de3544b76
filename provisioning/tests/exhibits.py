"""Provisioning's objects for the two-city matrix."""

from django.core.files.base import ContentFile
from django.utils import timezone

from balai.accounts.models import User
from balai.context import current_region, platform
from provisioning.domains.tests import shown as domains
from provisioning.models import Entry, LegalBasis
from tests.isolation.exhibits import CANARY, Exhibits

NO_OBJECT = {
    "sharing_console:switch": "a figure's key, the same in every region",
    "support:enter": "the secret of a hand-over; test_visits tries wrong and used ones",
}


def exhibits() -> Exhibits:
    """Keep one decree and one operator's request of the active region, both at the platform."""
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
        visit = Entry.objects.create(
            region_id=region.id,
            operator=User.objects.create_user(email="kanari@balai.test"),
            operator_name=CANARY,
            reason=CANARY,
            minutes=60,
        )
    return domains.exhibits(CANARY) | {
        "provisioning_console:document": {"pk": kept.pk},
        "support_console:decide": {"reference": visit.uuid},
        "support_console:stop": {"reference": visit.uuid},
    }

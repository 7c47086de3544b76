"""What a region owes since when. Its state is the life cycle's business: we only tell it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from provisioning.lifecycle import dues as lifecycle
from provisioning.models import Invoice, InvoiceKind, InvoiceState
from tenants.models import Region


def overdue_since(region: Region) -> datetime | None:
    """Return the first moment after the oldest unpaid due day, in the region's time zone."""
    zone = ZoneInfo(region.timezone)
    today = timezone.localdate(timezone=zone)
    unpaid = Invoice.objects.filter(
        region_id=region.pk, kind=InvoiceKind.INVOICE, state=InvoiceState.OPEN, due_on__lt=today
    )
    first = unpaid.order_by("due_on").values_list("due_on", flat=True).first()
    return datetime.combine(first + timedelta(days=1), time.min, zone) if first else None


def settle(region_id: int) -> None:
    """Have the life cycle review a region after anything that touches what it owes.

    112, report intake and handling, alerts, status pages and export are on in every state that
    a review can lead to.
    """
    region = Region.objects.get(pk=region_id)
    lifecycle.review(region, overdue_since=overdue_since(region))

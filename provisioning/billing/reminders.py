"""Which letter an unpaid invoice deserves today, and which of them the life cycle leaves to us.

We write about an invoice, with its PDF, up to 14 days after its due day; the life cycle writes to
the region's admins what stops: every ten days from the 31st on.
"""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from provisioning.models import BillingAccount, Invoice, InvoiceKind, InvoiceState
from tenants.models import Region

STAGES: Final = (("later", 14), ("late", 1), ("before", -14))
"""Letter and days after the due day from which it is sent, the latest first."""


def stage_of(row: Invoice, today: date) -> str:
    """Return the letter to send, "" for none: each once, and never one that came too late.

    The invoice itself ("issued") comes before any reminder.
    """
    if row.state != InvoiceState.OPEN or row.kind != InvoiceKind.INVOICE or row.stripe_id:
        return ""
    if "issued" not in row.told:
        return "issued"
    for stage, days in STAGES:
        if today >= row.due_on + timedelta(days=days):
            return "" if stage in row.told else stage
    return ""


def waiting(today: date) -> list[tuple[int, str]]:
    """Return the keys of invoices with the letter that each deserves today."""
    rows = Invoice.objects.filter(state=InvoiceState.OPEN, stripe_id=None)
    found = ((row.pk, stage_of(row, today)) for row in rows.iterator())
    return [(pk, stage) for pk, stage in found if stage]


def tells_admins(region: Region, since: datetime) -> bool:
    """Tell whether the admins get our letter about what is overdue since then.

    They do not where an office pays and gets it instead, nor where Stripe writes.
    """
    due_on = since.astimezone(ZoneInfo(region.timezone)).date() - timedelta(days=1)
    ours = Invoice.objects.filter(
        region=region, due_on=due_on, kind=InvoiceKind.INVOICE, state=InvoiceState.OPEN,
        stripe_id=None,
    )  # fmt: skip
    office = BillingAccount.objects.filter(region=region).exclude(email="")
    return ours.exists() and not office.exists()

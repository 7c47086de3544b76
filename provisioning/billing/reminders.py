"""Which letter an unpaid invoice deserves today. The letters of the life cycle are others."""

from datetime import date, timedelta
from typing import Final

from provisioning.models import Invoice, InvoiceKind, InvoiceState

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

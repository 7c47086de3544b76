"""Invoices of our own: issued, paid, cancelled, credited; never deleted. Run on the platform."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from provisioning.billing import accounts, dues, numbering
from provisioning.models import Invoice, InvoiceKind, InvoiceState
from provisioning.models.billing import INVOICE_MOVES
from provisioning.opening.made import GoneError, by_schema


@transaction.atomic
def issue(
    *, region_id: int, text: str, net: int, period_from: date | None = None,
    period_until: date | None = None, po_number: str = "", today: date | None = None,
) -> Invoice:  # fmt: skip
    """Issue an invoice to the region's office; it is mailed once this commits.

    Args:
        net: whole rupiah before tax, more than 0; tax of INVOICE_TAX_PERCENT is added.
        period_until: exclusive.
        today: the day of issue; due INVOICE_DUE_DAYS later.
    """
    if net <= 0:
        raise ValidationError(_("An invoice needs an amount."))
    account = accounts.locked(region_id)
    region, day = account.region, today or timezone.localdate()
    serial, number = numbering.take(InvoiceKind.INVOICE, day.year)
    tax = round(net * settings.INVOICE_TAX_PERCENT / 100)
    row = Invoice.objects.create(
        region=region, number=number, year=day.year, serial=serial, text=text,
        period_from=period_from, period_until=period_until, net=net, tax=tax, total=net + tax,
        issued_on=day, due_on=day + timedelta(days=settings.INVOICE_DUE_DAYS),
        po_number=po_number, buyer=account.legal_name or _("Government of %s") % region.name,
        buyer_npwp=account.npwp, buyer_address=account.address,
        virtual_account=numbering.virtual_account(region, day.year, serial),
    )  # fmt: skip
    _record(row, "issued", after={"number": number, "total": row.total})
    _mail_later(row)
    return row


@transaction.atomic
def mark_paid(row: Invoice, *, on: date, amount: int, reference: str, by: str) -> Invoice:
    """Note that the money has come.

    Args:
        amount: whole rupiah received; a treasurer may have withheld tax from the total.
        reference: the bank's, so that the transfer can be found again.
        by: the operator's name.

    Raises:
        ValidationError: for one of Stripe's, one that is not open, or a payment of tomorrow.
    """
    row = _moving(row, InvoiceState.PAID)
    if on > timezone.localdate():
        raise ValidationError({"paid_on": _("A payment cannot lie in the future.")})
    if not 0 < amount <= row.total:
        raise ValidationError({"paid_amount": _("More than nothing, at most the total.")})
    row.paid_on, row.paid_amount, row.paid_reference = on, amount, reference
    row.paid_noted_at, row.paid_noted_by = timezone.now(), by
    row.save(update_fields=["state", "paid_on", "paid_amount", "paid_reference", "paid_noted_at",
                            "paid_noted_by"])  # fmt: skip
    _record(row, "paid", after={"number": row.number, "amount": amount})
    dues.settle(row.region_id)
    return row


@transaction.atomic
def undo_payment(row: Invoice) -> Invoice:
    """Take a payment back that was noted today by mistake.

    Raises:
        ValidationError: from the next day on, for one of Stripe's, or one that is not paid.
    """
    row = _moving(row, InvoiceState.OPEN)
    noted = row.paid_noted_at
    if noted is None or timezone.localdate(noted) != timezone.localdate():
        raise ValidationError(_("A payment can be taken back on the day it was noted only."))
    row.paid_on = row.paid_amount = row.paid_noted_at = None
    row.paid_reference = row.paid_noted_by = ""
    row.save(update_fields=["state", "paid_on", "paid_amount", "paid_reference", "paid_noted_at",
                            "paid_noted_by"])  # fmt: skip
    _record(row, "payment_undone", after={"number": row.number})
    dues.settle(row.region_id)
    return row


@transaction.atomic
def cancel(row: Invoice, *, reason: str) -> Invoice:
    """Cancel an open invoice; its number stays taken.

    Raises:
        ValidationError: without a reason, for one of Stripe's, or one that is not open.
    """
    row = _moving(row, InvoiceState.CANCELLED)
    row.reason = _reason(reason)
    row.save(update_fields=["state", "reason"])
    _record(row, "cancelled", after={"number": row.number}, reason=reason)
    dues.settle(row.region_id)
    return row


@transaction.atomic
def credit(row: Invoice, *, reason: str, today: date | None = None) -> Invoice:
    """Issue a credit note over a paid invoice, and return the note.

    Raises:
        ValidationError: without a reason, for one of Stripe's, one that is not paid, or twice.
    """
    row = _own(row)
    if row.state != InvoiceState.PAID or row.kind != InvoiceKind.INVOICE:
        raise ValidationError(_("Only a paid invoice is credited; an open one is cancelled."))
    if Invoice.objects.filter(credits=row).exists():
        raise ValidationError(_("There is a credit note for this invoice."))
    day = today or timezone.localdate()
    serial, number = numbering.take(InvoiceKind.CREDIT, day.year)
    note = Invoice.objects.create(
        region=row.region, kind=InvoiceKind.CREDIT, credits=row, number=number, year=day.year,
        serial=serial, state=InvoiceState.PAID, text=row.text, period_from=row.period_from,
        period_until=row.period_until, net=row.net, tax=row.tax, total=row.total, issued_on=day,
        due_on=day, buyer=row.buyer, buyer_npwp=row.buyer_npwp, buyer_address=row.buyer_address,
        po_number=row.po_number, reason=_reason(reason),
    )  # fmt: skip
    _record(note, "credited", after={"number": number, "of": row.number}, reason=reason)
    return note


def _own(row: Invoice) -> Invoice:
    """Return the row, locked. What Stripe made is changed at Stripe."""
    locked = Invoice.objects.select_for_update(of=("self",)).select_related("region")
    found = locked.get(pk=row.pk)
    if found.stripe_id:
        raise ValidationError(_("This invoice is kept at Stripe; change it there."))
    return found


def _moving(row: Invoice, to: InvoiceState) -> Invoice:
    found = _own(row)
    if to not in INVOICE_MOVES[found.state] or found.kind != InvoiceKind.INVOICE:
        words = {"number": found.number, "state": found.get_state_display()}
        raise ValidationError(_("%(number)s is “%(state)s”: that cannot be done.") % words)
    found.state = to
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reason": _("Say why.")})
    return text.strip()[:240]


def _record(row: Invoice, what: str, *, after: dict[str, Any], reason: str = "") -> None:
    """Write it into the platform's log, and into the region's own while it has one."""
    action = f"invoice.{what}"
    audit.record(action=action, target=str(row.region_id), after=after, reason=reason)
    try:
        region = by_schema(row.region.schema_name)
    except GoneError:
        return
    with context.crossing(), context.region_context(region):
        audit.record(action=action, target=row.number, after=after, reason=reason)


def _mail_later(row: Invoice) -> None:
    from provisioning.billing import tasks  # the tasks call the services

    transaction.on_commit(lambda: tasks.send_letter.delay(row.pk, "issued"), robust=True)

"""Numbers of invoices and credit notes: one row after the other, without a gap in a year."""

from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Max

from provisioning.models import Invoice, InvoiceKind
from tenants.models import Region

PREFIX: Final = {InvoiceKind.INVOICE: "INV", InvoiceKind.CREDIT: "NK"}
LOCK: Final = 0x62616C494E56


def take(kind: InvoiceKind, year: int) -> tuple[int, str]:
    """Return the next serial and number ("INV/2026/00012").

    Issuing is one at a time until the caller's transaction ends, and invoices are never deleted:
    a number that was not used comes again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Invoice.objects.filter(kind=kind, year=year).aggregate(last=Max("serial"))["last"]
    serial = (last or 0) + 1
    return serial, f"{PREFIX[kind]}/{year}/{serial:05d}"


def virtual_account(region: Region, year: int, serial: int) -> str:
    """Return the invoice's own account at the operator's bank, "" when there is no prefix.

    The prefix is followed by the region's Kemendagri code, two digits of the year and the serial.
    """
    prefix: str = settings.VIRTUAL_ACCOUNT_PREFIX
    if not prefix:
        return ""
    return f"{prefix}{region.code.replace('.', '')}{year % 100:02d}{serial:04d}"

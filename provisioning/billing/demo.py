"""A demo city's plan, with its first invoice paid and a further one open."""

from datetime import timedelta

from django.utils import timezone

from balai import context
from provisioning.billing import accounts, changing, invoices
from provisioning.models import Invoice, Plan


def subscribe(region: context.Region, slug: str, population: int) -> None:
    """Order a plan by invoice for a demo city and pay it; nothing when it has an invoice."""
    with context.platform():
        if Invoice.objects.filter(region_id=region.id).exists():
            return
        plan = Plan.objects.get(slug=slug)
    ordered = timezone.localdate() - timedelta(days=60)
    accounts.set_details(
        region, population=population, legal_name="Dinas Komunikasi dan Informatika (contoh)",
        address=f"Pusat Pemerintahan {region.name}",
    )  # fmt: skip
    changing.choose(region, plan, po_number="SPK/014/DISKOMINFO", today=ordered)
    with context.platform():
        row = Invoice.objects.get(region_id=region.id)
        invoices.mark_paid(row, on=ordered + timedelta(days=21), amount=row.total,
                           reference="SP2D 0042 (contoh)", by="Operator Contoh")  # fmt: skip
        invoices.issue(region_id=region.id, text="Pelatihan petugas", net=12_500_000,
                       po_number="SPK/021/DISKOMINFO")  # fmt: skip

"""Take the last whole month's figures and keep them."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from balai import context
from balai.aggregates import month_of, registry
from balai.aggregates.models import MonthFigure

KEPT: Final = timedelta(days=800)


@transaction.atomic
def take() -> list[MonthFigure]:
    """Measure the active region's last whole month; again overwrites what was measured before.

    Late corrections arrive so. Figures older than 800 days are forgotten.
    """
    today = timezone.localdate(timezone=context.current_region().zone)
    month = month_of(today.replace(day=1) - timedelta(days=1))
    rows = [
        MonthFigure(key=key, month=month.first, basis=found.basis,
                    value=Decimal(str(found.value)).quantize(Decimal("0.01")))
        for key, found in sorted(registry.measure(month).items())
    ]  # fmt: skip
    MonthFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["month", "key"],
        update_fields=["value", "basis"],
    )
    MonthFigure.objects.filter(month__lt=today - KEPT).delete()
    return rows


def latest() -> dict[str, MonthFigure]:
    """Return the newest month's figures of the active region by key."""
    newest = MonthFigure.objects.order_by("-month").values("month")[:1]
    return {row.key: row for row in MonthFigure.objects.filter(month=newest)}

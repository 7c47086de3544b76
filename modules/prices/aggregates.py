"""Figures of staple prices for the province: how regularly they are published, and one index."""

from decimal import Decimal
from typing import Any

from django.db.models import Avg
from django.utils.translation import gettext_lazy as _

from balai.aggregates import Figure, Measured, Month
from modules.prices.models import Publication
from modules.prices.selectors import published

FIGURES = (
    Figure("published_days", _("Days with published prices"), _("days"), about_people=False),
    Figure(
        "index",
        _("Price index (the month before is 100)"),
        _("points"),
        about_people=False,
    ),
)


def measure(month: Month) -> dict[str, Measured]:
    """Return the month's figures; the index is the plain mean over the goods of both months."""
    days = Publication.objects.filter(date__gte=month.first, date__lt=month.end.date())
    count = days.order_by().values("date").distinct().count()
    found = {"published_days": Measured(count, count)}
    now, before = _means(month), _means(month.before)
    changes = [now[variety] / before[variety] for variety in now.keys() & before.keys()]
    if changes:
        found["index"] = Measured(round(100 * sum(changes) / len(changes), 1), len(changes))
    return found


def _means(month: Month) -> dict[int, Any]:
    """Return each variety's mean price of the month by the last revision of each day (1 query)."""
    rows = published.last().filter(date__gte=month.first, date__lt=month.end.date())
    means = rows.order_by().values_list("variety").annotate(mean=Avg("mean"))
    return {variety: Decimal(mean) for variety, mean in means}

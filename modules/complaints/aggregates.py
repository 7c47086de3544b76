"""The region's figures of reports for its province: counts and one median, no case."""

from django.db.models import Count, DurationField, ExpressionWrapper, F
from django.utils.translation import gettext_lazy as _

from balai.aggregates import Figure, Measured, Month
from modules.complaints.models import Complaint
from modules.complaints.selectors.figures import Percentile
from modules.complaints.states import DONE

DAY_SECONDS = 86400

FIGURES = (
    Figure("received", _("Reports received"), _("reports"), inflow=True),
    Figure("resolved", _("Reports declared done"), _("reports")),
    Figure("median_days", _("Median time until a report is done"), _("days")),
)


def measure(month: Month) -> dict[str, Measured]:
    """Return the month's figures; the median is over the reports done in it (2 queries)."""
    received = Complaint.objects.filter(
        created_at__gte=month.start, created_at__lt=month.end
    ).count()
    spent = ExpressionWrapper(F("resolved_at") - F("created_at"), DurationField())
    ended = Complaint.objects.filter(
        state__in=DONE, resolved_at__gte=month.start, resolved_at__lt=month.end
    )
    done = ended.order_by().aggregate(n=Count("id"), median=Percentile(spent, share=0.5))
    found = {
        "received": Measured(received, received),
        "resolved": Measured(done["n"], done["n"]),
    }
    if done["median"] is not None:
        days = done["median"].total_seconds() / DAY_SECONDS
        found["median_days"] = Measured(round(days, 1), done["n"])
    return found

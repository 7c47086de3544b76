"""What other programs are told of events: a report that everybody may read, else nothing."""

from django.urls import reverse

from balai.modules import EventData
from modules.complaints.api import showing
from modules.complaints.models import Complaint
from modules.complaints.selectors import public


def facts(event: EventData) -> dict[str, object] | None:
    """Return the report as it is now; None where not everybody may read it."""
    rows = public.visible().filter(pk=event.payload.get("complaint") or 0)
    report: Complaint | None = rows.select_related("category", "area", "district", "agency").first()
    if report is None or report.sample:
        return None
    page = reverse("complaints:detail", args=[report.uuid], urlconf="balai.urls_region")
    shown = showing.report(report).model_dump(mode="json")
    return {"report": shown, "url": showing.absolute(page)}

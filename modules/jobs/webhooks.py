"""What other programs are told of events: a vacancy that everybody could read, else nothing."""

from balai.modules import EventData
from modules.jobs import showing
from modules.jobs.models import Vacancy
from modules.jobs.states import EmployerState


def facts(event: EventData) -> dict[str, object] | None:
    """Return the vacancy as it is now and whether it is still open; None for samples and drafts."""
    rows = Vacancy.objects.filter(pk=event.payload.get("vacancy") or 0, published_at__isnull=False)
    row = rows.select_related("employer", "district").defer("district__boundary").first()
    if row is None or row.sample:
        return None
    shown = row.is_open() and row.employer.state != EmployerState.SUSPENDED
    if not shown:  # what was withdrawn is not told again, only that it is over
        return {"open": False, "vacancy": {"uuid": str(row.uuid), "number": row.number}}
    return {"open": True, "vacancy": showing.facts(row)}

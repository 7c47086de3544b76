"""How long a reporter waited for the first answer, in working time: "2 hours", "3 days"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from balai import workcal
from modules.complaints.models import Complaint
from modules.complaints.states import State

MANY_DAYS = 2
"""From this many working days on nobody counts hours."""


@dataclass(frozen=True, slots=True)
class Response:
    """The time from receipt to the first answer; ``waiting`` while there is none."""

    words: str
    waiting: bool


def of(
    complaint: Complaint, now: datetime | None = None, calendar: workcal.Calendar | None = None
) -> Response | None:
    """Return how long the first answer took or has been waited for; None where nobody knows.

    Args:
        now: an aware time, the present by default.
        calendar: the region's; pass it where many reports are asked for.
    """
    waiting = complaint.answered_at is None
    if waiting and complaint.state != State.RECEIVED:
        return None  # it ended without an answer, or was answered before this was written down
    end = complaint.answered_at or now or timezone.now()
    return Response(span(complaint.created_at, end, calendar), waiting)


def span(start: datetime, end: datetime, calendar: workcal.Calendar | None = None) -> str:
    """Return the working time between two moments in words."""
    days = workcal.working_days_between(start, end, calendar)
    if days >= MANY_DAYS:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    minutes = int(workcal.working_time_between(start, end, calendar) / timedelta(minutes=1))
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}

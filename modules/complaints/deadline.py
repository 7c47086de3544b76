"""Time left, in words: "3 hours", "1 day late", "paused". Text of its own, never in the chip."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from balai import workcal
from modules.complaints.models import Complaint
from modules.complaints.states import State

URGENT_DAYS = 1


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long is left; ``days`` are working days, negative when late."""

    words: str
    due_at: datetime | None = None
    days: int = 0
    late: bool = False
    urgent: bool = False

    @property
    def icon(self) -> str:
        """A sign beside the words where somebody should hurry."""
        return "triangle-alert" if self.late else "clock" if self.urgent else ""


def of(complaint: Complaint, now: datetime | None = None) -> Deadline | None:
    """Return the time left for whoever's turn it is; None when nobody is waited for."""
    now = now or timezone.now()
    if complaint.due_at is None:
        return None
    if complaint.due_at < now and complaint.state != State.ON_HOLD:
        return _late(complaint.due_at, now)
    days = workcal.working_days_between(now, complaint.due_at)
    if complaint.state in (State.NEED_INFO, State.ON_HOLD):
        return Deadline(_("paused"), complaint.due_at, days)
    if timezone.localtime(complaint.due_at).date() == timezone.localtime(now).date():
        return Deadline(_soon(complaint.due_at, now), complaint.due_at, 0, urgent=True)
    words = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return Deadline(words, complaint.due_at, days, urgent=days <= URGENT_DAYS)


def _late(due_at: datetime, now: datetime) -> Deadline:
    days = workcal.working_days_between(due_at, now)
    if days < 1:
        return Deadline(_("Late since today"), due_at, 0, late=True)
    words = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return Deadline(words, due_at, -days, late=True)


def _soon(due_at: datetime, now: datetime) -> str:
    minutes = int((due_at - now).total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}

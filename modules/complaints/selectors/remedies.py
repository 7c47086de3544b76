"""What a reporter may still do about a report, and until when."""

from datetime import datetime, timedelta

from django.utils import timezone

from balai import workcal
from modules.complaints import conf, workflow
from modules.complaints.models import Complaint
from modules.complaints.states import OPEN, State


def appeal_until(complaint: Complaint, now: datetime | None = None) -> datetime | None:
    """Return until when the reporter may object to the rejection; None when they may not."""
    rules, now = conf.current(), now or timezone.now()
    if complaint.state != State.REJECTED or complaint.closed_at is None:
        return None
    if workflow.problem(workflow.get("appeal"), complaint, rules, now):
        return None
    return workcal.add_working_days(complaint.closed_at, rules.appeal_days)


def dossier_open(complaint: Complaint, now: datetime | None = None) -> bool:
    """Tell whether the case is unfinished for so long that the Ombudsman may be asked.

    UU 25/2009 section 50: a complaint must be settled within 60 days.
    """
    age = (now or timezone.now()) - complaint.created_at
    old = age >= timedelta(days=conf.current().dossier_days)
    return old and complaint.state in OPEN and complaint.erased_at is None

"""What is shared of a report, and what an institution says about it, goes into its history."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from modules.complaints.models import Complaint
from modules.complaints.services.moving import Audience, Author, Line, locked, note, record
from modules.complaints.topics import STAFF_WROTE
from modules.complaints.workflow import Who

TOPIC = "complaints.partner_said"
SHARED = "complaints.sharing_noted"


@transaction.atomic
def hear(
    *, case: UUID, partner: str, text: str, for_reporter: bool, now: datetime | None = None
) -> bool:
    """Add a line of a partner's to a report's history; tell whether there is such a report.

    Args:
        partner: the institution's name, never a person's.
        for_reporter: the reporter may read it; otherwise officers only.
    """
    found = Complaint.objects.filter(uuid=case, erased_at=None).first()
    if found is None:
        return False
    current = locked(found)
    audience = Audience.REPORTER if for_reporter else Audience.INTERNAL
    line = Line(Author.PARTNER, f"{partner}: {text}", audience)
    topic = STAFF_WROTE if for_reporter else TOPIC
    record(current, line, by=None, at=now or timezone.now(), topic=topic)
    note(TOPIC, current, who=Who.PARTNER)
    return True


@transaction.atomic
def note_sharing(*, case: UUID, text: str, now: datetime | None = None) -> bool:
    """Add a line for officers: with whom a report is shared, or not any more."""
    found = Complaint.objects.filter(uuid=case, erased_at=None).first()
    if found is None:
        return False
    line = Line(Author.SYSTEM, text, Audience.INTERNAL)
    record(locked(found), line, by=None, at=now or timezone.now(), topic=SHARED)
    return True

"""What is shared of an incident, and what an institution says about it, goes into its record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balai import audit
from modules.emergency.models import Incident
from modules.emergency.services import marking


@transaction.atomic
def hear(
    *, case: UUID, partner: str, text: str, for_reporter: bool, now: datetime | None = None
) -> bool:
    """Add a partner's note to an incident; tell whether there is such an incident.

    Args:
        partner: the institution's name, never a person's.
        for_reporter: means nothing here: a caller reads no record.
    """
    found = Incident.objects.filter(uuid=case).first()
    if found is None:
        return False
    current = marking.locked(found)
    marking.stamp(current, "note", at=now or timezone.now(), by=None, text=f"{partner}: {text}")
    marking.changed(current)
    audit.record(action="emergency.partner_said", target=current.number)
    return True


@transaction.atomic
def note_sharing(*, case: UUID, text: str, now: datetime | None = None) -> bool:
    """Add a note: with whom an incident is shared, or not any more."""
    found = Incident.objects.filter(uuid=case).first()
    if found is None:
        return False
    current = marking.locked(found)
    marking.stamp(current, "note", at=now or timezone.now(), by=None, text=text)
    marking.changed(current)
    return True

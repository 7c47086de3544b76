"""What a reporter may still ask for: a second look at a rejection, a dossier for the Ombudsman."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.audit.actor import acting_as
from modules.complaints.models import Complaint
from modules.complaints.services.moving import Audience, Author, Line, announce, locked, move
from modules.complaints.workflow import NotAllowed, Who


def appeal(*, complaint: Complaint, reason: str, now: datetime | None = None) -> Complaint:
    """Object to a rejection: the coordinator looks at the report once more.

    Raises:
        NotAllowed: a second time, or when the time to object is over.
    """
    now = now or timezone.now()
    line = Line(Author.REPORTER, reason, Audience.REPORTER)
    changes = {"appealed_at": now, "closed_at": None}
    return move("appeal", complaint=complaint, line=line, changes=changes, now=now)


@transaction.atomic
def consent_to_dossier(*, complaint: Complaint, now: datetime | None = None) -> Complaint:
    """Allow that the dossier names the reporter and may be handed to the Ombudsman.

    Raises:
        NotAllowed: when it was allowed already.
    """
    now = now or timezone.now()
    current = locked(complaint)
    if current.dossier_consent_at is not None:
        raise NotAllowed(_("You have consented already."))
    current.dossier_consent_at = now
    current.save(update_fields=["dossier_consent_at"])
    announce("complaints.dossier_consented", current)
    with acting_as(Who.REPORTER.value):
        audit.record(action="complaints.dossier_consented", target=current.number)
    return current

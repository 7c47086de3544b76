"""Notes among officers, and the colleague one of them is meant for."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from modules.complaints import rights
from modules.complaints.models import Complaint, Entry
from modules.complaints.services.moving import announce
from modules.complaints.services.talking import message
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

MENTIONED = "complaints.mentioned"


@transaction.atomic
def write_note(
    *,
    complaint: Complaint,
    text: str,
    by: "User",
    mention: "User | None" = None,
    now: datetime | None = None,
) -> Entry:
    """Write a note that only officers read; ``mention`` is told that it waits.

    Raises:
        NotAllowed: when the colleague may not see the case.
        PermissionDenied: when the case is not within the writer's reach.
    """
    if mention is not None:
        if not rights.has(mention, rights.DESK, complaint):
            words = _("%(name)s does not work on this agency's cases.")
            raise NotAllowed(words % {"name": mention.label})
        text = f"@{mention.label}: {text}"
    entry = message(complaint=complaint, text=text, by=by, internal=True, now=now)
    if mention is not None and mention.pk != by.pk:
        announce(MENTIONED, complaint, entry=entry.pk, officer=mention.pk, by=by.pk)
    return entry

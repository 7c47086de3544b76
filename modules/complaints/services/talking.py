"""Officers write: to the reporter, or a note among themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from modules.complaints import rights
from modules.complaints.models import Complaint, Entry
from modules.complaints.services.moving import Audience, Author, Line, locked, record, require
from modules.complaints.services.photos import attach_to_last
from modules.complaints.workflow import VERIFY

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def message(
    *,
    complaint: Complaint,
    text: str,
    by: "User",
    internal: bool = False,
    photos: "Sequence[UploadedFile[Any]]" = (),
    now: datetime | None = None,
) -> Entry:
    """Write to the reporter, or with ``internal`` only to those who work on the case.

    Raises:
        NotAllowed: when the conversation holds as many photos as it can.
        UploadRejected: for a file that is no photo.
        PermissionDenied: when the case is not within the officer's reach.
    """
    current = locked(complaint)
    require(by, rights.DESK, current)
    author = Author.COORDINATOR if rights.has(by, VERIFY, current) else Author.AGENCY
    audience = Audience.INTERNAL if internal else Audience.REPORTER
    topic = "complaints.note_written" if internal else "complaints.staff_wrote"
    line = Line(author, text, audience)
    now = now or timezone.now()
    entry = record(current, line, by=by, at=now, topic=topic)
    attach_to_last(current, photos, by=by, now=now)
    return entry

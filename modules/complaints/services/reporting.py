"""The reporter's part after sending: answer, add, confirm, reopen. Rights: see ``access.py``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints.models import Complaint, Photo
from modules.complaints.services.moving import Audience, Author, Line, locked, move, record
from modules.complaints.services.photos import MAX_PHOTOS, attach
from modules.complaints.states import OPEN, State
from modules.complaints.workflow import NotAllowed


@transaction.atomic
def reply(
    *,
    complaint: Complaint,
    text: str,
    photos: "Sequence[UploadedFile[Any]]" = (),
    now: datetime | None = None,
) -> Complaint:
    """Write to the officers. It answers their question where one is open.

    Raises:
        NotAllowed: when the report is closed, or holds no more photos.
        UploadRejected: for a file that is no photo.
    """
    now = now or timezone.now()
    held = complaint.photos.filter(stage=Photo.Stage.BEFORE).count() if photos else 0
    if held + len(photos) > MAX_PHOTOS:
        raise NotAllowed(_("The report has as many photos as it can hold."))
    for upload in photos:
        attach(complaint, upload, stage=Photo.Stage.BEFORE, by=None, now=now)
    line = Line(Author.REPORTER, text, Audience.REPORTER)
    if complaint.state == State.NEED_INFO:
        return move("answer_info", complaint=complaint, line=line, now=now)
    current = locked(complaint)
    if current.state not in (*OPEN, State.RESOLVED):
        raise NotAllowed(_("The report is closed."))
    record(current, line, by=None, at=now, topic="complaints.reporter_wrote")
    return current


def confirm(*, complaint: Complaint, text: str = "", now: datetime | None = None) -> Complaint:
    """Say that it is mended; the case is closed."""
    line = Line(Author.REPORTER, text, Audience.REPORTER)
    changes = {"closed_at": now or timezone.now()}
    return move("confirm", complaint=complaint, line=line, changes=changes, now=now)


def reopen(*, complaint: Complaint, reason: str, now: datetime | None = None) -> Complaint:
    """Say that it is not mended; the agency begins again, one level of urgency higher."""
    line = Line(Author.REPORTER, reason, Audience.REPORTER)
    changes = {
        "resolved_at": None,
        "reopenings": complaint.reopenings + 1,
        "level": complaint.level + 1,
    }
    return move("reopen", complaint=complaint, line=line, changes=changes, now=now)

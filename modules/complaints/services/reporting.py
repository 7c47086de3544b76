"""The reporter's part after sending: answer, add, confirm, reopen. Rights: see ``access.py``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints.models import Complaint
from modules.complaints.services.moving import Audience, Author, Line, locked, move, record
from modules.complaints.services.photos import attach_to_last
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
    line = Line(Author.REPORTER, text, Audience.REPORTER)
    if complaint.state == State.NEED_INFO:
        moved = move("answer_info", complaint=complaint, line=line, now=now)
        attach_to_last(moved, photos, by=None, now=now)
        return moved
    current = locked(complaint)
    if current.state not in (*OPEN, State.RESOLVED, State.DUPLICATE):
        raise NotAllowed(_("The report is closed."))
    record(current, line, by=None, at=now, topic="complaints.reporter_wrote")
    attach_to_last(current, photos, by=None, now=now)
    return current


def confirm(*, complaint: Complaint, text: str = "", now: datetime | None = None) -> Complaint:
    """Say that it is mended; the case is closed."""
    line = Line(Author.REPORTER, text, Audience.REPORTER)
    changes = {"closed_at": now or timezone.now()}
    return move("confirm", complaint=complaint, line=line, changes=changes, now=now)


@transaction.atomic
def reopen(
    *,
    complaint: Complaint,
    reason: str,
    photos: "Sequence[UploadedFile[Any]]" = (),
    now: datetime | None = None,
) -> Complaint:
    """Say that it is not mended; the agency begins again, one level of urgency higher.

    Raises:
        NotAllowed: when it is not declared done, or holds no more photos.
        UploadRejected: for a file that is no photo.
    """
    now = now or timezone.now()
    line = Line(Author.REPORTER, reason, Audience.REPORTER)
    changes = {
        "resolved_at": None,
        "reopenings": complaint.reopenings + 1,
        "level": complaint.level + 1,
    }
    moved = move("reopen", complaint=complaint, line=line, changes=changes, now=now)
    attach_to_last(moved, photos, by=None, now=now)
    return moved


def seen(*, complaint: Complaint, now: datetime | None = None) -> None:
    """Remember that the reporter has read what officers wrote; told to nobody, no audit row."""
    Complaint.objects.filter(pk=complaint.pk).update(seen_at=now or timezone.now())

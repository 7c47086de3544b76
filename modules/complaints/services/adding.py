"""Photos of the problem that come after the report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints.models import Complaint, Photo
from modules.complaints.services.moving import announce, locked, note
from modules.complaints.services.photos import MAX_PHOTOS, attach
from modules.complaints.states import OPEN
from modules.complaints.topics import PHOTOS_ADDED
from modules.complaints.workflow import NotAllowed


@transaction.atomic
def add_photos(
    *, complaint: Complaint, uploads: "Sequence[UploadedFile[Any]]", now: datetime | None = None
) -> int:
    """Store photos of the reporter; return how many of the problem there are now.

    They are not public before an officer looked at them.

    Raises:
        NotAllowed: when the report is no longer open, or would hold more than it can.
        UploadRejected: for a file that is no photo; none is stored then.
    """
    current, now = locked(complaint), now or timezone.now()
    if current.state not in OPEN:
        raise NotAllowed(_("The report is closed."))
    held = current.photos.filter(stage=Photo.Stage.BEFORE).count()
    if held + len(uploads) > MAX_PHOTOS:
        raise NotAllowed(_("The report has as many photos as it can hold."))
    for upload in uploads:
        attach(current, upload, stage=Photo.Stage.BEFORE, by=None, now=now)
    announce(PHOTOS_ADDED, current)
    note(PHOTOS_ADDED, current)
    return held + len(uploads)

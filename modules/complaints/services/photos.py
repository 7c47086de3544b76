"""Photographs of reports: stored by ``balai.files``, public after a look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from balai import files
from modules.complaints.models import Complaint, Photo

if TYPE_CHECKING:
    from uuid import UUID

    from balai.accounts.models import User
    from balai.files.models import StoredFile

PURPOSE = "complaints"
MAX_PHOTOS = 5


@dataclass(slots=True)
class Kept:
    """Which of a reporter's photos could be stored; ``problems`` are sentences for people."""

    files: list["StoredFile"] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def attach(
    complaint: Complaint,
    upload: "UploadedFile[Any]",
    *,
    stage: Photo.Stage,
    by: "User | None",
    now: datetime,
    approved_at: datetime | None = None,
) -> Photo:
    """Store one photo with a report. Raises UploadRejected for a file that is no photo."""
    stored = files.store_photo(upload, owner=str(complaint.uuid), purpose=PURPOSE, created_by=by)
    return Photo.objects.create(
        complaint=complaint, file=stored, stage=stage, taken_at=now, approved_at=approved_at
    )


def keep_all(uploads: "Sequence[UploadedFile[Any]]", *, owner: "UUID") -> Kept:
    """Store what can be stored. A photo that fails never costs the reporter their text.

    Nobody's account is stored with it: the report decides how much is known of its sender.
    """
    kept = Kept()
    for upload in uploads[:MAX_PHOTOS]:
        try:
            with transaction.atomic():
                kept.files.append(
                    files.store_photo(upload, owner=str(owner), purpose=PURPOSE, created_by=None)
                )
        except files.UploadRejected as refusal:
            kept.problems.append(str(refusal.message))
        except OSError:
            kept.problems.append(_("A photo could not be stored. You can add it later."))
    return kept

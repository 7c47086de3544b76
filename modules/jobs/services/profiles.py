"""A seeker's profile and CV."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from balai.files import UploadRejected
from balai.files.services import clean_name
from balai.privacy import ledger
from modules.jobs.models import Seeker
from modules.jobs.services import pdf

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE: Final = "jobs.profile"
"""The consent that a profile stands on; see ``purposes.py``."""
FOLDER: Final = "jobs_cv"
KEPT: Final = timedelta(days=1)
"""How long bytes without a profile may lie: a transaction may still be on its way."""
TOLD: Final = (
    "name", "phone", "email", "district", "education", "school", "major", "graduated", "grade",
    "wanted", "skills", "about", "experience", "training", "languages",
)  # fmt: skip


@transaction.atomic
def save(*, user: "User", told: Mapping[str, Any], now: datetime | None = None) -> Seeker:
    """Keep a profile: the fields of :data:`TOLD`, checked by the form."""
    values = {name: told[name] for name in TOLD}
    row, _created = Seeker.objects.update_or_create(
        user=user, defaults={**values, "updated_at": now or timezone.now()}
    )
    ledger.note(name=f"user:{user.uuid}", purpose=PURPOSE, given=True)
    return row


@transaction.atomic
def keep_cv(*, seeker: Seeker, upload: Any, now: datetime | None = None) -> Seeker:
    """Store a CV in place of the one that was there.

    The bytes are on the disk before the row names them; those of the old one go after the
    commit, so that a failed transaction loses nothing.

    Raises:
        UploadRejected: for anything that is no plain PDF; its ``message`` is for people.
    """
    data = upload.read(pdf.MAX_BYTES + 1)
    reason = pdf.problem(data)
    if reason:
        raise UploadRejected(reason)
    key, old = uuid.uuid4(), seeker.cv_key
    default_storage.save(path(key), ContentFile(data))
    seeker.cv_key, seeker.cv_name = key, clean_name(upload.name or "cv.pdf")
    seeker.cv_bytes, seeker.cv_at = len(data), now or timezone.now()
    seeker.save(update_fields=["cv_key", "cv_name", "cv_bytes", "cv_at"])
    _forget_later(old)
    return seeker


@transaction.atomic
def drop_cv(*, seeker: Seeker) -> Seeker:
    """Delete the CV; employers who had it before no longer do."""
    old, seeker.cv_key, seeker.cv_name, seeker.cv_bytes = seeker.cv_key, None, "", 0
    seeker.cv_at = None
    seeker.save(update_fields=["cv_key", "cv_name", "cv_bytes", "cv_at"])
    _forget_later(old)
    return seeker


def path(key: uuid.UUID) -> str:
    """Return where a CV lies in the region's storage."""
    return f"{FOLDER}/{key}.pdf"


def sweep(*, now: datetime) -> int:
    """Delete bytes that no profile names, such as those of a deleted account; return how many."""
    _folders, names = default_storage.listdir(FOLDER)
    keys = {
        str(key) for key in Seeker.objects.exclude(cv_key=None).values_list("cv_key", flat=True)
    }
    gone = 0
    for name in names:
        place = f"{FOLDER}/{name}"
        if name.removesuffix(".pdf") in keys:
            continue
        if default_storage.get_modified_time(place) < now - KEPT:
            default_storage.delete(place)
            gone += 1
    return gone


def _forget_later(key: uuid.UUID | None) -> None:
    if key is not None:
        transaction.on_commit(lambda: default_storage.delete(path(key)))

"""Photographs of reports: stored by ``balai.files``, public after a look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from balai import files
from balai.files.origin import Origin
from modules.complaints import fingerprint
from modules.complaints.models import Complaint, Photo
from modules.complaints.services import capturing, evidence
from modules.complaints.services.shots import Shot, Sight
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from uuid import UUID

    from balai.accounts.models import User
    from balai.files.models import StoredFile

PURPOSE = "complaints"
MAX_PHOTOS = 5
MAX_TALK_PHOTOS = 30


@dataclass(slots=True)
class Kept:
    """Which of a reporter's photos could be stored; ``problems`` are sentences for people."""

    seen: list[tuple["StoredFile", Sight]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def files(self) -> list["StoredFile"]:
        """The stored files, in the order they were sent."""
        return [stored for stored, _sight in self.seen]

    def rows(self, complaint: Complaint, now: datetime) -> Iterator[Photo]:
        """Yield the photos of the problem, not yet saved; samples are compared with nothing."""
        for stored, sight in self.seen:
            value = None if complaint.sample else sight.print.value
            yield Photo(complaint=complaint, file=stored, taken_at=now, phash=value)


@transaction.atomic
def attach(
    complaint: Complaint,
    upload: "UploadedFile[Any] | Shot",
    *,
    stage: Photo.Stage,
    by: "User | None",
    now: datetime,
    approved_at: datetime | None = None,
) -> Photo:
    """Store one photo with a report; a photo of the repair is looked at for what is odd.

    Raises:
        UploadRejected: for a file that is no photo.
    """
    shot = upload if isinstance(upload, Shot) else Shot(upload)
    stored, sight = _store(shot.upload, owner=str(complaint.uuid), by=by)
    photo = Photo(
        complaint=complaint, file=stored, stage=stage, taken_at=now, approved_at=approved_at,
        phash=None if complaint.sample else sight.print.value,
    )  # fmt: skip
    if stage != Photo.Stage.AFTER or complaint.sample:
        photo.save()
        return photo
    refusal = capturing.redeem(
        shot.nonce, complaint=complaint, by=by, captured_at=shot.captured_at, now=now
    )
    if not refusal:
        photo.captured_at = shot.captured_at or now
        photo.latitude, photo.longitude = shot.position or (None, None)
        photo.accuracy = shot.accuracy if shot.position else None
    photo.save()
    evidence.inspect(photo, sight=sight, refusal=refusal, now=now)
    return photo


def attach_to_last(
    complaint: Complaint,
    uploads: "Sequence[UploadedFile[Any]]",
    *,
    by: "User | None",
    now: datetime,
) -> None:
    """Store the photos of the message or move that was written last; they are never public.

    Raises:
        NotAllowed: when the conversation holds as many photos as it can.
        UploadRejected: for a file that is no photo.
    """
    if not uploads:
        return
    held = Photo.objects.filter(complaint=complaint, stage=Photo.Stage.TALK).count()
    if held + len(uploads) > MAX_TALK_PHOTOS:
        raise NotAllowed(_("The report has as many photos as it can hold."))
    entry = complaint.entries.order_by("-id").first()
    for upload in uploads:
        photo = attach(complaint, upload, stage=Photo.Stage.TALK, by=by, now=now)
        photo.entry = entry
        photo.save(update_fields=["entry"])


def keep_all(uploads: "Sequence[UploadedFile[Any]]", *, owner: "UUID") -> Kept:
    """Store what can be stored. A photo that fails never costs the reporter their text.

    Nobody's account is stored with it: the report decides how much is known of its sender.
    """
    kept = Kept()
    for upload in uploads[:MAX_PHOTOS]:
        try:
            with transaction.atomic():
                kept.seen.append(_store(upload, owner=str(owner), by=None))
        except files.UploadRejected as refusal:
            kept.problems.append(str(refusal.message))
        except OSError:
            kept.problems.append(_("A photo could not be stored. You can add it later."))
    return kept


def _store(
    upload: "UploadedFile[Any]", *, owner: str, by: "User | None"
) -> tuple["StoredFile", Sight]:
    """Store a file and keep what was seen while it was decoded, which is done once."""
    seen: list[Sight] = []

    def look(picture: Any, origin: Origin) -> None:
        seen.append(Sight(fingerprint.of(picture), origin))

    stored = files.store_photo(upload, owner=owner, purpose=PURPOSE, created_by=by, look=look)
    return stored, seen[0] if seen else Sight()

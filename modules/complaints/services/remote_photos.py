"""Fetch the photos that another program named by their address: later, and never from within.

A photo that cannot be had never costs the report: after some tries it is given up.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from balai import files, outbound
from balai.outbox import publish
from balai.outbox.services import publish as publish_later
from modules.complaints.models import Complaint, Photo, RemotePhoto
from modules.complaints.services.photos import MAX_PHOTOS, attach

log = structlog.get_logger(__name__)

OFFERED: Final = "complaints.photo_offered"
MOST_BYTES: Final = 10 * 1024 * 1024
SECONDS: Final = 10.0
WAITS: Final = (30, 300, 1800, 7200)
"""Seconds before the second, third ... try; after the last it is given up."""


@transaction.atomic
def fetch_later(*, complaint: Complaint, urls: Sequence[str]) -> None:
    """Write down what is to be fetched once the report is safe."""
    for url in urls:
        row = RemotePhoto.objects.create(complaint=complaint, url=url)
        publish(OFFERED, key=str(complaint.uuid), photo=row.pk)


@transaction.atomic
def fetch(photo_id: int) -> Photo | None:
    """Fetch one photo and store it as the reporter's; None when it was not to be had."""
    rows = RemotePhoto.objects.select_for_update(of=("self",)).select_related("complaint")
    row = rows.filter(pk=photo_id).first()
    if row is None:
        return None
    if row.complaint.photos.filter(stage=Photo.Stage.BEFORE).count() >= MAX_PHOTOS:
        row.delete()
        return None
    try:
        answer = outbound.request("GET", row.url, headers={}, timeout=SECONDS, most=MOST_BYTES)
        if answer.status >= 500:
            raise ConnectionError(str(answer.status))
    except outbound.Refused:
        _give_up(row, "refused")
    except OSError as error:
        _again(row, type(error).__name__)
    else:
        return _keep(row, answer)
    return None


def _keep(row: RemotePhoto, answer: outbound.Answer) -> Photo | None:
    if answer.status != 200:
        _give_up(row, f"HTTP {answer.status}")
        return None
    upload = SimpleUploadedFile("photo", answer.body)
    try:
        with transaction.atomic():
            photo = attach(
                row.complaint, upload, stage=Photo.Stage.BEFORE, by=None, now=timezone.now()
            )
    except files.UploadRejected:
        _give_up(row, "no photo")
        return None
    row.delete()
    return photo


def _again(row: RemotePhoto, reason: str) -> None:
    if row.attempts >= len(WAITS):
        _give_up(row, reason)
        return
    at = timezone.now() + timedelta(seconds=WAITS[row.attempts])
    row.attempts += 1
    row.save(update_fields=["attempts"])
    publish_later(OFFERED, key=str(row.complaint.uuid), payload={"photo": row.pk}, not_before=at)


def _give_up(row: RemotePhoto, reason: str) -> None:
    log.info("remote_photo_given_up", report=row.complaint.number, reason=reason)
    row.delete()

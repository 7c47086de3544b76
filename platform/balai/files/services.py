"""Keep an uploaded photo."""

import hashlib
import re
import uuid
from contextlib import suppress
from pathlib import PurePath
from typing import Any, Final

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from balai.files.models import StoredFile
from balai.files.photos import MAX_BYTES, Look, Photo, process
from balai.files.rejection import UploadRejected
from balai.files.variants import VARIANTS

log = structlog.get_logger(__name__)

PURPOSE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}\Z")
STRANGE: Final = re.compile(r"[^\w .()-]+")


def store_photo(
    upload: Any, *, owner: str, purpose: str, created_by: Any, look: Look | None = None
) -> StoredFile:
    """Keep a photo; see :func:`balai.files.store_photo`.

    The bytes are on the disk before the row is written; a transaction that fails later leaves
    files without a row, which ``balai.files.tasks.sweep`` removes.
    """
    if not PURPOSE.match(purpose):
        raise ValueError(f"{purpose!r} is no purpose: small letters, digits and _")
    data = upload.read(MAX_BYTES + 1)
    photo = process(data, look)
    name = uuid.uuid4()
    _write(photo, purpose, name)
    return StoredFile.objects.create(
        uuid=name,
        purpose=purpose,
        owner=owner,
        name=clean_name(upload.name or ""),
        width=photo.width,
        height=photo.height,
        bytes=sum(len(variant) for variant in photo.variants.values()),
        sha256=hashlib.sha256(data).hexdigest(),
        taken_at=photo.metadata.taken_at,
        latitude=photo.metadata.latitude,
        longitude=photo.metadata.longitude,
        created_by=created_by,
    )


def delete(file: StoredFile) -> None:
    """Remove a file's bytes and its row."""
    remove_bytes(file.purpose, file.uuid)
    file.delete()


def remove_bytes(purpose: str, name: object) -> None:
    """Remove every variant; what is gone already is no error."""
    for variant in VARIANTS.values():
        default_storage.delete(variant.path(purpose, name))
    with suppress(OSError):  # a bucket has no folders; one that is not empty stays
        default_storage.delete(f"{purpose}/{name}")


def clean_name(name: str) -> str:
    """Return the last part of a client's file name, without what no name needs."""
    last = PurePath(name.replace("\\", "/")).name
    return STRANGE.sub("_", last).strip("._ ")[:100] or "photo"


def _write(photo: Photo, purpose: str, name: uuid.UUID) -> None:
    try:
        for key, variant in VARIANTS.items():
            default_storage.save(variant.path(purpose, name), ContentFile(photo.variants[key]))
    except OSError as error:
        log.error("photo_not_stored", error=type(error).__name__, errno=error.errno)
        remove_bytes(purpose, name)
        message = _("The photo could not be stored just now. Your text is kept.")
        raise UploadRejected(message) from error

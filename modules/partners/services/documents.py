"""The signed paper of a co-operation, a PDF in the region's storage."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balai.files import UploadRejected
from balai.files.services import clean_name
from modules.partners.models import Cooperation

FOLDER: Final = "partners"
MAX_BYTES: Final = 10 * 1024 * 1024
KEPT: Final = timedelta(days=1)
NO_PDF: Final = _("This is not a PDF. Scan the paper as PDF and choose it again.")
TOO_LARGE: Final = _("This PDF is larger than 10 MB. Scan it with fewer dots per inch.")


def keep(upload: Any, *, instead_of: uuid.UUID | None = None) -> tuple[uuid.UUID, str]:
    """Store a paper; return its key and its file's name.

    It is only ever sent as a download, never shown by the site. The bytes are on the disk before
    the row names them; those of the old one go after the commit.

    Raises:
        UploadRejected: for what is no PDF, or too large.
    """
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UploadRejected(TOO_LARGE)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise UploadRejected(NO_PDF)
    key = uuid.uuid4()
    default_storage.save(path(key), ContentFile(data))
    if instead_of is not None:
        transaction.on_commit(lambda: default_storage.delete(path(instead_of)))
    return key, clean_name(upload.name or "kerja-sama.pdf")


def path(key: uuid.UUID) -> str:
    """Return where a paper lies in the region's storage."""
    return f"{FOLDER}/{key}.pdf"


def sweep(*, now: datetime) -> int:
    """Delete bytes that no co-operation names; return how many."""
    _folders, names = default_storage.listdir(FOLDER)
    rows = Cooperation.objects.exclude(document_key=None)
    known = {str(key) for key in rows.values_list("document_key", flat=True)}
    gone = 0
    for name in names:
        place = f"{FOLDER}/{name}"
        if name.removesuffix(".pdf") in known:
            continue
        if default_storage.get_modified_time(place) < now - KEPT:
            default_storage.delete(place)
            gone += 1
    return gone

"""Write a file so that a full disk costs the file and not the words beside it."""

from typing import Final

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from balai.files import UploadRejected

log = structlog.get_logger(__name__)
REFUSED: Final = _("The file could not be stored just now. Try again later.")


def write(path: str, data: bytes) -> None:
    """Store ``data`` in the region's storage. Raises UploadRejected when the disk refuses."""
    try:
        default_storage.save(path, ContentFile(data))
    except OSError as error:
        log.error("news_file_not_stored", error=type(error).__name__, errno=error.errno)
        raise UploadRejected(REFUSED) from error

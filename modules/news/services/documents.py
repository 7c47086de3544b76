"""The PDF of an e-paper: looked at, then kept as it is."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.files.services import clean_name
from modules.news import pdf, workflow
from modules.news.models import Article
from modules.news.services import storing
from modules.news.services.writing import locked
from modules.news.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def attach_document(
    *, article: Article, upload: Any, by: "User", now: datetime | None = None
) -> Article:
    """Keep the PDF of an e-paper, in place of the one it had.

    Raises:
        UploadRejected: for a file that is no harmless PDF of at most 25 MB.
        NotAllowed: when the article may not be changed.
    """
    now, current = now or timezone.now(), locked(article)
    if not workflow.may_edit(current, by, now):
        raise NotAllowed(workflow.MOVED_ON)
    data = upload.read(pdf.MAX_BYTES + 1)
    pdf.check(data)
    old, name = current.document, uuid4().hex
    storing.write(path(name), data)
    current.document = {
        "file": name, "bytes": len(data), "name": clean_name(upload.name or "e-paper.pdf"),
    }  # fmt: skip
    current.editor, current.changed_at = by, now
    current.save(update_fields=["document", "editor", "changed_at"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(path(old["file"])))
    audit.record(action="news.document_attached", target=str(current.uuid))
    return current


def path(name: str) -> str:
    """Return a document's place in the region's storage."""
    return f"news-papers/{name}.pdf"

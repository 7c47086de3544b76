"""Follow what changes: everything since a mark, without a hole."""

import base64
import binascii
import hmac
from typing import Annotated, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from balai import secrets
from balai.api.schemas import Problem
from modules.complaints.api import showing
from modules.complaints.api.common import ANYBODY, router
from modules.complaints.schemas import UpdateOut, UpdatePage
from modules.complaints.selectors import changes

PURPOSE: Final = "complaints.cursor"
ANSWERS: Final = {200: UpdatePage, 401: Problem, 403: Problem, 422: Problem, 429: Problem}
Cursor = Annotated[
    str,
    Query(
        max_length=80,
        description="The cursor of the last answer. Empty: from the very beginning; now: from now.",
    ),
]


@router.get("/updates", response=ANSWERS, auth=ANYBODY)
def list_updates(request: HttpRequest, cursor: Cursor = "") -> UpdatePage:
    """List the public reports that changed since ``cursor``, each as it is now.

    Ask again with the answer's ``cursor``: at once while ``more`` is true, else after a pause.
    Nothing is left out, whichever change is committed first; a report may come more than once.
    ``removed`` says that a report is not, or no longer, public: forget it.
    """
    if cursor == "now":
        return UpdatePage(cursor=seal(changes.newest()), more=False, updates=[])
    page = changes.since(unseal(cursor) if cursor else 0)
    updates = [
        UpdateOut(
            uuid=change.uuid,
            at=change.at,
            removed=change.report is None,
            report=showing.report(change.report) if change.report else None,
        )
        for change in page.changes
    ]
    return UpdatePage(cursor=seal(page.last), more=page.more, updates=updates)


def seal(seq: int) -> str:
    """Return a place in the log as a word that is good in this region only."""
    mark = secrets.digest(str(seq), purpose=PURPOSE)[:6]
    return base64.urlsafe_b64encode(seq.to_bytes(8, "big") + mark).decode().rstrip("=")


def unseal(cursor: str) -> int:
    """Return the place; raises ValidationError for a cursor that we did not give."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    seq = int.from_bytes(raw[:8], "big")
    good = secrets.digest(str(seq), purpose=PURPOSE)[:6]
    if len(raw) != 14 or not hmac.compare_digest(raw[8:], good):
        raise ValidationError({"cursor": _("This cursor is not of this site.")})
    return seq

"""Texts that wait for a look: hold them, show them after it, or take something out of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.complaints import suspicion
from modules.complaints.models import Complaint
from modules.complaints.services import indexing
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    announce,
    locked,
    record,
    require,
)
from modules.complaints.states import NOT_YET_PUBLIC
from modules.complaints.workflow import VERIFY, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

REDACTED = "complaints.redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A report's texts without what must not stand there; ``reason`` is told to the reporter."""

    title: str
    text: str
    landmark: str
    reason: str


def examined(complaint: Complaint) -> list[str]:
    """Return what of a report's texts calls for a look; codes of ``suspicion.WORDS``."""
    return suspicion.examine(complaint.title, complaint.text, complaint.landmark)


def look_again(complaint: Complaint) -> list[str]:
    """Judge changed texts anew and return the fields that changed, for the caller to save.

    A published report whose new text calls for a look leaves the public pages until then.
    """
    before, complaint.suspicions = complaint.suspicions, examined(complaint)
    if complaint.suspicions and set(complaint.suspicions) - set(before):
        complaint.published_at = None
    return ["suspicions", "published_at"]


def waits(complaint: Complaint) -> bool:
    """Tell whether a verified report is kept from the public only until somebody read it."""
    return (
        bool(complaint.suspicions)
        and complaint.published_at is None
        and not complaint.secret
        and complaint.state not in NOT_YET_PUBLIC
        and complaint.erased_at is None
    )


@transaction.atomic
def publish(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Show everybody a report whose text somebody has read by now.

    Raises:
        NotAllowed: when it is public already, secret, or not verified.
        PermissionDenied: when ``by`` may not verify.
    """
    current = locked(complaint)
    require(by, VERIFY, current)
    if not waits(current):
        raise NotAllowed(_("The report does not wait for a look."))
    cleared = current.suspicions
    current.published_at, current.suspicions = now or timezone.now(), []
    current.save(update_fields=["published_at", "suspicions"])
    announce("complaints.published", current)
    audit.record(
        action="complaints.published", target=current.number,
        before={"suspicions": cleared}, after={"public": True},
    )  # fmt: skip
    return current


@transaction.atomic
def redact(
    *, complaint: Complaint, redaction: Redaction, by: "User", now: datetime | None = None
) -> Complaint:
    """Take something out of a report's texts for good and tell the reporter why.

    What stood there before is kept nowhere: it is mostly somebody's name or number. What now
    stands there is judged anew.

    Raises:
        NotAllowed: when nothing was changed.
        PermissionDenied: when ``by`` may not verify.
    """
    now, current = now or timezone.now(), locked(complaint)
    require(by, VERIFY, current)
    texts = ("title", "text", "landmark")
    changed = [name for name in texts if getattr(current, name) != getattr(redaction, name)]
    if not changed or current.erased_at is not None:
        raise NotAllowed(_("Nothing was changed."))
    for name in changed:
        setattr(current, name, getattr(redaction, name))
    current.save(update_fields=[*changed, *look_again(current)])
    indexing.index(current)
    line = Line(Author.COORDINATOR, redaction.reason, Audience.REPORTER)
    record(current, line, by=by, at=now, topic=REDACTED, word="redact")
    audit.record(action=REDACTED, target=current.number, after={"fields": changed})
    return current

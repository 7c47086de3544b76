"""Join reports of one problem into one case, and part them again.

A duplicate keeps its own row, secrecy, messages, photos and followers; only ``merged_into`` ties it
to the case. So parting restores everything, and nothing of a secret report gets onto another page.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop

from modules.complaints import rights
from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import family
from modules.complaints.selectors.similar import ALIVE
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    locked,
    move,
    record,
    require,
)
from modules.complaints.services.saying import sentences
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

JOINED, PARTED, HEARD = "complaints.joined", "complaints.parted", "complaints.heard"


@transaction.atomic
def merge(
    *, complaint: Complaint, into: Complaint, by: "User", now: datetime | None = None
) -> Complaint:
    """Make ``complaint`` a duplicate of the case that ``into`` is or belongs to.

    Args:
        complaint: the report that stops having a clock of its own.
        into: the case; if it is a duplicate itself, the end of its chain is taken.
        by: the officer, who may verify the one and see the other.

    Raises:
        NotAllowed: when both are one case already, the case is over, or the table says no.
        PermissionDenied: when one of the two is not within the officer's reach.
    """
    _lock()
    now, main = now or timezone.now(), locked(family.root(locked(into)))
    require(by, rights.DESK, main)
    if main.pk in (complaint.pk, complaint.merged_into_id):
        raise NotAllowed(_("These two are one case already."))
    if main.state not in ALIVE or main.erased_at is not None:
        raise NotAllowed(_("That case is over: nobody works on it any more."))
    line, changes = Line(Author.COORDINATOR), {"merged_into": main}
    moved = move("merge", complaint=complaint, line=line, by=by, changes=changes, now=now)
    text = sentences(gettext_noop("%(number)s tells of the same."), number=moved.number)
    _tell_case(main, text, "joined", JOINED, by, now)
    return moved


@transaction.atomic
def unmerge(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Part a duplicate from its case: it stands where it stood, and its clock runs again.

    Raises:
        NotAllowed: when it is no duplicate.
        PermissionDenied: when ``by`` may not verify it.
    """
    _lock()
    now, main = now or timezone.now(), locked(complaint).merged_into
    line, changes = Line(Author.COORDINATOR), {"merged_into": None}
    moved = move("unmerge", complaint=complaint, line=line, by=by, changes=changes, now=now)
    if main is not None:
        text = sentences(gettext_noop("%(number)s is a case of its own."), number=moved.number)
        _tell_case(main, text, "parted", PARTED, by, now)
    return moved


@transaction.atomic
def pass_on(*, entry: Entry, now: datetime | None = None) -> Entry | None:
    """Let those who work on the case read what a duplicate's reporter wrote; officers only.

    Returns:
        The line in the case's history; None when the report is no duplicate.
    """
    complaint = entry.complaint
    main = family.root(complaint)
    if main.pk == complaint.pk or not entry.text:
        return None
    intro = gettext_noop("From the reporter of %(number)s:")
    text = sentences(intro, entry.text, number=complaint.number)
    line = Line(Author.REPORTER, text, Audience.INTERNAL)
    return record(main, line, by=None, at=now or timezone.now(), topic=HEARD)


def _tell_case(
    main: Complaint, text: str, word: str, topic: str, by: "User", now: datetime
) -> None:
    """Write into the case's history, for officers: the public learns nothing of a secret one."""
    line = Line(Author.COORDINATOR, text, Audience.INTERNAL)
    record(main, line, by=by, at=now, topic=topic, word=word)


def _lock() -> None:
    """Let one officer at a time join and part, or two could tie reports into a loop."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('complaints.merge.' || current_schema()))"
        )

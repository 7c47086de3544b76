"""An officer on the street: on the way to a case."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai import audit
from modules.complaints import workflow
from modules.complaints.models import Complaint
from modules.complaints.services.handling import accept
from modules.complaints.services.moving import Audience, Author, Line, locked, record, require
from modules.complaints.services.saying import sentences
from modules.complaints.workflow import HANDLE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

ON_THE_WAY = "on_the_way"
ONCE_IN = timedelta(hours=2)


@transaction.atomic
def go(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Tell the reporter that somebody is on the way; a case not yet taken on is taken on.

    Said twice within two hours it is told once: phones send again what they are not sure of.

    Raises:
        NotAllowed: when the case is in nobody's hands or over by now.
        PermissionDenied: when ``by`` does not handle this agency's reports.
    """
    now = now or timezone.now()
    current = locked(complaint)
    require(by, HANDLE, current)
    if current.state in workflow.get("accept").sources:
        current = accept(complaint=current, by=by, now=now)
    if current.state not in workflow.BEGUN:
        raise NotAllowed(workflow.MOVED_ON)
    said = current.entries.filter(move=ON_THE_WAY, actor=by, at__gt=now - ONCE_IN)
    if said.exists():
        return current
    if current.assignee_id is None:
        current.assignee = by
        current.save(update_fields=["assignee"])
    words = sentences(gettext_noop("An officer is on the way."))
    line = Line(Author.AGENCY, words, Audience.REPORTER)
    record(current, line, by=by, at=now, topic="complaints.on_the_way", word=ON_THE_WAY)
    audit.record(action="complaints.on_the_way", target=current.number)
    return current

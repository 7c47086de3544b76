"""What the clock does: close what the reporter leaves open, end what was never answered."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balai import workcal
from modules.complaints import conf
from modules.complaints.models import Complaint, Entry
from modules.complaints.services.moving import Author, Line, announce, locked, move
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

REMINDER = "reminder"


def sweep(*, now: datetime) -> dict[str, int]:
    """Close, lapse and remind whatever is due at ``now``; return how many of each.

    Each report has its own transaction: one that fails does not keep back the others.
    """
    return {
        "auto_close": sum(_end("auto_close", State.RESOLVED, now)),
        "lapse": sum(_end("lapse", State.NEED_INFO, now)),
        "remind": sum(_remind(now)),
    }


def _end(name: str, state: State, now: datetime) -> Iterator[bool]:
    line = Line(Author.SYSTEM)
    for complaint in Complaint.objects.filter(state=state, due_at__lte=now).order_by("pk"):
        try:
            move(name, complaint=complaint, line=line, changes={"closed_at": now}, now=now)
        except NotAllowed:  # the reporter answered in this very moment
            yield False
        else:
            yield True


def _remind(now: datetime) -> Iterator[bool]:
    """Tell the reporters whose turn ends soon, once a turn."""
    until = workcal.add_working_days(now, conf.current().remind_days)
    waiting = Complaint.objects.filter(
        state__in=(State.RESOLVED, State.NEED_INFO), due_at__gt=now, due_at__lte=until
    )
    for complaint in waiting.order_by("pk"):
        yield _remind_one(complaint, now)


@transaction.atomic
def _remind_one(complaint: Complaint, now: datetime) -> bool:
    current = locked(complaint)
    turn = current.entries.exclude(to_state="").order_by("-at", "-id").first()
    told = Entry.objects.filter(complaint=current, move=REMINDER, at__gte=turn.at if turn else now)
    if current.state != complaint.state or told.exists():
        return False
    Entry.objects.create(
        complaint=current, at=now, move=REMINDER, author=Author.SYSTEM,
        audience=Entry.Audience.INTERNAL, text=str(_("The reporter was reminded.")),
    )  # fmt: skip
    announce("complaints.reminder_due", current)
    return True

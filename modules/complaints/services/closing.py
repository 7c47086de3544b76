"""What the clock does: close what the reporter leaves open, end what was never answered, go on."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from balai import workcal
from modules.complaints import conf, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.services import clocking, holding, transferring
from modules.complaints.services.moving import Author, Line, announce, locked, move
from modules.complaints.services.saying import sentences
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

REMINDER = "reminder"


def sweep(*, now: datetime) -> dict[str, int]:
    """Do whatever is due at ``now``; return how many reports each thing was done to.

    Each report has its own transaction: one that fails does not keep back the others. It may run
    twice, at once or after days without: a report that has moved on is left alone.
    """
    return {
        "adopt": clocking.adopt(),
        "auto_close": sum(_each(State.RESOLVED, now, _end("auto_close", now))),
        "lapse": sum(_each(State.NEED_INFO, now, _end("lapse", now))),
        "resume": sum(_each(State.ON_HOLD, now, lambda c: holding.resume(complaint=c, by=None,
                                                                       now=now))),
        "take_back": sum(_each(State.TRANSFERRED_OUT, now, _unanswered(now))),
        "remind": sum(_remind(now)),
    }  # fmt: skip


def _each(state: State, now: datetime, act: Callable[[Complaint], object]) -> Iterator[bool]:
    for complaint in Complaint.objects.filter(state=state, due_at__lte=now).order_by("pk"):
        try:
            act(complaint)
        except NotAllowed:  # somebody moved it in this very moment
            yield False
        else:
            yield True


def _end(name: str, now: datetime) -> Callable[[Complaint], object]:
    line = Line(Author.SYSTEM)
    changes: dict[str, datetime | None] = {"closed_at": now}
    if workflow.get(name).target == State.REJECTED:  # it was public if an agency sent it back
        changes["published_at"] = None
    return lambda complaint: move(name, complaint=complaint, line=line, changes=changes, now=now)


def _unanswered(now: datetime) -> Callable[[Complaint], object]:
    note = sentences(gettext_noop("There was no answer in time."))
    return lambda complaint: transferring.take_back(
        complaint=complaint, note=note, by=None, now=now
    )


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
    text = sentences(gettext_noop("The reporter was reminded."))
    Entry.objects.create(
        complaint=current, at=now, move=REMINDER, author=Author.SYSTEM,
        audience=Entry.Audience.INTERNAL, text=text,
    )  # fmt: skip
    announce("complaints.reminder_due", current)
    return True

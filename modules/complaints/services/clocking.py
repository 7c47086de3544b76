"""The service clocks of a report, wound by the workflow's table.

``complaints.turn`` runs for the officers whose turn it is (and for a reporter who must confirm, a
partner who must answer), ``complaints.answer`` while a question to the reporter lets it rest,
``complaints.case`` counts the days until the Ombudsman's dossier. ``Complaint.due_at`` is the
deadline of whoever must act now: the desk sorts by it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from balai import context, workcal
from balai.workcal import clocks
from balai.workcal.models import Clock as Row
from modules.complaints import conf
from modules.complaints.models import Complaint
from modules.complaints.states import OPEN, State
from modules.complaints.workflow import TURN, Clock, Move, Who

TURN_CLOCK: Final = "complaints.turn"
ANSWER_CLOCK: Final = "complaints.answer"
CASE_CLOCK: Final = "complaints.case"
RUNGS: Final = 4
"""Head of the unit, head of the agency, secretary, head of the region."""
REVIVED = (State.REJECTED, State.DUPLICATE, State.RESOLVED, State.CLOSED)
"""From here a case begins anew, and with it the days until the dossier are counted again."""
LIVE = (*OPEN, State.RESOLVED, State.TRANSFERRED_OUT)


def wind(complaint: Complaint, step: Move, before: str, now: datetime) -> set[str]:
    """Let the clocks follow ``step``; return the report's fields that changed, not yet saved."""
    if step.clock is Clock.KEEP:
        return set()
    if before == State.NEED_INFO:
        clocks.stop(kind=ANSWER_CLOCK, subject=complaint.uuid, now=now)
    if step.clock is Clock.STOP:
        _stop(complaint, now)
    elif step.clock is Clock.PAUSE:
        _pause(complaint, step, now)
    elif step.clock is Clock.RESUME:
        clock = clocks.resume(kind=TURN_CLOCK, subject=complaint.uuid, now=now)
        clock = clock or _start_turn(complaint, complaint.days_left or 1, now)
        complaint.due_at, complaint.days_left = clock.due_at, None
    else:
        days = step.days(complaint, conf.current()) if step.days else 0
        clock = _start_turn(complaint, days, now, plain_days=step.calendar)
        complaint.due_at, complaint.days_left = clock.due_at, None
        if before in REVIVED:
            clocks.start_all([_case(complaint)])
    return {"due_at", "days_left"}


def begin(complaint: Complaint, now: datetime) -> None:
    """Start the clocks of a report that came in; its ``due_at`` is set already."""
    days = conf.current().verify_days
    clocks.start_all([_turn(complaint, days, now), _case(complaint)])


def follow(kind: str, complaint: Complaint) -> None:
    """Take over the deadline of a clock that the calendar has moved."""
    asked = complaint.state == State.NEED_INFO
    clock = clocks.of(kind, complaint.uuid)
    if clock is None or clock.stopped_at or clock.paused_at or asked != (kind == ANSWER_CLOCK):
        return
    if complaint.due_at != clock.due_at:
        complaint.due_at = clock.due_at
        complaint.save(update_fields=["due_at"])


def adopt(limit: int = 500) -> int:
    """Give clocks to reports that have none: imported ones, and those of older versions."""
    own = Row.objects.filter(kind=TURN_CLOCK, subject=OuterRef("uuid"))
    bare = Complaint.objects.filter(~Exists(own), state__in=LIVE, due_at__isnull=False)
    found = list(bare.select_related("category").order_by("pk")[:limit])
    clocks.start_all(start for complaint in found for start in _adopted(complaint))
    return len(found)


def _adopted(complaint: Complaint) -> Iterable[clocks.Start]:
    since = complaint.entries.exclude(to_state="").order_by("-at", "-id").first()
    begun = since.at if since else complaint.created_at
    days = workcal.working_days_between(begun, complaint.due_at or begun)
    yield _turn(complaint, max(days, 0), begun)
    yield _case(complaint)


def _stop(complaint: Complaint, now: datetime) -> None:
    for kind in (TURN_CLOCK, CASE_CLOCK):
        clocks.stop(kind=kind, subject=complaint.uuid, now=now)
    complaint.due_at = complaint.days_left = None


def _pause(complaint: Complaint, step: Move, now: datetime) -> None:
    """Let the officers' clock rest; the reporter gets one, or the day it goes on is kept."""
    clock = clocks.pause(kind=TURN_CLOCK, subject=complaint.uuid, now=now)
    left = clock.days_left if clock else workcal.working_days_between(now, complaint.due_at or now)
    complaint.days_left = max(left or 1, 1)
    if step.days is None:
        complaint.due_at = hold_ends(complaint)
        return
    days = step.days(complaint, conf.current())
    answer = clocks.start(kind=ANSWER_CLOCK, subject=complaint.uuid, days=days, now=now)
    complaint.due_at = answer.due_at


def hold_ends(complaint: Complaint) -> datetime | None:
    """Return the midnight after the last day on which a case may rest, in the region's zone."""
    if complaint.hold_until is None:
        return None
    day = complaint.hold_until + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), context.current_region().zone)


def _start_turn(complaint: Complaint, days: int, now: datetime, *, plain_days: bool = False) -> Row:
    return clocks.start_all([_turn(complaint, days, now, plain_days=plain_days)])[0]


def _turn(
    complaint: Complaint, days: int, now: datetime, *, plain_days: bool = False
) -> clocks.Start:
    officers = TURN.get(complaint.state) is Who.STAFF
    between = conf.current().climb_days
    return clocks.Start(
        kind=TURN_CLOCK, subject=complaint.uuid, days=days, now=now, plain_days=plain_days,
        climb=[between * rung for rung in range(RUNGS)] if officers else (),
    )  # fmt: skip


def _case(complaint: Complaint) -> clocks.Start:
    return clocks.Start(
        kind=CASE_CLOCK, subject=complaint.uuid, days=conf.current().dossier_days,
        now=complaint.created_at, plain_days=True,
    )  # fmt: skip

"""Who may move a report from where to where, what its clock does then, and who is told.

Read the table aloud. A move exists here only when a service carries it out. Sources: stages and
time limits of SP4N-LAPOR! (KepmenPANRB 680/2020); LAKSA's red, yellow, green. Colours are
projections of the states (``states.py``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.complaints import conf, workflow_guards as guards
from modules.complaints.models import Complaint
from modules.complaints.states import State

Days = Callable[[Complaint, conf.Settings], int]
Guard = Callable[[Complaint, conf.Settings, datetime], str | Promise]


class Clock(Enum):
    """What a move does to the working-day clock of the side whose turn it was.

    PAUSE with ``days`` gives the other side a time of its own; without, nobody is waited for.
    """

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    KEEP = "keep"


class Who(Enum):
    """Which side a move belongs to; a partner is another authority, without an account."""

    STAFF = "staff"
    REPORTER = "reporter"
    PARTNER = "partner"
    SYSTEM = "system"


class Tell(Enum):
    """Who hears of a move: one receiver each. Followers only ever of what is public."""

    REPORTER = "reporter"
    FOLLOWERS = "followers"
    AGENCY = "agency"
    COORDINATOR = "coordinator"
    VALIDATOR = "validator"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition.

    ``permission`` is asked of staff, within the agency that holds the report. ``days`` is how
    long the next side has, in working days, or with ``calendar`` in days of the calendar.
    ``guard`` returns why not, or "" when nothing stands against it. ``by_clock``: the clock
    makes it, too. ``target`` is None where a report goes back to where it came from.
    """

    name: str
    sources: tuple[State, ...]
    target: State | None
    who: Who
    clock: Clock
    permission: str = ""
    days: Days | None = None
    guard: Guard | None = None
    tells: tuple[Tell, ...] = ()
    calendar: bool = False
    by_clock: bool = False

    @property
    def topic(self) -> str:
        """The outbox topic that tells the rest of the system."""
        return f"complaints.{self.name}"

    @property
    def targets(self) -> tuple[State, ...]:
        """Every state this move can lead to."""
        return (self.target,) if self.target else BACK_TO


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised when a move is asked for that the table does not know; says why, for people."""


S = State
STAFF, REPORTER, PARTNER, SYSTEM = Who.STAFF, Who.REPORTER, Who.PARTNER, Who.SYSTEM
VERIFY, HANDLE, VALIDATE = "complaints.verify", "complaints.handle", "complaints.validate"
SUPERVISE = "complaints.supervise"
START, PAUSE, RESUME, STOP, KEEP = Clock

BEGUN = (S.IN_PROGRESS, S.PLANNED)
UNFINISHED = (S.RECEIVED, S.NEED_INFO, S.DISPOSITIONED, S.REOPENED, *BEGUN, S.ON_HOLD)
BACK_TO = (S.RECEIVED, S.DISPOSITIONED, S.REOPENED, *BEGUN)
"""Where a duplicate can go back to: a question or a rest before the merge is over by then."""

ALL = (Tell.REPORTER, Tell.FOLLOWERS)
ALL_AND_AGENCY = (*ALL, Tell.AGENCY)


def _state_days(report: Complaint, rules: conf.Settings) -> int:
    """Return the working days that belong to the state ``report`` is in."""
    days = {
        S.RECEIVED: rules.verify_days,
        S.DISPOSITIONED: rules.accept_days,
        S.REOPENED: rules.reopen_days,
    }
    return days.get(S(report.state)) or report.category.time_limit


# fmt: off
MOVES: tuple[Move, ...] = (
    # The coordinator looks at it.
    Move("verify", (S.RECEIVED,), S.DISPOSITIONED, STAFF, START, VERIFY,
         lambda report, rules: rules.accept_days, guards.may_still_bounce, ALL_AND_AGENCY),
    Move("decide", (S.RECEIVED,), S.DISPOSITIONED, STAFF, START, VERIFY,
         lambda report, rules: rules.accept_days, guards.bounced_enough, ALL_AND_AGENCY),
    Move("reject", (S.RECEIVED, S.NEED_INFO), S.REJECTED, STAFF, STOP, VERIFY,
         tells=(Tell.REPORTER,)),
    Move("ask_info", (S.RECEIVED,), S.NEED_INFO, STAFF, PAUSE, VERIFY,
         lambda report, rules: rules.info_days, tells=(Tell.REPORTER,)),
    Move("answer_info", (S.NEED_INFO,), S.RECEIVED, REPORTER, RESUME,
         tells=(Tell.COORDINATOR,)),
    Move("lapse", (S.NEED_INFO,), S.REJECTED, SYSTEM, STOP,
         tells=(Tell.REPORTER,)),
    Move("appeal", (S.REJECTED,), S.RECEIVED, REPORTER, START, "",
         lambda report, rules: rules.verify_days, guards.may_appeal, (Tell.COORDINATOR,)),
    # It belongs to somebody else, or is known already.
    Move("transfer", (S.RECEIVED,), S.TRANSFERRED_OUT, STAFF, START, VERIFY,
         lambda report, rules: rules.transfer_days, tells=(*ALL, Tell.PARTNER), calendar=True),
    Move("acknowledge", (S.TRANSFERRED_OUT,), S.CLOSED, PARTNER, STOP,
         tells=(*ALL, Tell.COORDINATOR)),
    Move("take_back", (S.TRANSFERRED_OUT,), S.RECEIVED, STAFF, START, VERIFY,
         lambda report, rules: rules.verify_days, tells=(*ALL, Tell.COORDINATOR), by_clock=True),
    Move("merge", UNFINISHED, S.DUPLICATE, STAFF, STOP, VERIFY,
         tells=ALL_AND_AGENCY),
    Move("unmerge", (S.DUPLICATE,), None, STAFF, START, VERIFY,
         _state_days, tells=ALL_AND_AGENCY),
    # The agency works.
    Move("accept", (S.DISPOSITIONED, S.REOPENED), S.IN_PROGRESS, STAFF, START, HANDLE,
         lambda report, rules: report.category.time_limit, tells=ALL),
    Move("refuse", (S.DISPOSITIONED,), S.RECEIVED, STAFF, START, HANDLE,
         lambda report, rules: rules.accept_days, guards.may_refuse, (*ALL, Tell.COORDINATOR)),
    Move("plan", BEGUN, S.PLANNED, STAFF, KEEP, HANDLE,
         tells=ALL),
    Move("hold", BEGUN, S.ON_HOLD, STAFF, PAUSE, SUPERVISE,
         guard=guards.may_hold, tells=ALL_AND_AGENCY),
    Move("resume", (S.ON_HOLD,), S.IN_PROGRESS, STAFF, RESUME, HANDLE,
         tells=ALL_AND_AGENCY, by_clock=True),
    Move("submit", BEGUN, S.RESOLUTION_SUBMITTED, STAFF, START, HANDLE,
         lambda report, rules: rules.validate_days, guards.needs_four_eyes, (*ALL, Tell.VALIDATOR)),
    Move("send_back", (S.RESOLUTION_SUBMITTED,), S.IN_PROGRESS, STAFF, START, VALIDATE,
         lambda report, rules: rules.reopen_days, tells=(Tell.AGENCY,)),
    Move("approve", (S.RESOLUTION_SUBMITTED,), S.RESOLVED, STAFF, START, VALIDATE,
         lambda report, rules: rules.auto_close_days, tells=ALL),
    Move("resolve", BEGUN, S.RESOLVED, STAFF, START, HANDLE,
         lambda report, rules: rules.auto_close_days, guards.no_four_eyes, ALL),
    # The reporter has the last word.
    Move("confirm", (S.RESOLVED,), S.CLOSED, REPORTER, STOP,
         tells=(Tell.FOLLOWERS, Tell.AGENCY)),
    Move("reopen", (S.RESOLVED,), S.REOPENED, REPORTER, START, "",
         lambda report, rules: rules.reopen_days,
         tells=(Tell.FOLLOWERS, Tell.AGENCY, Tell.COORDINATOR)),
    Move("withdraw", (*UNFINISHED, S.RESOLUTION_SUBMITTED), S.REJECTED, REPORTER, STOP,
         guard=guards.nobody_joined, tells=ALL_AND_AGENCY),
    Move("auto_close", (S.RESOLVED,), S.CLOSED, SYSTEM, STOP,
         tells=ALL),
    # A share of what was closed is looked at again; see services/auditing.py.
    Move("reopen_by_audit", (S.CLOSED,), S.REOPENED, STAFF, START, VALIDATE,
         lambda report, rules: rules.reopen_days, tells=ALL_AND_AGENCY),
)
# fmt: on
_BY_NAME = {move.name: move for move in MOVES}

TURN: dict[str, Who] = {
    **dict.fromkeys(UNFINISHED, STAFF),
    S.NEED_INFO: REPORTER,
    S.RESOLUTION_SUBMITTED: STAFF,
    S.RESOLVED: REPORTER,
    S.TRANSFERRED_OUT: PARTNER,
}
"""Whose turn it is; states that are missing here wait for nobody."""


MOVED_ON = _("The report has moved on in the meantime. Please look at it again.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for one that the table does not know."""
    return _BY_NAME[name]


def topics_for(someone: Tell) -> tuple[str, ...]:
    """Return the topics of the moves that ``someone`` is told of, in the table's order."""
    return tuple(move.topic for move in MOVES if someone in move.tells)


def problem(
    move: Move, complaint: Complaint, settings: conf.Settings, now: datetime | None = None
) -> str | Promise:
    """Return why ``complaint`` cannot make this move now, or "" when it can."""
    if complaint.state not in move.sources:
        return MOVED_ON
    return move.guard(complaint, settings, now or timezone.now()) if move.guard else ""


def refusal(name: str, complaint: Complaint) -> str | Promise:
    """Return why the move called ``name`` cannot be made now under the region's settings, or ""."""
    return problem(get(name), complaint, conf.current(), timezone.now())


def possible(complaint: Complaint, who: Who) -> Iterator[Move]:
    """Yield the moves this side can make now, in the table's order, rights not yet asked."""
    settings, now = conf.current(), timezone.now()
    for move in MOVES:
        if move.who is who and not problem(move, complaint, settings, now):
            yield move


def back_to(before: str) -> State:
    """Return where a duplicate goes that was in the state ``before`` when it was merged."""
    return {S.NEED_INFO: S.RECEIVED, S.ON_HOLD: S.IN_PROGRESS}.get(S(before), S(before))

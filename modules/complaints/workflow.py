"""Who may move a report from where to where, and what its clock does then. Read it aloud.

A move exists here only when a service carries it out. Sources: stages and time limits of
SP4N-LAPOR! (KepmenPANRB 680/2020); LAKSA's red, yellow, green.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.complaints import conf
from modules.complaints.models import Complaint
from modules.complaints.states import State

Days = Callable[[Complaint, conf.Settings], int]
Guard = Callable[[Complaint, conf.Settings], str | Promise]


class Clock(Enum):
    """What a move does to the working-day clock of the side whose turn it was."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    KEEP = "keep"


class Who(Enum):
    """Which side a move belongs to."""

    STAFF = "staff"
    REPORTER = "reporter"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition.

    ``permission`` is asked of staff, within the agency that holds the report. ``days`` is how
    long the next side has. ``guard`` returns why not, or "" when nothing stands against it.
    """

    name: str
    sources: tuple[State, ...]
    target: State
    who: Who
    clock: Clock
    permission: str = ""
    days: Days | None = None
    guard: Guard | None = None

    @property
    def topic(self) -> str:
        """The outbox topic that tells the rest of the system."""
        return f"complaints.{self.name}"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised when a move is asked for that the table does not know; says why, for people."""


def _may_refuse(complaint: Complaint, settings: conf.Settings) -> str | Promise:
    if complaint.refusals >= settings.max_refusals:
        return _("It was sent back too often: the coordinator's decision stands.")
    return ""


def _needs_four_eyes(complaint: Complaint, settings: conf.Settings) -> str | Promise:
    return "" if settings.four_eyes else _("Evidence is not checked by a second person here.")


def _no_four_eyes(complaint: Complaint, settings: conf.Settings) -> str | Promise:
    return _("A second person checks the evidence first.") if settings.four_eyes else ""


STAFF, REPORTER, SYSTEM = Who.STAFF, Who.REPORTER, Who.SYSTEM
VERIFY, HANDLE, VALIDATE = "complaints.verify", "complaints.handle", "complaints.validate"

# fmt: off
MOVES: tuple[Move, ...] = (
    Move("verify", (State.RECEIVED,), State.DISPOSITIONED, STAFF, Clock.START, VERIFY,
         days=lambda report, rules: rules.accept_days),
    Move("reject", (State.RECEIVED, State.NEED_INFO), State.REJECTED, STAFF, Clock.STOP, VERIFY),
    Move("ask_info", (State.RECEIVED,), State.NEED_INFO, STAFF, Clock.PAUSE, VERIFY,
         days=lambda report, rules: rules.info_days),
    Move("answer_info", (State.NEED_INFO,), State.RECEIVED, REPORTER, Clock.RESUME),
    Move("lapse", (State.NEED_INFO,), State.REJECTED, SYSTEM, Clock.STOP),
    Move("accept", (State.DISPOSITIONED, State.REOPENED), State.IN_PROGRESS, STAFF, Clock.START,
         HANDLE, days=lambda report, rules: report.category.days),
    Move("refuse", (State.DISPOSITIONED,), State.RECEIVED, STAFF, Clock.START, HANDLE,
         days=lambda report, rules: rules.accept_days, guard=_may_refuse),
    Move("submit", (State.IN_PROGRESS,), State.RESOLUTION_SUBMITTED, STAFF, Clock.START, HANDLE,
         days=lambda report, rules: rules.validate_days, guard=_needs_four_eyes),
    Move("send_back", (State.RESOLUTION_SUBMITTED,), State.IN_PROGRESS, STAFF, Clock.START,
         VALIDATE, days=lambda report, rules: rules.reopen_days),
    Move("approve", (State.RESOLUTION_SUBMITTED,), State.RESOLVED, STAFF, Clock.START, VALIDATE,
         days=lambda report, rules: rules.auto_close_days),
    Move("resolve", (State.IN_PROGRESS,), State.RESOLVED, STAFF, Clock.START, HANDLE,
         days=lambda report, rules: rules.auto_close_days, guard=_no_four_eyes),
    Move("confirm", (State.RESOLVED,), State.CLOSED, REPORTER, Clock.STOP),
    Move("reopen", (State.RESOLVED,), State.REOPENED, REPORTER, Clock.START,
         days=lambda report, rules: rules.reopen_days),
    Move("auto_close", (State.RESOLVED,), State.CLOSED, SYSTEM, Clock.STOP),
)
# fmt: on
_BY_NAME = {move.name: move for move in MOVES}

TURN: dict[str, Who] = {
    State.RECEIVED: STAFF,
    State.NEED_INFO: REPORTER,
    State.DISPOSITIONED: STAFF,
    State.IN_PROGRESS: STAFF,
    State.RESOLUTION_SUBMITTED: STAFF,
    State.RESOLVED: REPORTER,
    State.REOPENED: STAFF,
}
"""Whose turn it is; states that are missing here wait for nobody."""


MOVED_ON = _("The report has moved on in the meantime. Please look at it again.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for one that the table does not know."""
    return _BY_NAME[name]


def problem(move: Move, complaint: Complaint, settings: conf.Settings) -> str | Promise:
    """Return why ``complaint`` cannot make this move now, or "" when it can."""
    if complaint.state not in move.sources:
        return MOVED_ON
    return move.guard(complaint, settings) if move.guard else ""


def possible(complaint: Complaint, who: Who) -> Iterator[Move]:
    """Yield the moves this side can make now, in the table's order, rights not yet asked."""
    settings = conf.current()
    for move in MOVES:
        if move.who is who and not problem(move, complaint, settings):
            yield move

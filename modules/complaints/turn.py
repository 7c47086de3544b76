"""Whose turn it is, until when, and what happens otherwise: the card on top of a report."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.complaints import deadline, workflow
from modules.complaints.models import Complaint
from modules.complaints.states import State

STAGES: tuple[tuple[str | Promise, tuple[State, ...]], ...] = (
    (pgettext_lazy("stage", "Received"), (State.RECEIVED, State.NEED_INFO)),
    (pgettext_lazy("stage", "Assigned"), (State.DISPOSITIONED, State.REOPENED)),
    (
        pgettext_lazy("stage", "Being handled"),
        (State.IN_PROGRESS, State.PLANNED, State.ON_HOLD, State.RESOLUTION_SUBMITTED),
    ),
    (pgettext_lazy("stage", "Confirmation"), (State.RESOLVED,)),
)
STAFF_WORDS: dict[str, str | Promise] = {
    State.RECEIVED: _("The coordinator checks the report"),
    State.DISPOSITIONED: _("The agency takes the case on"),
    State.REOPENED: _("The agency starts again"),
    State.IN_PROGRESS: _("The agency is at work"),
    State.PLANNED: _("The agency has planned the work"),
    State.ON_HOLD: _("The case rests"),
    State.RESOLUTION_SUBMITTED: _("A validator checks the evidence"),
    State.TRANSFERRED_OUT: _("Another authority has the report"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """The next step: ``reporter`` when it is theirs."""

    reporter: bool
    words: str | Promise
    left: deadline.Deadline | None

    @property
    def until(self) -> datetime | None:
        """When the turn ends."""
        return self.left.due_at if self.left else None


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four words that say where a case stands."""

    label: str | Promise
    mark: str


def of(complaint: Complaint, now: datetime | None = None) -> Turn | None:
    """Return the next step, or None when the case is over."""
    who = workflow.TURN.get(complaint.state)
    if who is None:
        return None
    left = deadline.of(complaint, now)
    if who is workflow.Who.REPORTER:
        asked = complaint.state == State.NEED_INFO
        words = _("Your turn: please answer") if asked else _("Your turn: is it mended?")
        return Turn(True, words, left)
    return Turn(False, STAFF_WORDS[complaint.state], left)


def stages(complaint: Complaint) -> list[Stage]:
    """Return the four stages with "is-done" or "is-now"; none for a case that ended early."""
    if complaint.state == State.CLOSED:
        return [Stage(label, "is-done") for label, _states in STAGES]
    here = next(
        (at for at, (_label, states) in enumerate(STAGES) if complaint.state in states), None
    )
    if here is None:
        return []
    marks = ["is-done"] * here + ["is-now"] + [""] * (len(STAGES) - here - 1)
    return [Stage(label, mark) for (label, _states), mark in zip(STAGES, marks, strict=True)]

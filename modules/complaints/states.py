"""The states of a report and how each one looks: a colour, an icon and a word."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class State(TextChoices):
    """Where a report stands."""

    RECEIVED = "received", pgettext_lazy("state", "Received")
    NEED_INFO = "need_info", pgettext_lazy("state", "More information needed")
    REJECTED = "rejected", pgettext_lazy("state", "Rejected")
    DUPLICATE = "duplicate", pgettext_lazy("state", "Duplicate")
    TRANSFERRED_OUT = "transferred_out", pgettext_lazy("state", "Passed on")
    DISPOSITIONED = "dispositioned", pgettext_lazy("state", "Assigned")
    IN_PROGRESS = "in_progress", pgettext_lazy("state", "In progress")
    PLANNED = "planned", pgettext_lazy("state", "Planned")
    ON_HOLD = "on_hold", pgettext_lazy("state", "On hold")
    RESOLUTION_SUBMITTED = "resolution_submitted", pgettext_lazy("state", "Evidence being checked")
    RESOLVED = "resolved", pgettext_lazy("state", "Done")
    REOPENED = "reopened", pgettext_lazy("state", "Reopened")
    CLOSED = "closed", pgettext_lazy("state", "Closed")


_LOOKS = {
    "red": {
        State.RECEIVED: "inbox",
        State.NEED_INFO: "message-circle-question-mark",
        State.DISPOSITIONED: "send",
        State.REOPENED: "rotate-ccw",
    },
    "amber": {
        State.IN_PROGRESS: "wrench",
        State.PLANNED: "calendar",
        State.ON_HOLD: "circle-pause",
        State.RESOLUTION_SUBMITTED: "camera",
    },
    "green": {State.RESOLVED: "circle-check", State.CLOSED: "lock"},
    "blue": {State.TRANSFERRED_OUT: "arrow-up-right"},
    "grey": {State.REJECTED: "ban", State.DUPLICATE: "copy"},
}
STATUSES: dict[str, Status] = {
    state.value: Status(colour, icon, state.label)
    for colour, looks in _LOOKS.items()
    for state, icon in looks.items()
}


def of_duplicate(case_state: str) -> Status:
    """Return the look of a duplicate: its case's colour under its own word."""
    own = STATUSES[State.DUPLICATE]
    return Status(STATUSES[case_state].colour, own.icon, own.label)


WAITING = tuple(_LOOKS["red"])
HANDLED = tuple(_LOOKS["amber"])
DONE = tuple(_LOOKS["green"])
OPEN = (*WAITING, *HANDLED)
NOT_YET_PUBLIC = (State.RECEIVED, State.NEED_INFO, State.REJECTED, State.DUPLICATE)
"""Never on public pages in these states, whatever else is set."""

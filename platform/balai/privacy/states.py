"""States of a request and of a breach, with their colours; the allowed moves."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.privacy import law
from balai.ui.status import Status


class State(models.TextChoices):
    """How far a request got."""

    RECEIVED = "received", pgettext_lazy("request", "Received")
    WAITING = "waiting", pgettext_lazy("request", "Can be taken back")
    DONE = "done", pgettext_lazy("request", "Done")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    TAKEN_BACK = "taken_back", pgettext_lazy("request", "Taken back")


OPEN: Final = ("received", "waiting")
MOVES: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "wait": (("received",), State.WAITING),
    "fulfil": (("received", "waiting"), State.DONE),
    "refuse": (("received", "waiting"), State.REFUSED),
    "take_back": (("received", "waiting"), State.TAKEN_BACK),
}
"""{move: (from which states, to which)}"""


class NotAllowed(ValidationError):  # noqa: N818  # it reads as what is wrong
    """Raised for a move that the state does not allow."""


def after(move: str, state: str) -> str:
    """Return the state that a move leads to.

    Raises:
        NotAllowed: when it is not possible from ``state``.
    """
    sources, target = MOVES[move]
    if state not in sources:
        raise NotAllowed(_("This request has been dealt with in the meantime. Load the page anew."))
    return target


_LOOKS: Final = {
    State.DONE: ("green", "check"),
    State.REFUSED: ("grey", "ban"),
    State.TAKEN_BACK: ("grey", "undo-2"),
}


def status_of(state: str, due_at: datetime, now: datetime) -> Status:
    """Return how a request looks: blue at first, amber on its last day, red when late."""
    label = State(state).label
    if state not in OPEN:
        return Status(*_LOOKS[State(state)], label)
    if now > due_at:
        return Status("red", "triangle-alert", pgettext_lazy("request", "Late"))
    colour = "amber" if due_at - now <= law.LAST_DAY else "blue"
    return Status(colour, "clock", label)


class BreachState(models.TextChoices):
    """How far the notice of a breach got."""

    DRAFT = "draft", pgettext_lazy("breach", "Being written")
    APPROVED = "approved", pgettext_lazy("breach", "Waits for a second person")
    SENT = "sent", pgettext_lazy("breach", "People were told")

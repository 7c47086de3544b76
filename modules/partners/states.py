"""The states of a share and of a co-operation, and how each one looks."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class State(TextChoices):
    """Where a share stands."""

    HELD = "held", pgettext_lazy("share", "Waits for consent")
    SENT = "sent", pgettext_lazy("share", "Sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("share", "Acknowledged")
    ANSWERED = "answered", pgettext_lazy("share", "Answered")
    CLOSED = "closed", pgettext_lazy("share", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("share", "Withdrawn")


class Outcome(TextChoices):
    """What a partner answers."""

    HANDLED = "handled", pgettext_lazy("outcome", "Dealt with")
    IN_HAND = "in_hand", pgettext_lazy("outcome", "We are working on it")
    PASSED = "passed", pgettext_lazy("outcome", "Passed on to a unit of ours")
    NOT_OURS = "not_ours", pgettext_lazy("outcome", "Not ours")


class Standing(TextChoices):
    """Whether a co-operation lets anything be shared; read from its dates, never stored."""

    COMING = "coming", pgettext_lazy("co-operation", "Not yet in force")
    LIVE = "live", pgettext_lazy("co-operation", "In force")
    ENDING = "ending", pgettext_lazy("co-operation", "Ends soon")
    OVER = "over", pgettext_lazy("co-operation", "Over")


_LOOKS: Final = {
    State.HELD: ("amber", "users"),
    State.SENT: ("red", "send"),
    State.ACKNOWLEDGED: ("amber", "check"),
    State.ANSWERED: ("green", "message-circle-reply"),
    State.CLOSED: ("green", "lock"),
    State.WITHDRAWN: ("grey", "undo-2"),
}
STATUSES: Final = {state.value: Status(*look, state.label) for state, look in _LOOKS.items()}
_STANDINGS: Final = {
    Standing.COMING: ("blue", "calendar"),
    Standing.LIVE: ("green", "handshake"),
    Standing.ENDING: ("amber", "clock-alert"),
    Standing.OVER: ("grey", "ban"),
}
STANDINGS: Final = {one.value: Status(*look, one.label) for one, look in _STANDINGS.items()}

READABLE: Final = (State.SENT, State.ACKNOWLEDGED, State.ANSWERED)
"""The partner may read the case."""
SHOWN: Final = (*READABLE, State.CLOSED)
"""The partner sees that there is, or was, a case."""
OPEN: Final = (State.HELD, *READABLE)

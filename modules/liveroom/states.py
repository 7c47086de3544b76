"""The states of an instruction and their looks; "late" is read from its day, never stored."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class State(TextChoices):
    """Where an instruction stands."""

    GIVEN = "given", pgettext_lazy("instruction", "Given")
    SEEN = "seen", pgettext_lazy("instruction", "Seen")
    ANSWERED = "answered", pgettext_lazy("instruction", "Answered")
    RETURNED = "returned", pgettext_lazy("instruction", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("instruction", "Accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("instruction", "Withdrawn")


_LOOKS: Final = {
    State.GIVEN: ("red", "send"),
    State.SEEN: ("amber", "eye"),
    State.ANSWERED: ("blue", "message-circle-reply"),
    State.RETURNED: ("red", "undo-2"),
    State.ACCEPTED: ("green", "circle-check"),
    State.WITHDRAWN: ("grey", "ban"),
}
STATUSES: Final = {state.value: Status(*look, state.label) for state, look in _LOOKS.items()}
LATE: Final = Status("red", "clock-alert", pgettext_lazy("instruction", "Late"))

AT_HEAD: Final = (State.GIVEN, State.SEEN, State.RETURNED)
"""The agency's head must act; only these can be late."""
OPEN: Final = (*AT_HEAD, State.ANSWERED)

"""How a call stands, in words for who made it. Nothing here promises more than is known: that a
unit is on its way is said when its crew has said so, and never before."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.emergency.states import State


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller reads; ``open`` tells whether anything can still change."""

    colour: str
    icon: str
    label: str | Promise
    text: str | Promise
    open: bool = True


WAITS: Final = Standing(
    "amber", "hourglass",
    _("Not sent yet"),
    _("You can still cancel. Ten seconds after you held the button it goes to the 112 centre."),
)  # fmt: skip
CANCELLED: Final = Standing(
    "grey", "ban",
    _("Cancelled"),
    _("You cancelled in time. Nobody was sent for this. If you need help, call 112."),
    open=False,
)  # fmt: skip
GONE: Final = Standing(
    "grey", "lock",
    _("Ended by the centre"),
    _("The centre has ended this. If you still need help, call 112 now."),
    open=False,
)  # fmt: skip
OF: Final[dict[str, Standing]] = {
    State.QUEUED: Standing(
        "red", "inbox",
        _("Received by the system"),
        _(
            "It is on the centre's list. No unit has been sent yet. If you can, call"
            " 112 as well."
        ),
    ),
    State.DISPATCHED: Standing(
        "amber", "send",
        _("A unit was asked to come"),
        _("It has not confirmed yet. If you can, call 112 and say what is happening."),
    ),
    State.ACKNOWLEDGED: Standing(
        "amber", "check",
        _("A unit has confirmed"),
        _("Its crew has taken this on and is getting ready."),
    ),
    State.EN_ROUTE: Standing(
        "green", "navigation",
        _("A unit is on its way"),
        _("The unit has reported it. Stay where you are if that is safe, and make yourself seen."),
    ),
    State.ON_SCENE: Standing(
        "green", "map-pin",
        _("A unit is at the place"),
        _("The unit has reported it. Nobody with you? Call 112 and say where you are."),
    ),
    State.TRANSPORTING: Standing(
        "green", "ambulance",
        _("A unit is bringing somebody to help"),
        _("Its crew has left the place. Somebody still needs help? Call 112."),
    ),
    State.CLEARED: Standing(
        "green", "check-check",
        _("The unit has finished"),
        _("Its crew has finished its work. If you still need help, call 112 now."),
    ),
    State.CLOSED: Standing(
        "green", "lock",
        _("Closed"),
        _("The centre has closed this. If you still need help, call 112 now."),
        open=False,
    ),
    State.TRANSFERRED: Standing(
        "blue", "arrow-up-right",
        _("Handed over"),
        _("The centre has handed this to another service. No answer? Call 112."),
        open=False,
    ),
}  # fmt: skip
STEPS: Final[dict[str, str | Promise]] = {
    "queued": _("Received by the system"),
    "called_again": _("Added to what you sent before"),
    "dispatch": _("A unit was asked to come"),
    "acknowledge": _("A unit has confirmed"),
    "depart": _("A unit has set out"),
    "arrive": _("A unit has arrived"),
    "transport": _("A unit has left the place with somebody"),
    "clear": _("A unit has finished"),
    "recall": _("A unit was called back"),
}
"""The moments of an incident that its caller is told of, in their words."""

"""How an app comes into use and out of it. Read the table aloud."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.catalogue.states import State

MANAGE = "catalogue.manage"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move the table does not know; says why, for people."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition; ``asks`` names what must be said with it."""

    name: str
    label: str | Promise
    icon: str
    sources: tuple[State, ...]
    target: State
    asks: tuple[str, ...] = ()
    danger: bool = False

    @property
    def topic(self) -> str:
        """The event and the audit log's action."""
        return f"catalogue.{self.name}"


# fmt: off
MOVES: tuple[Move, ...] = (
    Move("publish", _("Publish"), "send", (State.DRAFT,), State.LIVE),
    Move("pause", _("Begin maintenance"), "wrench",
         (State.LIVE, State.RETIRING), State.MAINTENANCE, ("reason",)),
    Move("resume", _("End maintenance"), "play", (State.MAINTENANCE,), State.LIVE),
    Move("plan", _("Plan to retire it"), "calendar-clock",
         (State.LIVE, State.MAINTENANCE), State.RETIRING, ("retire_on", "reason")),
    Move("keep", _("Keep it after all"), "undo-2", (State.RETIRING,), State.LIVE),
    Move("retire", _("Retire now"), "archive",
         (State.DRAFT, State.LIVE, State.MAINTENANCE, State.RETIRING), State.RETIRED,
         ("reason",), danger=True),
    Move("restore", _("Bring it back as a draft"), "archive-restore",
         (State.RETIRED,), State.DRAFT),
)
# fmt: on
_MOVES = {move.name: move for move in MOVES}
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for an unknown one."""
    return _MOVES[name]


def require(move: Move, state: str) -> None:
    """Raise NotAllowed unless an app in ``state`` can make this move."""
    if state not in move.sources:
        raise NotAllowed(MOVED_ON)


def possible(state: str) -> list[Move]:
    """Return the moves from ``state``."""
    return [move for move in MOVES if state in move.sources]

"""Who may move a market's round from where to where. Read the table aloud.

Source: PIHPS (Bank Indonesia): asked 9.00 to 10.00, verified 10.00 to 12.00, published 13.00.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.prices.states import State

ENTER, VERIFY, PUBLISH = "prices.enter", "prices.verify", "prices.publish"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition; ``asks`` names what must be said with it."""

    name: str
    sources: tuple[State, ...]
    target: State
    permission: str
    asks: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """The event and the audit log's action."""
        return f"prices.{self.name}"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move the table does not know; says why, for people."""


# fmt: off
MOVES: tuple[Move, ...] = (
    Move("submit", (State.OPEN, State.RETURNED), State.SUBMITTED, ENTER),
    Move("send_back", (State.SUBMITTED,), State.RETURNED, VERIFY, ("answer",)),
    Move("verify", (State.SUBMITTED,), State.VERIFIED, VERIFY),
    Move("take_back", (State.VERIFIED,), State.SUBMITTED, VERIFY),
    Move("publish", (State.VERIFIED,), State.PUBLISHED, PUBLISH),
    Move("correct", (State.PUBLISHED,), State.PUBLISHED, PUBLISH, ("reason",)),
)
# fmt: on
_MOVES = {move.name: move for move in MOVES}
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for an unknown one."""
    return _MOVES[name]


def problem(move: Move, state: str) -> str | Promise:
    """Return why a round in ``state`` cannot make this move now, or ""."""
    return "" if state in move.sources else MOVED_ON


def possible(state: str) -> list[str]:
    """Return the names of the moves from ``state``."""
    return [move.name for move in MOVES if state in move.sources]

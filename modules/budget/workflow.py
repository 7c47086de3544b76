"""Who may move the state of a budget from where to where. Read the table aloud."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.budget.states import State

DESK, IMPORT, PUBLISH = "budget.access_desk", "budget.import", "budget.publish"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition; ``target`` None takes the state away with all its lines."""

    name: str
    sources: tuple[State, ...]
    target: State | None
    permission: str

    @property
    def topic(self) -> str:
        """The event and the audit log's action."""
        return f"budget.{self.name}"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move the table does not know; says why, for people."""


# fmt: off
MOVES: tuple[Move, ...] = (
    Move("publish", (State.READY,), State.PUBLISHED, PUBLISH),
    Move("withdraw", (State.PUBLISHED,), State.READY, PUBLISH),
    Move("delete", (State.LOADING, State.READY), None, PUBLISH),
)
# fmt: on
_MOVES = {move.name: move for move in MOVES}
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")
NO_RIGHT = _("You may not do that.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for an unknown one."""
    return _MOVES[name]


def problem(move: Move, state: str) -> str | Promise:
    """Return why a budget in ``state`` cannot make this move now, or ""."""
    return "" if state in move.sources else MOVED_ON


def possible(state: str) -> list[str]:
    """Return the names of the moves from ``state``."""
    return [move.name for move in MOVES if state in move.sources]

"""Who may move an instruction from where to where. Read the table aloud.

An instruction begins GIVEN. Late is none of its states: it is read from the day it was due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.liveroom.states import OPEN, State


class Who(Enum):
    """Which side makes a move."""

    GIVER = "giver"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition; ``asks`` says that words must come with it."""

    name: str
    sources: tuple[State, ...]
    target: State
    who: Who
    asks: bool = False

    @property
    def topic(self) -> str:
        """The outbox topic that tells the rest of the system."""
        return f"liveroom.{self.name}"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for what the table does not know, or what is not complete; says why, for people."""


S = State
GIVER, HEAD = Who.GIVER, Who.HEAD

# fmt: off
MOVES: Final[tuple[Move, ...]] = (
    Move("see", (S.GIVEN,), S.SEEN, HEAD),
    Move("answer", (S.GIVEN, S.SEEN, S.RETURNED), S.ANSWERED, HEAD, asks=True),
    Move("accept", (S.ANSWERED,), S.ACCEPTED, GIVER),
    Move("return", (S.ANSWERED,), S.RETURNED, GIVER, asks=True),
    Move("withdraw", OPEN, S.WITHDRAWN, GIVER, asks=True),
)
# fmt: on
_BY_NAME: Final = {move.name: move for move in MOVES}
MOVED_ON: Final[str | Promise] = _(
    "This instruction has moved on in the meantime. Please look at it again."
)


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for one that the table does not know."""
    return _BY_NAME[name]


def possible(state: str, who: Who) -> Iterator[Move]:
    """Yield the moves this side can make from a state, in the table's order."""
    return (move for move in MOVES if move.who is who and state in move.sources)

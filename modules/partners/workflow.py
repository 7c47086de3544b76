"""Who may move a share from where to where. Read the table aloud.

A sealed case begins HELD and is sent when a second person has agreed; everything else begins SENT.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.partners.models import Share
from modules.partners.states import OPEN, State


class Who(Enum):
    """Which side makes a move."""

    REGION = "region"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition; ``asks`` says that words must come with it."""

    name: str
    sources: tuple[State, ...]
    target: State
    who: Who
    permission: str
    asks: bool = False
    hears: bool = False
    """Whether the case's own module is told of it."""

    @property
    def topic(self) -> str:
        """The outbox topic that tells the rest of the system."""
        return f"partners.{self.name}"


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move that the table does not know; says why, for people."""


SHARE, APPROVE, INBOX = "partners.share", "partners.approve", "partners.inbox"
S = State
REGION, PARTNER = Who.REGION, Who.PARTNER

# fmt: off
MOVES: Final[tuple[Move, ...]] = (
    Move("consent", (S.HELD,), S.SENT, REGION, APPROVE),
    Move("acknowledge", (S.SENT,), S.ACKNOWLEDGED, PARTNER, INBOX, hears=True),
    Move("answer", (S.SENT, S.ACKNOWLEDGED, S.ANSWERED), S.ANSWERED, PARTNER, INBOX, asks=True,
         hears=True),
    Move("ask_again", (S.ANSWERED,), S.ACKNOWLEDGED, REGION, SHARE, asks=True),
    Move("close", (S.ACKNOWLEDGED, S.ANSWERED), S.CLOSED, REGION, SHARE),
    Move("withdraw", OPEN, S.WITHDRAWN, REGION, SHARE, asks=True),
)
# fmt: on
_BY_NAME: Final = {move.name: move for move in MOVES}
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")
ENDED = _("The co-operation is not in force: nothing can be shared or answered under it.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for one that the table does not know."""
    return _BY_NAME[name]


def problem(move: Move, share: Share) -> str | Promise:
    """Return why ``share`` cannot make this move now, or "".

    When the co-operation is over, a share can only be withdrawn or closed.
    """
    if share.state not in move.sources:
        return MOVED_ON
    cooperation = share.cooperation
    ends = move.target in (S.WITHDRAWN, S.CLOSED)
    return "" if ends or (cooperation.live and cooperation.partner.active) else ENDED


def possible(share: Share, who: Who) -> Iterator[Move]:
    """Yield the moves this side can make now, in the table's order, rights not yet asked."""
    return (move for move in MOVES if move.who is who and not problem(move, share))

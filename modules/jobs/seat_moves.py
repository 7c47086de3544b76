"""Who may move a place at a fair or in a class from where to where. Read it aloud.

At a fair everybody who asked has a place. In a class people register first and an officer chooses:
only who is accepted has a place. What a move does to the number of places given follows from that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.jobs.models import Gathering, Seat
from modules.jobs.states import SeatState as S
from modules.jobs.workflow import Who

FAIR, TRAINING = Gathering.Kind.FAIR, Gathering.Kind.TRAINING
BOTH = (FAIR, TRAINING)
GATHER = "jobs.gather"
TAKING: Mapping[str, tuple[S, ...]] = {
    FAIR: (S.HELD, S.ARRIVED),
    TRAINING: (S.ACCEPTED, S.PASSED),
}
"""In which states somebody takes one of a session's places."""


@dataclass(frozen=True, slots=True)
class SeatMove:
    """One allowed transition of a place."""

    name: str
    kinds: tuple[str, ...]
    sources: tuple[S, ...]
    target: S
    who: tuple[Who, ...]


OFFICER, EITHER = (Who.OFFICER,), (Who.OFFICER, Who.SEEKER)
# fmt: off
SEAT_MOVES: tuple[SeatMove, ...] = (
    SeatMove("arrive", (FAIR,), (S.HELD,), S.ARRIVED, OFFICER),
    SeatMove("absent", (FAIR,), (S.ARRIVED,), S.HELD, OFFICER),
    SeatMove("accept", (TRAINING,), (S.HELD,), S.ACCEPTED, OFFICER),
    SeatMove("refuse", (TRAINING,), (S.HELD,), S.REFUSED, OFFICER),
    SeatMove("reconsider", (TRAINING,), (S.ACCEPTED, S.REFUSED), S.HELD, OFFICER),
    SeatMove("pass", (TRAINING,), (S.ACCEPTED,), S.PASSED, OFFICER),
    SeatMove("unpass", (TRAINING,), (S.PASSED,), S.ACCEPTED, OFFICER),
    SeatMove("cancel", BOTH, (S.HELD, S.ACCEPTED), S.CANCELLED, EITHER),
)
# fmt: on
MOVES: Mapping[str, SeatMove] = {move.name: move for move in SEAT_MOVES}


def fits(move: SeatMove, seat: Seat) -> bool:
    """Tell whether the table knows ``move`` from where ``seat`` is."""
    return seat.session.gathering.kind in move.kinds and seat.state in move.sources


def possible(seat: Seat, who: Who) -> Iterator[SeatMove]:
    """Yield the moves this side can make now, in the table's order; rights not yet asked."""
    for move in SEAT_MOVES:
        if who in move.who and fits(move, seat):
            yield move


def takes(kind: str, state: str) -> int:
    """Return how many places somebody in this state takes: 0 or 1."""
    return int(state in TAKING[kind])


def allowed(user: Any, move: SeatMove, seat: Seat) -> bool:
    """Tell whether ``user`` stands on a side that makes ``move``."""
    if Who.SEEKER in move.who and seat.user_id is not None and seat.user_id == user.pk:
        return True
    return Who.OFFICER in move.who and bool(user.has_perm(GATHER))

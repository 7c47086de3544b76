"""Who may move an incident or a unit's leg from where to where. Read the tables aloud.

An incident is as far as the unit that is furthest: its state between QUEUED and CLEARED follows
its legs and is never set by hand. What ends it is a person's decision. Sources: NTPD 112 call
handling (Kominfo), SOP of Cilegon's centre.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.emergency.states import OPEN, Leg, State

DISPATCH, SUPERVISE, CREW = (
    "emergency.dispatch", "emergency.supervise", "emergency.crew",
)  # fmt: skip


class Who(Enum):
    """Which side makes a move."""

    CENTRE = "centre"
    CREW = "crew"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition of an incident; ``asks`` names what must be said with it."""

    name: str
    sources: tuple[State, ...]
    target: State
    permission: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step of a unit with an incident. The centre may make the crew's steps for it:
    a crew's phone can be broken."""

    name: str
    sources: tuple[Leg, ...]
    target: Leg
    who: Who


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move the tables do not know; says why, for people."""


UNREACHED = (State.QUEUED, State.DISPATCHED, State.ACKNOWLEDGED, State.EN_ROUTE)
# fmt: off
MOVES: tuple[Move, ...] = (
    Move("close", (State.CLEARED,), State.CLOSED, DISPATCH, ("outcome",)),
    Move("close_unattended", (State.QUEUED,), State.CLOSED, SUPERVISE, ("outcome", "note")),
    # Where somebody has been, there is an outcome: it is closed, not cancelled.
    Move("cancel", UNREACHED, State.CANCELLED, DISPATCH, ("note",)),
    Move("merge", OPEN, State.MERGED, DISPATCH, ("into",)),
    Move("transfer", (*UNREACHED, State.CLEARED), State.TRANSFERRED, DISPATCH, ("receiver",)),
    Move("give_back", (State.QUEUED,), State.TRANSFERRED, DISPATCH, ("note",)),
    Move("reopen", (State.CANCELLED, State.TRANSFERRED), State.QUEUED, DISPATCH, ("note",)),
    # A wrong outcome, or the wrong incident: closed anew it has the right one.
    Move("reopen_closed", (State.CLOSED,), State.CLEARED, SUPERVISE, ("note",)),
)
STEPS: tuple[Step, ...] = (
    Step("acknowledge", (Leg.DISPATCHED,), Leg.ACKNOWLEDGED, Who.CREW),
    Step("depart", (Leg.DISPATCHED, Leg.ACKNOWLEDGED), Leg.EN_ROUTE, Who.CREW),
    Step("arrive", (Leg.DISPATCHED, Leg.ACKNOWLEDGED, Leg.EN_ROUTE), Leg.ON_SCENE, Who.CREW),
    Step("transport", (Leg.ON_SCENE,), Leg.TRANSPORTING, Who.CREW),
    Step("clear", (Leg.ON_SCENE, Leg.TRANSPORTING), Leg.CLEARED, Who.CREW),
    Step("recall", (Leg.DISPATCHED, Leg.ACKNOWLEDGED, Leg.EN_ROUTE), Leg.RECALLED, Who.CENTRE),
)
# fmt: on
_MOVES = {move.name: move for move in MOVES}
_STEPS = {step.name: step for step in STEPS}
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")
ORDER = (Leg.DISPATCHED, Leg.ACKNOWLEDGED, Leg.EN_ROUTE, Leg.ON_SCENE, Leg.TRANSPORTING)


def get(name: str) -> Move:
    """Return the incident's move called ``name``; raises KeyError for an unknown one."""
    return _MOVES[name]


def step(name: str) -> Step:
    """Return the unit's step called ``name``; raises KeyError for an unknown one."""
    return _STEPS[name]


def problem(move: Move, state: str) -> str | Promise:
    """Return why an incident in ``state`` cannot make this move now, or ""."""
    return "" if state in move.sources else MOVED_ON


def possible(state: str, may: Callable[[str], bool]) -> list[Move]:
    """Return the moves that ``state`` allows to somebody; ``may`` tells of a permission."""
    return [move for move in MOVES if state in move.sources and may(move.permission)]


def steps(leg: str, who: Iterable[Who]) -> list[Step]:
    """Return the steps that a unit can make from ``leg`` by one of these sides."""
    sides = set(who)
    return [step for step in STEPS if leg in step.sources and step.who in sides]


def state_of(legs: Iterable[str]) -> State:
    """Return an incident's state from its units' legs: as far as the furthest of them.

    With nobody sent, or everybody called back, it waits; with all who came cleared it is
    cleared.
    """
    here = set(legs) - {Leg.RECALLED.value}
    if not here:
        return State.QUEUED
    at_work = [leg for leg in ORDER if leg in here]
    return State(at_work[-1].value) if at_work else State.CLEARED

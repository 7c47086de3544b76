"""Which public reports changed since a place in the log; see ``balai.audit.feed`` for the order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from balai.audit import feed
from modules.complaints.models import Complaint
from modules.complaints.numbers import parse
from modules.complaints.selectors import public
from modules.complaints.states import NOT_YET_PUBLIC
from modules.complaints.topics import ERASED, MADE_SECRET
from modules.complaints.workflow import MOVES

AT_ONCE: Final = 200
PREFIX: Final = "complaints."
ENDING: Final = frozenset(
    {MADE_SECRET, ERASED} | {move.topic for move in MOVES if move.target in NOT_YET_PUBLIC}
)
"""After these a report may no longer be public."""


@dataclass(frozen=True, slots=True)
class Change:
    """A report that changed, as it is now; without ``report`` it is not, or no longer, public."""

    uuid: UUID
    at: datetime
    report: Complaint | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes; ``last`` is the place up to which the log was read."""

    changes: list[Change]
    last: int
    more: bool


def since(seq: int) -> Page:
    """Return what changed after a place in the log, each report once a page, the oldest first.

    What may have ended a report's being public is told by its reference alone: of a report that
    never was public it says no more than that some report changed.
    """
    lines = feed.after(seq, AT_ONCE)
    last = lines[-1].seq if lines else seq
    touched = {line.target: line for line in lines if _is_report(line)}
    shown = {row.number: row for row in public.reports_numbered(touched)}
    ended = [number for number, line in touched.items() if line.action in ENDING]
    hidden = dict(_hidden(ended, shown)) if ended else {}
    changes = []
    for number, line in touched.items():
        if number in shown:
            changes.append(Change(shown[number].uuid, line.at, shown[number]))
        elif number in hidden:
            changes.append(Change(hidden[number], line.at, None))
    changes.sort(key=lambda change: change.at)
    return Page(changes, last, more=len(lines) == AT_ONCE)


def _is_report(line: feed.Line) -> bool:
    return line.action.startswith(PREFIX) and parse(line.target) == line.target


def _hidden(numbers: list[str], shown: dict[str, Complaint]) -> Iterator[tuple[str, UUID]]:
    wanted = [number for number in numbers if number not in shown]
    yield from Complaint.objects.filter(number__in=wanted).values_list("number", "uuid")


def newest() -> int:
    """Return the place of now."""
    return feed.last()

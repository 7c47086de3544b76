"""What a number did before: how many calls of which kind, and whether pranks repeat.

Found by the number's keyed hash. A prank weighs 1 on its day and half of that after each
half-life, so that a child's bad week is forgotten. Whatever it comes to, nobody is refused.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from modules.emergency import conf
from modules.emergency.models import Call
from modules.emergency.states import CallType

WITHIN: Final = timedelta(days=365)
LOOK_AT: Final = 200


@dataclass(frozen=True, slots=True)
class History:
    """``score`` is the sum of the decayed pranks; ``warn`` tells to read the warning out."""

    calls: int = 0
    last: datetime | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    score: float = 0.0
    warn: bool = False


def of(hashed: bytes | None, *, now: datetime) -> History:
    """Return the last year of a number; empty for a withheld one (1 query).

    Args:
        hashed: from ``callers.hashed``.
    """
    if not hashed:
        return History()
    rows = list(_calls(hashed, now).values_list("kind", "answered_at")[:LOOK_AT])
    if not rows:
        return History()
    settings = conf.current()
    score = sum(
        weight(now - at, settings.prank_half_life_days)
        for kind, at in rows
        if kind == CallType.PRANK
    )
    counts = Counter(kind for kind, _at in rows)
    return History(
        calls=len(rows),
        last=rows[0][1],
        kinds=tuple(
            (str(label), counts[value]) for value, label in CallType.choices if counts[value]
        ),
        score=round(score, 2),
        # Three pranks of the last days are 2.9: whole numbers are what people set.
        warn=round(score) >= settings.prank_warning,
    )


def weight(age: timedelta, half_life_days: float) -> float:
    """Return what a prank of this age still weighs, 1 to 0."""
    return float(0.5 ** (max(age.total_seconds(), 0) / 86_400 / half_life_days))


def _calls(hashed: bytes, now: datetime) -> QuerySet[Call]:
    found = Call.objects.filter(caller_hash=hashed, answered_at__gte=now - WITHIN)
    return found.order_by("-answered_at")

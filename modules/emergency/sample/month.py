"""A month of a centre as it is in life: when phones ring, who calls, and why.

The proportions are those that Kota Tangerang published for January 2026 (3,460 calls, 165 of them
emergencies) and Kabupaten Tangerang for the first half of 2024 (of the rest, two of three were
pranks, most others silent).
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from modules.emergency.states import CallType

DAYS: Final = 31
# How many calls an hour of the day has beside the others, from midnight on.
REAL_HOURS: Final = (4, 3, 3, 2, 3, 4, 7, 9, 8, 7, 7, 7, 7, 7, 7, 8, 10, 11, 11, 10, 9, 8, 6, 5)
NOISE_HOURS: Final = (5, 3, 2, 2, 2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 16, 15, 14, 14, 13, 12,
                      10, 7)  # fmt: skip
NOISE: Final[Mapping[CallType, int]] = {
    CallType.PRANK: 58, CallType.GHOST: 34, CallType.INFORMATION: 5, CallType.WRONG_AREA: 2,
    CallType.TEST: 1,
}  # fmt: skip
CATEGORIES: Final[Mapping[str, int]] = {
    "medis": 34, "kecelakaan": 26, "kebakaran": 14, "satwa": 18, "pohon-tumbang": 9,
    "kriminal": 9, "bencana": 8, "listrik": 6, "melahirkan": 5, "sosial": 6, "kdrt": 4,
    "tenggelam": 1, "lainnya": 6,
}  # fmt: skip
OPEN: Final = (
    (52, "medis"), (40, "pohon-tumbang"), (21, "kebakaran"), (12, "kecelakaan"), (6, "satwa"),
    (2, "medis"),
)  # fmt: skip
"""What is still open: how many minutes ago it came in, and what it is."""
SECOND_CALL: Final = 0.2
PRANKSTERS: Final = 400


@dataclass(frozen=True, slots=True)
class Ring:
    """A call: when it was answered, from where, what it was, and how long that took to see."""

    at: datetime
    kind: CallType
    number: str
    seconds: int
    category: str = ""
    open: bool = False
    again_after: int | None = None
    """Seconds after which somebody else called about the same."""


def rings(now: datetime, *, calls: int, real: int, chance: random.Random) -> list[Ring]:
    """Return a month's calls that ends now, in the order they came.

    Args:
        now: an aware moment in the region's zone.
        calls: how many there are in all; the second calls about an incident count.
        real: how many of them are emergencies.
    """
    found = [
        Ring(_moment(now, NOISE_HOURS, chance), chance.choices([*NOISE], [*NOISE.values()])[0],
             _nuisance(chance), chance.randint(4, 25))
        for _ in range(calls - real)
    ]  # fmt: skip
    left = real
    for minutes, slug in OPEN[: max(real // 10, 1)]:
        found.append(_emergency(now - timedelta(minutes=minutes), chance, still_open=slug))
        left -= 1
    while left > 0:
        twice = left > 1 and chance.random() < SECOND_CALL
        found.append(_emergency(_moment(now, REAL_HOURS, chance), chance, twice=twice))
        left -= 2 if twice else 1
    return sorted(found, key=lambda ring: ring.at)


@cache
def stories() -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Return what callers tell, by the slug of a category."""
    text = files(__package__).joinpath("stories.json").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[Mapping[str, object]]] = json.loads(text)
    return found


def _emergency(
    at: datetime, chance: random.Random, *, twice: bool = False, still_open: str = ""
) -> Ring:
    (slug,) = chance.choices([*CATEGORIES], [*CATEGORIES.values()])
    again = chance.randint(90, 280) if twice else None
    number = _number(chance.randrange(5_000, 9_000))
    return Ring(
        at, CallType.NORMAL, number, chance.randint(24, 78), still_open or slug,
        bool(still_open), again,
    )  # fmt: skip


def _moment(now: datetime, hours: Sequence[int], chance: random.Random) -> datetime:
    """Return a moment of the last month, at least six hours ago, so that all of it is over."""
    while True:
        day = (now - timedelta(days=chance.randrange(DAYS + 1))).date()
        (hour,) = chance.choices(range(24), hours)
        at = datetime(day.year, day.month, day.day, hour, chance.randrange(60),
                      chance.randrange(60), tzinfo=now.tzinfo)  # fmt: skip
        if timedelta(hours=6) <= now - at <= timedelta(days=DAYS):
            return at


def _nuisance(chance: random.Random) -> str:
    """Return a number: a few ring over and over, every seventh is withheld."""
    if chance.random() < 1 / 7:
        return ""
    return _number(int(PRANKSTERS * chance.random() ** 3))


def _number(serial: int) -> str:
    """Return a number that belongs to nobody: 0800-0 is not given out in Indonesia."""
    return f"08000112{serial:04}"

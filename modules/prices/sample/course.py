"""How sample prices move: each good around its own level, markets a little apart, days off quiet.

Levels are about those of West Java's cities in 2025 (PIHPS). Chilies swing, rice hardly moves.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from modules.prices.models import Market, Variety
from modules.prices.services.taking_in import OldPrice

# slug: (usual rupiah per unit, daily swing, yearly swing), both as shares of the price
LEVELS: Final[Mapping[str, tuple[int, float, float]]] = {
    "beras-bawah-1": (12_300, .003, .02), "beras-bawah-2": (11_900, .003, .02),
    "beras-medium-1": (13_350, .003, .02), "beras-medium-2": (13_100, .003, .02),
    "beras-super-1": (14_800, .003, .015), "beras-super-2": (14_500, .003, .015),
    "daging-ayam-ras": (37_500, .012, .06), "daging-sapi-1": (137_000, .003, .03),
    "daging-sapi-2": (128_000, .003, .03), "telur-ayam-ras": (29_000, .010, .06),
    "bawang-merah-sedang": (38_500, .018, .12), "bawang-putih-sedang": (38_000, .008, .05),
    "cabai-merah-besar": (46_000, .030, .25), "cabai-merah-keriting": (48_000, .030, .25),
    "cabai-rawit-hijau": (45_000, .032, .25), "cabai-rawit-merah": (58_000, .035, .30),
    "minyak-goreng-curah": (18_200, .004, .03), "minyak-goreng-kemasan-1": (22_800, .003, .02),
    "minyak-goreng-kemasan-2": (21_900, .003, .02), "gula-pasir-premium": (19_400, .003, .02),
    "gula-pasir-lokal": (17_600, .004, .02),
}  # fmt: skip
OTHERS: Final = (25_000, 0.005, 0.03)
GAPS: Final = 0.03
"""So often a market has no price of a good: no stock, or the stall was closed."""
APART: Final = 0.03
PULL: Final = 0.06
"""How much of its distance from the level a price loses in a day."""


@dataclass(slots=True)
class Walk:
    """One good's way from day to day; ``off`` is the logarithm of how far it is off its level."""

    level: int
    daily: float
    yearly: float
    phase: float
    off: float = 0.0

    def step(self, day: date, chance: random.Random) -> float:
        """Return the city's price of the next day, before markets differ."""
        self.off = self.off * (1 - PULL) + chance.gauss(0, self.daily)
        turn = 2 * math.pi * day.timetuple().tm_yday / 365 + self.phase
        return self.level * math.exp(self.off + self.yearly * math.sin(turn))


def prices(
    days: Sequence[date], markets: Sequence[Market], goods: Sequence[Variety], chance: random.Random
) -> Iterator[list[OldPrice]]:
    """Yield each day's prices of all markets; None where a market had none."""
    walks = {one.pk: _walk(one, chance) for one in goods}
    apart = {
        (market.pk, one.pk): 1 + chance.uniform(-APART, APART)
        for market in markets
        for one in goods
    }
    for day in days:
        city = {one.pk: walks[one.pk].step(day, chance) for one in goods}
        yield [
            OldPrice(
                day, market.pk, one.pk, _asked(city[one.pk] * apart[market.pk, one.pk], chance)
            )
            for market in markets
            for one in goods
        ]


def _walk(variety: Variety, chance: random.Random) -> Walk:
    return Walk(*LEVELS.get(variety.slug, OTHERS), phase=chance.uniform(0, 2 * math.pi))


def _asked(price: float, chance: random.Random) -> int | None:
    """Return a price as it is asked in a market: in steps of 50, 100 or 500 rupiah."""
    if chance.random() < GAPS:
        return None
    step = 50 if price < 20_000 else 100 if price < 60_000 else 500
    return max(round(price / step) * step, step)

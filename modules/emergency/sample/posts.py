"""Where the sample's units stand: posts in the demo's regions, so that the nearest one is known."""

import random

from balai import context
from modules.emergency.models import Unit
from modules.emergency.sample.playing import CENTRES

SPREAD = 0.03
"""Degrees around the region's centre."""


def place() -> None:
    """Give units a post that have none."""
    _write([unit for unit in _units(base_latitude=None) if _set(unit, _post(unit))])


def take_away() -> None:
    """Take the posts away that :func:`place` gave; one that somebody has moved stays."""
    given = [unit for unit in _units() if _here(unit) is not None and _here(unit) == _post(unit)]
    _write([unit for unit in given if _set(unit, (None, None))])


def _units(**conditions: object) -> list[Unit]:
    return list(Unit.objects.filter(active=True, **conditions))


def _post(unit: Unit) -> tuple[float, float] | None:
    """Return where a unit stands: the same place every time, elsewhere than the next unit."""
    region = context.current_region()
    centre = CENTRES.get(region.code)
    if centre is None:
        return None
    chance = random.Random(f"{region.code} {unit.callsign}")  # noqa: S311  # no secret
    return (
        round(centre[0] + chance.uniform(-SPREAD, SPREAD), 6),
        round(centre[1] + chance.uniform(-SPREAD, SPREAD), 6),
    )


def _here(unit: Unit) -> tuple[float | None, float | None] | None:
    return None if unit.base_latitude is None else (unit.base_latitude, unit.base_longitude)


def _set(unit: Unit, post: tuple[float | None, float | None] | None) -> bool:
    if post is not None:
        unit.base_latitude, unit.base_longitude = post
    return post is not None


def _write(units: list[Unit]) -> None:
    Unit.objects.bulk_update(units, ["base_latitude", "base_longitude"])

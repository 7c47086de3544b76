"""Figures that are dear to make and may be a minute old: kept per region, made by one at a time.

They lie in the cache, and in this process beside it, so that they are not made for every page
while the cache is down. After ``seconds`` one visitor makes them anew while the others still get
the old ones. What an older version of the code has kept is not read.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, Final, TypeVar

from django.core.cache import cache

from balai import context

MAX_KEPT: Final = 256
BUSY_SECONDS: Final = 15

T = TypeVar("T")
_kept: dict[str, tuple[float, Any]] = {}
_lock = Lock()


def memo(
    key: str, seconds: int, make: Callable[[], T], *, keep: Callable[[T], bool] = lambda _: True
) -> T:
    """Return what ``make`` returned at most ``seconds`` ago, or what it returns now.

    Args:
        key: names the figures within the region; no personal data.
        seconds: how old they may be; up to twice that while somebody makes them anew.
        keep: tells whether a result is worth keeping. What is quickly made need not be old.
    """
    stored, now = f"memo:{key}", time.time()
    name = context.namespaced(stored)
    found = _kept.get(name)
    if found is None or now >= found[0]:
        found = _from_cache(stored) or found
    if found and (now < found[0] or _somebody_else_makes_it(stored, found, seconds, now)):
        _remember(name, found)
        return found[1]  # type: ignore[no-any-return]  # what this key's maker returned
    value = make()
    if keep(value):
        entry = (now + seconds, value)
        cache.set(stored, (*entry, _shape(value)), 2 * seconds)
        _remember(name, entry)
    cache.delete(f"{stored}:busy")
    return value


def forget() -> None:
    """Drop what this process keeps beside the cache; for tests."""
    with _lock:
        _kept.clear()


def _from_cache(stored: str) -> tuple[float, Any] | None:
    """Return what is kept there, unless its classes have other fields by now."""
    try:
        until, value, shape = cache.get(stored) or (0.0, None, None)
    except (AttributeError, ImportError, TypeError, ValueError):  # kept in a form of the past
        return None
    return (until, value) if until and _shape(value) == shape else None


def _shape(value: Any) -> frozenset[tuple[str, ...]]:
    """Return name and fields of every dataclass in a value, as the code knows them now."""
    if is_dataclass(value):
        names = tuple(field.name for field in fields(value))
        inner = [_shape(getattr(value, name, None)) for name in names]
        return frozenset({(type(value).__name__, *names)}).union(*inner)
    if isinstance(value, Mapping):
        return frozenset().union(*map(_shape, value.values()))
    if isinstance(value, list | tuple):
        return frozenset().union(*map(_shape, value))
    return frozenset()


def _somebody_else_makes_it(
    stored: str, found: tuple[float, Any], seconds: int, now: float
) -> bool:
    """Tell whether the old value may stand in once more; the one who asks first makes it anew."""
    return now < found[0] + seconds and not cache.add(f"{stored}:busy", 1, BUSY_SECONDS)


def _remember(name: str, entry: tuple[float, Any]) -> None:
    with _lock:
        _kept.pop(name, None)
        _kept[name] = entry
        while len(_kept) > MAX_KEPT:
            del _kept[next(iter(_kept))]

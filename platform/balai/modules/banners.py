"""What all pages of a region say at their top: ``banners()`` in a module's ``banners.py``.

A page costs no query for it. The region in the context says until when there may be banners, and
under which version they were last changed; each process reads them once a version and language.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from threading import Lock
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from balai import context
from balai.modules import registry

log = structlog.get_logger(__name__)

PART: Final = "banners"
TOPIC: Final = "ui.banners"
"""Live topic: the banners are others now; every page may hear it."""
MAX_KEPT: Final = 512


class Level(IntEnum):
    """How loud a banner is; the loudest stands first."""

    DANGER = 1
    WARNING = 2
    NOTICE = 3
    CLEAR = 4

    @property
    def css(self) -> str:
        """The end of its class name."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """One line at the top of every page, in the language that is active.

    Attributes:
        key: stable, letters, digits and dashes: a visitor hides one banner, not all.
        word: how bad it is, in one or two words; colour and icon say no more than it.
        url: where all of it stands.
        until, since: when it is shown; no job is needed at either moment.
        credit: who says so, when it is not the region itself.
    """

    key: str
    level: Level
    icon: str
    word: str
    title: str
    url: str
    until: datetime
    since: datetime | None = None
    credit: str = ""

    def shows(self, now: datetime) -> bool:
        """Tell whether it is on the pages at ``now``."""
        return now < self.until and (self.since is None or self.since <= now)


Owned = tuple[str, Banner]
_kept: OrderedDict[tuple[str, str, str], tuple[Owned, ...]] = OrderedDict()
_lock = Lock()


def current(now: datetime | None = None) -> list[Banner]:
    """Return what the current region's pages show now, the loudest and newest first.

    No query when there is nothing, and none when this process knows the banners already.
    """
    now = now or timezone.now()
    shown = [banner for banner in _of_active_modules(now) if banner.shows(now)]
    return sorted(shown, key=lambda banner: (banner.level, -_began(banner)))


def next_change(now: datetime) -> datetime | None:
    """Return when the next banner comes or goes by itself, or None."""
    edges = [
        edge for banner in _of_active_modules(now) for edge in (banner.since, banner.until)
        if edge is not None and edge > now
    ]  # fmt: skip
    return min(edges, default=None)


def changed() -> None:
    """Tell every process and every open page of the region that the banners are others now.

    Call it in the transaction of the change: it takes effect when that commits.
    """
    from balai.live import announce

    keep = import_string(settings.BANNER_KEEPER)
    keep(context.current_region().schema, _last_end)
    announce(TOPIC)


def _last_end() -> datetime | None:
    return max((banner.until for _, banner in _gather()), default=None)


def _of_active_modules(now: datetime) -> Iterator[Banner]:
    region = context.region_or_none()
    if region is None or region.banners_until is None or region.banners_until <= now:
        return
    on = registry.active_slugs()
    yield from (banner for slug, banner in _known(region) if slug in on)


def _known(region: context.Region) -> tuple[Owned, ...]:
    key = (region.schema, region.banners_version, get_language() or settings.LANGUAGE_CODE)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    try:
        found = tuple(_gather())
    except DatabaseError:  # a page about something else must not fail for its banner
        log.exception("banners_unreadable")
        return ()
    with _lock:
        _kept[key] = found
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return found


def _gather() -> Iterator[Owned]:
    """Yield (slug, banner) of every installed module: a switch later asks for no new version."""
    for module in registry.installed():
        part = registry.part(module, PART)
        if part is not None:
            for banner in part.banners():  # type: ignore[attr-defined]  # what the file is for
                yield module.slug, banner


def _began(banner: Banner) -> float:
    return banner.since.timestamp() if banner.since else 0.0

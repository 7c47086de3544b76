"""A tile's inside, made once for all who look: kept for each region, language and last event.

500 walls that hear of one event ask for the same tiles at once. What a tile shows follows from
what was committed, so it is kept under the version of the region's outbox, and one request of a
process makes it while the others wait. A tile that asks for a right is made for each viewer.
"""

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock
from typing import Final

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language

from balai import context
from balai.modules import Widget

SECONDS: Final = 10
"""What no event tells of (the clock, a setting) is at most so old."""
MAX_LOCKS: Final = 4096
# The sum changes, too, when an older number commits after a newer one.
VERSION: Final = """
SELECT coalesce(max(id), 0), coalesce(sum(id), 0)
FROM (SELECT id FROM outbox_event ORDER BY id DESC LIMIT 256) AS newest
"""
_locks: defaultdict[str, Lock] = defaultdict(Lock)


def insides(shown: Iterable[Widget], request: HttpRequest) -> dict[str, str]:
    """Return the inside of each widget by its key; one query, and what must be made anew."""
    shown = list(shown)
    version = _version()
    names = {widget.key(): _name(widget.key(), version) for widget in shown}
    kept = cache.get_many([names[one.key()] for one in shown if not one.permission])
    return {
        one.key(): kept.get(names[one.key()]) or _make(one, names[one.key()], request)
        for one in shown
    }


def _make(widget: Widget, name: str, request: HttpRequest) -> str:
    if widget.permission:
        return widget.render(request)
    if len(_locks) > MAX_LOCKS:
        _locks.clear()
    with _locks[context.namespaced(widget.key())]:
        html: str | None = cache.get(name)  # somebody else may have made it meanwhile
        if html is None:
            html = widget.render(request)
            cache.set(name, html, SECONDS)
    return html


def _name(key: str, version: str) -> str:
    return f"liveroom:tile:{key}:{get_language()}:{version}"


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        newest, total = cursor.fetchone()
    return f"{newest}-{total}"

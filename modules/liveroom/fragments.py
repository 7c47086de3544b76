"""A tile's inside, made once for all who look: kept for each region, language and last event.

500 walls that hear of one event ask for the same tiles at once. What a tile shows follows from
what was committed, so it is kept under the last events of its topics, and one request of a
process makes it while the others wait. A tile that asks for a right is made for each viewer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
VERSIONS: Final = """
SELECT topic, max(id), sum(id)
FROM (SELECT id, topic FROM outbox_event ORDER BY id DESC LIMIT 256) AS newest GROUP BY topic
"""
_locks: defaultdict[str, Lock] = defaultdict(Lock)


def insides(shown: Iterable[Widget], request: HttpRequest) -> dict[str, str]:
    """Return the inside of each widget by its key; one query, and what must be made anew."""
    shown = list(shown)
    versions = _versions()
    names = {widget.key(): _name(widget, versions) for widget in shown}
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


def _name(widget: Widget, versions: Mapping[str, tuple[int, int]]) -> str:
    told = [versions[topic] for topic in widget.topics if topic in versions]
    newest, total = max((last for last, _sum in told), default=0), sum(one for _last, one in told)
    return f"liveroom:tile:{widget.key()}:{get_language()}:{newest}-{total}"


def _versions() -> dict[str, tuple[int, int]]:
    """Return the newest number of each topic, and the sum of its numbers, of the newest events."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        return {topic: (newest, int(total)) for topic, newest, total in cursor.fetchall()}

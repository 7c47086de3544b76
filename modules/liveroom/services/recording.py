"""Keep the wall of the past day: a row for each tile that looks different from a minute ago."""

import zlib
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone, translation

from balai import context
from balai.modules import widgets
from balai.outbox.models import Event
from modules.liveroom.models import Moment
from modules.liveroom.selectors import past

LAST: Final = "liveroom:recorded"
LOOK_ANYWAY: Final = 15 * 60
"""Seconds after which the wall is looked at without an event: some figures follow the clock."""
LEVEL: Final = 6


@transaction.atomic
def record(*, now: datetime | None = None) -> int:
    """Keep what has changed since the last time; return how many rows were written.

    Nothing is drawn while no event came in. Tiles that ask for a right are never kept.
    """
    at = (now or timezone.now()).replace(second=0, microsecond=0)
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    if cache.get(LAST) == newest:
        return 0
    before, drawn = past.state_at(at), _draw()
    rows = [
        Moment(key=key, at=at, html=zlib.compress(html.encode(), LEVEL) if html else b"")
        for key, html in {**dict.fromkeys(before, ""), **drawn}.items()
        if before.get(key, "") != html
    ]
    Moment.objects.filter(at=at, key__in=[row.key for row in rows]).delete()
    Moment.objects.bulk_create(rows)
    prune(now=at)
    cache.set(LAST, newest, LOOK_ANYWAY)
    return len(rows)


def prune(*, now: datetime) -> int:
    """Delete what lies more than a day back; of each tile the row that still holds then stays."""
    same = Moment.objects.filter(key=OuterRef("key"), at__lte=now - past.KEPT).order_by("-at")
    return Moment.objects.filter(at__lt=Subquery(same.values("at")[:1])).delete()[0]


def _draw() -> dict[str, str]:
    """Return every tile as a screen without anybody signed in sees it."""
    request = HttpRequest()
    request.method, request.path = "GET", "/liveroom/wall/"
    request.META |= {"HTTP_HOST": context.current_region().base_url.partition("//")[2]}
    request.user = AnonymousUser()
    shown = [one for one in widgets.active("wall", request) if not one.permission]
    with translation.override(settings.LANGUAGE_CODE):
        return {one.key(): one.render(request) for one in shown}

"""Look whether apps answer: bounded, never into our own network, written down by the day."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from balai import outbound
from balai.outbox import publish
from modules.catalogue import topics
from modules.catalogue.models import App
from modules.catalogue.models.day import BLANK
from modules.catalogue.states import Health

TIMEOUT: Final = 4.0  # seconds for one look
SLOW_MS: Final = 3000
MOST: Final = 2_000_000  # bytes
TWICE: Final = 2
"""How many looks in a row must fail before an app counts as down."""
REFUSE_HEAD: Final = frozenset({403, 404, 405, 501})
ASKED: Final = frozenset({401, 403, 429})
"""Answers of an app that is there and wants something first."""
HEADERS: Final = {"User-Agent": "Balai-catalogue/1 (+health)", "Accept": "*/*"}
MINUTES: Final = 5
WRITE = """
    INSERT INTO catalogue_day (app_id, date, opened, looks, failed, took_ms, track)
    VALUES (%(app)s, %(day)s, 0, 1, %(failed)s, %(ms)s,
            overlay(%(blank)s placing %(letter)s from %(place)s))
    ON CONFLICT (app_id, date) DO UPDATE SET
        looks = catalogue_day.looks + 1, failed = catalogue_day.failed + excluded.failed,
        took_ms = catalogue_day.took_ms + excluded.took_ms,
        track = overlay(catalogue_day.track placing %(letter)s from %(place)s)
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found; ``ms`` is how long the answer took."""

    health: Health
    ms: int


def probe(*, pks: Sequence[int], seconds: float) -> int:
    """Look at some apps, the one that waited longest first, as far as ``seconds`` reach.

    Returns:
        How many were looked at; the others come first the next time.
    """
    until, done = time.monotonic() + seconds, 0
    rows = App.objects.filter(pk__in=pks).exclude(url="")
    for app in rows.order_by("checked_at", "pk"):
        if time.monotonic() + TIMEOUT > until:
            break
        note(app=app, look=look_at(app.url), now=timezone.now())
        done += 1
    return done


def look_at(url: str) -> Look:
    """Ask an address for its head, or for its page where that is refused."""
    begun = time.monotonic()
    try:
        status = outbound.request("HEAD", url, headers=HEADERS, timeout=TIMEOUT).status
        if status in REFUSE_HEAD:
            left = max(TIMEOUT - (time.monotonic() - begun), 0.5)
            answer = outbound.fetch(url, headers=HEADERS, timeout=left, most=MOST)
            status = answer.status
    except OSError:
        return Look(Health.DOWN, _since(begun))
    took = _since(begun)
    if status >= 400 and status not in ASKED:
        return Look(Health.DOWN, took)
    return Look(Health.SLOW if took > SLOW_MS else Health.UP, took)


@transaction.atomic
def note(*, app: App, look: Look, now: datetime) -> None:
    """Write a look down; tell when an app went down (twice in a row) or came back."""
    current = App.objects.select_for_update().get(pk=app.pk)
    failed = look.health == Health.DOWN
    current.failures = min(current.failures + 1, 1000) if failed else 0
    before, current.checked_at = current.health, now
    if not failed or current.failures >= TWICE:
        current.health = look.health
    current.save(update_fields=["failures", "checked_at", "health"])
    _write(current, look, now)
    if current.health == Health.DOWN and before != Health.DOWN:
        publish(topics.DOWN, key=current.slug, app=current.pk)
    elif before == Health.DOWN and current.health != Health.DOWN:
        publish(topics.UP, key=current.slug, app=current.pk)


def _write(app: App, look: Look, now: datetime) -> None:
    there = timezone.localtime(now)
    values: dict[str, int | str | date] = {
        "app": app.pk, "day": there.date(), "failed": int(look.health == Health.DOWN),
        "ms": look.ms, "blank": BLANK, "letter": look.health[0],
        "place": (there.hour * 60 + there.minute) // MINUTES + 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)

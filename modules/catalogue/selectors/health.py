"""How often apps answered, and today's course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Sum

from modules.catalogue.models import App, Day
from modules.catalogue.models.day import BLANK
from modules.catalogue.states import SHOWN, Health

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Uptime:
    """An app's answers over some days; ``share`` is None when nobody looked."""

    app: App
    share: float | None
    mean_ms: int | None
    today: str


def of(apps: Sequence[App], today: date, days: int = DAYS) -> list[Uptime]:
    """Return the uptime of apps over ``days`` up to today (2 queries for any number)."""
    pks = [app.pk for app in apps]
    since = today - timedelta(days=days - 1)
    rows = Day.objects.filter(app__in=pks, date__gte=since).values("app")
    sums = {row["app"]: row for row in rows.annotate(
        n=Sum("looks"), failed=Sum("failed"), ms=Sum("took_ms"))}  # fmt: skip
    tracks = dict(Day.objects.filter(app__in=pks, date=today).values_list("app", "track"))
    return [_uptime(app, sums.get(app.pk), tracks.get(app.pk, BLANK)) for app in apps]


def _uptime(app: App, row: Mapping[str, Any] | None, track: str) -> Uptime:
    if not row or not row["n"]:
        return Uptime(app, None, None, track)
    return Uptime(app, 1 - row["failed"] / row["n"], round(row["ms"] / row["n"]), track)


def course(app: App, today: date, days: int = DAYS) -> list[tuple[date, float | None]]:
    """Return each day's share of answers, oldest first; None where nobody looked (1 query)."""
    since = today - timedelta(days=days - 1)
    rows = {row.date: row for row in Day.objects.filter(app=app, date__gte=since)}
    told = [since + timedelta(days=at) for at in range(days)]
    return [(day, _share(rows.get(day))) for day in told]


def _share(row: Day | None) -> float | None:
    return 1 - row.failed / row.looks if row and row.looks else None


def watched() -> list[App]:
    """Return the apps whose address is looked at, the silent ones first (1 query)."""
    found = (
        App.objects.filter(state__in=SHOWN, probed=True).exclude(url="").select_related("agency")
    )
    order = {Health.DOWN: 0, Health.SLOW: 1, Health.UNKNOWN: 2, Health.UP: 3}
    return sorted(found, key=lambda app: (order[Health(app.health)], app.name.casefold()))


def down() -> list[App]:
    """Return the apps that do not answer now, by name (1 query)."""
    return list(App.objects.filter(state__in=SHOWN, health=Health.DOWN).select_related("agency"))


def due() -> list[int]:
    """Return the apps to look at, the one that waited longest first (1 query)."""
    found = App.objects.filter(state__in=SHOWN, probed=True, sample=False).exclude(url="")
    return list(found.order_by("checked_at", "pk").values_list("pk", flat=True))

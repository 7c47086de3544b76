"""How much apps are used, what they cost, and what a use costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Sum

from balai.signon import contract as signon
from modules.catalogue.models import App, Day
from modules.catalogue.states import State

WINDOW: Final = 90
"""Days over which use is counted."""
YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Use:
    """An app with its use over the window.

    ``people`` are those who connected it with their account here (None: it has no sign-on).
    ``per_use`` is whole rupiah, None without a cost or a use.
    """

    app: App
    opened: int
    people: int | None = None

    @property
    def per_use(self) -> int | None:
        """The window's part of the year's cost, by each time that it was opened from here."""
        if self.app.cost_per_year is None or not self.opened:
            return None
        return round(self.app.cost_per_year * WINDOW / YEAR / self.opened)


SORTS: Final = {
    "name": lambda use: use.app.name.casefold(),
    "opened": lambda use: (-use.opened, use.app.name.casefold()),
    "cost": lambda use: (-(use.app.cost_per_year or 0), use.app.name.casefold()),
    "per_use": lambda use: (-(use.per_use or 0), use.app.name.casefold()),
}


def every(today: date, apps: Iterable[App] | None = None) -> list[Use]:
    """Return apps with their use, by name (4 queries for any number)."""
    found = list(App.objects.select_related("agency", "replaced_by") if apps is None else apps)
    since = today - timedelta(days=WINDOW - 1)
    rows = Day.objects.filter(date__gte=since).values_list("app").annotate(n=Sum("opened"))
    opened: dict[int, int] = dict(rows)
    people = {one.client_id: one.people for one in signon.all_of_them()}
    return [Use(app, opened.get(app.pk, 0), people.get(app.client_id)) for app in found]


def daily(app: App, today: date, days: int) -> list[tuple[date, int]]:
    """Return how often an app was opened on each day, oldest first (1 query)."""
    since = today - timedelta(days=days - 1)
    rows = dict(Day.objects.filter(app=app, date__gte=since).values_list("date", "opened"))
    return [(day, rows.get(day, 0)) for day in (since + timedelta(days=at) for at in range(days))]


def totals(uses: Iterable[Use]) -> dict[str, Any]:
    """Return the figures above the list; drafts and retired apps are not counted."""
    alive = [use for use in uses if use.app.state not in {State.DRAFT, State.RETIRED}]
    return {
        "apps": len(alive),
        "opened": sum(use.opened for use in alive),
        "cost": sum(use.app.cost_per_year or 0 for use in alive),
        "unpriced": sum(use.app.cost_per_year is None for use in alive),
        "down": sum(use.app.health == "down" for use in alive),
        "one_account": sum(use.app.one_account for use in alive),
        "retiring": sum(use.app.state == State.RETIRING for use in alive),
    }


def by_agency() -> list[dict[str, Any]]:
    """Return agency (id, name), number of apps and their cost per year, dearest first (1 query)."""
    found: dict[int, dict[str, Any]] = {}
    rows = App.objects.exclude(state__in=[State.DRAFT, State.RETIRED]).select_related("agency")
    for app in rows:
        if app.agency is None:
            continue
        row = found.setdefault(
            app.agency.pk, {"id": app.agency.pk, "name": app.agency.name, "apps": 0, "cost": 0}
        )
        row["apps"] += 1
        row["cost"] += app.cost_per_year or 0
    return sorted(found.values(), key=lambda row: (-row["cost"], row["name"]))

"""Where the city has an app too many: the same twice, hardly used, dear by use; and the plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from modules.catalogue.models import App
from modules.catalogue.selectors import use
from modules.catalogue.selectors.use import Use
from modules.catalogue.states import State

ALIVE: Final = frozenset({State.LIVE, State.MAINTENANCE, State.RETIRING})
RIPE: Final = timedelta(days=use.WINDOW)
"""How old an app must be before a window without use says something."""
DEAREST: Final = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """Apps that do the same, the most used one first; ``saved`` is rupiah a year."""

    uses: list[Use]

    @property
    def keep(self) -> Use:
        """The one that most people use."""
        return self.uses[0]

    @property
    def saved(self) -> int:
        """What the others cost a year."""
        return sum(use.app.cost_per_year or 0 for use in self.uses[1:])


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page on shrinking shows."""

    clusters: list[Cluster]
    unused: list[Use]
    dearest: list[Use]
    planned: list[Use]
    retired: list[Use]

    @property
    def possible(self) -> int:
        """Rupiah a year that overlaps and unused apps cost, each app once."""
        doubled = {use.app.pk: use for cluster in self.clusters for use in cluster.uses[1:]}
        idle = {use.app.pk: use for use in self.unused}
        return sum(use.app.cost_per_year or 0 for use in {**doubled, **idle}.values())

    @property
    def planned_cost(self) -> int:
        """Rupiah a year that the plan saves."""
        return sum(use.app.cost_per_year or 0 for use in self.planned)

    @property
    def retired_cost(self) -> int:
        """Rupiah a year that retired apps cost once."""
        return sum(use.app.cost_per_year or 0 for use in self.retired)


def report(today: date) -> Report:
    """Return what could go and what will (4 queries)."""
    every = use.every(today)
    alive = [one for one in every if one.app.state in ALIVE]
    staying = [one for one in alive if one.app.state != State.RETIRING]
    ripe = [one for one in staying if one.app.created_at.date() <= today - RIPE]
    dear = sorted((one for one in staying if one.per_use), key=use.SORTS["per_use"])
    return Report(
        clusters=_clusters(staying),
        unused=[one for one in ripe if not one.opened and not one.people],
        dearest=dear[:DEAREST],
        planned=sorted(
            (one for one in alive if one.app.state == State.RETIRING),
            key=lambda one: (one.app.retire_on or today, one.app.name),
        ),
        retired=[one for one in every if one.app.state == State.RETIRED],
    )


def _clusters(uses: list[Use]) -> list[Cluster]:
    """Return the groups that overlaps connect, also through another, largest saving first."""
    by_slug = {one.app.slug: one for one in uses}
    parent = {slug: slug for slug in by_slug}

    def root(slug: str) -> str:
        while parent[slug] != slug:
            slug = parent[slug]
        return slug

    for slug, one in by_slug.items():
        for other in one.app.overlaps:
            if other in by_slug:
                parent[root(other)] = root(slug)
    groups: dict[str, list[Use]] = {}
    for slug, one in by_slug.items():
        groups.setdefault(root(slug), []).append(one)
    found = [
        Cluster(sorted(group, key=use.SORTS["opened"]))
        for group in groups.values()
        if len(group) > 1
    ]
    return sorted(found, key=lambda cluster: (-cluster.saved, cluster.keep.app.name))


def candidates(app: App) -> list[App]:
    """Return the apps that could take an app's place: same category first (1 query)."""
    found = App.objects.filter(state__in=[State.LIVE, State.MAINTENANCE]).exclude(pk=app.pk)
    return sorted(found, key=lambda one: (one.category != app.category, one.name.casefold()))

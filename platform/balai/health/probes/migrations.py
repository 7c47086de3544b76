"""Does the code find the tables it was written for, in the shared schema and in every region?"""

import time
from contextlib import suppress
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader

from balai import context, tasks
from balai.away import AwayError
from balai.health.probes.probe import Probe, Status

FRESH: Final = 60.0
Names = frozenset[tuple[str, str]]
_last: tuple[float, Probe] | None = None


def migrations() -> Probe:
    """Say how far the schemas are behind the code.

    The shared schema behind is "down": this process gets no requests until it is migrated.
    Regions behind are "degraded": a fleet upgrade is under way (``balai fleet status``).
    A good answer is kept for a minute.
    """
    global _last
    now = time.monotonic()
    if _last is None or now - _last[0] > FRESH or _last[1].status is not Status.OK:
        _last = (now, _measure())
    return _last[1]


def forget() -> None:
    """Ask again at the next call."""
    global _last
    _last = None


def shared_pending() -> list[str]:
    """Return the newest migrations ("tenants.0003_x") that the shared schema does not have."""
    with context.platform():
        return sorted(f"{app}.{name}" for app, name in newest(settings.SHARED_APPS) - _applied())


def regions_behind() -> list[str]:
    """Return the slugs of the regions that are not at the code's newest migrations."""
    wanted = newest(settings.TENANT_APPS)
    behind = []
    for region in tasks.regions():
        with context.region_context(region), suppress(AwayError):
            if wanted - _applied():
                behind.append(region.slug)
    return behind


def newest(names: list[str]) -> Names:
    """Return the last migration of each of these apps, as (label, name)."""
    ours = {config.label for config in apps.get_app_configs() if config.name in names}
    # INSTALLED_APPS may name an app by the path of its AppConfig.
    ours |= {config.label for config in apps.get_app_configs() if _path(config) in names}
    return frozenset(leaf for leaf in _leaves() if leaf[0] in ours)


def _path(config: Any) -> str:
    return f"{type(config).__module__}.{type(config).__qualname__}"


@cache
def _leaves() -> Names:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _applied() -> Names:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT app, name FROM django_migrations")
        except ProgrammingError:
            return frozenset()
        return frozenset(cursor.fetchall())


def _measure() -> Probe:
    pending = shared_pending()
    if pending:
        return Probe(Status.DOWN, {"shared_pending": len(pending)})
    behind = regions_behind()
    status = Status.DEGRADED if behind else Status.OK
    return Probe(status, {"shared_pending": 0, "regions_behind": len(behind)})

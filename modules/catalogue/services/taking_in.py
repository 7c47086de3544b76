"""Apps of a table: known again by name, added or changed in one batch."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from balai import audit
from balai.outbox import publish
from modules.catalogue import topics
from modules.catalogue.models import App
from modules.catalogue.services import editing


@transaction.atomic
def take_in(rows: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Store rows of ``{"name": ..., field: value}``; return how many were added, changed, the same.

    An empty cell (None) leaves what an app has. ``overlaps`` are names; those of no app are left
    out. New apps begin in the state that their row says.
    """
    known = {app.name.casefold(): app for app in App.objects.select_for_update()}
    added = changed = same = 0
    for row in rows:
        told = {name: value for name, value in row.items() if value is not None}
        overlaps = told.pop("overlaps", None)
        app = known.get(told["name"].casefold())
        if app is None:
            app = known[told["name"].casefold()] = App(slug=editing.free_slug(told["name"]))
            before: dict[str, Any] = {}
        else:
            before = {name: getattr(app, name) for name in told}
            told.pop("state", None)
            before.pop("state", None)
        if overlaps is not None:
            told["overlaps"] = _slugs(overlaps, known)
            before["overlaps"] = app.overlaps if app.pk else []
        if app.pk and all(before[name] == value for name, value in told.items()):
            same += 1
            continue
        new = app.pk is None
        for name, value in told.items():
            setattr(app, name, value)
        app.save()
        added, changed = added + new, changed + (not new)
    if added or changed:
        publish(topics.CHANGED, key="")
        audit.record(
            action="catalogue.imported", target="apps", after={"added": added, "changed": changed}
        )
    return added, changed, same


def _slugs(names: Sequence[str], known: dict[str, App]) -> list[str]:
    found = (known.get(name.casefold()) for name in names)
    return sorted({app.slug for app in found if app is not None and app.slug})

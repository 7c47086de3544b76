"""Add and change apps."""

from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from balai import audit
from balai.outbox import publish
from modules.catalogue import topics
from modules.catalogue.models import App
from modules.catalogue.states import Health

KEPT: Final = (
    "name", "summary", "category", "agency_id", "audience", "url", "deeplink", "package",
    "sign_on", "client_id", "login_address", "on_home", "data_held", "personal", "cost_per_year",
    "overlaps", "probed",
)  # fmt: skip
"""What the audit log keeps of an app."""


@transaction.atomic
def save(*, app: App, before: dict[str, Any] | None = None) -> App:
    """Store a new or changed app; ``before`` is :func:`traced` as it was read.

    A new address is looked at afresh.
    """
    if before is None:
        app.slug = free_slug(app.name)
    elif before["url"] != app.url:
        app.health, app.failures, app.checked_at = Health.UNKNOWN, 0, None
    app.save()
    publish(topics.CHANGED, key=app.slug, app=app.pk)
    action = "catalogue.app_added" if before is None else "catalogue.app_changed"
    audit.record(action=action, target=app.slug, before=before, after=traced(app))
    return app


def traced(app: App) -> dict[str, Any]:
    """Return what the audit log keeps of an app."""
    return {name: getattr(app, name) for name in KEPT}


def free_slug(name: str) -> str:
    """Return an address that no app has, made of the name."""
    stem = slugify(name)[:50].strip("-") or "app"
    taken = set(App.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbers if slug not in taken)

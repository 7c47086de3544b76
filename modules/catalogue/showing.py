"""An app as programs read it: the API, open data and webhooks say the same."""

from typing import Any, Final

from django.urls import reverse

from balai import context
from modules.catalogue.models import App

COLUMNS: Final = (
    "id", "name", "summary", "category", "agency", "state", "url", "android_package", "sign_on",
    "health", "retires_on", "cost_per_year", "page",
)  # fmt: skip


def facts(app: App) -> dict[str, Any]:
    """Return what is open of an app; ``cost_per_year`` is whole rupiah or None."""
    return {
        "id": app.slug,
        "name": app.name,
        "summary": app.summary,
        "category": app.category,
        "agency": app.agency.name if app.agency else None,
        "state": app.state,
        "url": app.url or None,
        "android_package": app.package or None,
        "sign_on": app.sign_on,
        "health": app.health,
        "retires_on": app.retire_on.isoformat() if app.retire_on else None,
        "cost_per_year": app.cost_per_year,
        "page": f"{context.current_region().base_url}{_page(app)}",
    }


def _page(app: App) -> str:
    return reverse("catalogue:app", args=[app.slug], urlconf="balai.urls_region")

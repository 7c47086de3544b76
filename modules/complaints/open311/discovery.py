"""Service discovery: where the endpoint is, what it speaks, how to get a key."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from balai import context
from balai.audit.models import Entry
from modules.complaints.open311.mapping import moment
from modules.complaints.open311.rendering import CONTENT_TYPES, Value, respond

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
SECONDS: Final = 300
MADE_UP: Final = ("requested", "building", "sandbox")


def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Describe the endpoint."""
    region = context.current_region()
    changed = _changeset()
    about = f"{region.base_url}{reverse('home:about')}"
    endpoint: Value = {
        "specification": SPECIFICATION,
        "url": f"{region.base_url}{reverse('complaints_root:discovery')}".rstrip("/"),
        "changeset": changed,
        "type": "test" if region.state in MADE_UP else "production",
        "formats": [content_type.partition(";")[0] for content_type in CONTENT_TYPES.values()],
    }
    told: Value = {
        "changeset": changed,
        "contact": _("How to reach the government of %(region)s: %(url)s")
        % {"region": region.name, "url": about},
        "key_service": _("Ask the government of %(region)s for a key: %(url)s")
        % {"region": region.name, "url": about},
        "endpoints": [endpoint],
    }
    return respond(form, "discovery", told)


def _changeset() -> str:
    """Return when the kinds of problems last changed, as far as the audit log knows."""
    found = cache.get("complaints:open311:changeset")
    if found is None:
        changes = Entry.objects.filter(action__startswith="complaints.category_")
        last = changes.order_by("-seq").first() or Entry.objects.order_by("seq").first()
        found = moment(last.at) if last else ""
        cache.set("complaints:open311:changeset", found, SECONDS)
    return str(found)

"""The catalogue of a region's open data for people and for programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from balai import context
from balai.opendata import dcat, registry
from balai.opendata.registry import Text

FORMS = {"jsonld": ("json-ld", "application/ld+json"), "ttl": ("turtle", "text/turtle")}
FREQUENCIES = {
    "CONT": _("at once"),
    "HOURLY": _("every hour"),
    "DAILY": _("every day"),
    "WEEKLY": _("every week"),
    "MONTHLY": _("every month"),
    "ANNUAL": _("every year"),
    "IRREG": _("when something changes"),
}
SECONDS = 300


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what the region gives away."""
    return render(request, "opendata/index.html", {"datasets": registry.offered()})


@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one data set and where to get it. 404 when it is not offered."""
    found = registry.find(slug)
    if found is None:
        raise Http404
    page = {
        "dataset": found,
        "frequency": FREQUENCIES[found.frequency],
        "modified": found.modified(),
    }
    return render(request, "opendata/dataset.html", page)


@require_safe
@cache_control(public=True, max_age=SECONDS)
def catalogue(_request: HttpRequest, form: str) -> HttpResponse:
    """Answer the whole catalogue by DCAT-AP as JSON-LD or Turtle."""
    name, media_type = FORMS[form]
    home = f"{context.current_region().base_url}{reverse('opendata:index')}"
    text = dcat.document(registry.offered(), home=home, title=_title(), form=name)
    return HttpResponse(
        text, content_type=f"{media_type}; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*"},
    )  # fmt: skip


def _title() -> Text:
    return format_lazy(_("Open data of {name}"), name=context.current_region().name)

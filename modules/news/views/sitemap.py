"""What searchers find: the addresses of what is out (sitemaps.org 0.9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from modules.news.selectors import public


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the newest articles with when they changed."""
    rows = (
        public.visible().select_related(None).only("uuid", "title", "changed_at")[: public.LATEST]
    )
    entries = [(request.build_absolute_uri(row.get_absolute_url()), row.changed_at) for row in rows]
    return render(request, "news/sitemap.xml", {"entries": entries}, content_type="application/xml")

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
    names = ("uuid", "title", "changed_at", "publish_at")
    rows = public.visible().select_related(None).only(*names)[: public.LATEST]
    entries = [
        (request.build_absolute_uri(row.get_absolute_url()), row.modified_at) for row in rows
    ]
    return render(request, "news/sitemap.xml", {"entries": entries}, content_type="application/xml")

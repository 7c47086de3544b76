"""The same two pages for the bench: one query, five queries, on any database alias."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from balai.directory.models import Area
from balai.endpoints import Endpoint, belongs


@belongs(Endpoint.CITIZEN_READ)
def page(request: HttpRequest, alias: str, queries: int) -> HttpResponse:
    """Read ``queries`` areas one by one, as a detail page does, and name them."""
    areas = [Area.objects.using(alias).get(pk=key) for key in range(1, queries + 1)]
    return HttpResponse("\n".join(area.name for area in areas))


urlpatterns = [path("<str:alias>/<int:queries>/", page)]

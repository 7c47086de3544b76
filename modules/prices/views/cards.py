"""The picture that chat programs show beside a link, and that people send on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from modules.prices import card
from modules.prices.selectors.glance import glance


@require_safe
@cache_control(public=True, max_age=300)
@vary_on_headers("Accept-Language", "Cookie")
def newest(request: HttpRequest) -> HttpResponse:
    """Draw the newest published day."""
    return HttpResponse(card.draw(glance()), content_type="image/png")
